/* Members of a JSON object, one after the other: each begins with its key, and with a comma unless
   it is the first. An object is opened and closed by whoever puts its members. */
#ifndef BASE_JSON_MEMBER_H
#define BASE_JSON_MEMBER_H

#include "base/buffer.h"

/* The key alone; a value is to follow. */
void member_key(buffer *b, const char *key);

void member_text(buffer *b, const char *key, const char *text);
void member_count(buffer *b, const char *key, uint64_t count);
void member_number(buffer *b, const char *key, double number); /* 9 digits; null if not finite */
void member_bool(buffer *b, const char *key, bool value);

/* key:{ */
void member_open(buffer *b, const char *key);

#endif
