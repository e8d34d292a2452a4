/* One field after the other. */
#include "articles/csv_scan.h"

#include <string.h>

static char next_byte(const csv_scan *s)
{
    return s->rest.size ? s->rest.bytes[0] : '\0';
}

static void pass(csv_scan *s, size_t size)
{
    s->rest = (ttag_view){s->rest.bytes + size, s->rest.size - size};
}

static void put(buffer *field, const char *bytes, size_t size)
{
    if (field)
        buffer_put(field, bytes, size);
}

/* What stands between quotes; false: they are not closed. */
static bool pass_quoted(csv_scan *s, buffer *field)
{
    pass(s, 1);
    for (;;) {
        const char *quote = s->rest.size ? memchr(s->rest.bytes, '"', s->rest.size) : NULL;
        if (!quote)
            return false;
        size_t size = (size_t)(quote - s->rest.bytes);
        put(field, s->rest.bytes, size);
        pass(s, size + 1);
        if (next_byte(s) != '"')
            return true;
        put(field, "\"", 1);
        pass(s, 1);
    }
}

csv_result csv_next(csv_scan *s, buffer *field)
{
    if (field)
        buffer_clear(field);
    if (next_byte(s) == '"' && !pass_quoted(s, field))
        return CSV_OPEN;
    size_t size = 0;
    while (size < s->rest.size && s->rest.bytes[size] != s->separator &&
           s->rest.bytes[size] != '\n')
        size++;
    put(field, s->rest.bytes, size);
    pass(s, size);
    const bool is_last = s->rest.size == 0 || s->rest.bytes[0] != s->separator;
    if (is_last && field && field->size && field->bytes[field->size - 1] == '\r')
        field->bytes[--field->size] = '\0';
    pass(s, s->rest.size > 0);
    return is_last ? CSV_LAST : CSV_FIELD;
}

void csv_skip_blank_rows(csv_scan *s)
{
    while (s->rest.size && (s->rest.bytes[0] == '\n' || s->rest.bytes[0] == '\r'))
        pass(s, 1);
}

char csv_separator(ttag_view text)
{
    static const char candidates[] = ",;\t";
    size_t counts[sizeof candidates] = {0}, best = 0;
    for (size_t i = 0; i < text.size && text.bytes[i] != '\n'; i++) {
        const char *found = memchr(candidates, text.bytes[i], sizeof candidates - 1);
        if (found)
            counts[found - candidates]++;
    }
    for (size_t i = 1; i + 1 < sizeof candidates; i++)
        best = counts[i] > counts[best] ? i : best;
    return candidates[best];
}
