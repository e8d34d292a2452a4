/* Two evaluations of the same articles, article by article: what each gave of the tags of both. */
#ifndef EVALUATE_PAIRING_H
#define EVALUATE_PAIRING_H

#include "evaluate/tally.h"
#include "evaluate/verdicts.h"
#include "ttag/compare.h"

/* A tag, and its columns in the outcomes of both; SIZE_MAX: it is not there. */
typedef struct paired_tag {
    ttag_view name;       /* borrowed from a tally */
    size_t columns[2];    /* of A and of B */
    double thresholds[2]; /* NaN: the model does not know the tag */
    size_t support;
    size_t only_a, only_b; /* articles where the pair is right with one of them alone */
} paired_tag;

/* Where tags differ. */
typedef struct paired_row {
    size_t row;
    size_t start, count; /* in changes */
} paired_row;

/* Zero-initialise before use. */
typedef struct pairing {
    paired_tag *tags; /* n_tags, by name */
    size_t n_tags;
    verdicts verdicts[2];  /* in the order of the tags */
    size_t only_a, only_b; /* articles on which all pairs are right with one of them alone */
    paired_row *rows;      /* n_rows that differ */
    size_t n_rows, rows_capacity;
    ttag_tag_change *changes; /* n_changes */
    size_t n_changes, changes_capacity;
} pairing;

/* From two tallies, whose truth is marked in the process; they outlive the pairing. A pair is true
   if it is in one of them, and unknown if it is so in one and true in none. TTAG_INVALID: they are
   not of as many articles; TTAG_EMPTY: of none; TTAG_NOMEM. Dispose even after a failure. */
ttag_status pairing_make(pairing *p, tally *a, tally *b, ttag_error *err);
void pairing_dispose(pairing *p);

#endif
