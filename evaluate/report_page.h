/* The sections of an evaluation's page. Each appends itself, or nothing where it has nothing to
   say. */
#ifndef EVALUATE_REPORT_PAGE_H
#define EVALUATE_REPORT_PAGE_H

#include <math.h>

#include "evaluate/chart.h"
#include "evaluate/evaluation.h"
#include "evaluate/html.h"
#include "evaluate/tag_curves.h"

enum {
    PAGE_TAGS_MOST = 500,   /* rows of the table of tags */
    PAGE_CURVES_MOST = 400, /* tags whose curves are drawn */
    PAGE_ERRORS = ERRORS_EXPLAINED,
    PAGE_MIN_SUPPORT = 5 /* fewer articles make a poor witness */
};

typedef struct report_page {
    html_page html;
    const ttag_evaluation *e;
    const kept_evaluation *kept;
    const ttag_page_opts *opts;
    const uint32_t *by_support; /* e->n_tags, the most frequent first */
    const tag_curves *curves;   /* of the tags that the model knows */
} report_page;

static const ttag_interval NO_INTERVAL = {NAN, NAN};

void page_put_tags(report_page *p);
ttag_status page_put_support(report_page *p, ttag_error *err);
void page_put_curves(report_page *p);
void page_put_calibration(report_page *p);
ttag_status page_put_pairs(report_page *p, ttag_error *err);
ttag_status page_put_slices(report_page *p, ttag_error *err);
ttag_status page_put_errors(report_page *p, ttag_error *err);
void page_put_cards(report_page *p);

/* Intervals of a tag; NaN where there are none. */
static inline ttag_score_intervals page_intervals(const report_page *p, size_t tag)
{
    if (p->e->intervals)
        return p->e->intervals->tags[tag];
    return (ttag_score_intervals){NO_INTERVAL, NO_INTERVAL, NO_INTERVAL};
}

/* A cell with the tag's name, which leads to its curves if they are drawn. */
void page_put_tag(report_page *p, size_t tag);
/* "12 of 3,000 are shown …", with where the others are. */
void page_put_cap(report_page *p, size_t shown, size_t all, const char *what,
                  ttag_evaluation_table table);

#endif
