/* Scores are sorted once; parts of them are picked from the sorted list. */
#include "train/calibration_choice.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/radix.h"
#include "base/sigmoid.h"

enum { PARTS = 3 };

typedef struct comparison {
    const calibration_task *task;
    scored_article *sorted; /* of all partitions, rising */
    size_t count;
    scored_article *first; /* of the first partition */
    size_t n_first;
    scored_article *picked; /* of these, the parts that are fitted on */
    signed char *known;     /* n: truth in these parts */
} comparison;

float fitted_probability(const fitted_calibration *c, float score)
{
    if (c->line.n == 0)
        return platt_probability(c->platt.slope, c->platt.offset, score);
    return line_probability(c->line.points, c->line.n, c->platt.slope, score);
}

ttag_status fitted_points_keep(ttag_model_tag *tag, const fitted_calibration *c, arena *memory)
{
    size_t n_floats = 2 * c->line.n;
    if (n_floats == 0)
        return TTAG_OK;
    float *points = arena_new(memory, n_floats, sizeof *points);
    if (!points)
        return TTAG_NOMEM;
    memcpy(points, c->line.points, n_floats * sizeof *points);
    tag->points = points;
    tag->n_points = c->line.n;
    return TTAG_OK;
}

/* Floats in their order as numbers from 0. */
static uint64_t float_key(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits & 0x80000000U ? ~bits : bits | 0x80000000U;
}

static ttag_status sort_scores(comparison *c)
{
    const calibration_task *t = c->task;
    size_t room;
    if (!size_mul(&room, t->n, t->n_partitions))
        return TTAG_NOMEM;
    radix_item *items = mem_new(room, sizeof *items);
    radix_item *scratch = mem_new(room, sizeof *scratch);
    c->sorted = mem_new(room, sizeof *c->sorted);
    c->first = mem_new(t->n, sizeof *c->first);
    ttag_status status = items && scratch && c->sorted && c->first ? TTAG_OK : TTAG_NOMEM;
    for (size_t k = 0; status == TTAG_OK && k < room; k++)
        if (t->truth[k % t->n])
            items[c->count++] = (radix_item){float_key(t->scores[k]), k};
    if (status == TTAG_OK) {
        const radix_item *order = radix_sort(items, scratch, c->count, UINT32_MAX);
        for (size_t k = 0; k < c->count; k++) {
            size_t at = (size_t)order[k].what; /* in scores: n_partitions x n */
            c->sorted[k] = (scored_article){t->scores[at], (uint32_t)(at % t->n)};
            if (at < t->n)
                c->first[c->n_first++] = c->sorted[k];
        }
    }
    mem_free(items);
    mem_free(scratch);
    return status;
}

/* -ln p of a positive article, -ln (1 - p) of a negative one */
static double loss(float probability, bool positive)
{
    double p = positive ? (double)probability : 1 - (double)probability;
    return -log(p > 1e-12 ? p : 1e-12);
}

/* Adds what the two lose on one part when they are fitted on the others. */
static ttag_status compare_part(const comparison *c, double losses[2], unsigned part)
{
    const calibration_task *t = c->task;
    fitted_calibration both = {0};
    size_t n_picked = 0;
    for (size_t i = 0; i < t->n; i++)
        c->known[i] = t->folds[i] % PARTS == part ? 0 : t->truth[i];
    for (size_t k = 0; k < c->n_first; k++)
        if (c->known[c->first[k].article])
            c->picked[n_picked++] = c->first[k];
    if (calibration_fit(&both.platt, t->scores, 1, c->known, t->n, t->cut) != TTAG_OK ||
        isotonic_fit(&both.line, c->picked, n_picked, c->known, 1) != TTAG_OK)
        return TTAG_NOMEM;
    fitted_calibration platt = {.platt = both.platt};
    for (size_t i = 0; i < t->n; i++) {
        if (t->folds[i] % PARTS != part || !t->truth[i])
            continue;
        losses[0] += loss(fitted_probability(&platt, t->scores[i]), t->truth[i] > 0);
        losses[1] += loss(fitted_probability(&both, t->scores[i]), t->truth[i] > 0);
    }
    return TTAG_OK;
}

/* Whether the line is worth more than the sigmoid to articles that it was not fitted on. */
static ttag_status compare(bool *better, comparison *c)
{
    const calibration_task *t = c->task;
    double losses[2] = {0, 0};
    size_t positive = 0, negative = 0;
    ttag_status status = TTAG_OK;
    *better = false;
    for (size_t i = 0; i < t->n; i++) {
        positive += t->truth[i] > 0;
        negative += t->truth[i] < 0;
    }
    if (positive < ISOTONIC_LEAST_SUPPORT || negative < ISOTONIC_LEAST_SUPPORT)
        return TTAG_OK;
    c->picked = mem_new(t->n, sizeof *c->picked);
    c->known = mem_new(t->n, sizeof *c->known);
    if (!c->picked || !c->known)
        return TTAG_NOMEM;
    for (unsigned part = 0; status == TTAG_OK && part < PARTS; part++)
        status = compare_part(c, losses, part);
    *better = status == TTAG_OK && losses[1] < losses[0];
    return status;
}

/* Whether floats tell the probabilities of neighbouring scores apart about the cut. */
static bool is_usable(const fitted_calibration *c, float cut)
{
    if (isinf(cut))
        return true;
    double at_cut = (double)fitted_probability(c, cut);
    return at_cut > 1e-6 && at_cut < 1 - 1e-3;
}

/* Leaning on the line of all tags. *done: that is the calibration. */
static ttag_status lean(fitted_calibration *out, bool *done, const calibration_task *t)
{
    shared_line own;
    *done = false;
    if (t->choice != TTAG_CALIBRATION_AUTO || !t->shared || t->shared->line.n == 0)
        return TTAG_OK;
    ttag_status status =
        shared_line_adapt(&own, t->shared, t->scores, t->n_partitions, t->truth, t->n);
    if (status != TTAG_OK)
        return status;
    *out = (fitted_calibration){own.sigmoid, own.line};
    *done = own.line.n > 0 && is_usable(out, t->cut);
    return TTAG_OK;
}

ttag_status calibration_choose(fitted_calibration *out, const calibration_task *task)
{
    comparison c = {.task = task};
    const calibration_task *t = task;
    bool done, line = t->choice == TTAG_CALIBRATION_ISOTONIC;
    ttag_status status = lean(out, &done, t);
    if (status != TTAG_OK || done)
        return status;
    *out = (fitted_calibration){0};
    status = calibration_fit(&out->platt, t->scores, t->n_partitions, t->truth, t->n, t->cut);
    if (status != TTAG_OK || t->choice == TTAG_CALIBRATION_PLATT)
        return status;
    status = sort_scores(&c);
    if (status == TTAG_OK && t->choice == TTAG_CALIBRATION_AUTO)
        status = compare(&line, &c);
    if (status == TTAG_OK && line)
        status = isotonic_fit(&out->line, c.sorted, c.count, t->truth, t->n_partitions);
    if (!is_usable(out, t->cut))
        out->line.n = 0;
    mem_free(c.sorted);
    mem_free(c.first);
    mem_free(c.picked);
    mem_free(c.known);
    return status;
}
