/* What an evaluation is computed from: what was true, what was given, and by which thresholds. */
#ifndef EVALUATE_TALLY_H
#define EVALUATE_TALLY_H

#include "evaluate/article_notes.h"
#include "evaluate/outcomes.h"
#include "evaluate/truth.h"
#include "evaluate/worst_errors.h"
#include "ttag/evaluate.h"

/* A tag of the model. */
typedef struct scored_tag {
    ttag_view name;
    double threshold; /* on probability: the tag was given from there on */
} scored_tag;

/* Zero-initialise before use. */
typedef struct tally {
    scored_tag *tags; /* n_tags, in the model's order; their names are borrowed */
    size_t n_tags;
    outcomes results; /* a row for each article … */
    truth labels;     /* … and here as well */
    size_t unlabelled, refused;
    uint64_t *tag_rules;   /* n_tags: rules for the unknown about each; NULL: there are none */
    uint64_t record_rules; /* about any record so far */
    article_notes notes;   /* only where articles are kept for reports … */
    worst_errors worst;    /* … and likewise */
} tally;

/* For the tags of a model, which must outlive the tally, … */
ttag_status tally_start(tally *t, const ttag_model_parts *model, const ttag_evaluate_opts *opts,
                        ttag_error *err);
/* … or those of a part. Dispose even after a failure. */
ttag_status tally_start_with(tally *t, const scored_tag *tags, size_t n_tags, ttag_error *err);
void tally_dispose(tally *t);

#endif
