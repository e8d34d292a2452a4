/* Which pairs of article and tag were hits, false alarms or misses: a list for each article. It is
   all that precision, recall and F1 of any selection of the articles need, and takes 4 bytes a
   pair; unknown pairs, and those where silence was right, are not in it. */
#ifndef EVALUATE_VERDICTS_H
#define EVALUATE_VERDICTS_H

#include "evaluate/outcomes.h"

enum { VERDICT_HIT, VERDICT_FALSE, VERDICT_MISSED, VERDICT_KINDS };

/* Zero-initialise before use. */
typedef struct verdicts {
    size_t n_documents, n_tags;
    size_t *starts;  /* n_documents + 1 */
    uint32_t *items; /* starts[n_documents]: tag x VERDICT_KINDS + kind, rising within an article */
    size_t starts_capacity, items_capacity;
} verdicts;

/* Adds an article by its row of outcomes, n_tags wide. */
ttag_status verdicts_add(verdicts *v, const unsigned char *pairs, size_t n_tags, ttag_error *err);
/* All rows of a table in which the truth is marked; `v` is empty before. */
ttag_status verdicts_take(verdicts *v, const outcomes *o, ttag_error *err);
void verdicts_dispose(verdicts *v);

#endif
