/* Folding, one pass from left to right. */
#include "bootstrap/phrase_fold.h"

#include "articles/utf8.h"
#include "base/ascii.h"
#include "features/unicode.h"

typedef enum sign {
    SIGN_BLANK,  /* parts words, no more: "zero-day" is "zero day" */
    SIGN_WORD,   /* is part of a word */
    SIGN_HIDDEN, /* is passed over */
    SIGN_CLAUSE, /* parts clauses */
    SIGN_COLON,  /* parts clauses before white space */
    SIGN_STOP,   /* ends a sentence before white space, closing marks and the end */
    SIGN_END     /* ends a sentence anywhere */
} sign;

typedef struct folder {
    buffer *out;
    ttag_view text;
    size_t word;     /* where the open word begins in `out`; 0: none is open */
    size_t barrier;  /* where the last one put stands in `out`, if nothing is behind it; 0: none */
    size_t newlines; /* since the last character that was no white space */
} folder;

static sign ascii_sign(char c)
{
    if (is_letter(c) || is_digit(c))
        return SIGN_WORD;
    switch (c) {
    case ',':
    case ';':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case '|':
        return SIGN_CLAUSE;
    case ':':
        return SIGN_COLON;
    case '.':
    case '!':
    case '?':
        return SIGN_STOP;
    default:
        return SIGN_BLANK;
    }
}

static sign other_sign(uint32_t c)
{
    enum {
        EM_DASH = 0x2014,
        BULLET = 0x2022,
        IDEOGRAPHIC_COMMA = 0x3001,
        IDEOGRAPHIC_STOP = 0x3002
    };
    enum { WIDE_EXCLAMATION = 0xff01, WIDE_COMMA = 0xff0c, WIDE_QUESTION = 0xff1f };
    switch (char_kind_of(c)) {
    case CHAR_JOINER:
        return SIGN_HIDDEN;
    case CHAR_OTHER:
        break;
    default:
        return SIGN_WORD;
    }
    if (c == EM_DASH || c == BULLET || c == IDEOGRAPHIC_COMMA || c == WIDE_COMMA)
        return SIGN_CLAUSE;
    bool ends = c == IDEOGRAPHIC_STOP || c == WIDE_EXCLAMATION || c == WIDE_QUESTION;
    return ends ? SIGN_END : SIGN_BLANK;
}

static void end_word(folder *f)
{
    if (f->word)
        buffer_char(f->out, ' ');
    f->word = 0;
}

static void put_word(folder *f, const char *bytes, size_t size)
{
    if (!f->word)
        f->word = f->out->size;
    f->barrier = 0;
    buffer_put(f->out, bytes, size);
}

/* Of two barriers in a row the stronger one stands. */
static void put_barrier(folder *f, char mark)
{
    end_word(f);
    if (f->barrier && buffer_ok(f->out)) {
        if (mark == '.')
            f->out->bytes[f->barrier] = mark;
        return;
    }
    f->barrier = f->out->size;
    buffer_char(f->out, mark);
    buffer_char(f->out, ' ');
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Whether what stands behind the stop at `at` lets it be the end of a sentence. */
static bool ends_there(ttag_view text, size_t at)
{
    size_t next = at + 1;
    while (next < text.size && (text.bytes[next] == '"' || text.bytes[next] == '\'' ||
                                text.bytes[next] == ')' || (text.bytes[next] & 0x80)))
        next++;
    return next == text.size || is_space(text.bytes[next]);
}

/* Whether the open word is one letter: that of an abbreviation, "U.S. agencies". */
static bool is_initial(const folder *f)
{
    return f->word && f->out->size - f->word == 1;
}

static void put_sign(folder *f, sign s, size_t at)
{
    bool last = at + 1 == f->text.size;
    if (s == SIGN_CLAUSE || (s == SIGN_COLON && (last || is_space(f->text.bytes[at + 1]))))
        put_barrier(f, ',');
    else if (s == SIGN_END || (s == SIGN_STOP && !(f->text.bytes[at] == '.' && is_initial(f)) &&
                               ends_there(f->text, at)))
        put_barrier(f, '.');
    else
        end_word(f);
}

static void put_space(folder *f, char c)
{
    end_word(f);
    f->newlines += c == '\n';
    if (f->newlines == 2)
        put_barrier(f, '.');
}

static void put_char(folder *f, uint32_t c, size_t at, bool is_address)
{
    char encoded[CHAR_SIZE];
    sign s = c < 0x80 ? ascii_sign((char)c) : other_sign(c);
    if (s == SIGN_WORD)
        put_word(f, encoded, char_encode(encoded, char_lower(c)));
    else if (s != SIGN_HIDDEN)
        put_sign(f, is_address ? SIGN_BLANK : s, at);
}

/* The run of ASCII letters and digits at `at`, in lower case; returns its end. */
static size_t put_run(folder *f, size_t at)
{
    size_t end = at;
    while (end < f->text.size && ascii_sign(f->text.bytes[end]) == SIGN_WORD)
        end++;
    char *to = buffer_room(f->out, end - at);
    if (!to)
        return f->text.size;
    for (size_t i = at; i < end; i++)
        to[i - at] = small_letter(f->text.bytes[i]);
    if (!f->word)
        f->word = f->out->size;
    f->barrier = 0;
    buffer_fill(f->out, end - at);
    return end;
}

void phrase_fold(buffer *out, ttag_view text, bool is_address)
{
    folder f = {.out = out, .text = text};
    size_t at = 0, size;
    buffer_char(out, ' ');
    while (at < text.size && buffer_ok(out)) {
        char c = text.bytes[at];
        if (is_space(c)) {
            put_space(&f, c);
            at++;
            continue;
        }
        f.newlines = 0;
        if (ascii_sign(c) == SIGN_WORD) {
            at = put_run(&f, at);
            continue;
        }
        uint32_t point = utf8_decode(text.bytes + at, text.size - at, &size);
        put_char(&f, point, at, is_address);
        at += size;
    }
    end_word(&f);
}
