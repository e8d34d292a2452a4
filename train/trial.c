/* From out-of-fold scores to figures by fold. */
#include "train/trial.h"

#include "base/memory.h"
#include "base/parallel.h"

typedef struct judge {
    const trial_view *view;
    cut_rule rule;
    fold_counts *counts; /* n_tags x n_folds */
    signed char *truth;  /* n_articles for each worker */
} judge;

static ttag_status judge_tag(void *context, size_t tag, unsigned worker)
{
    const judge *j = context;
    const trial_view *v = j->view;
    signed char *own = j->truth + worker * v->labels->n_articles;
    const signed char *truth = v->whole_truth ? v->whole_truth + tag * v->n : own;
    fold_counts *counts = j->counts + tag * v->n_folds;
    if (!v->scores[tag])
        return TTAG_OK;
    if (!v->whole_truth)
        labels_scored_truth(v->labels, tag, own);
    if (!v->cuts)
        return fold_counts_cross(counts, &j->rule, v->scores[tag], truth, v->folds, v->n_folds,
                                 v->n);
    fold_counts_at(counts, v->cuts[tag], v->scores[tag], truth, v->folds, v->n_folds, v->n);
    return TTAG_OK;
}

ttag_status trial_judge(trial_result *out, const trial_view *v)
{
    static const ttag_threshold_rule RULES[TRIAL_RULES] = {
        TTAG_THRESHOLDS_F1, TTAG_THRESHOLDS_F1_BEST, TTAG_THRESHOLDS_F1_COUNT};
    size_t n_tags = v->labels->n_tags, n_counts, n_truth;
    bool each = v->rule.rule == TTAG_THRESHOLDS_F1 && !v->cuts;
    judge j = {.view = v, .rule = v->rule};
    if (size_mul(&n_counts, n_tags, v->n_folds))
        j.counts = mem_zero(n_counts, sizeof *j.counts);
    if (size_mul(&n_truth, v->labels->n_articles, v->threads))
        j.truth = mem_new(n_truth, sizeof *j.truth);
    ttag_status status = j.counts && j.truth ? TTAG_OK : TTAG_NOMEM;
    for (size_t k = 0; status == TTAG_OK && k < (each ? TRIAL_RULES : 1); k++) {
        if (each)
            j.rule.rule = RULES[k];
        status = parallel_for(v->threads, n_tags, judge_tag, &j, NULL, NULL);
        if (status == TTAG_OK)
            fold_figures_sum(&out->figures[k], j.counts, n_tags, v->n_folds);
    }
    mem_free(j.counts);
    mem_free(j.truth);
    return status;
}
