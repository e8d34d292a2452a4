/* Room for what a training's problems give. */
#include "base/memory.h"
#include "train/solve.h"

float *probe_scores_new(const solve_task *task, size_t n_tags)
{
    size_t count = task->probes->x.n_rows;
    uint32_t most = 0;
    for (size_t t = 0; t < task->labels->n_tags; t++)
        most = task->partitions[t] > most ? task->partitions[t] : most;
    return size_mul(&count, count, most) && size_mul(&count, count, n_tags)
               ? mem_zero(count, sizeof(float))
               : NULL;
}

static bool reserve_wholes(solve_result *r, const solve_task *task, size_t tag)
{
    size_t count;
    if (size_mul(&count, task->probes->n_windows, task->partitions[tag]) &&
        size_mul(&count, count, task->probes->n_wholes) && size_mul(&count, count, TOP_PASSAGES))
        r->wholes[tag] = mem_zero(count, sizeof *r->wholes[tag]);
    return r->wholes[tag];
}

ttag_status solve_result_reserve(solve_result *r, const solve_task *task)
{
    size_t n_tags = task->labels->n_tags;
    r->n_tags = n_tags;
    r->solutions = mem_zero(n_tags, sizeof *r->solutions);
    r->scores = mem_zero(n_tags, sizeof *r->scores);
    r->reports = mem_zero(n_tags, sizeof *r->reports);
    r->certificates = mem_zero(n_tags, sizeof *r->certificates);
    r->states = mem_zero(n_tags, sizeof *r->states);
    r->wholes = mem_zero(n_tags, sizeof *r->wholes);
    if (!r->wholes || !r->solutions || !r->scores || !r->reports || !r->certificates || !r->states)
        return TTAG_NOMEM;
    for (size_t t = 0; task->n_folds && t < n_tags; t++) {
        size_t count;
        if (task->constant[t])
            continue;
        if (!size_mul(&count, task->labels->n_articles, task->partitions[t]))
            return TTAG_NOMEM;
        r->scores[t] = mem_zero(count, sizeof *r->scores[t]);
        if (!r->scores[t] || (task->probes && !reserve_wholes(r, task, t)))
            return TTAG_NOMEM;
    }
    return TTAG_OK;
}

void solve_result_dispose(solve_result *r)
{
    for (size_t t = 0; r->solutions && t < r->n_tags; t++)
        libsvm_solution_dispose(&r->solutions[t]);
    for (size_t t = 0; r->scores && t < r->n_tags; t++)
        mem_free(r->scores[t]);
    for (size_t t = 0; r->wholes && t < r->n_tags; t++)
        mem_free(r->wholes[t]);
    mem_free(r->wholes);
    mem_free(r->solutions);
    mem_free(r->scores);
    mem_free(r->reports);
    mem_free(r->certificates);
    mem_free(r->states);
    *r = (solve_result){0};
}
