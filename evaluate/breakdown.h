/* How well it does by source and by month. */
#ifndef EVALUATE_BREAKDOWN_H
#define EVALUATE_BREAKDOWN_H

#include "evaluate/article_notes.h"
#include "evaluate/outcomes.h"
#include "ttag/evaluate.h"

/* Articles of one kind, all their pairs together. */
typedef struct slice {
    uint32_t key; /* source number, or month; INTERN_NONE, or 0: not known */
    size_t documents, exact, tp, fp, fn;
    ttag_scores scores;
} slice;

/* One for each source that occurs, the one with most articles first, or for each month, the first
   one first; what is not known comes last. Yours to mem_free. */
ttag_status breakdown_by_source(slice **out, size_t *count, const article_notes *notes,
                                const outcomes *o, ttag_error *err);
ttag_status breakdown_by_month(slice **out, size_t *count, const article_notes *notes,
                               const outcomes *o, ttag_error *err);

/* The counts of one article; `key` stays 0. */
slice slice_of_row(const outcomes *o, size_t row);

#endif
