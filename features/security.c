/* Words are runs of letters, numbers, marks and `_`; at the beginning of each, an indicator may
   stand instead. */
#include "features/security.h"

#include "articles/utf8.h"
#include "features/indicators.h"
#include "features/unicode.h"

/* As many bytes from `at` as hold FOLD_IN code points. */
static size_t fold_piece(ttag_view word, size_t at)
{
    size_t end = at, chars = 0;
    while (end < word.size) {
        bool begins = ((unsigned char)word.bytes[end] & 0xc0) != 0x80;
        if (begins && ++chars > FOLD_IN)
            break;
        end++;
    }
    return end - at;
}

/* Folding may split a word: ½ becomes 1, a slash and 2. Very long words are folded in pieces,
   because putting marks into order takes quadratic time. */
static void put_folded(token_list *tokens, ttag_view word)
{
    int32_t folded[FOLD_OUT];
    for (size_t at = 0; at < word.size;) {
        size_t size = fold_piece(word, at);
        size_t n = chars_fold(folded, word.bytes + at, size);
        for (size_t i = 0; i < n; i++) {
            uint32_t c = (uint32_t)folded[i];
            if (c < 0x80 ? ascii_word[c] != 0 : char_kind_of(c) >= CHAR_MARK)
                token_put_char(tokens, c);
            else
                token_close(tokens);
        }
        at += size;
    }
}

static void put_word(token_list *tokens, ttag_view word, bool ascii)
{
    if (ascii)
        token_put_ascii(tokens, word.bytes, word.size);
    else
        put_folded(tokens, word);
    token_close(tokens);
}

/* The word at `at` and what ends it, be it an indicator; returns where to go on. Scripts without
   case put no blanks between words, so an indicator may stand behind their letters too. */
static size_t scan_word(token_list *tokens, indicator_search *search, size_t at)
{
    ttag_view text = search->text;
    size_t end = at, behind = 0; /* bytes of what is behind the word */
    bool ascii = true, may_begin = true;
    while (end < text.size) {
        size_t run_end = ascii_word_end(text, end), length;
        if (run_end > end) {
            indicator found;
            if (may_begin && indicator_at(search, &found, end, run_end)) {
                put_word(tokens, (ttag_view){text.bytes + at, end - at}, ascii);
                token_add(tokens, found.token);
                return found.end;
            }
            may_begin = false;
            end = run_end;
            continue;
        }
        behind = 1;
        if ((unsigned char)text.bytes[end] < 0x80)
            break;
        char_kind kind = char_kind_of(utf8_decode(text.bytes + end, text.size - end, &length));
        behind = length;
        if (kind == CHAR_OTHER)
            break;
        ascii = false;
        may_begin = kind == CHAR_UNCASED || (may_begin && kind != CHAR_LETTER);
        end += length;
        behind = 0;
    }
    put_word(tokens, (ttag_view){text.bytes + at, end - at}, ascii);
    return end + behind;
}

/* A run that is not ASCII throughout, is long, or at which an indicator may begin. Returns where to
   go on: an indicator may end behind several runs, and within one. */
static size_t scan_run(token_list *tokens, indicator_search *search, word_run run)
{
    size_t at = run.start;
    while (at < run.end)
        at = scan_word(tokens, search, at);
    return at;
}

/* The short runs from number i on that are words and nothing else. */
static size_t add_plain_words(token_list *tokens, const word_runs *runs, size_t i, bool artifacts)
{
    return artifacts ? tokens_add_short(tokens, runs, i, true, artifact_may_begin)
                     : tokens_add_short(tokens, runs, i, true, indicator_may_begin);
}

void security_scan(token_list *tokens, ttag_view text, bool artifacts)
{
    indicator_search search = {.text = text, .artifacts = artifacts};
    word_runs runs;
    runs_init(&runs, text, true);
    size_t at = 0;
    while (runs_next(&runs) && tokens_reserve(tokens)) {
        for (size_t i = 0; i < runs.n; i++) {
            word_run run = run_at(&runs, i);
            if (run.end <= at)
                continue;
            if (run.start >= at) {
                i = add_plain_words(tokens, &runs, i, artifacts);
                if (i == runs.n)
                    break;
                run = run_at(&runs, i);
            } else {
                run.start = at;
            }
            at = scan_run(tokens, &search, run);
            if (!tokens_reserve(tokens))
                return;
        }
    }
}
