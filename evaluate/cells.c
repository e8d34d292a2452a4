/* Padding, cutting and drawing the cells of a text table. */
#include "evaluate/cells.h"

#include <math.h>

#include "classify/shown_text.h"

/* Bytes of the code point at `bytes`, by its first byte. */
static size_t point_size(ttag_view rest)
{
    size_t size = 1;
    while (size < rest.size && ((unsigned char)rest.bytes[size] & 0xC0) == 0x80)
        size++;
    return size;
}

static ttag_view behind(ttag_view text, size_t size)
{
    return (ttag_view){text.bytes + size, text.size - size};
}

size_t cell_width(ttag_view text)
{
    size_t width = 0;
    for (; text.size > 0; text = behind(text, point_size(text)))
        width++;
    return width;
}

static void put_blanks(buffer *b, size_t count)
{
    while (count-- > 0)
        buffer_char(b, ' ');
}

void cell_put_text(buffer *b, ttag_view text, size_t width)
{
    size_t have = cell_width(text);
    size_t shown = have <= width ? have : width - (width > 0);
    for (size_t i = 0; i < shown; i++) {
        ttag_view point = {text.bytes, point_size(text)};
        put_clean(b, point);
        text = behind(text, point.size);
    }
    if (have > width && width > 0)
        buffer_text(b, "…");
    put_blanks(b, have < width ? width - have : 0);
}

void cell_put_share(buffer *b, double share, size_t width)
{
    if (isnan(share) || isinf(share))
        buffer_printf(b, "%*s", (int)width, isnan(share) ? "-" : "never");
    else
        buffer_printf(b, "%*.3f", (int)width, share);
}

void cell_put_bar(buffer *b, double share, size_t width)
{
    static const char *const parts[8] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    double kept = share > 0 ? (share < 1 ? share : 1) : 0; /* NaN: none */
    size_t eighths = (size_t)(kept * (double)width * 8 + 0.5);
    size_t full = eighths / 8, part = eighths % 8;
    for (size_t i = 0; i < full; i++)
        buffer_text(b, "█");
    buffer_text(b, parts[part]);
    put_blanks(b, width - full - (part > 0));
}
