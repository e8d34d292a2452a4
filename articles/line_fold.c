/* Lines folded. Case goes by the blocks that have it, Latin, Greek and Cyrillic: lines of other
   scripts have none. */
#include "articles/line_fold.h"

#include "articles/utf8.h"
#include "base/ascii.h"
#include "base/hash.h"

/* Lower case of a letter that is not ASCII; what has none is itself. */
static uint32_t lower(uint32_t c)
{
    if (c >= 0xc0 && c <= 0xde && c != 0xd7)
        return c + 0x20;
    if (c == 0x130) /* İ */
        return 'i';
    if ((c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177) || (c >= 0x460 && c <= 0x481) ||
        (c >= 0x48a && c <= 0x4bf) || (c >= 0x4d0 && c <= 0x52f))
        return c | 1;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
        return c + (c & 1);
    if (c >= 0x391 && c <= 0x3a9)
        return c + 0x20;
    if (c >= 0x410 && c <= 0x42f)
        return c + 0x20;
    return c >= 0x400 && c <= 0x40f ? c + 0x50 : c;
}

/* Punctuation, signs and blanks beyond ASCII. */
static bool is_apart(uint32_t c)
{
    return (c >= 0x80 && c <= 0xbf && c != 0xaa && c != 0xb5 && c != 0xba) || c == 0xd7 ||
           c == 0xf7 || (c >= 0x2000 && c <= 0x2bff) || (c >= 0x3000 && c <= 0x303f) ||
           (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xfe10 && c <= 0xfe6f) || c == 0xfeff ||
           c == 0xfffd || (c >= 0x1f000 && c <= 0x1faff);
}

/* Well-formed, c is below 0x1100. */
static void put_char(buffer *out, uint32_t c)
{
    if (c < 0x80) {
        buffer_char(out, (char)c);
    } else if (c < 0x800) {
        const unsigned char two[] = {(unsigned char)(0xc0 | c >> 6),
                                     (unsigned char)(0x80 | (c & 0x3f))};
        buffer_put(out, two, sizeof two);
    }
}

typedef enum fold_kind { FOLD_BLANK, FOLD_DIGIT, FOLD_LETTER } fold_kind;

/* Where the word that is being put began, and what it consists of. */
typedef struct fold_state {
    size_t from;
    bool open, letters;
    fold_kind last;
} fold_state;

static void end_word(folded_line *out, fold_state *at)
{
    if (!at->open)
        return;
    if (out->n_words < FOLD_WORDS && buffer_ok(&out->text))
        out->words[out->n_words] =
            hash64(out->text.bytes + at->from, out->text.size - at->from) | FOLD_WORD;
    out->n_words++;
    out->n_letters += at->letters;
    at->open = at->letters = false;
}

static void begin(folded_line *out, fold_state *at, fold_kind kind)
{
    if (!at->open) {
        if (out->text.size > 0)
            buffer_char(&out->text, ' ');
        at->from = out->text.size;
        at->open = true;
    }
    at->letters |= kind == FOLD_LETTER;
}

static void put_ascii(folded_line *out, fold_state *at, char c)
{
    fold_kind kind = FOLD_BLANK;
    if (is_digit(c))
        kind = FOLD_DIGIT;
    else if (is_letter(c))
        kind = FOLD_LETTER;
    if (kind == FOLD_BLANK) {
        end_word(out, at);
    } else if (kind == FOLD_LETTER || at->last != FOLD_DIGIT || !at->open) {
        begin(out, at, kind);
        buffer_char(&out->text, kind == FOLD_DIGIT ? '0' : (char)(c | 0x20));
    }
    at->last = kind;
}

/* Returns how many bytes it takes. */
static size_t put_other(folded_line *out, fold_state *at, const char *bytes, size_t size)
{
    size_t length;
    uint32_t c = utf8_decode(bytes, size, &length);
    if (is_apart(c)) {
        end_word(out, at);
        at->last = FOLD_BLANK;
        return length;
    }
    begin(out, at, FOLD_LETTER);
    uint32_t small = lower(c);
    if (small != c)
        put_char(&out->text, small);
    else
        buffer_put(&out->text, bytes, length);
    at->last = FOLD_LETTER;
    return length;
}

bool line_fold(folded_line *out, ttag_view line)
{
    fold_state at = {0};
    line = utf8_trim(line);
    buffer_clear(&out->text);
    out->n_words = out->n_letters = 0;
    char last = line.size > 0 ? line.bytes[line.size - 1] : ' ';
    out->stopped = last == '.' || last == ',' || last == ';';
    for (size_t i = 0; i < line.size;) {
        if ((unsigned char)line.bytes[i] < 0x80)
            put_ascii(out, &at, line.bytes[i++]);
        else
            i += put_other(out, &at, line.bytes + i, line.size - i);
    }
    end_word(out, &at);
    return buffer_ok(&out->text);
}

uint64_t line_fold_hash(const folded_line *line)
{
    ttag_view text = buffer_as_view(&line->text);
    return hash64(text.bytes, text.size);
}

void line_fold_dispose(folded_line *line)
{
    buffer_dispose(&line->text);
}
