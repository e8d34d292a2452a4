/* Finds terms in a text, and the window with most of them. */
#include "evaluate/excerpt.h"

#include "base/ascii.h"
#include "base/view.h"
#include "evaluate/html.h"
#include "features/term_hash.h"

enum { MARKS_MOST = 256, WINDOW = 620, LEAD_IN = 90 };

typedef struct marked {
    size_t start, end;
} marked;

/* Part of a word, of any script: bytes of other characters than ASCII ones are taken as such. */
static bool is_word(char c)
{
    return is_letter(c) || is_digit(c) || (signed char)c < 0;
}

/* How far the term goes in the text from `at` on, or 0. A blank in it is any run between words. */
static size_t match(ttag_view text, size_t at, ttag_view term)
{
    size_t i = at;
    for (size_t k = 0; k < term.size; k++) {
        if (term.bytes[k] == ' ') {
            size_t from = i;
            while (i < text.size && !is_word(text.bytes[i]))
                i++;
            if (i == from)
                return 0;
        } else if (i >= text.size || small_letter(text.bytes[i++]) != small_letter(term.bytes[k])) {
            return 0;
        }
    }
    return i < text.size && is_word(text.bytes[i]) && is_word(text.bytes[i - 1]) ? 0 : i;
}

/* "title:ransomware" stands in the title, and is looked for everywhere. */
static ttag_view words_of(ttag_view term)
{
    if (!is_title_term(term) || term.size == TITLE_PREFIX_SIZE)
        return term;
    return (ttag_view){term.bytes + TITLE_PREFIX_SIZE, term.size - TITLE_PREFIX_SIZE};
}

static size_t find_marks(marked *marks, ttag_view text, const error_term *terms, size_t n_terms)
{
    size_t n = 0;
    for (size_t at = 0; at < text.size && n < MARKS_MOST; at++) {
        if (at > 0 && is_word(text.bytes[at - 1]))
            continue;
        size_t end = 0;
        for (size_t k = 0; k < n_terms; k++) {
            ttag_view term = words_of(terms[k].term);
            size_t found = term.size > 0 ? match(text, at, term) : 0;
            end = found > end ? found : end;
        }
        if (end > at) {
            marks[n++] = (marked){at, end};
            at = end - 1;
        }
    }
    return n;
}

/* Where the window with most marks begins: at a word. */
static size_t window_of(ttag_view text, const marked *marks, size_t n)
{
    size_t best = 0, most = 0;
    for (size_t i = 0; i < n; i++) {
        size_t within = i;
        while (within < n && marks[within].end <= marks[i].start + WINDOW - LEAD_IN)
            within++;
        if (within - i > most) {
            most = within - i;
            best = marks[i].start;
        }
    }
    if (text.size <= WINDOW || best <= LEAD_IN)
        return 0;
    size_t start = best - LEAD_IN;
    while (start < best && (is_word(text.bytes[start - 1]) || !is_word(text.bytes[start])))
        start++;
    return start;
}

static size_t window_end(ttag_view text, size_t start)
{
    if (text.size - start <= WINDOW)
        return text.size;
    size_t end = start + WINDOW;
    while (end > start + WINDOW / 2 && is_word(text.bytes[end]))
        end--;
    if (end == start + WINDOW / 2) /* one long word: between two characters */
        for (end = start + WINDOW; ((unsigned char)text.bytes[end] & 0xC0) == 0x80; end--)
            continue;
    return end;
}

static void put_marked(buffer *b, ttag_view text, size_t start, size_t end, const marked *marks,
                       size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (marks[i].start < start || marks[i].end > end)
            continue;
        html_text(b, (ttag_view){text.bytes + start, marks[i].start - start});
        buffer_text(b, "<mark>");
        html_text(b, (ttag_view){text.bytes + marks[i].start, marks[i].end - marks[i].start});
        buffer_text(b, "</mark>");
        start = marks[i].end;
    }
    html_text(b, (ttag_view){text.bytes + start, end - start});
}

void excerpt_put(buffer *b, ttag_view title, ttag_view text, const error_term *terms, size_t n)
{
    marked marks[MARKS_MOST];
    if (title.size > 0) {
        buffer_text(b, "<p class=\"headline\" dir=\"auto\">");
        size_t n_marks = find_marks(marks, title, terms, n);
        put_marked(b, title, 0, title.size, marks, n_marks);
        buffer_text(b, "</p>\n");
    }
    size_t n_marks = find_marks(marks, text, terms, n);
    size_t start = window_of(text, marks, n_marks), end = window_end(text, start);
    buffer_text(b, "<blockquote class=\"quote\" dir=\"auto\">");
    buffer_text(b, start > 0 ? "… " : "");
    put_marked(b, text, start, end, marks, n_marks);
    buffer_text(b, end < text.size ? " …" : "");
    buffer_text(b, "</blockquote>\n");
}
