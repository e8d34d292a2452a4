/* The filters, each a small pass over the text. */
#include "import/filters.h"

#include <string.h>

#include "articles/utf8.h"
#include "base/ascii.h"
#include "base/view.h"

const char filter_names[] = "words, markdown, link, upper, two, parent";

static ttag_view rest(ttag_view text, size_t passed)
{
    return (ttag_view){text.bytes + passed, text.size - passed};
}

static size_t word_length(ttag_view text)
{
    size_t at = 0, length;
    while (at < text.size && utf8_blanks(rest(text, at)) == 0) {
        utf8_decode(text.bytes + at, text.size - at, &length);
        at += length;
    }
    return at;
}

/* White space of any length as one blank; none at the ends. */
static void put_words(buffer *out, ttag_view text)
{
    bool first = true;
    for (text = rest(text, utf8_blanks(text)); text.size; first = false) {
        size_t size = word_length(text);
        if (!first)
            buffer_char(out, ' ');
        buffer_put(out, text.bytes, size);
        text = rest(text, size);
        text = rest(text, utf8_blanks(text));
    }
}

size_t count_words(ttag_view text)
{
    size_t count = 0;
    for (text = rest(text, utf8_blanks(text)); text.size; count++) {
        text = rest(text, word_length(text));
        text = rest(text, utf8_blanks(text));
    }
    return count;
}

/* Bytes up to and with `end`, or 0 if it does not come. */
static size_t through(ttag_view text, char end)
{
    const char *found = text.size ? memchr(text.bytes, end, text.size) : NULL;
    return found ? (size_t)(found - text.bytes) + 1 : 0;
}

/* "[name](address)": its length, and the name's; 0: it is none. */
static size_t link_length(ttag_view text, size_t *name)
{
    size_t bracket = view_begins(text, "[") ? through(text, ']') : 0;
    if (bracket == 0 || !view_begins(rest(text, bracket), "("))
        return 0;
    size_t address = through(rest(text, bracket), ')');
    *name = bracket - 2;
    return address ? bracket + address : 0;
}

/* Names of links without their addresses; without ATT&CK's "(Citation: …)" and code marks. */
static void put_markdown(buffer *out, ttag_view text)
{
    static const char *const dropped[] = {"<code>", "</code>"};
    while (text.size) {
        size_t name, passed = view_begins(text, "(Citation:") ? through(text, ')') : 0;
        for (size_t i = 0; passed == 0 && i < sizeof dropped / sizeof *dropped; i++)
            passed = view_begins(text, dropped[i]) ? strlen(dropped[i]) : 0;
        if (passed == 0 && (passed = link_length(text, &name)) > 0)
            buffer_put(out, text.bytes + 1, name);
        if (passed == 0)
            buffer_put(out, text.bytes, passed = 1);
        text = rest(text, passed);
    }
}

static bool ends_link(char c)
{
    return (unsigned char)c <= ' ' || strchr(";,'\"<>", c) != NULL;
}

/* The first address of the web in it. */
static void put_link(buffer *out, ttag_view text)
{
    while (text.size && !view_begins(text, "http://") && !view_begins(text, "https://"))
        text = rest(text, 1);
    size_t size = 0;
    while (size < text.size && !ends_link(text.bytes[size]))
        size++;
    buffer_put(out, text.bytes, size);
}

static void put_upper(buffer *out, ttag_view text)
{
    for (size_t i = 0; i < text.size; i++)
        buffer_char(out, capital_letter(text.bytes[i]));
}

/* A number in two digits, as dates have it. */
static void put_two(buffer *out, ttag_view text)
{
    if (text.size == 1)
        buffer_char(out, '0');
    buffer_view(out, text);
}

/* "T1003" of "T1003.001"; nothing where there is no dot. */
static void put_parent(buffer *out, ttag_view text)
{
    size_t size = through(text, '.');
    buffer_put(out, text.bytes, size ? size - 1 : 0);
}

filter *filter_find(ttag_view name)
{
    static const struct {
        const char *name;
        filter *apply;
    } all[] = {{"words", put_words}, {"markdown", put_markdown}, {"link", put_link},
               {"upper", put_upper}, {"two", put_two},           {"parent", put_parent}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (view_equal(name, view_of(all[i].name)))
            return all[i].apply;
    return NULL;
}
