/* {"name":"text","name":17} */
#include "classify/json_members.h"

#include "base/json.h"

void put_comma(buffer *out)
{
    const char last = out->size > 0 ? out->bytes[out->size - 1] : '{';
    if (last != '{' && last != '[')
        buffer_char(out, ',');
}

void put_member(buffer *out, const char *name)
{
    put_comma(out);
    buffer_char(out, '"');
    buffer_text(out, name);
    buffer_text(out, "\":");
}

void put_member_plain(buffer *out, const char *name, const char *text)
{
    put_member(out, name);
    buffer_char(out, '"');
    buffer_text(out, text);
    buffer_char(out, '"');
}

void put_member_string(buffer *out, const char *name, ttag_view text)
{
    put_member(out, name);
    json_put_string(out, text);
}

void put_member_count(buffer *out, const char *name, size_t count)
{
    put_member(out, name);
    buffer_count(out, count);
}
