/* From the solutions to the model's tags: bias, cut, calibration, out-of-fold figures. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "train/calibration_choice.h"
#include "train/expected_cut.h"
#include "train/thresholds.h"
#include "train/training.h"

/* The out-of-fold scores of one tag, and what is known of their articles. */
typedef struct tag_scores {
    const float *scores; /* n_partitions x n */
    size_t n_partitions;
    const signed char *truth; /* n */
    const uint8_t *folds;     /* n, of the first partition */
    size_t n;
} tag_scores;

static bool has_scores(const training *t, size_t index)
{
    return !t->constant[index] && t->partitions[index] &&
           t->found.solved.states[index] == SOLVE_DONE;
}

/* own: n_articles, for the truth of a tag whose unit is the article. */
static tag_scores scores_of_tag(const training *t, size_t index, signed char *own)
{
    tag_scores of = {.scores = training_scores(t, index),
                     .n_partitions = t->partitions[index],
                     .truth = own,
                     .folds = training_judged_folds(t),
                     .n = training_n_judged(t)};
    if (t->wholes)
        of.truth = t->whole_truth + index * of.n;
    else
        labels_scored_truth(t->labels, index, own);
    return of;
}

/* One line for all tags, where articles are few: those that have passages. */
static ttag_status fit_shared(training *t)
{
    if (!t->wholes)
        return TTAG_OK;
    shared_scores *all = mem_zero(1, sizeof *all);
    if (!all)
        return TTAG_NOMEM;
    for (size_t tag = 0; tag < t->labels->n_tags; tag++) {
        if (!has_scores(t, tag))
            continue;
        const tag_scores of = scores_of_tag(t, tag, t->truth);
        shared_scores_add(all, of.scores, of.truth, of.n);
    }
    ttag_status status = shared_line_fit(&t->shared, all);
    mem_free(all);
    return status;
}

static ttag_status fit_cut(threshold *cut, const training *t, const tag_scores *of)
{
    const cut_rule rule = {t->opts->thresholds, t->opts->bound};
    ttag_status status = cut_rule_fit(cut, &rule, of->scores, of->n_partitions, of->truth, of->n);
    if (status != TTAG_OK || rule.rule != TTAG_THRESHOLDS_F1)
        return status;
    if (!t->wholes)
        return expected_cut_join(cut, of->scores, of->n_partitions, of->truth, of->n);
    /* A cut that is moved keeps no bound. */
    combining_move_cut(cut, &t->combining, of->scores, of->n_partitions, of->truth, of->n);
    return TTAG_OK;
}

static void describe_fitted(ttag_model_tag *tag, const threshold *cut,
                            const fitted_calibration *map)
{
    tag->cut = cut->cut;
    tag->cut_spread = cut->spread;
    tag->slope = map->platt.slope;
    tag->offset = map->platt.offset;
    tag->threshold = isinf(cut->cut) ? INFINITY : fitted_probability(map, cut->cut);
    tag->oof_precision = (float)cut->precision;
    tag->oof_recall = (float)cut->recall;
    tag->oof_f1 = (float)cut->f1;
}

/* What one tag has from its folds. */
static ttag_status fit_tag(void *context, size_t index, unsigned worker)
{
    training *t = context;
    threshold *cut = &t->cuts[index];
    fitted_calibration *map = &t->maps[index];
    if (!has_scores(t, index))
        return TTAG_OK;
    const tag_scores of = scores_of_tag(t, index, t->truth + worker * t->labels->n_articles);
    if (fit_cut(cut, t, &of) != TTAG_OK)
        return TTAG_NOMEM;
    const calibration_task task = {.choice = t->opts->calibration,
                                   .scores = of.scores,
                                   .n_partitions = of.n_partitions,
                                   .truth = of.truth,
                                   .folds = of.folds,
                                   .n = of.n,
                                   .cut = cut->cut,
                                   .shared = &t->shared};
    if (calibration_choose(map, &task) != TTAG_OK)
        return TTAG_NOMEM;
    describe_fitted(&t->tags[index], cut, map);
    t->finished[index] = true;
    if (t->kept && !t->wholes)
        out_of_fold_fill(t->kept, index, of.scores, of.n_partitions, of.truth, map);
    return TTAG_OK;
}

static void describe_constant(ttag_model_tag *tag)
{
    tag->constant = true;
    tag->bias = 1;
    tag->cut = 0;
    tag->threshold = 0;
}

/* What a tag has without folds; the rest is that of the tag table. */
static void set_bias(training *t, size_t index)
{
    ttag_model_tag *tag = &t->tags[index];
    bool solved = t->found.solved.states[index] != SOLVE_OPEN;
    if (t->constant[index])
        describe_constant(tag);
    else
        tag->bias = (float)t->found.biases[index];
    t->finished[index] = t->constant[index] || (solved && !t->partitions[index]);
}

/* Out-of-fold scores that are there are not given away, even if time is up. */
ttag_status training_fit_tags(training *t, arena *memory, ttag_error *err)
{
    const ttag_monitor *monitor = t->opts->keep_partial ? NULL : t->opts->monitor;
    for (size_t tag = 0; tag < t->labels->n_tags; tag++)
        set_bias(t, tag);
    if (t->wholes && t->n_folds && training_choose_combining(t, err) != TTAG_OK)
        return TTAG_NOMEM;
    ttag_status status = fit_shared(t);
    if (status == TTAG_OK)
        status = parallel_for(t->threads, t->labels->n_tags, fit_tag, t, monitor, NULL);
    for (size_t tag = 0; status == TTAG_OK && tag < t->labels->n_tags; tag++)
        status = fitted_points_keep(&t->tags[tag], &t->maps[tag], memory);
    if (status == TTAG_NOMEM)
        return fail_memory(err);
    return status == TTAG_OK ? TTAG_OK : fail(err, status, "stopped");
}
