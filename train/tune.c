/* One thing varied after the other; what convinces becomes what the next is compared with. */
#include "train/tune.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "train/term_factors.h"

static const double MOST_WORK = 3;  /* the training itself takes so many times as long as a trial of
                                       all articles: three partitions for one */
static const double RESERVE = 1.15; /* times what the training is thought to take */
/* Of its time with the number of articles: exponents. */
static const double GROWTH_LEAST = 1.3;
static const double GROWTH_MOST = 2;
static const double FIRST_SHARE = 0.25; /* of the time, for a look at how long things take */
enum {
    SAMPLE = 3000,       /* of QUICK */
    FIRST_SAMPLE = 1000, /* where time is bounded: the smallest one */
    TRIALS_WANTED = 8,
    TRIALS_LEAST = 4,
    VARIANTS_MOST = 3
};

typedef struct tuner {
    tune_table *table;
    const kept_feeds *kept;
    const ttag_train_opts *opts;
    const ttag_taxonomy *taxonomy;
    deadline *time;
    size_t most;                     /* articles of a trial; 0: all */
    size_t best;                     /* row */
    fold_figures rules[TRIAL_RULES]; /* of the best row's trial */
    double training;                 /* seconds that it may take; 0: not known yet */
    double growth;                   /* exponent, from what is known */
    bool spares;                     /* the training is to have one partition, for want of time */
    bool over;                       /* there is no time for more */
} tuner;

/* ---- Settings and options. ---- */

static tune_setting setting_of(const ttag_train_opts *o)
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

static void apply(ttag_train_opts *o, const tune_setting *s)
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
    apply(&o, s);
    o.tune = TTAG_TUNE_NONE;
    o.budget = 0;
    o.keep_partial = false;
    o.partitions = 1;
    o.calibration = TTAG_CALIBRATION_PLATT;
    if (o.thresholds == TTAG_THRESHOLDS_NONE)
        o.thresholds = TTAG_THRESHOLDS_F1;
    return o;
}

/* ---- Time. ---- */

/* So many times as long takes what a trial of these articles does for all. */
static double growth(const tuner *t, size_t n)
{
    size_t all = t->kept->ends[0];
    return n > 0 && n < all ? pow((double)all / (double)n, t->growth) : 1;
}

/* Seconds that the training itself may take after this trial. */
static double reserve_for(const tuner *t, const tune_row *row)
{
    return RESERVE * growth(t, t->most) * (t->spares ? 1 : row->work) * row->seconds;
}

