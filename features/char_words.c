/* Words are numbered as they come. Where they are many, all are forgotten between two articles. */
#include "features/char_words.h"

#include "base/memory.h"
#include "features/char_grams.h"

enum { MOST_WORDS = 1 << 15, MOST_GRAMS = 1 << 20, SLOTS_AHEAD = 16, STRINGS_AHEAD = 8 };

void char_words_forget(char_words *w)
{
    intern_clear(&w->names);
    w->n_grams = 0;
    w->n_met = 0;
}

/* " word ", and SHORT_BYTES that can be read. */
static bool pad(char_words *w, ttag_view word)
{
    size_t need;
    if (!size_add(&need, word.size, 2 + SHORT_BYTES) ||
        !mem_grow(&w->padded, &w->padded_capacity, need, 1))
        return false;
    memset(w->padded, ' ', need);
    memcpy(w->padded + 1, word.bytes, word.size);
    return true;
}

/* Cuts a word that is new and appends the numbers of its n-grams. */
static bool learn(char_words *w, ttag_view word, const ttag_text_opts *opts, grams_number *number,
                  void *context)
{
    char_grams grams;
    text_term cut[GRAMS_AT_ONCE];
    size_t n, found, need;
    if (!pad(w, word))
        return false;
    char_grams_begin(&grams, w->padded, word.size + 2, opts->char_least, opts->char_most);
    while ((n = char_grams_next(&grams, cut, GRAMS_AT_ONCE)) > 0) {
        if (!size_add(&need, w->n_grams, GRAMS_AT_ONCE) ||
            !mem_grow(&w->grams, &w->grams_capacity, need, sizeof *w->grams) ||
            !number(context, w->grams + w->n_grams, &found, cut, n, w->padded))
            return false;
        w->n_grams += found;
    }
    return true;
}

static bool meet(char_words *w, ttag_view word, uint64_t hash, const ttag_text_opts *opts,
                 grams_number *number, void *context)
{
    size_t n = w->names.count;
    if (!mem_grow(&w->words, &w->words_capacity, n + 1, sizeof *w->words) ||
        !mem_grow(&w->met, &w->met_capacity, w->n_met + 1, sizeof *w->met))
        return false;
    uint32_t met = intern_add_hashed(&w->names, word, hash);
    if (met == INTERN_NONE)
        return false;
    if (met == n) {
        if (!learn(w, word, opts, number, context))
            return false;
        w->words[met] = (char_word){w->n_grams, 0};
    }
    if (w->words[met].count++ == 0)
        w->met[w->n_met++] = met;
    return true;
}

static bool meet_all(char_words *w, const token_list *tokens, const ttag_text_opts *opts,
                     grams_number *number, void *context)
{
    const text_term *items = tokens->items;
    for (size_t i = 0; i < tokens->count; i++) {
        if (i + SLOTS_AHEAD < tokens->count)
            intern_prefetch(&w->names, items[i + SLOTS_AHEAD].hash);
        if (i + STRINGS_AHEAD < tokens->count)
            intern_prefetch_string(&w->names, items[i + STRINGS_AHEAD].hash);
        ttag_view word = {tokens->bytes + items[i].start, items[i].size};
        if (!meet(w, word, items[i].hash, opts, number, context))
            return false;
    }
    return true;
}

bool char_words_meet(char_words *w, const token_list *tokens, const ttag_text_opts *opts,
                     grams_number *number, void *context)
{
    for (size_t i = 0; i < w->n_met; i++)
        w->words[w->met[i]].count = 0;
    w->n_met = 0;
    if (w->names.count > MOST_WORDS || w->n_grams > MOST_GRAMS)
        char_words_forget(w);
    if (meet_all(w, tokens, opts, number, context))
        return true;
    char_words_forget(w); /* the last word may lack n-grams */
    return false;
}

void char_words_dispose(char_words *w)
{
    intern_dispose(&w->names);
    mem_free(w->words);
    mem_free(w->grams);
    mem_free(w->met);
    mem_free(w->padded);
    *w = (char_words){0};
}
