/* A window of n code points slides over the word; then one of n + 1. */
#include "features/char_grams.h"

/* Where the code point behind that at `at` begins. */
static size_t next_char(const char *bytes, size_t size, size_t at)
{
    do
        at++;
    while (at < size && ((unsigned char)bytes[at] & 0xc0) == 0x80);
    return at;
}

/* The window of `length` code points at the word's beginning, or the whole word if it has less. */
static void begin_length(char_grams *g)
{
    g->start = g->end = 0;
    for (uint32_t i = 0; i < g->length && g->end < g->size; i++)
        g->end = next_char(g->word, g->size, g->end);
}

void char_grams_begin(char_grams *g, const char *word, size_t size, uint32_t least, uint32_t most)
{
    *g = (char_grams){.word = word, .size = size, .length = least, .most = most};
    begin_length(g);
}

/* A window that is the whole word is the last one: longer ones would be the same. */
static void advance(char_grams *g)
{
    if (g->end < g->size) {
        g->start = next_char(g->word, g->size, g->start);
        g->end = next_char(g->word, g->size, g->end);
        return;
    }
    g->ended = g->start == 0 || g->length == g->most;
    if (!g->ended) {
        g->length++;
        begin_length(g);
    }
}

size_t char_grams_next(char_grams *g, text_term *out, size_t n)
{
    size_t made = 0;
    for (; made < n && !g->ended; made++) {
        size_t size = g->end - g->start;
        uint64_t hash = char_hash(token_term(g->word + g->start, size, 0).hash);
        out[made] = (text_term){hash, hash, g->start, size};
        advance(g);
    }
    return made;
}
