/* Held-out articles lose their truth; factors and solution follow from the others. */
#include "train/scaled_folds.h"

#include <string.h>

#include "base/memory.h"

bool scaled_scratch_reserve(scaled_scratch *s, const kernel_source *plain)
{
    s->truth = mem_new(plain->x->n_rows, sizeof *s->truth);
    return s->truth && scaled_source_reserve(&s->source, plain);
}

void scaled_scratch_dispose(scaled_scratch *s)
{
    scaled_source_dispose(&s->source);
    near_set_dispose(&s->near);
    mem_free(s->truth);
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

static ttag_status solve_fold(float *scores, scaled_scratch *s, active_scratch *active,
                              const scaled_fold_task *task, const uint8_t *folds, uint8_t fold)
{
    active_task problem = task->problem;
    int only = hold_out(s->truth, task, folds, fold);
    if (!only) {
        scaled_source_fit(&s->source, task->plain, task->factors, s->truth);
        problem.source = &s->source.source;
        problem.truth = s->truth;
        ttag_status status = active_gather(active, &problem, task->start);
        if (status != TTAG_OK)
            return status;
    }
    for (size_t i = 0; i < task->plain->x->n_rows; i++)
        if (folds[i] == fold && task->truth[i])
            scores[i] = only ? (float)only : (float)active->scores[i];
    return TTAG_OK;
}

ttag_status scaled_folds_solve(float *scores, scaled_scratch *scratch, active_scratch *active,
                               const scaled_fold_task *task)
{
    size_t n = task->plain->x->n_rows;
    ttag_status status = TTAG_OK;
    for (uint32_t p = 0; status == TTAG_OK && p < task->n_partitions; p++)
        for (uint32_t f = 0; status == TTAG_OK && f < task->n_folds; f++)
            status =
                solve_fold(scores + p * n, scratch, active, task, task->folds + p * n, (uint8_t)f);
    return status;
}
