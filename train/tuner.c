/* A trial of one setting, in the time that there is for it. */
#include "train/tuner.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "train/term_factors.h"

static const double MOST_WORK = 3;  /* the training itself takes so many times as long as a trial of
                                       all articles: three partitions for one */
static const double RESERVE = 1.15; /* times what the training is thought to take */
static const double FIRST_SHARE = 0.25; /* of the time, for a look at how long things take */

/* ---- Settings and options. ---- */

tune_setting tuner_setting_of(const ttag_train_opts *o)
{
    return (tune_setting){
        .word_ngrams = o->text.word_ngrams,
        .char_least = o->text.char_least,
        .char_most = o->text.char_most,
        .scaling = factors_wanted(o) ? TTAG_SCALING_RATIO : TTAG_SCALING_NONE,
        .cost = o->cost,
        .rule = o->thresholds,
    };
}

void tuner_apply(ttag_train_opts *o, const tune_setting *s)
{
    o->text.word_ngrams = s->word_ngrams;
    o->text.char_least = s->char_least;
    o->text.char_most = s->char_most;
    o->term_scaling = s->scaling;
    o->cost = s->cost;
    o->thresholds = s->rule;
}

/* As the training to come, but with a single partition, and without what nobody looks at. */
static ttag_train_opts trial_opts(const ttag_train_opts *opts, const tune_setting *s)
{
    ttag_train_opts o = *opts;
    tuner_apply(&o, s);
    o.tune = TTAG_TUNE_NONE;
    o.budget = 0;
    o.keep_partial = false;
    o.partitions = 1;
    o.calibration = TTAG_CALIBRATION_PLATT;
    if (o.thresholds == TTAG_THRESHOLDS_NONE)
        o.thresholds = TTAG_THRESHOLDS_F1;
    return o;
}

const tune_row *tuner_best(const tuner *t)
{
    return &t->table->rows[t->best];
}

/* ---- Time. ---- */

double tuner_growth(const tuner *t, size_t n)
{
    size_t all = t->kept->ends[0];
    return n > 0 && n < all ? pow((double)all / (double)n, t->growth) : 1;
}

double tuner_training(const tuner *t, const tune_row *row)
{
    return tuner_growth(t, t->most) * (t->spares ? 1 : row->work) * row->seconds;
}

double tuner_reserve(const tuner *t, const tune_row *row)
{
    return RESERVE * tuner_training(t, row);
}

double tuner_room(const tuner *t)
{
    double left = deadline_left(t->time);
    if (t->table->n_rows > 0)
        return left - tuner_reserve(t, tuner_best(t));
    if (t->training > 0)
        return left - t->training;
    return t->most ? FIRST_SHARE * left : left / (1 + MOST_WORK);
}

static bool is_worth_beginning(const tuner *t, double seconds)
{
    if (deadline_cancelled(t->time) || seconds <= 0)
        return false;
    return t->table->n_rows == 0 || seconds >= t->table->rows[t->best].seconds;
}

/* ---- A trial. ---- */

static void pass_progress(void *payload, const char *activity, double done, double total)
{
    const deadline *limit = payload;
    (void)activity;
    tell_progress(limit->monitor, "comparing settings", done, total);
}

static bool is_over(void *payload)
{
    return deadline_over(payload);
}

static ttag_status run_trial(const tuner *t, trial_result *out, ttag_train_opts opts,
                             double seconds, ttag_error *err)
{
    deadline limit;
    reread_feeds feeds = {0};
    deadline_start(&limit, isfinite(seconds) ? seconds : 0, t->opts->monitor);
    const ttag_monitor quiet = {NULL, pass_progress, is_over, &limit};
    ttag_status status = reread_feeds_open(&feeds, t->kept, &opts, t->most, &quiet, err);
    opts.monitor = &quiet;
    opts.extra = feeds.extra;
    if (status == TTAG_OK)
        status = trial_run(out, feeds.feed, &opts, t->opts->partitions, t->taxonomy, err);
    reread_feeds_close(&feeds);
    return status;
}

/* Whether a trial may end so: its time was up, or with such options there is nothing to learn. */
static bool is_bearable(ttag_status status)
{
    return status == TTAG_OK || status == TTAG_CANCELLED || status == TTAG_EMPTY ||
           status == TTAG_LIMIT;
}

ttag_status tuner_try(tuner *t, trial_result *out, const tune_setting *s, ttag_error *err)
{
    tune_table *table = t->table;
    double seconds = tuner_room(t), began = deadline_clock();
    *out = (trial_result){.n_articles = 0};
    if (table->n_rows == TUNE_ROWS_MOST || !is_worth_beginning(t, seconds))
        t->over = true;
    if (t->over)
        return TTAG_OK;
    ttag_status status = run_trial(t, out, trial_opts(t->opts, s), seconds, err);
    if (!is_bearable(status))
        return status;
    t->over = status == TTAG_CANCELLED;
    if (status != TTAG_OK)
        *out = (trial_result){.n_articles = 0};
    tune_row *row = &table->rows[table->n_rows++];
    *row = (tune_row){.setting = *s,
                      .against = t->best,
                      .figures = out->figures[0],
                      .seconds = deadline_clock() - began,
                      .work = out->work};
    if (row->figures.n_folds && row > table->rows)
        row->gain = fold_gain_of(&row->figures, &table->rows[t->best].figures);
    return TTAG_OK;
}

ttag_status tuner_search_cost(tuner *t, double *cost, ttag_error *err)
{
    ttag_train_opts opts = trial_opts(t->opts, &tuner_best(t)->setting);
    double seconds = tuner_room(t);
    trial_result *out = mem_zero(1, sizeof *out);
    opts.cost_choice = TTAG_COST_PER_MODEL;
    opts.thresholds = TTAG_THRESHOLDS_NONE;
    opts.seed++;
    if (!is_worth_beginning(t, seconds))
        t->over = true;
    ttag_status status = !out      ? fail_memory(err)
                         : t->over ? TTAG_OK
                                   : run_trial(t, out, opts, seconds, err);
    t->over = t->over || status == TTAG_CANCELLED;
    if (is_bearable(status))
        status = TTAG_OK;
    *cost = out ? out->cost : 0;
    mem_free(out);
    return status;
}