/* Seconds for the next trial. */
static double room(const tuner *t)
{
    double left = deadline_left(t->time);
    if (t->table->n_rows > 0)
        return left - reserve_for(t, &t->table->rows[t->best]);
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

/* Adds a row, unless there is no time or no room for it; `out` without folds: nothing came of it.
 */
static ttag_status try_setting(tuner *t, trial_result *out, const tune_setting *s, ttag_error *err)
{
    tune_table *table = t->table;
    double seconds = room(t), began = deadline_clock();
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

/* ---- One thing after the other. ---- */

/* Whether the last row is to be trained rather than `best`: it convinces, and there is time. */
static bool is_better(const tuner *t, size_t best)
{
    const tune_row *row = &t->table->rows[t->table->n_rows - 1];
    return row->figures.n_folds && fold_gain_convinces(row->gain) &&
           (best == t->best || row->gain.mean > t->table->rows[best].gain.mean) &&
           deadline_left(t->time) >= reserve_for(t, row);
}

/* Tries the variants; the best one that convinces is what the next are compared with. */
static ttag_status try_variants(tuner *t, const tune_setting *variants, size_t n, ttag_error *err)
{
    size_t best = t->best;
    trial_result *trials = mem_new(2, sizeof *trials); /* of the best so far, and the last */
    ttag_status status = trials ? TTAG_OK : fail_memory(err);
    for (size_t k = 0; status == TTAG_OK && k < n && !t->over; k++) {
        status = try_setting(t, &trials[1], &variants[k], err);
        if (status == TTAG_OK && trials[1].figures[0].n_folds && is_better(t, best)) {
            best = t->table->n_rows - 1;
            trials[0] = trials[1];
        }
    }
    if (status == TTAG_OK && best != t->best)
        memcpy(t->rules, trials[0].figures, sizeof t->rules);
    t->best = best;
    mem_free(trials);
    return status;
}

static const tune_row *best_row(const tuner *t)
{
    return &t->table->rows[t->best];
}

static const tune_setting *best_setting(const tuner *t)
{
    return &best_row(t)->setting;
}

static ttag_status vary_scaling(tuner *t, ttag_error *err)
{
    tune_setting other = *best_setting(t);
    bool ratio = other.scaling == TTAG_SCALING_RATIO;
    if (t->opts->keep & TTAG_KEEP_TERM_SCALING || t->opts->unit != TTAG_UNIT_ARTICLE)
        return TTAG_OK;
    other.scaling = ratio ? TTAG_SCALING_NONE : TTAG_SCALING_RATIO;
    return try_variants(t, &other, 1, err);
}

static ttag_status vary_chars(tuner *t, ttag_error *err)
{
    static const uint32_t LENGTHS[][2] = {{0, 0}, {3, 5}, {3, 6}};
    tune_setting variants[VARIANTS_MOST];
    const tune_setting now = *best_setting(t);
    size_t n = 0, n_lengths = t->opts->tune == TTAG_TUNE_QUICK ? 2 : 3;
    if (t->opts->keep & TTAG_KEEP_CHAR_NGRAMS)
        return TTAG_OK;
    for (size_t k = 0; k < n_lengths; k++) {
        if (LENGTHS[k][0] == now.char_least && LENGTHS[k][1] == now.char_most)
            continue;
        variants[n] = now;
        variants[n].char_least = LENGTHS[k][0];
        variants[n++].char_most = LENGTHS[k][1];
    }
    return try_variants(t, variants, n, err);
}

static ttag_status vary_words(tuner *t, ttag_error *err)
{
    tune_setting variants[VARIANTS_MOST];
    size_t n = 0;
    if (t->opts->keep & TTAG_KEEP_WORD_NGRAMS || t->opts->tune == TTAG_TUNE_QUICK)
        return TTAG_OK;
    for (uint32_t words = 1; words <= VARIANTS_MOST; words++) {
        if (words == best_setting(t)->word_ngrams)
            continue;
        variants[n] = *best_setting(t);
        variants[n++].word_ngrams = words;
    }
    return try_variants(t, variants, n, err);
}

static bool costs_are_kept(const tuner *t)
{
    return t->opts->keep & TTAG_KEEP_COST || t->opts->cost_choice != TTAG_COST_GIVEN;
}

/* Whether there is a row like the best one but for this cost. */
static bool is_tried(const tuner *t, double cost)
{
    for (size_t k = 0; k < t->table->n_rows; k++) {
        const tune_setting *s = &t->table->rows[k].setting, *best = best_setting(t);
        if (s->word_ngrams == best->word_ngrams && s->char_least == best->char_least &&
            s->char_most == best->char_most && s->scaling == best->scaling && !(s->cost < cost) &&
            !(s->cost > cost))
            return true;
    }
    return false;
}

/* The cost that a search finds on another partition into folds, so that it is judged as the others
   are. */
static ttag_status search_cost(tuner *t, ttag_error *err)
{
    tune_setting found = *best_setting(t);
    ttag_train_opts opts = trial_opts(t->opts, &found);
    double seconds = room(t);
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
    found.cost = out ? out->cost : 0;
    found.cost_searched = true;
    mem_free(out);
    if (status != TTAG_OK || t->over || !(found.cost > 0) || is_tried(t, found.cost))
        return status;
    return try_variants(t, &found, 1, err);
}

static ttag_status vary_cost(tuner *t, ttag_error *err)
{
    static const double COSTS[] = {3, 0.3, 1};
    tune_setting variants[VARIANTS_MOST];
    size_t n = 0, n_costs = t->opts->tune == TTAG_TUNE_QUICK ? 1 : 3;
    if (costs_are_kept(t))
        return TTAG_OK;
    for (size_t k = 0; k < n_costs; k++) {
        if (!(COSTS[k] < best_setting(t)->cost) && !(COSTS[k] > best_setting(t)->cost))
            continue;
        variants[n] = *best_setting(t);
        variants[n++].cost = COSTS[k];
    }
    ttag_status status = try_variants(t, variants, n, err);
    if (status != TTAG_OK || t->over || t->opts->tune == TTAG_TUNE_QUICK)
        return status;
    return search_cost(t, err);
}

/* Rules are judged on the trial that there is. */
static void vary_rule(tuner *t)
{
    static const ttag_threshold_rule RULES[TRIAL_RULES] = {
        TTAG_THRESHOLDS_F1, TTAG_THRESHOLDS_F1_BEST, TTAG_THRESHOLDS_F1_COUNT};
    size_t best = t->best;
    tune_table *table = t->table;
    if (t->opts->keep & TTAG_KEEP_THRESHOLDS || t->opts->thresholds != TTAG_THRESHOLDS_F1)
        return;
    for (size_t k = 1; k < TRIAL_RULES && t->rules[k].n_folds && table->n_rows < TUNE_ROWS_MOST;
         k++) {
        tune_row row = table->rows[t->best];
        row.setting.rule = RULES[k];
        row.figures = t->rules[k];
        row.against = t->best;
        row.gain = fold_gain_of(&row.figures, &table->rows[t->best].figures);
        table->rows[table->n_rows++] = row;
        best = is_better(t, best) ? table->n_rows - 1 : best;
        table->rows[table->n_rows - 1].seconds = 0;
    }
    t->best = best;
}

/* ---- All of them. ---- */

static ttag_status try_first(tuner *t, ttag_error *err)
{
    trial_result *first = mem_new(1, sizeof *first);
    const tune_setting setting = setting_of(t->opts);
    ttag_status status = first ? try_setting(t, first, &setting, err) : fail_memory(err);
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
    double time = deadline_left(t->time) - reserve_for(t, row);
    for (size_t n = 2 * found; found < all; n *= 2) {
        double seconds = row->seconds * growth(t, t->most) / growth(t, n);
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
                room(t) < TRIALS_LEAST * row->seconds; /* else next to nothing is compared */
    size_t larger = largest_sample(t);
    if (larger == t->most)
        return TTAG_OK;
    const double small = (double)t->most, seconds = row->seconds;
    t->training = reserve_for(t, row);
    t->most = larger;
    t->table->n_rows = 0;
    status = try_first(t, err);
    if (t->table->n_rows > 0)
        learn_growth(t, small, seconds);
    return status;
}

static ttag_status compare(tuner *t, ttag_error *err)
{
    static ttag_status (*const STEPS[])(tuner *, ttag_error *) = {vary_scaling, vary_chars,
                                                                  vary_words, vary_cost};
    ttag_status status = begin(t, err);
    if (status != TTAG_OK || t->over || t->table->rows[0].figures.n_folds == 0)
        return status;
    for (size_t k = 0; status == TTAG_OK && k < sizeof STEPS / sizeof *STEPS; k++)
        status = STEPS[k](t, err);
    if (status == TTAG_OK)
        vary_rule(t);
    return status;
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
        apply(chosen, best_setting(t));
        spare_time(t, reserve_for(t, best_row(t)) / RESERVE, chosen);
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
