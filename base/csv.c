/* Writing fields of comma-separated values. */
#include "base/csv.h"

#include <math.h>

void csv_text(buffer *b, ttag_view text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.size && !quoted; i++)
        quoted = text.bytes[i] == ',' || text.bytes[i] == '"' || text.bytes[i] == '\n' ||
                 text.bytes[i] == '\r';
    if (!quoted) {
        buffer_view(b, text);
        return;
    }
    buffer_char(b, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] == '"')
            buffer_char(b, '"');
        buffer_char(b, text.bytes[i]);
    }
    buffer_char(b, '"');
}

void csv_next_number(buffer *b, double number)
{
    buffer_char(b, ',');
    if (isinf(number))
        buffer_text(b, number > 0 ? "inf" : "-inf");
    else if (!isnan(number))
        buffer_printf(b, "%.15g", number);
}

void csv_next_count(buffer *b, size_t count)
{
    buffer_printf(b, ",%zu", count);
}
