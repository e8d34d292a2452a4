/* One word after the other, folded as it is read. */
#include "audit/word_scan.h"

#include "articles/utf8.h"
#include "base/hash.h"
#include "features/tokens.h"
#include "features/unicode.h"

static bool within(uint32_t c, uint32_t first, uint32_t last)
{
    return c >= first && c <= last;
}

/* Han, Kana; Thai, Lao, Burmese and Khmer. */
static bool stands_alone(uint32_t c)
{
    return within(c, 0x3040, 0x30ff) || within(c, 0x3400, 0x9fff) || within(c, 0xf900, 0xfaff) ||
           within(c, 0x20000, 0x3ffff) || within(c, 0xe00, 0xeff) || within(c, 0x1000, 0x109f) ||
           within(c, 0x1780, 0x17ff);
}

static void put(word_scan *s, const char *bytes, size_t size)
{
    if (s->size + size > WORD_ROOM) {
        s->hash = (s->hash ^ hash64(s->folded, s->size)) * 0x9e3779b97f4a7c15u;
        s->size = 0;
    }
    memcpy(s->folded + s->size, bytes, size);
    s->size += size;
}

/* Takes the character at s->end into the word, if it is of one. Returns false where the word ends
   before it. */
static bool take_char(word_scan *s)
{
    char lower[CHAR_SIZE];
    size_t length;
    uint32_t c = utf8_decode(s->text.bytes + s->end, s->text.size - s->end, &length);
    char_kind kind = char_kind_of(c);
    bool alone = stands_alone(c);
    if (kind == CHAR_OTHER || (alone && s->size > 0))
        return false;
    if (kind != CHAR_JOINER)
        put(s, lower, char_encode(lower, char_lower(c)));
    s->end += length;
    return !alone;
}

static void pass_gap(word_scan *s)
{
    while (s->end < s->text.size) {
        size_t length = 1;
        unsigned char first = (unsigned char)s->text.bytes[s->end];
        if (ascii_word[first])
            return;
        if (first >= 0x80) {
            const char *at = s->text.bytes + s->end;
            if (char_kind_of(utf8_decode(at, s->text.size - s->end, &length)) >= CHAR_MARK)
                return;
        }
        s->end += length;
    }
}

bool word_scan_next(word_scan *s)
{
    s->hash = 0;
    s->size = 0;
    pass_gap(s);
    s->start = s->end;
    while (s->end < s->text.size) {
        unsigned char byte = (unsigned char)s->text.bytes[s->end];
        if (byte < 0x80 && !ascii_word[byte])
            break;
        if (byte >= 0x80) {
            if (!take_char(s))
                break;
            continue;
        }
        put(s, (const char *)&ascii_word[byte], 1);
        s->end++;
    }
    s->hash ^= hash64(s->folded, s->size);
    return s->end > s->start;
}
