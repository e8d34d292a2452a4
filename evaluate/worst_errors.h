/* The errors that the model was surest of, with their articles: while a feed is read, the worst of
   each tag are kept and all other texts forgotten. */
#ifndef EVALUATE_WORST_ERRORS_H
#define EVALUATE_WORST_ERRORS_H

#include "base/arena.h"
#include "evaluate/truth.h"
#include "ttag/articles.h"
#include "ttag/classify.h"

enum {
    ERROR_KINDS = 2,
    ERROR_TERMS = 8,      /* that are named as evidence */
    WORST_OF_TAG = 3,     /* articles kept of each tag and kind */
    ERRORS_EXPLAINED = 30 /* of each kind, over all tags */
};

typedef enum error_kind { ERROR_GIVEN, ERROR_MISSED } error_kind; /* not true; true, not given */

typedef struct error_term {
    ttag_view term;
    float weight;
} error_term;

typedef struct worst_error {
    size_t row;
    size_t tag;
    error_kind kind;
    float probability;
    char *title, *text; /* owned; NULL where there is none */
    size_t title_size, text_size;
    error_term terms[ERROR_TERMS]; /* what speaks for the tag; filled by worst_errors_explain */
    size_t n_terms;
} worst_error;

/* Zero-initialise before use. */
typedef struct worst_errors {
    size_t per_tag;       /* of each tag and kind; 0: none are kept */
    size_t n_tags;        /* the model's */
    worst_error *items;   /* n_tags x ERROR_KINDS x per_tag, the worst first */
    uint32_t *counts;     /* n_tags x ERROR_KINDS: how many of them there are */
    unsigned char *known; /* n_tags: what the record says of each, while a row is looked at */
    arena terms;
} worst_errors;

ttag_status worst_errors_start(worst_errors *w, size_t n_tags, size_t per_tag, ttag_error *err);
/* Looks at the last `count` rows, whose articles these are. */
ttag_status worst_errors_note(worst_errors *w, const outcomes *o, const truth *labels,
                              const ttag_article *articles, size_t count, ttag_error *err);
/* The `limit` worst of a kind over all tags, the worst first; yours to mem_free. */
ttag_status worst_errors_list(worst_error ***out, size_t *count, const worst_errors *w,
                              error_kind kind, size_t limit, ttag_error *err);
/* Finds what speaks for the tags of those that lists of `limit` have. */
ttag_status worst_errors_explain(worst_errors *w, const ttag_model *model, size_t limit,
                                 ttag_error *err);
void worst_errors_dispose(worst_errors *w);

#endif
