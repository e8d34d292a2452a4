/* A model for each fold and size; then, of each size, all withheld articles together. */
#include "ttag/curve.h"

#include <math.h>

#include "articles/reader.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "base/view.h"
#include "evaluate/bootstrap.h"
#include "evaluate/crossval_fold.h"
#include "evaluate/crossval_pool.h"
#include "evaluate/curve_parts.h"
#include "evaluate/evaluation.h"
#include "evaluate/paired.h"
#include "evaluate/pairing.h"

enum { FOLDS_MOST = 100, REPLICATES_MOST = 100000 };

static const double FLAT = 0.01; /* a gain that is not worth the labels */

/* All models of one size. */
typedef struct curve_size {
    double share, articles;
    tally *tallies; /* n_folds */
    tally pooled;
    bool learnt; /* in each fold there was something to learn */
    ttag_evaluation *evaluation;
    bootstrap intervals;
} curve_size;

typedef struct curve {
    ttag_curve shown; /* first, so that a pointer to it is a pointer to the whole */
    ttag_curve_point *points;
    ttag_curve_tag *tags;
    ttag_curve_figure *figures; /* n_tags x n_points */
    arena names;
} curve;

typedef struct curve_work {
    const ttag_curve_opts *opts;
    const ttag_train_opts *train;
    ttag_train_opts silent; /* the same for small models, of which all would be warned of */
    ttag_monitor quiet;
    bootstrap_opts drawing;
    crossval_parts parts;
    ttag_reader_opts reading;
    uint32_t *numbers;
    arena names; /* of tags, for the tallies */
    curve_size sizes[TTAG_CURVE_POINTS_MOST];
    size_t n_sizes;
} curve_work;

/* ---- Models. ---- */

/* The tally outlives the model. */
static ttag_status keep_names(curve_work *w, tally *t, ttag_error *err)
{
    for (size_t i = 0; i < t->n_tags; i++) {
        t->tags[i].name = arena_copy(&w->names, t->tags[i].name);
        if (!t->tags[i].name.bytes)
            return fail_memory(err);
    }
    return TTAG_OK;
}

static ttag_status measure_model(curve_work *w, curve_size *size, uint32_t k, ttag_error *err)
{
    const crossval_fold fold = {&w->opts->crossval, &w->silent, &w->reading,
                                &w->parts,          w->numbers, k};
    ttag_trained *trained = NULL;
    size_t n = crossval_parts_list(&w->parts, w->numbers, k, UINT32_MAX, false);
    n = curve_parts_take(&w->parts, w->numbers, n, size->share, w->train->seed + k);
    if (n == 0)
        return fail_memory(err);
    ttag_status status = crossval_fold_train(&trained, &fold, n, err);
    if (status == TTAG_OK) {
        size->articles += (double)ttag_trained_counts(trained)->used / w->opts->crossval.folds;
        status = crossval_fold_test(&size->tallies[k], &fold, trained, err);
    }
    if (status == TTAG_OK)
        status = keep_names(w, &size->tallies[k], err);
    ttag_trained_free(trained);
    return status;
}

/* A size at which there is nothing to learn is none; the whole must be learnt from. */
static ttag_status measure_size(curve_work *w, curve_size *size, ttag_error *err)
{
    const uint32_t folds = w->opts->crossval.folds;
    ttag_status status = TTAG_OK;
    size->tallies = mem_zero(folds, sizeof *size->tallies);
    if (!size->tallies)
        return fail_memory(err);
    for (uint32_t k = 0; status == TTAG_OK && k < folds; k++)
        status = measure_model(w, size, k, err);
    size->learnt = status == TTAG_OK;
    if (status == TTAG_EMPTY && size->share < 1) {
        tell(w->train->monitor, TTAG_NOTE, NULL,
             "a share of %g of the articles is too few to learn from", size->share);
        return TTAG_OK;
    }
    if (status == TTAG_OK)
        tell(w->train->monitor, TTAG_NOTE, NULL, "measured models of %.0f articles",
             size->articles);
    return status;
}

static void drop_tallies(curve_size *size, uint32_t folds)
{
    for (uint32_t k = 0; size->tallies && k < folds; k++)
        tally_dispose(&size->tallies[k]);
    mem_free(size->tallies);
    size->tallies = NULL;
}

