/* A file, packed or not, or standard input, as a stream of bytes; and whole files mapped. */
#ifndef BASE_INPUT_H
#define BASE_INPUT_H

#include "ttag/base.h"

typedef struct input input;

/* "-" is standard input. gzip and Zstandard are recognised by their first bytes, whatever the
   name. */
ttag_status input_open(input **out, const char *path, const ttag_monitor *monitor, ttag_error *err);

/* Reads up to `size` bytes, at least one unless the end is reached (then *got is 0). Once the
   monitor says cancelled, what has been taken from the system is handed on, then TTAG_CANCELLED. A
   damaged packed stream: TTAG_IO. */
ttag_status input_read(input *in, char *bytes, size_t size, size_t *got, ttag_error *err);
/* Likewise, but never waits for a live input: TTAG_END if nothing has come yet. */
ttag_status input_read_at_hand(input *in, char *bytes, size_t size, size_t *got, ttag_error *err);

/* Whether reading may have to wait for what is yet to be written: a pipe, a terminal, a socket. */
bool input_is_live(const input *in);
bool input_is_packed(const input *in);
int input_descriptor(const input *in); /* to poll a live input by */

void input_close(input *in);

/* A whole file, mapped read-only. */
typedef struct mapping {
    const unsigned char *bytes;
    size_t size;
} mapping;

ttag_status mapping_open(mapping *out, const char *path, ttag_error *err);
void mapping_close(mapping *m);

#endif
