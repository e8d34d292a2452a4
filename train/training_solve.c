/* Settings that are searched for, then the solution of every tag. */
#include "train/averaging.h"
#include "train/training.h"

static bool any_to_solve(const training *t)
{
    for (size_t tag = 0; tag < t->labels->n_tags; tag++)
        if (!t->constant[tag])
            return true;
    return false;
}

ttag_status training_solve(training *t, ttag_error *err)
{
    solve_task task = {.x = t->x,
                       .seed = t->opts->seed,
                       .labels = t->labels,
                       .constant = t->constant,
                       .costs = t->costs,
                       .tolerance = t->opts->tolerance,
                       .n_folds = t->n_search_folds,
                       .partitions = t->partitions,
                       .folds = t->folds,
                       .probes = t->wholes && t->n_folds ? &t->probes : NULL,
                       .threads = t->threads,
                       .monitor = &t->monitor,
                       .deadline = &t->deadline};
    ttag_status status = TTAG_OK;
    if (t->opts->kernel == TTAG_KERNEL_RBF && any_to_solve(t)) {
        status = gamma_search_run(&t->gammas, &t->rbf, &task, t->opts, err);
        task.rbf = &t->rbf;
    }
    if (status == TTAG_OK && t->n_search_folds && cost_search_wanted(t->opts) && any_to_solve(t))
        status = cost_search_run(&t->search, t->costs, &task, t->opts, err);
    task.n_folds = t->n_folds;
    if (status == TTAG_OK && t->shares)
        return averaged_solutions_find(&t->found, t->shares, &task, t->vocabulary, t->opts, err);
    return status == TTAG_OK ? tag_solutions_find(&t->found, &task, t->opts, err) : status;
}
