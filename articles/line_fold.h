/* A line as it is compared with others: letters in lower case, each run of digits as one 0, what is
   neither as one blank between words. */
#ifndef ARTICLES_LINE_FOLD_H
#define ARTICLES_LINE_FOLD_H

#include "base/buffer.h"

enum {
    FOLD_WORDS = 40,        /* of which hashes are kept */
    FOLD_WORD = 2,          /* a bit that each of these has: 0 and 1 are none */
    FOLD_LONGEST = 1 << 12, /* bytes of a line that is looked at */
};

/* Zero-initialise before use. */
typedef struct folded_line {
    buffer text;
    uint64_t words[FOLD_WORDS]; /* hashes, of the first n_words */
    size_t n_words;             /* all of them, be it over FOLD_WORDS */
    size_t n_letters;           /* words that are not a run of digits */
    bool stopped;               /* its last character ends or parts sentences: . , ; */
} folded_line;

/* The line without its end, well-formed UTF-8. false: no memory. */
bool line_fold(folded_line *out, ttag_view line);

/* Of the whole line. */
uint64_t line_fold_hash(const folded_line *line);

void line_fold_dispose(folded_line *line);

#endif
