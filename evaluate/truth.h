/* What the records say: which tags each article carries, and about which it says nothing. Kept as
   lists, because tags that the model does not know turn up while reading. */
#ifndef EVALUATE_TRUTH_H
#define EVALUATE_TRUTH_H

#include "base/intern.h"
#include "evaluate/outcomes.h"
#include "ttag/model.h"

/* What a record says; names may be there twice, and in both lists: then they are true. */
typedef struct truth_labels {
    const ttag_view *tags;
    size_t n_tags;
    const ttag_view *unknown;
    size_t n_unknown;
    bool unknown_others;
} truth_labels;

/* One article: names[start …], the true ones first, then the unknown ones. */
typedef struct truth_row {
    size_t start, n_true, n_unknown;
    bool unknown_others; /* all that are not true are unknown */
} truth_row;

/* Zero-initialise before use. */
typedef struct truth {
    size_t n_tags;                 /* of the model */
    const ttag_model_tag *implied; /* the model's, whose implications complete rows; or NULL */
    intern names;                  /* the model's tags in its order, then others as they turn up */
    uint32_t *items;               /* names of all rows */
    size_t n_items, items_capacity;
    truth_row *rows;
    size_t n_rows, rows_capacity;
    size_t *listed; /* for each name: 1 + the row that last called it true */
    size_t listed_capacity, n_listed;
} truth;

/* A tag that only labels name. `name` lives as long as the truth, unless rows are added. */
typedef struct truth_unseen {
    ttag_view name;
    uint32_t number;
} truth_unseen;

/* Starts with the name of the model's next tag, tag after tag. Dispose even after a failure. */
ttag_status truth_add_tag(truth *t, ttag_view name, ttag_error *err);
/* Adds a row for an article: its true tags, those it says nothing about, and whether the latter are
   all others as well. */
ttag_status truth_add(truth *t, const truth_labels *labels, ttag_error *err);
/* Tags that some article truly carries and the model does not know, by name; yours to mem_free. */
ttag_status truth_list_unseen(truth_unseen **out, size_t *count, const truth *t, ttag_error *err);
/* Marks true and unknown pairs. Tags of `o`: the model's, then the unseen ones. */
ttag_status truth_mark(const truth *t, const truth_unseen *unseen, size_t n_unseen, outcomes *o,
                       ttag_error *err);
void truth_dispose(truth *t);

#endif
