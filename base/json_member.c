/* Keys and their values. */
#include "base/json_member.h"

#include "base/json.h"
#include "base/view.h"

enum { DIGITS = 9 };

void member_key(buffer *b, const char *key)
{
    if (b->size && b->bytes[b->size - 1] != '{')
        buffer_char(b, ',');
    json_put_string(b, view_of(key));
    buffer_char(b, ':');
}

void member_text(buffer *b, const char *key, const char *text)
{
    member_key(b, key);
    json_put_string(b, view_of(text));
}

void member_count(buffer *b, const char *key, uint64_t count)
{
    member_key(b, key);
    buffer_printf(b, "%llu", (unsigned long long)count);
}

void member_number(buffer *b, const char *key, double number)
{
    member_key(b, key);
    json_put_number(b, number, DIGITS);
}

void member_bool(buffer *b, const char *key, bool value)
{
    member_key(b, key);
    buffer_text(b, value ? "true" : "false");
}

void member_open(buffer *b, const char *key)
{
    member_key(b, key);
    buffer_char(b, '{');
}
