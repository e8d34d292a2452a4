/* One thing varied after the other; what convinces becomes what the next is compared with. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "train/tuner.h"

enum { VARIANTS_MOST = 3 };

/* Whether the last row is to be trained rather than `best`: it convinces, and there is time. */
static bool is_better(const tuner *t, size_t best)
{
    const tune_row *row = &t->table->rows[t->table->n_rows - 1];
    return row->figures.n_folds && fold_gain_convinces(row->gain) &&
           (best == t->best || row->gain.mean > t->table->rows[best].gain.mean) &&
           deadline_left(t->time) >= tuner_reserve(t, row);
}

/* Tries the variants; the best one that convinces is what the next are compared with. */
static ttag_status try_variants(tuner *t, const tune_setting *variants, size_t n, ttag_error *err)
{
    size_t best = t->best;
    trial_result *trials = mem_new(2, sizeof *trials); /* of the best so far, and the last */
    ttag_status status = trials ? TTAG_OK : fail_memory(err);
    for (size_t k = 0; status == TTAG_OK && k < n && !t->over; k++) {
        status = tuner_try(t, &trials[1], &variants[k], err);
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

static const tune_setting *best_setting(const tuner *t)
{
    return &tuner_best(t)->setting;
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

static ttag_status vary_by_search(tuner *t, ttag_error *err)
{
    tune_setting found = *best_setting(t);
    ttag_status status = tuner_search_cost(t, &found.cost, err);
    found.cost_searched = true;
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
    return vary_by_search(t, err);
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

ttag_status tuner_vary(tuner *t, ttag_error *err)
{
    static ttag_status (*const STEPS[])(tuner *, ttag_error *) = {vary_scaling, vary_chars,
                                                                  vary_words, vary_cost};
    ttag_status status = TTAG_OK;
    for (size_t k = 0; status == TTAG_OK && k < sizeof STEPS / sizeof *STEPS; k++)
        status = STEPS[k](t, err);
    if (status == TTAG_OK)
        vary_rule(t);
    return status;
}
