/* Held-out articles lose their truth; factors and solution follow from the others. */
#include "train/scaled_folds.h"

#include <string.h>

#include "base/memory.h"

bool scaled_scratch_reserve(scaled_scratch *s, const kernel_source *plain, bool probes)
{
    s->truth = mem_new(plain->x->n_rows, sizeof *s->truth);
    if (probes) /* lanes but one stay 0 */
        s->weights = mem_lines(plain->x->n_columns + 1, sizeof *s->weights);
    return s->truth && (s->weights || !probes) && scaled_source_reserve(&s->source, plain);
}

void scaled_scratch_dispose(scaled_scratch *s)
{
    scaled_source_dispose(&s->source);
    near_set_dispose(&s->near);
    mem_free(s->truth);
    mem_free(s->weights);
    *s = (scaled_scratch){0};
}

/* Returns the only class that is left, +1 or -1; 0: there are both. */
static int hold_out(signed char *truth, const scaled_fold_task *task, const uint8_t *folds,
                    uint8_t fold)
{
    bool has[2] = {false, false};
    for (size_t i = 0; i < task->plain->x->n_rows; i++) {
        truth[i] = folds[i] == fold ? 0 : task->truth[i];
        if (truth[i])
            has[truth[i] > 0] = true;
    }
    return has[0] && has[1] ? 0 : has[1] ? 1 : -1;
}

/* f∘w and b, for articles without factors; of one class +1 or -1 alone. */
static void lay_out_weights(scaled_scratch *s, const active_scratch *active, size_t n_columns,
                            int only)
{
    memset(s->weights, 0, (n_columns + 1) * sizeof *s->weights);
    for (size_t t = 0; t < n_columns && !only; t++)
        s->weights[t][0] = (float)((double)s->source.of_tag.factors[t] * active->weights[t]);
    s->weights[n_columns][0] = only ? (float)only : (float)active->problem.bias;
}

static void score_probes(scaled_scratch *s, const active_scratch *active,
                         const scaled_fold_task *task, size_t problem, int only)
{
    const ttag_matrix *x = task->plain->x;
    const probe_folds folds = {task->folds, x->n_rows, task->n_folds};
    lay_out_weights(s, active, x->n_columns, only);
    probes_score_problems(task->probe_scores, task->probes, s->weights, &folds, problem, 1);
}

/* problem: partition * n_folds + fold */
static ttag_status solve_fold(float *scores, scaled_scratch *s, active_scratch *active,
                              const scaled_fold_task *task, size_t problem)
{
    size_t n = task->plain->x->n_rows, partition = problem / task->n_folds;
    const uint8_t *folds = task->folds + partition * n;
    const uint8_t fold = (uint8_t)(problem % task->n_folds);
    int only = hold_out(s->truth, task, folds, fold);
    if (!only) {
        active_task held = task->problem;
        scaled_source_fit(&s->source, task->plain, task->factors, s->truth);
        held.source = &s->source.source;
        held.truth = s->truth;
        ttag_status status = active_gather(active, &held, task->start);
        if (status != TTAG_OK)
            return status;
    }
    for (size_t i = 0; i < n; i++)
        if (folds[i] == fold && task->truth[i])
            scores[partition * n + i] = only ? (float)only : (float)active->scores[i];
    if (task->probes)
        score_probes(s, active, task, problem, only);
    return TTAG_OK;
}

ttag_status scaled_folds_solve(float *scores, scaled_scratch *scratch, active_scratch *active,
                               const scaled_fold_task *task)
{
    size_t n_problems = (size_t)task->n_partitions * task->n_folds;
    ttag_status status = TTAG_OK;
    for (size_t problem = 0; status == TTAG_OK && problem < n_problems; problem++)
        status = solve_fold(scores, scratch, active, task, problem);
    return status;
}
