/* The pattern (?u)\b\w\w+\b over the lower-cased text, as Python does both: runs of letters,
   numbers and `_`. */
#include "features/words.h"

#include "articles/utf8.h"
#include "features/unicode.h"

enum { CAPITAL_SIGMA = 0x3a3, SMALL_SIGMA = 0x3c3, FINAL_SIGMA = 0x3c2, CAPITAL_I_DOT = 0x130 };

/* The first code point before `at` that case does not ignore; 0: none. */
static uint32_t cased_before(ttag_view text, size_t at)
{
    while (at > 0) {
        size_t length, start = at - 1;
        while (start > 0 && ((unsigned char)text.bytes[start] & 0xc0) == 0x80)
            start--;
        uint32_t c = utf8_decode(text.bytes + start, at - start, &length);
        if (!char_is_case_ignorable(c))
            return c;
        at = start;
    }
    return 0;
}

static uint32_t cased_after(ttag_view text, size_t at)
{
    while (at < text.size) {
        size_t length;
        uint32_t c = utf8_decode(text.bytes + at, text.size - at, &length);
        if (!char_is_case_ignorable(c))
            return c;
        at += length;
    }
    return 0;
}

/* Unicode's condition Final_Sigma. Linear over all: only the runs of ignored characters next to a
   sigma are looked at, and a sigma is none of them. */
static uint32_t lower_sigma(ttag_view text, size_t at, size_t end)
{
    bool final = char_is_cased(cased_before(text, at)) && !char_is_cased(cased_after(text, end));
    return final ? FINAL_SIGMA : SMALL_SIGMA;
}

/* One code point beyond ASCII at `at`; returns its length. */
static size_t scan_char(token_list *tokens, ttag_view text, size_t at)
{
    size_t length;
    uint32_t c = utf8_decode(text.bytes + at, text.size - at, &length);
    uint32_t lower = c == CAPITAL_SIGMA ? lower_sigma(text, at, at + length) : char_lower(c);
    if (char_kind_of(lower) >= CHAR_LETTER)
        token_put_char(tokens, lower);
    else
        token_close(tokens);
    if (c == CAPITAL_I_DOT) /* becomes i and a combining dot, which is no word character */
        token_close(tokens);
    return length;
}

/* A run that is not ASCII throughout. */
static void scan_run(token_list *tokens, ttag_view text, word_run run)
{
    for (size_t at = run.start; at < run.end;) {
        size_t end = ascii_word_end(text, at);
        token_put_ascii(tokens, text.bytes + at, end - at);
        at = end;
        if (at < run.end)
            at += scan_char(tokens, text, at);
    }
    token_close(tokens);
}

static void add_run(token_list *tokens, const word_runs *runs, word_run run)
{
    if (run_is_ascii(runs, run))
        token_add_run(tokens, runs->text, run);
    else
        scan_run(tokens, runs->text, run);
}

static inline bool never(ttag_view text, size_t at, size_t word_end)
{
    (void)text;
    (void)at;
    (void)word_end;
    return false;
}

void words_scan(token_list *tokens, ttag_view text)
{
    word_runs runs;
    if (text.size == 0) /* of a title, often */
        return;
    runs_init(&runs, text, false);
    while (runs_next(&runs) && tokens_reserve(tokens)) {
        for (size_t i = 0; i < runs.n; i++) {
            i = tokens_add_short(tokens, &runs, i, false, never);
            if (i < runs.n) {
                add_run(tokens, &runs, run_at(&runs, i));
                if (!tokens_reserve(tokens))
                    return;
            }
        }
    }
}
