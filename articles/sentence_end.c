/* Stops, what stands before and what behind. */
#include "articles/sentence_end.h"

#include <string.h>

#include "base/ascii.h"

enum { WORD_MOST = 12 /* bytes of an abbreviation */ };

/* Behind these a sentence never ends … */
static const char NEVER[] =
    " mr mrs ms dr prof st sr gen col maj capt lt sgt sen rep gov hon rev "
    "vs e.g eg i.e cf ca approx est fig figs eq sec no nos nr vol ver v pp "
    "ed eds resp incl dept univ jan feb mar apr jun jul aug sep sept oct nov "
    "dec mon tue wed thu fri ";
/* … and behind these, or an initial, only before a word that begins many. */
static const char SELDOM[] =
    " etc inc ltd corp co llc plc jr al p.m a.m u.s u.k u.n e.u u.s.a ph.d "
    "d.c esp bros ";
static const char STARTERS[] =
    " the this these those that it its he she they we you our their his her in on at as an a by to "
    "for from with when while once after before if however moreover although since during later "
    "there here then also both such some most many all no one two first finally additionally "
    "according researchers attackers victims security ";

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Whether the list, with a blank about each word, has the word in lower case. */
static bool lists(const char *list, const char *word, size_t size)
{
    char sought[WORD_MOST + 3] = {' '};
    if (size == 0 || size > WORD_MOST)
        return false;
    for (size_t i = 0; i < size; i++)
        sought[i + 1] = small_letter(word[i]);
    sought[size + 1] = ' ';
    return strstr(list, sought);
}

/* Length of the closing quote or bracket at p, or 0. */
static size_t closer(const char *p, size_t left)
{
    static const char *const closers[] = {"\u201d", "\u2019", "\u00bb",
                                          "\u300d", "\u300f", "\uff09"};
    if (*p == '"' || *p == '\'' || *p == ')' || *p == ']' || *p == '}')
        return 1;
    for (size_t i = 0; (unsigned char)*p >= 0x80 && i < sizeof closers / sizeof *closers; i++)
        if (left >= strlen(closers[i]) && memcmp(p, closers[i], strlen(closers[i])) == 0)
            return strlen(closers[i]);
    return 0;
}

/* Length of the stop at p, or 0; *certain: it ends a sentence whatever follows. */
static size_t stop(const char *p, size_t left, bool *certain)
{
    static const char *const wide[] = {"\u3002", "\uff01", "\uff1f"};
    *certain = false;
    if (*p == '.' || *p == '!' || *p == '?')
        return 1;
    if ((unsigned char)*p < 0x80 || left < 3)
        return 0;
    if (memcmp(p, "\u2026", 3) == 0)
        return 3;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (memcmp(p, wide[i], 3) == 0)
            *certain = true;
    return *certain ? 3 : 0;
}

/* The word before a full stop at `at`, dots within it included. */
static ttag_view word_before(ttag_view text, size_t begin, size_t at)
{
    size_t from = at;
    while (from > begin && at - from <= WORD_MOST) {
        char c = text.bytes[from - 1];
        if (!is_letter(c) && !is_digit(c) && (c != '.' || from == at))
            break;
        from--;
    }
    return (ttag_view){text.bytes + from, at - from};
}

/* The ASCII word at `at`. */
static ttag_view word_at(ttag_view text, size_t at, size_t end)
{
    size_t to = at;
    while (to < end && to - at <= WORD_MOST && is_letter(text.bytes[to]))
        to++;
    return (ttag_view){text.bytes + at, to - at};
}

/* Whether the single full stop at `at` belongs to the word before it. next: what comes behind. */
static bool abbreviates(ttag_view text, size_t begin, size_t at, ttag_view next)
{
    ttag_view word = word_before(text, begin, at);
    if (word.size == 0)
        return false;
    bool starts = is_capital(next.bytes[0]) && lists(STARTERS, next.bytes, next.size);
    bool initial = word.size == 1 && is_capital(word.bytes[0]);
    bool number = is_digit(word.bytes[0]) && word.size <= 3 && word.bytes == text.bytes + begin;
    if (lists(NEVER, word.bytes, word.size)) /* "no." is a word, too */
        return is_digit(next.bytes[0]) || !lists(" no sec fig ", word.bytes, word.size);
    return number || ((initial || lists(SELDOM, word.bytes, word.size)) && !starts);
}

/* The first letter or digit behind blanks, quotes and brackets; `end`: none. */
static size_t next_word(ttag_view text, size_t at, size_t end)
{
    static const char OPENERS[] = "\"'([{<*_-";
    while (at < end && is_space(text.bytes[at]))
        at++;
    for (size_t n = 0; at < end && n < 4 && strchr(OPENERS, text.bytes[at]); n++)
        at++;
    return at;
}

size_t sentence_end(ttag_view text, size_t begin, size_t end)
{
    size_t at = begin;
    while (at < end) {
        bool certain;
        size_t first = at, last, size = stop(text.bytes + at, end - at, &certain);
        if (size == 0) {
            at++;
            continue;
        }
        do {
            last = at;
            at += size;
        } while (!certain && at < end && (size = stop(text.bytes + at, end - at, &certain)) > 0);
        for (size_t n = 0; at < end && n < 4 && (size = closer(text.bytes + at, end - at)) > 0; n++)
            at += size;
        if (certain)
            return at;
        if (at >= end || !is_space(text.bytes[at]))
            continue;
        size_t next = next_word(text, at, end);
        if (next >= end || is_small(text.bytes[next]))
            continue;
        if (first == last && text.bytes[first] == '.' &&
            abbreviates(text, begin, first, word_at(text, next, end)))
            continue;
        return at;
    }
    return end;
}
