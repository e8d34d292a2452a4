/* Parts in, a model for each, evaluations out. */
#include "ttag/crossval.h"

#include <math.h>
#include <string.h>

#include "articles/reader.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "evaluate/by_score.h"
#include "evaluate/crossval_fold.h"
#include "evaluate/crossval_pool.h"
#include "evaluate/evaluation.h"

enum { FOLDS_MOST = 100 };

/* One run. The models' names are those of the tallies: both live to its end. */
typedef struct validation {
    const ttag_crossval_opts *opts;
    const ttag_train_opts *train;
    ttag_reader_opts reading;
    crossval_parts parts;
    uint32_t *numbers; /* of records: for training, then for each extra feed, one behind another */
    ttag_trained **trained;  /* n_folds */
    tally *tallies;          /* n_folds */
    ttag_evaluation **found; /* n_folds */
} validation;

/* ---- One model. ---- */

static ttag_status run_fold(validation *v, uint32_t k, ttag_error *err)
{
    const crossval_fold fold = {v->opts, v->train, &v->reading, &v->parts, v->numbers, k};
    size_t n = crossval_parts_list(&v->parts, v->numbers, k, UINT32_MAX, false);
    ttag_status status = crossval_fold_train(&v->trained[k], &fold, n, err);
    return status == TTAG_OK ? crossval_fold_test(&v->tallies[k], &fold, v->trained[k], err)
                             : status;
}

/* ---- All of them. ---- */

static ttag_status run_folds(validation *v, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (uint32_t k = 0; status == TTAG_OK && k < v->opts->folds; k++) {
        status = run_fold(v, k, err);
        if (status == TTAG_OK)
            tell(v->train->monitor, TTAG_NOTE, NULL,
                 "fold %u of %u: %zu articles withheld from %zu", (unsigned)k + 1,
                 (unsigned)v->opts->folds, v->tallies[k].results.n_documents,
                 ttag_trained_counts(v->trained[k])->used);
    }
    return status;
}

static ttag_status evaluate_all(validation *v, ttag_crossval *out, ttag_error *err)
{
    unsigned threads = thread_count(v->train->threads);
    tally pooled = {0};
    ttag_status status = crossval_pool(&pooled, v->tallies, v->opts->folds, err);
    if (status == TTAG_OK)
        status = evaluation_new(&out->pooled, &pooled, threads, v->train->monitor, err);
    tally_dispose(&pooled);
    for (uint32_t k = 0; status == TTAG_OK && k < v->opts->folds; k++)
        status = evaluation_new(&v->found[k], &v->tallies[k], threads, v->train->monitor, err);
    return status;
}

static ttag_status run(validation *v, ttag_crossval *out, ttag_reader *feed, ttag_error *err)
{
    ttag_status status = crossval_parts_read(&v->parts, feed, v->opts, v->train, err);
    if (status != TTAG_OK)
        return status;
    v->numbers = mem_new(v->parts.records.count, sizeof *v->numbers);
    v->trained = mem_zero(v->opts->folds, sizeof *v->trained);
    v->tallies = mem_zero(v->opts->folds, sizeof *v->tallies);
    v->found = mem_zero(v->opts->folds, sizeof *v->found);
    if (!v->numbers || !v->trained || !v->tallies || !v->found)
        return fail_memory(err);
    out->folds = v->found;
    out->n_folds = v->opts->folds;
    out->undated = v->parts.by_date ? v->parts.undated : 0;
    out->unlabelled = v->parts.unlabelled;
    out->refused = v->parts.refused;
    status = run_folds(v, err);
    return status == TTAG_OK ? evaluate_all(v, out, err) : status;
}

static void validation_dispose(validation *v)
{
    for (uint32_t k = 0; v->tallies && k < v->opts->folds; k++)
        tally_dispose(&v->tallies[k]);
    for (uint32_t k = 0; v->trained && k < v->opts->folds; k++)
        ttag_trained_free(v->trained[k]);
    mem_free(v->tallies);
    mem_free(v->trained);
    mem_free(v->numbers);
    crossval_parts_dispose(&v->parts);
}

ttag_status ttag_crossvalidate(ttag_crossval **out, ttag_reader *feed,
                               const ttag_crossval_opts *opts, ttag_error *err)
{
    static const ttag_crossval_opts DEFAULTS = TTAG_CROSSVAL_OPTS_INIT;
    static const ttag_train_opts TRAIN_DEFAULTS = TTAG_TRAIN_OPTS_INIT;
    *out = NULL;
    opts = opts ? opts : &DEFAULTS;
    validation v = {.opts = opts, .train = opts->train ? opts->train : &TRAIN_DEFAULTS};
    v.reading = (ttag_reader_opts)TTAG_READER_OPTS_INIT;
    v.reading.taxonomy = reader_taxonomy(feed);
    v.reading.monitor = v.train->monitor;
    const char *wrong = ttag_train_opts_check(v.train);
    if (wrong)
        return fail(err, TTAG_INVALID, "%s", wrong);
    if (opts->folds < 2 || opts->folds > FOLDS_MOST)
        return fail(err, TTAG_INVALID, "%u folds; expected 2 to %d", (unsigned)opts->folds,
                    FOLDS_MOST);
    ttag_crossval *found = mem_zero(1, sizeof *found);
    if (!found)
        return fail_memory(err);
    ttag_status status = run(&v, found, feed, err);
    validation_dispose(&v);
    if (status == TTAG_OK)
        *out = found;
    else
        ttag_crossval_free(found);
    return status;
}

void ttag_crossval_free(ttag_crossval *crossval)
{
    if (!crossval)
        return;
    for (size_t k = 0; crossval->folds && k < crossval->n_folds; k++)
        ttag_evaluation_free(crossval->folds[k]);
    mem_free((void *)(uintptr_t)crossval->folds);
    ttag_evaluation_free(crossval->pooled);
    mem_free(crossval);
}

/* ---- Figures. ---- */

/* A fold without a tag of enough articles has an ece of 0, which says nothing. */
static bool measures_probabilities(const ttag_evaluation *e)
{
    for (size_t t = 0; t < e->n_tags; t++)
        if (e->tags[t].support >= ECE_LEAST_SUPPORT)
            return true;
    return false;
}

static bool figure_of_fold(const ttag_evaluation *e, const char *name, double *value)
{
    bool silent = strcmp(name, "ece") == 0 && !measures_probabilities(e);
    return !silent && ttag_evaluation_figure(e, name, value);
}

bool ttag_crossval_figure(const ttag_crossval *crossval, const char *name, double *mean,
                          double *spread)
{
    double sum = 0, squares = 0, value, count = 0;
    for (size_t k = 0; k < crossval->n_folds; k++)
        if (figure_of_fold(crossval->folds[k], name, &value)) {
            sum += value;
            count++;
        }
    for (size_t k = 0; count > 0 && k < crossval->n_folds; k++)
        if (figure_of_fold(crossval->folds[k], name, &value))
            squares += (value - sum / count) * (value - sum / count);
    if (count == 0)
        return false;
    *mean = sum / count;
    *spread = count > 1 ? sqrt(squares / (count - 1)) : NAN;
    return true;
}
