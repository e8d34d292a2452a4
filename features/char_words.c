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

/* The word's number, INTERN_NONE: no memory. Its n-grams are known from now on. */
static uint32_t know(char_words *w, ttag_view word, uint64_t hash, const ttag_text_opts *opts,
                     grams_number *number, void *context)
{
    size_t n = w->names.count;
    if (!mem_grow(&w->words, &w->words_capacity, n + 1, sizeof *w->words))
        return INTERN_NONE;
    uint32_t known = intern_add_hashed(&w->names, word, hash);
    if (known != n)
        return known;
    if (!learn(w, word, opts, number, context))
        return INTERN_NONE;
    w->words[known] = (char_word){w->n_grams, 0};
    return known;
}

static void forget_counts(char_words *w)
{
    for (size_t i = 0; i < w->n_met; i++)
        w->words[w->met[i]].count = 0;
    w->n_met = 0;
}

static void count_word(char_words *w, uint32_t word)
{
    if (w->words[word].count++ == 0)
        w->met[w->n_met++] = word;
}

/* numbers: NULL: the words are counted. */
static bool know_all(char_words *w, const token_list *tokens, const ttag_text_opts *opts,
                     uint32_t *numbers, grams_number *number, void *context)
{
    const text_term *items = tokens->items;
    for (size_t i = 0; i < tokens->count; i++) {
        if (i + SLOTS_AHEAD < tokens->count)
            intern_prefetch(&w->names, items[i + SLOTS_AHEAD].hash);
        if (i + STRINGS_AHEAD < tokens->count)
            intern_prefetch_string(&w->names, items[i + STRINGS_AHEAD].hash);
        ttag_view word = {tokens->bytes + items[i].start, items[i].size};
        uint32_t known = know(w, word, items[i].hash, opts, number, context);
        if (known == INTERN_NONE)
            return false;
        if (numbers)
            numbers[i] = known;
        else
            count_word(w, known);
    }
    return true;
}

static bool begin(char_words *w, const token_list *tokens, const ttag_text_opts *opts,
                  uint32_t *numbers, grams_number *number, void *context)
{
    forget_counts(w);
    if (w->names.count > MOST_WORDS || w->n_grams > MOST_GRAMS)
        char_words_forget(w);
    if (mem_grow(&w->met, &w->met_capacity, tokens->count, sizeof *w->met) &&
        know_all(w, tokens, opts, numbers, number, context))
        return true;
    char_words_forget(w); /* the last word may lack n-grams */
    return false;
}

bool char_words_meet(char_words *w, const token_list *tokens, const ttag_text_opts *opts,
                     grams_number *number, void *context)
{
    return begin(w, tokens, opts, NULL, number, context);
}

bool char_words_number(char_words *w, const token_list *tokens, const ttag_text_opts *opts,
                       uint32_t *numbers, grams_number *number, void *context)
{
    return begin(w, tokens, opts, numbers, number, context);
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
