/* The figures of a comparison by their names, and the tags in the order in which they are shown. */
#ifndef EVALUATE_COMPARE_FIGURES_H
#define EVALUATE_COMPARE_FIGURES_H

#include "base/buffer.h"
#include "ttag/compare.h"

enum { COMPARED_FIGURES = 17 };

typedef struct compared_figure {
    const char *name; /* "micro.f1" */
    const ttag_change *change;
} compared_figure;

/* F1s first, then precisions and recalls, then those of whole articles. */
void compared_figures(compared_figure figures[COMPARED_FIGURES], const ttag_comparison *c);

/* Tags that some article has with one of the two only: the surest change first, then the largest.
   Yours to mem_free; NULL: no memory. */
const ttag_compared_tag **compared_tags(const ttag_comparison *c, size_t *n);

/* "better", "worse": with 95 % confidence; "same" where nothing changed; else "unsure". */
const char *compared_verdict(const ttag_change *change);

/* Changes for the better and for the worse, over all articles. */
void compared_counts(const ttag_comparison *c, size_t *right, size_t *wrong);

/* Appends what names the article through `put`: its id, else its place, else its number. */
void compared_put_name(buffer *b, const ttag_changed_article *article,
                       void (*put)(buffer *b, ttag_view text));

#endif
