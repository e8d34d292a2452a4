/* Records that are passages of one article, put together again: the article is tagged as a whole,
   and carries what any of its passages carries. */
#ifndef EVALUATE_JOINED_H
#define EVALUATE_JOINED_H

#include "articles/wholes.h"
#include "evaluate/truth.h"

typedef struct joined_label {
    size_t whole;
    size_t at; /* as it came */
    ttag_view name;
    bool unknown;
} joined_label;

/* Zero-initialise before use. */
typedef struct joined {
    whole_list wholes;
    bool *unknown_others; /* wholes.count */
    size_t unknown_capacity;
    joined_label *labels;
    size_t n_labels, labels_capacity;
} joined;

/* Takes a copy of a labelled record that names its article. */
ttag_status joined_add(joined *j, const ttag_article *record, const truth_labels *labels,
                       ttag_error *err);

/* Takes an article and its labels, both for the call only. */
typedef ttag_status joined_taker(void *context, const ttag_article *article,
                                 const truth_labels *labels, ttag_error *err);

/* Hands out all articles in order of their first records; nothing can be added afterwards. */
ttag_status joined_each(joined *j, joined_taker *take, void *context, ttag_error *err);

void joined_dispose(joined *j);

#endif
