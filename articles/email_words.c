/* One word after the other. */
#include "articles/email_words.h"

#include <string.h>

#include "articles/transfer.h"
#include "base/ascii.h"
#include "base/view.h"

typedef struct encoded_word {
    char charset[41]; /* in small letters */
    char encoding;    /* 'q' or 'b' */
    ttag_view text;
    size_t size; /* of all of it */
} encoded_word;

/* Where the next question mark is, from `from` on; 0: there is none. */
static size_t find_mark(ttag_view v, size_t from)
{
    const char *mark = from < v.size ? memchr(v.bytes + from, '?', v.size - from) : NULL;
    return mark ? (size_t)(mark - v.bytes) : 0;
}

/* Whether `v` begins with an encoded word. */
static bool take_word(ttag_view v, encoded_word *word)
{
    if (v.size < 8 || memcmp(v.bytes, "=?", 2) != 0)
        return false;
    const size_t charset_end = find_mark(v, 2);
    const size_t size = charset_end ? charset_end - 2 : 0;
    if (size == 0 || size >= sizeof word->charset || charset_end + 3 >= v.size ||
        v.bytes[charset_end + 2] != '?')
        return false;
    const size_t from = charset_end + 3, end = find_mark(v, from);
    word->encoding = (char)(v.bytes[charset_end + 1] | 0x20);
    if (end == 0 || end + 1 >= v.size || v.bytes[end + 1] != '=' ||
        (word->encoding != 'q' && word->encoding != 'b'))
        return false;
    for (size_t i = 0; i < size; i++)
        word->charset[i] = small_letter(v.bytes[2 + i]);
    word->charset[size] = '\0';
    char *star = strchr(word->charset, '*'); /* a language may follow */
    if (star)
        *star = '\0';
    word->text = (ttag_view){v.bytes + from, end - from};
    word->size = end + 2;
    return true;
}

static void unpack(buffer *bytes, const encoded_word *word)
{
    if (word->encoding == 'b')
        put_base64(bytes, word->text);
    else
        put_quoted_printable(bytes, word->text, true);
}

/* White space between two encoded words is none. */
static size_t blanks_before_word(ttag_view v)
{
    size_t i = 0;
    encoded_word word;
    while (i < v.size && (v.bytes[i] == ' ' || v.bytes[i] == '\t'))
        i++;
    return i > 0 && take_word((ttag_view){v.bytes + i, v.size - i}, &word) ? i : 0;
}

/* Words of one encoding that follow one another, as one text: a character may be cut in two.
   Returns how much of `value` they are. */
static size_t put_run(ttag_decoder *d, buffer *out, ttag_view value)
{
    buffer bytes = {0};
    encoded_word word, next;
    size_t at = 0;
    if (!take_word(value, &word))
        return 0;
    for (bool more = true; more;) {
        unpack(&bytes, &word);
        at += word.size;
        at += blanks_before_word((ttag_view){value.bytes + at, value.size - at});
        more = take_word((ttag_view){value.bytes + at, value.size - at}, &next) &&
               ascii_same(view_of(next.charset), word.charset);
        word = more ? next : word;
    }
    decoder_put_utf8(d, out, buffer_as_view(&bytes), word.charset);
    out->failed |= !buffer_ok(&bytes);
    buffer_dispose(&bytes);
    return at;
}

void email_put_words(ttag_decoder *d, buffer *out, ttag_view value)
{
    while (value.size > 0) {
        size_t size = put_run(d, out, value);
        if (size == 0) {
            const char *mark = memchr(value.bytes + 1, '=', value.size - 1);
            size = mark ? (size_t)(mark - value.bytes) : value.size;
            decoder_put_utf8(d, out, (ttag_view){value.bytes, size}, "");
        }
        value = (ttag_view){value.bytes + size, value.size - size};
    }
}