static ttag_status measure_sizes(curve_work *w, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (uint32_t p = 0; status == TTAG_OK && p < w->opts->points; p++) {
        curve_size *size = &w->sizes[w->n_sizes];
        *size = (curve_size){.share = ldexp(1, (int)p + 1 - (int)w->opts->points)};
        w->n_sizes++; /* so that it is disposed of */
        status = measure_size(w, size, err);
        if (status == TTAG_OK && size->learnt)
            status = crossval_pool(&size->pooled, size->tallies, w->opts->crossval.folds, err);
        drop_tallies(size, w->opts->crossval.folds);
        if (status == TTAG_OK && !size->learnt)
            w->n_sizes--;
    }
    if (status == TTAG_OK && w->n_sizes < 2)
        status = fail(err, TTAG_EMPTY,
                      "half of the articles are too few to learn from; expected more labelled "
                      "articles");
    return status;
}

/* ---- Figures. ---- */

static ttag_status evaluate_size(curve_work *w, curve_size *size, ttag_error *err)
{
    verdicts v = {0};
    ttag_status status = evaluation_new(&size->evaluation, &size->pooled, w->drawing.threads,
                                        w->train->monitor, err);
    if (status == TTAG_OK)
        status = verdicts_take(&v, &size->pooled.results, err);
    if (status == TTAG_OK)
        status = bootstrap_fill(&size->intervals, &v, &w->drawing, err);
    verdicts_dispose(&v);
    return status;
}

static ttag_curve_figure figure_of_tag(const curve_size *size, ttag_view name)
{
    for (size_t t = 0; t < size->evaluation->n_tags; t++)
        if (view_equal(size->evaluation->tags[t].tag, name))
            return (ttag_curve_figure){size->evaluation->tags[t].f1, size->intervals.tags[t].f1};
    return (ttag_curve_figure){0, {0, 0}};
}

static ttag_status show_tags(curve *out, const curve_work *w, const pairing *p,
                             const ttag_compared_tag *compared, ttag_error *err)
{
    size_t n_figures;
    out->tags = mem_zero(p->n_tags, sizeof *out->tags);
    if (size_mul(&n_figures, p->n_tags, w->n_sizes))
        out->figures = mem_new(n_figures, sizeof *out->figures);
    if (!out->tags || !out->figures)
        return fail_memory(err);
    for (size_t t = 0; t < p->n_tags; t++) {
        ttag_curve_figure *figures = out->figures + t * w->n_sizes;
        for (size_t i = 0; i < w->n_sizes; i++)
            figures[i] = figure_of_tag(&w->sizes[i], p->tags[t].name);
        out->tags[t] = (ttag_curve_tag){arena_copy(&out->names, p->tags[t].name),
                                        p->tags[t].support, figures, compared[t].scores.f1};
        if (!out->tags[t].tag.bytes)
            return fail_memory(err);
    }
    out->shown.tags = out->tags;
    out->shown.n_tags = p->n_tags;
    return TTAG_OK;
}

/* What size i gained over the one before; tags: whether theirs are shown. */
static ttag_status show_gain(curve *out, curve_work *w, size_t i, bool tags, ttag_error *err)
{
    pairing p = {0};
    ttag_comparison found = {0};
    ttag_status status = pairing_make(&p, &w->sizes[i - 1].pooled, &w->sizes[i].pooled, err);
    ttag_compared_tag *compared = mem_zero(p.n_tags, sizeof *compared);
    if (status == TTAG_OK && !compared)
        status = fail_memory(err);
    if (status == TTAG_OK)
        status = paired_fill(&found, compared, &p.verdicts[0], &p.verdicts[1], &w->drawing, err);
    if (status == TTAG_OK) {
        out->points[i].micro_gain = found.micro.f1;
        out->points[i].macro_gain = found.macro.f1;
    }
    if (status == TTAG_OK && tags)
        status = show_tags(out, w, &p, compared, err);
    mem_free(compared);
    pairing_dispose(&p);
    return status;
}

static ttag_curve_verdict verdict_of(const ttag_change *gain)
{
    if (gain->change.low > 0)
        return TTAG_CURVE_RISES;
    return gain->change.high < FLAT ? TTAG_CURVE_FLAT : TTAG_CURVE_OPEN;
}

static ttag_status show(curve *out, curve_work *w, ttag_error *err)
{
    const ttag_change none = {NAN, NAN, {NAN, NAN}, NAN};
    const size_t n = w->n_sizes;
    ttag_status status = TTAG_OK;
    out->points = mem_zero(n, sizeof *out->points);
    if (!out->points)
        return fail_memory(err);
    for (size_t i = 0; status == TTAG_OK && i < n; i++) {
        curve_size *size = &w->sizes[i];
        status = evaluate_size(w, size, err);
        if (status != TTAG_OK)
            break;
        out->points[i] =
            (ttag_curve_point){.share = size->share,
                               .articles = size->articles,
                               .micro = {size->evaluation->micro.f1, size->intervals.micro.f1},
                               .macro = {size->evaluation->macro.f1, size->intervals.macro.f1},
                               .micro_gain = none,
                               .macro_gain = none};
    }
    for (size_t i = 1; status == TTAG_OK && i < n; i++)
        status = show_gain(out, w, i, i + 1 == n, err);
    if (status != TTAG_OK)
        return status;
    out->shown.points = out->points;
    out->shown.n_points = n;
    out->shown.documents = w->sizes[n - 1].evaluation->documents;
    out->shown.unlabelled = w->parts.unlabelled;
    out->shown.refused = w->parts.refused;
    out->shown.folds = w->opts->crossval.folds;
    out->shown.replicates = w->opts->replicates;
    out->shown.verdict = verdict_of(&out->points[n - 1].micro_gain);
    return TTAG_OK;
}

