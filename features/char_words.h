/* The words that a thread has met, each with the numbers of its character n-grams: these are cut
   and looked up once for a word, however often it comes. */
#ifndef FEATURES_CHAR_WORDS_H
#define FEATURES_CHAR_WORDS_H

#include "base/intern.h"
#include "features/tokens.h"

enum { GRAMS_AT_ONCE = 64 };

/* Puts the numbers of those of n <= GRAMS_AT_ONCE n-grams that count into `numbers` and says in
 *found how many do. false: no memory. */
typedef bool grams_number(void *context, uint32_t numbers[GRAMS_AT_ONCE], size_t *found,
                          const text_term *grams, size_t n, const char *bytes);

typedef struct char_word {
    size_t end;     /* where its numbers end in `grams` */
    uint32_t count; /* how often it is in this article; 0 between articles */
} char_word;

/* Zero-initialise before use. */
typedef struct char_words {
    intern names;
    char_word *words; /* names.count */
    uint32_t *grams;  /* n_grams: numbers, those of one word after those of the other */
    size_t n_grams, words_capacity, grams_capacity;
    uint32_t *met; /* n_met: the article's words, in order of first occurrence */
    size_t n_met, met_capacity;
    char *padded; /* a word with a blank on both sides */
    size_t padded_capacity;
} char_words;

/* One of the article's words: so often, with these n-grams. */
typedef struct met_word {
    uint32_t count;
    const uint32_t *grams; /* n_grams; one that is in the word twice is there twice */
    size_t n_grams;
} met_word;

/* Counts the words of an article: all tokens. false: no memory. */
bool char_words_meet(char_words *words, const token_list *tokens, const ttag_text_opts *opts,
                     grams_number *number, void *context);

/* Says which word each token is, numbers[tokens->count]; none is counted. */
bool char_words_number(char_words *words, const token_list *tokens, const ttag_text_opts *opts,
                       uint32_t *numbers, grams_number *number, void *context);

/* A word by its number. */
static inline met_word char_words_get(const char_words *w, uint32_t word)
{
    size_t start = word > 0 ? w->words[word - 1].end : 0;
    return (met_word){w->words[word].count, w->grams + start, w->words[word].end - start};
}

/* Word i < n_met of the article. */
static inline met_word char_words_met(const char_words *w, size_t i)
{
    return char_words_get(w, w->met[i]);
}

void char_words_forget(char_words *words); /* all numbers; keeps the memory */
void char_words_dispose(char_words *words);

#endif
