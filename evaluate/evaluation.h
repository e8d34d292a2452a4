/* Putting an evaluation together from what was collected. */
#ifndef EVALUATE_EVALUATION_H
#define EVALUATE_EVALUATION_H

#include "base/arena.h"
#include "evaluate/tally.h"

/* What stands behind an evaluation that its users see. */
typedef struct kept_evaluation {
    ttag_evaluation shown; /* first, so that a pointer to it is a pointer to the whole */
    ttag_tag_scores *tags;
    ttag_view *unseen;
    arena names;
    ttag_intervals intervals;
    ttag_score_intervals *tag_intervals;
    /* what evaluation_keep took: */
    outcomes results;    /* in the order of the articles; tags as in shown.tags */
    article_notes notes; /* count 0: none were kept */
    worst_errors worst;  /* likewise */
} kept_evaluation;

static inline const kept_evaluation *evaluation_behind(const ttag_evaluation *shown)
{
    return (const kept_evaluation *)(const void *)shown;
}

/* Marks the truth in the tally's results, computes all figures. The evaluation owns copies of all
   names. TTAG_OK; TTAG_EMPTY: there is no article; TTAG_NOMEM, TTAG_CANCELLED. */
ttag_status evaluation_new(ttag_evaluation **out, tally *t, unsigned threads,
                           const ttag_monitor *monitor, ttag_error *err);

/* Takes results, notes and worst errors of its tally, for intervals and pages. */
void evaluation_keep(ttag_evaluation *shown, tally *t);

#endif