/* ---- All of it. ---- */

static bool is_stopped(void *payload)
{
    return is_cancelled(payload);
}

static ttag_status check_opts(const ttag_curve_opts *o, const ttag_train_opts *train,
                              ttag_error *err)
{
    const char *wrong = ttag_train_opts_check(train);
    if (wrong)
        return fail(err, TTAG_INVALID, "%s", wrong);
    if (o->crossval.folds < 2 || o->crossval.folds > FOLDS_MOST)
        return fail(err, TTAG_INVALID, "%u folds; expected 2 to %d", (unsigned)o->crossval.folds,
                    FOLDS_MOST);
    if (o->points < 2 || o->points > TTAG_CURVE_POINTS_MOST)
        return fail(err, TTAG_INVALID, "%u points; expected 2 to %d", (unsigned)o->points,
                    TTAG_CURVE_POINTS_MOST);
    if (o->replicates < 1 || o->replicates > REPLICATES_MOST)
        return fail(err, TTAG_INVALID, "%u replicates; expected 1 to %d", (unsigned)o->replicates,
                    REPLICATES_MOST);
    return TTAG_OK;
}

static ttag_status run(curve *out, curve_work *w, ttag_reader *feed, ttag_error *err)
{
    ttag_crossval_opts by_folds = w->opts->crossval;
    by_folds.by = TTAG_CROSSVAL_BY_FOLDS;
    ttag_status status = crossval_parts_read(&w->parts, feed, &by_folds, w->train, err);
    if (status != TTAG_OK)
        return status;
    w->numbers = mem_new(w->parts.records.count, sizeof *w->numbers);
    if (!w->numbers)
        return fail_memory(err);
    status = measure_sizes(w, err);
    return status == TTAG_OK ? show(out, w, err) : status;
}

static void work_dispose(curve_work *w)
{
    for (size_t i = 0; i < w->n_sizes; i++) {
        drop_tallies(&w->sizes[i], w->opts->crossval.folds);
        tally_dispose(&w->sizes[i].pooled);
        ttag_evaluation_free(w->sizes[i].evaluation);
        bootstrap_dispose(&w->sizes[i].intervals);
    }
    mem_free(w->numbers);
    arena_dispose(&w->names);
    crossval_parts_dispose(&w->parts);
}

ttag_status ttag_curve_measure(ttag_curve **out, ttag_reader *feed, const ttag_curve_opts *opts,
                               ttag_error *err)
{
    static const ttag_curve_opts DEFAULTS = TTAG_CURVE_OPTS_INIT;
    static const ttag_train_opts TRAIN_DEFAULTS = TTAG_TRAIN_OPTS_INIT;
    *out = NULL;
    curve_work w = {.opts = opts ? opts : &DEFAULTS};
    w.train = w.opts->crossval.train ? w.opts->crossval.train : &TRAIN_DEFAULTS;
    ttag_status status = check_opts(w.opts, w.train, err);
    if (status != TTAG_OK)
        return status;
    w.drawing = (bootstrap_opts){w.opts->replicates, w.train->seed, thread_count(w.train->threads),
                                 w.train->monitor};
    w.quiet = (ttag_monitor){NULL, NULL, is_stopped, (void *)(uintptr_t)w.train->monitor};
    w.silent = *w.train;
    w.silent.monitor = &w.quiet;
    w.reading = (ttag_reader_opts)TTAG_READER_OPTS_INIT;
    w.reading.taxonomy = reader_taxonomy(feed);
    w.reading.monitor = &w.quiet;
    curve *found = mem_zero(1, sizeof *found);
    if (!found)
        return fail_memory(err);
    status = run(found, &w, feed, err);
    work_dispose(&w);
    if (status == TTAG_OK)
        *out = &found->shown;
    else
        ttag_curve_free(&found->shown);
    return status;
}

void ttag_curve_free(ttag_curve *shown)
{
    curve *c = (curve *)(void *)shown;
    if (!c)
        return;
    mem_free(c->points);
    mem_free(c->tags);
    mem_free(c->figures);
    arena_dispose(&c->names);
    mem_free(c);
}
