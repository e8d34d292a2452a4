/* Kernel values of active sets against passes over all articles. */
#include "train/solver_effort.h"

#include "train/lanes.h"

/* Measured on sets from 800 short notes to 3,000 full articles: a count takes 4 to 6 ns of either.
 */
static const double ROUNDS = 2.5;       /* looks at all articles until nobody joins a set */
static const double FOLD_PASSES = 15;   /* until a fold is settled */
static const double TOUCHES = 2;        /* of a weight in a pass: read, and often written */
static const double WORTH_A_LOOK = 8e9; /* some 40 seconds */
static const double FAR_QUICKER = 2;

static double solves_of(const solve_task *task, size_t tag)
{
    return 1 + (double)task->n_folds * (double)task->partitions[tag];
}

/* Terms of an article that are added one by one, on average. */
static double mean_tail(const kernel_source *source)
{
    double sum = 0;
    for (size_t i = 0; i < source->x->n_rows; i++)
        sum += (double)(source->x->starts[i + 1] - source->tails[i]);
    return source->x->n_rows ? sum / (double)source->x->n_rows : 0;
}

/* libsvm: Σ solves (near² / 2 tail / 16 + rounds terms); descent: blocks solves passes touches
 * terms
 */
solver_effort solver_effort_of(const solve_task *task, const kernel_source *source,
                               const near_set *near)
{
    const double all = (double)source->x->starts[source->x->n_rows];
    const double tail = mean_tail(source);
    solver_effort effort = {0};
    double most = 0;
    size_t n_tags = 0;
    for (size_t t = 0; t < task->labels->n_tags; t++) {
        if (task->constant[t])
            continue;
        double solves = solves_of(task, t), n = (double)near[t].n;
        effort.libsvm += solves * (n * n / 2 * tail / LANES + ROUNDS * all);
        most = solves > most ? solves : most;
        n_tags++;
    }
    effort.descent = (double)((n_tags + LANES - 1) / LANES) * most * FOLD_PASSES * TOUCHES * all;
    return effort;
}

bool descent_is_far_quicker(const solver_effort *effort)
{
    return effort->libsvm > WORTH_A_LOOK && effort->libsvm > FAR_QUICKER * effort->descent;
}
