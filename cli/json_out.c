/* Strings and numbers as JSON has them. */
#include "cli/json_out.h"

#include <math.h>

#include "cli/utf8_step.h"

void json_write_string(FILE *out, ttag_view text)
{
    fputc('"', out);
    for (size_t i = 0; i < text.size;) {
        uint32_t point;
        size_t length = utf8_step(text.bytes + i, text.size - i, &point);
        if (point == '"' || point == '\\')
            fprintf(out, "\\%c", (char)point);
        else if (point < 0x20)
            fprintf(out, "\\u%04x", (unsigned)point);
        else if (point == UTF8_BAD)
            fputs("\xef\xbf\xbd", out);
        else
            fwrite(text.bytes + i, 1, length, out);
        i += length;
    }
    fputc('"', out);
}

void json_write_number(FILE *out, double value)
{
    if (isfinite(value))
        fprintf(out, "%.9g", value);
    else
        fputs("null", out);
}
