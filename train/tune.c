/* From a first trial to the setting that is trained, within the time that there is. */
#include "train/tune.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "train/tuner.h"

/* Of the training's time with the number of articles: exponents. */
static const double GROWTH_LEAST = 1.3;
static const double GROWTH_MOST = 2;
enum {
    SAMPLE = 3000,       /* of QUICK */
    FIRST_SAMPLE = 1000, /* where time is bounded: the smallest one */
    TRIALS_WANTED = 8,
    TRIALS_LEAST = 4
};

static ttag_status try_first(tuner *t, ttag_error *err)
{
    trial_result *first = mem_new(1, sizeof *first);
    const tune_setting setting = tuner_setting_of(t->opts);
    ttag_status status = first ? tuner_try(t, first, &setting, err) : fail_memory(err);
    if (status == TTAG_OK) {
        memcpy(t->rules, first->figures, sizeof t->rules);
        t->table->n_articles = first->n_articles;
    }
    mem_free(first);
    return status;
}

/* After a trial on the smallest sample: the largest one that leaves time for as many trials as are
   wanted, and for the training; each is twice the one before, so that it is the same again. */
static size_t largest_sample(const tuner *t)
{
    const tune_row *row = &t->table->rows[0];
    size_t all = t->kept->ends[0], found = t->most;
    double time = deadline_left(t->time) - tuner_reserve(t, row);
    for (size_t n = 2 * found; found < all; n *= 2) {
        double seconds = row->seconds * tuner_growth(t, t->most) / tuner_growth(t, n);
        if (TRIALS_WANTED * seconds > time)
            break;
        found = n;
    }
    return found < all ? found : 0;
}

/* From a trial of fewer articles and one of more. */
static void learn_growth(tuner *t, double articles, double seconds)
{
    double times = (double)(t->most ? t->most : t->kept->ends[0]) / articles;
    double found = log(t->table->rows[0].seconds / seconds) / log(times);
    if (found > GROWTH_LEAST)
        t->growth = found < GROWTH_MOST ? found : GROWTH_MOST;
}

/* On a sample, or on all articles where there is time for that. */
static ttag_status begin(tuner *t, ttag_error *err)
{
    bool quick = t->opts->tune == TTAG_TUNE_QUICK;
    bool bounded = isfinite(deadline_left(t->time));
    size_t most = bounded && !quick ? FIRST_SAMPLE : SAMPLE;
    t->most = t->kept->ends[0] > most && (quick || bounded) ? most : 0;
    ttag_status status = try_first(t, err);
    if (status != TTAG_OK || t->over || !t->most || quick || !t->rules[0].n_folds)
        return status;
    const tune_row *row = &t->table->rows[0];
    t->spares = !t->opts->partitions &&
                tuner_room(t) < TRIALS_LEAST * row->seconds; /* else next to nothing is compared */
    size_t larger = largest_sample(t);
    if (larger == t->most)
        return TTAG_OK;
    const double small = (double)t->most, seconds = row->seconds;
    t->training = tuner_reserve(t, row);
    t->most = larger;
    t->table->n_rows = 0;
    status = try_first(t, err);
    if (t->table->n_rows > 0)
        learn_growth(t, small, seconds);
    return status;
}

static ttag_status compare(tuner *t, ttag_error *err)
{
    ttag_status status = begin(t, err);
    if (status != TTAG_OK || t->over || t->table->rows[0].figures.n_folds == 0)
        return status;
    return tuner_vary(t, err);
}

/* Where the training would not end in time, it has one partition into folds: a cut for each tag, if
   not the steadiest one. training: seconds, as far as is known. */
static void spare_time(const tuner *t, double training, ttag_train_opts *chosen)
{
    if (chosen->partitions || (!t->spares && training <= deadline_left(t->time)))
        return;
    chosen->partitions = 1;
    tell(t->opts->monitor, TTAG_NOTE, NULL,
         "time is short: the cuts come from one partition into folds");
}

static void conclude(const tuner *t, ttag_train_opts *chosen)
{
    tune_table *table = t->table;
    table->cut_short = t->over;
    table->sampled = t->most > 0;
    table->chosen = t->best;
    if (table->n_rows > 0 && table->rows[0].figures.n_folds) {
        tuner_apply(chosen, &tuner_best(t)->setting);
        spare_time(t, tuner_training(t, tuner_best(t)), chosen);
        tune_table_tell(table, t->opts->monitor);
        return;
    }
    table->n_rows = 0;
    tell(t->opts->monitor, TTAG_WARNING, NULL, "no settings were compared: %s",
         t->over ? "there is too little time for two of them and the training"
                 : "the articles cannot be parted into folds, or are too few");
    if (t->over && !deadline_cancelled(t->time))
        spare_time(t, INFINITY, chosen);
}

ttag_status tune_run(tune_table *table, ttag_train_opts *chosen, const kept_feeds *kept,
                     const ttag_train_opts *opts, const ttag_taxonomy *taxonomy, deadline *time,
                     ttag_error *err)
{
    tuner *t = mem_zero(1, sizeof *t);
    table->rows = mem_zero(TUNE_ROWS_MOST, sizeof *table->rows);
    ttag_status status = t && table->rows ? TTAG_OK : fail_memory(err);
    if (status == TTAG_OK) {
        *t = (tuner){.table = table,
                     .kept = kept,
                     .opts = opts,
                     .taxonomy = taxonomy,
                     .time = time,
                     .growth = GROWTH_LEAST};
        status = compare(t, err);
    }
    if (status == TTAG_OK)
        conclude(t, chosen);
    mem_free(t);
    return status;
}
