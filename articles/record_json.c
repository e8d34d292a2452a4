/* One member after the other. */
#include "articles/record_json.h"

#include "base/json.h"

static void put_name(buffer *line, const char *name)
{
    bool first = line->size == 0 || line->bytes[line->size - 1] == '{';
    buffer_printf(line, "%s\"%s\":", first ? "" : ",", name);
}

void record_put_text(buffer *line, const char *name, ttag_view text)
{
    if (!text.size)
        return;
    put_name(line, name);
    json_put_string(line, text);
}

void record_put_names(buffer *line, const char *name, const ttag_view *items, size_t n)
{
    put_name(line, name);
    buffer_char(line, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_char(line, ',');
        json_put_string(line, items[i]);
    }
    buffer_char(line, ']');
}
