/* What two models differ in: terms, and for each tag weights and the numbers beside them. */
#ifndef CLI_MODEL_DIFF_H
#define CLI_MODEL_DIFF_H

#include "cli/inspect.h"

/* A term's weight in both; TERM_NONE: it is not in that vocabulary, and its weight is 0. */
typedef struct term_change {
    uint32_t numbers[2];
    float weights[2];
} term_change;

#define TERM_NONE UINT32_MAX

/* A tag of either model. */
typedef struct tag_diff {
    const ttag_model_tag *tags[2]; /* NULL: that model does not know it */
    double likeness;    /* cosine of the weights, of all terms of both; NaN: one has none,
                           or the tag is in one model only */
    size_t n_moved;     /* terms whose weight changed */
    term_change *moved; /* the n_shown largest changes, largest first */
    size_t n_shown;
    bool facts_changed; /* threshold, calibration, bias, support, or out-of-fold figures … */
    bool words_changed; /* … description, group, or what it implies */
} tag_diff;

/* Zero-initialise before use. */
typedef struct model_diff {
    const inspection *sides[2];
    tag_diff *tags; /* n_tags, by name */
    size_t n_tags;
    size_t n_common, n_only[2]; /* terms in both, in A alone, in B alone */
    term_change *only[2]; /* those with the largest weight of any tag, largest first: n_named */
    size_t n_named[2];
    uint32_t *other[2]; /* of each term of A its number in B, and the other way round */
} model_diff;

/* Compares all tags, or the one named (bytes NULL: all), with at most `n` terms each. False: out of
   memory. Dispose in any case. */
bool model_diff_make(model_diff *d, const inspection *a, const inspection *b, ttag_view tag,
                     size_t n);
void model_diff_dispose(model_diff *d);

/* The bytes of the term, from whichever model has it. */
ttag_view model_diff_term(const model_diff *d, const term_change *change);

/* Whether anything is different in the tag. */
bool tag_diff_any(const tag_diff *t);

/* ---- Cards. ---- */

/* A scalar of the cards, as card_write_lines shows it; absent: not in that card. */
typedef struct card_change {
    ttag_view name, values[2];
} card_change;

/* Zero-initialise before use. */
typedef struct card_diff {
    char *texts[2];
    card_change *changes; /* n_changes, by name */
    size_t n_changes;
} card_diff;

/* False: out of memory. Dispose in any case. */
bool card_diff_make(card_diff *d, const card_node *a, const card_node *b);
void card_diff_dispose(card_diff *d);

/* ---- Reports. ---- */

void diff_text(FILE *out, const model_diff *d, const card_diff *card);
void diff_json(FILE *out, const model_diff *d, const card_diff *card);

#endif
