/* Ranks a tag's pairs once by score and once by probability, and walks down. */
#include "evaluate/tag_curves.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "evaluate/ranked.h"
#include "evaluate/reliability.h"

/* The known pairs of a tag. */
static size_t gather(ranked *items, const outcomes *o, size_t tag, const float *values)
{
    size_t count = 0;
    for (size_t row = 0; row < o->n_documents; row++) {
        unsigned char pair = o->pairs[row * o->n_tags + tag];
        if (!(pair & PAIR_UNKNOWN))
            items[count++] = (ranked){values[row * o->n_scored + tag], (pair & PAIR_TRUE) != 0};
    }
    return count;
}

static size_t positives_of(const ranked *items, size_t count)
{
    size_t positives = 0;
    for (size_t i = 0; i < count; i++)
        positives += items[i].positive;
    return positives;
}

/* Where a walk down the ranking is: behind all items of one value. */
typedef struct walk {
    const ranked *items; /* rising */
    size_t left, taken, hits;
} walk;

static bool walk_down(walk *w)
{
    if (w->left == 0)
        return false;
    size_t end = w->left;
    do {
        w->left--;
        w->taken++;
        w->hits += w->items[w->left].positive;
    } while (w->left > 0 && ranked_tied(w->items[w->left - 1], w->items[end - 1]));
    return true;
}

/* Cuts within a share of the recall are one point of the chart: the last of them. The first point
   is the topmost cut; all are kept while there is room. */
static void draw_curve(tag_curves *c, const ranked *items, size_t count)
{
    size_t positives = positives_of(items, count), bucket = SIZE_MAX;
    walk w = {items, count, 0, 0};
    for (size_t before = 0; positives > 0 && w.hits < positives && walk_down(&w);) {
        if (w.hits == before && c->n > 0) /* nothing is gained: the curve only falls */
            continue;
        before = w.hits;
        size_t at = w.hits * (CURVE_POINTS - 2) / positives;
        if (at != bucket || c->n == 1)
            c->n += c->n < CURVE_POINTS;
        bucket = at;
        c->recall[c->n - 1] = (double)w.hits / (double)positives;
        c->precision[c->n - 1] = (double)w.hits / (double)w.taken;
    }
}

static sweep_point point_at(double threshold, size_t hits, size_t taken, size_t positives)
{
    return (sweep_point){
        .threshold = threshold,
        .precision = taken > 0 ? (double)hits / (double)taken : NAN,
        .recall = positives > 0 ? (double)hits / (double)positives : 0,
        .f1 = taken + positives > 0 ? 2 * (double)hits / (double)(taken + positives) : 0};
}

static void draw_sweep(tag_curves *c, const ranked *items, size_t count)
{
    size_t positives = positives_of(items, count), taken = 0, hits = 0;
    for (size_t k = SWEEP_POINTS; k-- > 0;) {
        double threshold = (double)k / (SWEEP_POINTS - 1);
        while (taken < count && (double)items[count - 1 - taken].value >= threshold)
            hits += items[count - 1 - taken++].positive;
        c->sweep[k] = point_at(threshold, hits, taken, positives);
    }
    walk w = {items, count, 0, 0};
    c->best_threshold = NAN;
    while (walk_down(&w)) {
        double f1 = point_at(0, w.hits, w.taken, positives).f1;
        if (f1 > c->best_f1) {
            c->best_f1 = f1;
            c->best_threshold = (double)items[w.left].value;
        }
    }
}

static void fill_bins(tag_curves *c, const ranked *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double p = (double)items[i].value;
        size_t bin = p < 1 ? (size_t)(p * CALIBRATION_BINS) : CALIBRATION_BINS - 1;
        c->bins[bin]++;
        c->hits[bin] += items[i].positive;
        c->sums[bin] += p;
    }
}

typedef struct job {
    const outcomes *o;
    tag_curves *curves;
    ranked *items; /* for each worker 2 x n_documents */
} job;

static ttag_status draw_tag(void *context, size_t tag, unsigned worker)
{
    job *j = context;
    const outcomes *o = j->o;
    tag_curves *c = &j->curves[tag];
    ranked *items = j->items + 2 * o->n_documents * worker, *spare = items + o->n_documents;
    size_t count = gather(items, o, tag, o->scores);
    ranked_sort(items, spare, count);
    draw_curve(c, items, count);
    count = gather(items, o, tag, o->probabilities);
    ranked_sort(items, spare, count);
    draw_sweep(c, items, count);
    fill_bins(c, items, count);
    c->calibration_error = calibration_error(items, count);
    return TTAG_OK;
}

ttag_status tag_curves_new(tag_curves **out, const outcomes *o, unsigned threads,
                           const ttag_monitor *monitor, ttag_error *err)
{
    if (threads > o->n_scored)
        threads = o->n_scored > 0 ? (unsigned)o->n_scored : 1;
    job j = {o, mem_zero(o->n_scored, sizeof **out), NULL};
    size_t n_items;
    ttag_status status = TTAG_NOMEM;
    if (size_mul(&n_items, o->n_documents, (size_t)2 * threads))
        j.items = mem_new(n_items, sizeof *j.items);
    if (j.curves && j.items)
        status = parallel_for(threads, o->n_scored, draw_tag, &j, monitor, NULL);
    mem_free(j.items);
    *out = status == TTAG_OK ? j.curves : NULL;
    if (status == TTAG_OK)
        return TTAG_OK;
    mem_free(j.curves);
    return status == TTAG_CANCELLED ? fail(err, status, "stopped before all curves were drawn")
                                    : fail_memory(err);
}

/* Every so many-th cut, and the last. */
static size_t thin_out(sweep_point *points, const ranked *items, size_t count, size_t limit)
{
    size_t positives = positives_of(items, count), distinct = 0, n = 0, at = 0;
    walk w = {items, count, 0, 0};
    while (walk_down(&w))
        distinct++;
    size_t stride = distinct > limit ? (distinct + limit - 2) / (limit - 1) : 1;
    for (w = (walk){items, count, 0, 0}; walk_down(&w); at++)
        if (at % stride == 0 || at + 1 == distinct)
            points[n++] = point_at((double)items[w.left].value, w.hits, w.taken, positives);
    return n;
}

ttag_status tag_sweep_new(sweep_point **out, size_t *count, const outcomes *o, size_t tag,
                          size_t limit, ttag_error *err)
{
    ttag_status status = TTAG_NOMEM;
    ranked *items = mem_new(o->n_documents, 2 * sizeof *items);
    *out = mem_new(limit + 1, sizeof **out);
    *count = 0;
    if (items && *out) {
        size_t n = gather(items, o, tag, o->probabilities);
        ranked_sort(items, items + o->n_documents, n);
        *count = thin_out(*out, items, n, limit);
        status = TTAG_OK;
    }
    mem_free(items);
    if (status == TTAG_OK)
        return TTAG_OK;
    mem_free(*out);
    *out = NULL;
    return fail_memory(err);
}
