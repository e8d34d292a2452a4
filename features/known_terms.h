/* All terms that an extractor has seen, numbered as they came or by their hash; how many articles
   hold each; and which are kept. */
#ifndef FEATURES_KNOWN_TERMS_H
#define FEATURES_KNOWN_TERMS_H

#include "features/hashed_terms.h"
#include "features/stop_words.h"
#include "features/term_batch.h"
#include "features/vocabulary.h"

/* Zero-initialise before use, and set hashed.bits. */
typedef struct known_terms {
    intern names;        /* all terms, by number … */
    hashed_terms hashed; /* … or, with hash_bits, all numbers that terms were hashed to */
    stop_words stop;     /* no term that is kept begins or ends with one; not with hash_bits */
    uint32_t *df;        /* n */
    size_t n, df_capacity;
} known_terms;

/* Into numbers[i] that of the batch's term i; counts the batch's articles. TTAG_OK; TTAG_NOMEM and
   TTAG_LIMIT (too many terms): no article was counted. */
ttag_status known_terms_add(known_terms *known, const term_batch *batch, uint32_t *numbers);

/* The terms that min-df, max-df, stop words and max-terms leave, in the order of a vocabulary; each
   entry's number is that from above. Terms with a mark are in `memory`. NULL: no memory. */
vocabulary_entry *known_terms_keep(const known_terms *known, const ttag_text_opts *opts,
                                   size_t n_articles, arena *memory, size_t *n);

void known_terms_dispose(known_terms *known);

#endif
