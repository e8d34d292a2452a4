/* Unpacking a gzip stream, piece by piece. gzip.c is the only file that sees zlib. */
#ifndef BASE_GZIP_H
#define BASE_GZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct gzip gzip;

typedef enum gzip_result { GZIP_OK, GZIP_END, GZIP_DAMAGED, GZIP_NOMEM } gzip_result;

gzip *gzip_new(void); /* NULL: no memory */
void gzip_free(gzip *g);

/* Unpacks from in[*used …) into out; advances *used and sets *made. GZIP_END: a member has ended;
   call gzip_again if more bytes follow, since files may hold several members. */
gzip_result gzip_unpack(gzip *g, const unsigned char *in, size_t size, size_t *used, char *out,
                        size_t room, size_t *made);
bool gzip_again(gzip *g);

#endif
