/* A byte that is no good UTF-8 is a step by itself. */
#include "cli/utf8_step.h"

size_t utf8_step(const char *bytes, size_t size, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *c = (const unsigned char *)bytes;
    size_t length = c[0] < 0x80             ? 1
                    : (c[0] & 0xe0) == 0xc0 ? 2
                    : (c[0] & 0xf0) == 0xe0 ? 3
                    : (c[0] & 0xf8) == 0xf0 ? 4
                                            : 0;
    *point = UTF8_BAD;
    if (length == 0 || length > size)
        return 1;
    uint32_t value = length == 1 ? c[0] : c[0] & (0x7fU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((c[i] & 0xc0) != 0x80)
            return 1;
        value = value << 6 | (c[i] & 0x3f);
    }
    if (value < least[length] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
        return 1;
    *point = value;
    return length;
}

size_t utf8_characters(ttag_view text)
{
    size_t n = 0;
    uint32_t point;
    for (size_t i = 0; i < text.size; n++)
        i += utf8_step(text.bytes + i, text.size - i, &point);
    return n;
}
