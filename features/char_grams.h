/* n-grams of characters inside words, as scikit-learn's char_wb takes them: those of `least` to
   `most` code points of the word with a blank on both sides. One that is shorter than its longest
   n-grams gives itself, with its blanks, once. */
#ifndef FEATURES_CHAR_GRAMS_H
#define FEATURES_CHAR_GRAMS_H

#include "features/term_hash.h"
#include "ttag/features.h"

/* The n-grams of one word on their way: by falling place, shortest first. */
typedef struct char_grams {
    const char *word; /* size bytes with both blanks; SHORT_BYTES can be read behind them */
    size_t size;
    size_t start, end; /* of the next n-gram */
    uint32_t length;   /* of that, in code points */
    uint32_t most;
    bool ended;
} char_grams;

/* A word of at least one character; `word` as above. */
void char_grams_begin(char_grams *grams, const char *word, size_t size, uint32_t least,
                      uint32_t most);

/* The next n-grams, n at most; returns how many, 0 at the end. Their hashes are of an n-gram as a
   term; starts are positions in the word. */
size_t char_grams_next(char_grams *grams, text_term *out, size_t n);

#endif
