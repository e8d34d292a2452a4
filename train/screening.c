/* A few passes of descent, and who has an alpha then. */
#include "train/screening.h"

#include <math.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "train/tag_blocks.h"

enum { EPOCHS = 10 }; /* more find hardly another support vector */

/* Less than that comes of the bias being held back like a weight: articles that all lack a little
   then share what libsvm's free bias makes up for. */
static const float LEAST_ALPHA = 1e-3f; /* as a share of the cost */
static const float LEAST_LOSS = 5e-3f;

typedef struct screening {
    const screening_task *task;
    near_set *near;
    tag_blocks blocks;
} screening;

/* Puts 1 for every article and lane that is near into d->truth, which nothing reads any more. */
static void mark_near(descent *d)
{
    for (size_t i = 0; i < d->x->n_rows; i++) {
        float f[LANES];
        const float *alphas = d->alphas + i * LANES;
        signed char *truth = d->truth + i * LANES;
        const float least_alpha = LEAST_ALPHA * descent_counts_as(d, i);
        descent_decide(d, i, f);
        for (size_t t = 0; t < LANES; t++) {
            bool lacks = (float)truth[t] * f[t] < 1 - LEAST_LOSS;
            bool near =
                truth[t] != 0 && (lacks || fabsf(alphas[t]) > least_alpha * descent_cost(d, t));
            truth[t] = near ? 1 : 0;
        }
    }
}

static ttag_status keep_near(near_set *out, const descent *d, size_t lane)
{
    size_t count = 0;
    for (size_t i = 0; i < d->x->n_rows; i++)
        count += d->truth[i * LANES + lane] != 0;
    out->articles = mem_new(count, sizeof *out->articles);
    out->coefs = mem_new(count, sizeof *out->coefs);
    if (!out->articles || !out->coefs)
        return TTAG_NOMEM;
    for (size_t i = 0; i < d->x->n_rows; i++) {
        if (!d->truth[i * LANES + lane])
            continue;
        out->articles[out->n] = (uint32_t)i;
        out->coefs[out->n++] = d->alphas[i * LANES + lane];
    }
    return TTAG_OK;
}

static ttag_status screen_block(void *context, size_t index, unsigned worker)
{
    const screening *s = context;
    const screening_task *task = s->task;
    descent *d = &s->blocks.descents[worker];
    const uint32_t *tags = s->blocks.tags + index * LANES;
    size_t n_tags = tag_blocks_lanes(&s->blocks, index);
    ttag_status status = TTAG_OK;
    descent_begin(d, TTAG_LOSS_HINGE, task->labels, tags, n_tags, task->costs, task->seed + index);
    d->deadline = task->deadline;
    d->screening = true;
    if (descent_run(d, EPOCHS) < EPOCHS)
        return TTAG_CANCELLED;
    mark_near(d);
    for (size_t lane = 0; status == TTAG_OK && lane < n_tags; lane++)
        status = keep_near(&s->near[tags[lane]], d, lane);
    return status;
}

ttag_status screen_tags(near_set *near, const screening_task *task)
{
    screening s = {.task = task, .near = near};
    ttag_status status =
        tag_blocks_make(&s.blocks, task->labels, task->constant, task->x, task->threads);
    if (status == TTAG_OK)
        status = tag_blocks_reserve_factors(&s.blocks, task->factors);
    if (status == TTAG_OK && s.blocks.n_blocks > 0)
        status = parallel_for(s.blocks.n_threads, s.blocks.n_blocks, screen_block, &s,
                              task->monitor, NULL);
    tag_blocks_dispose(&s.blocks);
    return status;
}
