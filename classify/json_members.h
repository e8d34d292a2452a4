/* Members of an object that is being written: the comma comes by itself. */
#ifndef CLASSIFY_JSON_MEMBERS_H
#define CLASSIFY_JSON_MEMBERS_H

#include "base/buffer.h"

/* The comma before a member or an element, unless it is the first. */
void put_comma(buffer *out);
/* `"name":` */
void put_member(buffer *out, const char *name);
/* ASCII without quotes, backslashes and control characters */
void put_member_plain(buffer *out, const char *name, const char *text);
/* UTF-8 */
void put_member_string(buffer *out, const char *name, ttag_view text);
void put_member_count(buffer *out, const char *name, size_t count);

#endif
