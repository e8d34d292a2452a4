/* Names as UUIDs: version 5 of RFC 4122, by SHA-1 (FIPS 180-4). The same name in the same namespace
   is the same UUID on every machine; SHA-1 is asked for by the RFC and protects nothing here. */
#ifndef BASE_UUID_H
#define BASE_UUID_H

#include "ttag/base.h"

enum { UUID_TEXT = 36, SHA1_SIZE = 20 };

typedef struct uuid {
    unsigned char bytes[16];
} uuid;

uuid uuid_of_name(const uuid *space, ttag_view name);

/* "8-4-4-4-12" digits in lower case, and a terminator. */
void uuid_text(const uuid *u, char out[UUID_TEXT + 1]);

/* "8-4-4-4-12" digits in either case. False: the text is something else. */
bool uuid_read(uuid *out, ttag_view text);

void sha1(unsigned char out[SHA1_SIZE], ttag_view first, ttag_view second); /* one behind another */

#endif
