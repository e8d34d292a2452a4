/* Lanes are problems here: lane l of a batch is fold l % n_folds of one of the partitions. */
#include "train/fold_problems.h"

#include <string.h>

#include "base/memory.h"
#include "base/simd.h"
#include "train/folds.h"

enum { MOST_ROUNDS = 50 }; /* far beyond what is seen; what is reached then stands */

/* One batch of problems. */
typedef struct batch {
    const fold_task *task;
    fold_scratch *s;
    float *scores;
    size_t first; /* problem of lane 0 */
    size_t n_lanes;
    int only[LANES]; /* +1, -1: the one class of the training part; else 0 */
    bool open[LANES];
    size_t n_known; /* articles of the set whose coefs the task knows; of the others they are 0 */
} batch;

ttag_status fold_scratch_init(fold_scratch *s, const ttag_matrix *x)
{
    s->weights = mem_lines(x->n_columns + 1, sizeof *s->weights);
    return s->weights ? TTAG_OK : TTAG_NOMEM;
}

void fold_scratch_dispose(fold_scratch *s)
{
    mem_free(s->weights);
    for (size_t lane = 0; lane < LANES; lane++)
        smo_dispose(&s->problems[lane]);
    *s = (fold_scratch){0};
}

static smo_kernel set_kernel(const batch *b)
{
    const compact_kernel *kernel = &b->task->set->kernel;
    return (smo_kernel){kernel->values, kernel->diagonal, kernel->capacity};
}

static const uint8_t *partition_of(const batch *b, size_t lane)
{
    size_t partition = (b->first + lane) / b->task->n_folds;
    return b->task->folds + partition * b->task->source->x->n_rows;
}

static uint8_t fold_of(const batch *b, size_t lane)
{
    return (uint8_t)((b->first + lane) % b->task->n_folds);
}

/* ---- A problem. ---- */

static void set_bounds(smo *p, size_t k, const fold_task *task, size_t article, bool held_out)
{
    bool positive = task->truth[article] > 0;
    double cost = article_cost(&task->costs, task->truth[article], task->counts_as, article);
    p->highs[k] = positive && !held_out ? cost : 0;
    p->lows[k] = !positive && !held_out ? -cost : 0;
}

/* As on all articles, but for those held out. */
static ttag_status begin(batch *b, size_t lane)
{
    const fold_task *task = b->task;
    smo *p = &b->s->problems[lane];
    const smo_kernel kernel = set_kernel(b);
    const uint8_t *fold = partition_of(b, lane);
    size_t n = task->set->kernel.n;
    if (!smo_reserve(p, n))
        return TTAG_NOMEM;
    p->deadline = task->deadline;
    for (size_t k = 0; k < n; k++) {
        size_t article = task->set->kernel.articles[k];
        set_bounds(p, k, task, article, fold[article] == fold_of(b, lane));
        p->coefs[k] = k < b->n_known ? task->coefs[k] : 0;
        p->errors[k] = task->truth[article] - (task->scores[article] - task->bias);
    }
    for (size_t k = 0; k < n; k++)
        if (p->coefs[k] != 0 && p->lows[k] == p->highs[k]) {
            smo_move(p, &kernel, k, -p->coefs[k]);
            p->coefs[k] = 0;
        }
    smo_balance(p, &kernel);
    return TTAG_OK;
}

/* The only class among the articles that are not held out, or 0. */
static int only_class(const batch *b, size_t lane)
{
    const fold_task *task = b->task;
    const uint8_t *fold = partition_of(b, lane);
    bool has[2] = {false, false};
    for (size_t i = 0; i < task->source->x->n_rows && !(has[0] && has[1]); i++)
        if (task->truth[i] && fold[i] != fold_of(b, lane))
            has[task->truth[i] > 0] = true;
    return has[0] && has[1] ? 0 : has[1] ? 1 : -1;
}

/* ---- All articles. ---- */

/* w = Σ c x, b; in every lane */
SIMD_CLONES
static void sum_weights(const batch *b)
{
    const fold_scratch *s = b->s;
    const compact_kernel *set = &b->task->set->kernel;
    const ttag_matrix *x = b->task->source->x;
    memset(s->weights, 0, (x->n_columns + 1) * sizeof *s->weights);
    for (size_t k = 0; k < set->n; k++) {
        float coefs[LANES] = {0};
        bool any = false;
        for (size_t lane = 0; lane < b->n_lanes; lane++) {
            coefs[lane] = b->only[lane] ? 0 : (float)s->problems[lane].coefs[k];
            any = any || coefs[lane] != 0;
        }
        lanes step;
        memcpy(&step, coefs, sizeof step);
        if (any)
            lanes_add(s->weights, &step, x, set->articles[k]);
    }
    float biases[LANES] = {0};
    for (size_t lane = 0; lane < b->n_lanes; lane++)
        biases[lane] = (float)(b->only[lane] ? b->only[lane] : s->problems[lane].bias);
    memcpy(&s->weights[x->n_columns], biases, sizeof biases);
}

/* Scores of article i where it is held out. */
static void keep_scores(const batch *b, size_t i, const float *decided)
{
    const fold_task *task = b->task;
    size_t end = b->first + b->n_lanes;
    for (size_t partition = b->first / task->n_folds; partition * task->n_folds < end;
         partition++) {
        size_t at = partition * task->source->x->n_rows + i;
        if (task->folds[at] == FOLD_NONE)
            continue;
        size_t problem = partition * task->n_folds + task->folds[at];
        if (problem >= b->first && problem < end)
            b->scores[at] = decided[problem - b->first];
    }
}

/* Proposes article i if it violates its condition where it is not held out. */
static void propose(batch *b, size_t i, const float *decided)
{
    const fold_task *task = b->task;
    float most = 0;
    for (size_t lane = 0; lane < b->n_lanes; lane++) {
        float lack = 1 - (float)task->truth[i] * decided[lane];
        if (lack <= (float)task->tolerance || partition_of(b, lane)[i] == fold_of(b, lane))
            continue;
        b->open[lane] = true;
        most = lack > most ? lack : most;
    }
    if (most > 0)
        working_set_propose(task->set, i, most);
}

/* Largest 1 - y f of any lane, held out or not. */
static inline float largest_lack(const float *decided, float y)
{
    float largest = 0;
    for (size_t lane = 0; lane < LANES; lane++) {
        float lack = 1 - y * decided[lane];
        largest = lack > largest ? lack : largest;
    }
    return largest;
}

SIMD_CLONES
static void look_at_all(batch *b)
{
    const fold_task *task = b->task;
    const lanes *weights = b->s->weights;
    const ttag_matrix *x = task->source->x;
    for (size_t i = 0; i < x->n_rows; i++) {
        lanes f;
        float decided[LANES];
        if (!task->truth[i])
            continue;
        lanes_decide(&f, weights, &weights[x->n_columns], x, i);
        memcpy(decided, &f, sizeof f);
        keep_scores(b, i, decided);
        if (!task->set->is_member[i] &&
            largest_lack(decided, task->truth[i]) > (float)task->tolerance)
            propose(b, i, decided);
    }
}

/* ---- A batch. ---- */

/* The near articles from `first` on enter every problem with c = 0. */
SIMD_CLONES
static void enter(const batch *b, size_t first)
{
    const fold_task *task = b->task;
    const lanes *weights = b->s->weights;
    for (size_t k = first; k < task->set->kernel.n; k++) {
        size_t article = task->set->kernel.articles[k];
        lanes f;
        float decided[LANES];
        lanes_decide(&f, weights, &weights[task->source->x->n_columns], task->source->x, article);
        memcpy(decided, &f, sizeof decided);
        for (size_t lane = 0; lane < b->n_lanes; lane++) {
            smo *p = &b->s->problems[lane];
            if (b->only[lane])
                continue;
            set_bounds(p, k, task, article, partition_of(b, lane)[article] == fold_of(b, lane));
            p->coefs[k] = 0;
            p->errors[k] = task->truth[article] - ((double)decided[lane] - p->bias);
        }
    }
}

static ttag_status join(batch *b)
{
    const fold_task *task = b->task;
    size_t before = task->set->kernel.n;
    ttag_status status = working_set_join(task->set, task->source);
    for (size_t lane = 0; status == TTAG_OK && lane < b->n_lanes; lane++)
        if (!b->only[lane] && !smo_reserve(&b->s->problems[lane], task->set->kernel.n))
            status = TTAG_NOMEM;
    if (status == TTAG_OK)
        enter(b, before);
    return status;
}

/* By the weights that the last look at all articles went by. */
static void score_probes(const batch *b)
{
    const fold_task *task = b->task;
    const probe_folds folds = {task->folds, task->source->x->n_rows, task->n_folds};
    probes_score_problems(task->probe_scores, task->probes, b->s->weights, &folds, b->first,
                          b->n_lanes);
}

static ttag_status solve_batch(batch *b)
{
    ttag_status status = TTAG_OK;
    for (size_t lane = 0; status == TTAG_OK && lane < b->n_lanes; lane++) {
        b->only[lane] = only_class(b, lane);
        b->open[lane] = !b->only[lane];
        if (b->open[lane])
            status = begin(b, lane);
    }
    for (unsigned round = 0; status == TTAG_OK && round < MOST_ROUNDS; round++) {
        const smo_kernel kernel = set_kernel(b);
        for (size_t lane = 0; lane < b->n_lanes; lane++) {
            if (b->open[lane])
                smo_run(&b->s->problems[lane], &kernel, b->task->tolerance);
            b->open[lane] = false;
        }
        if (deadline_over(b->task->deadline))
            return TTAG_CANCELLED;
        sum_weights(b);
        look_at_all(b);
        if (b->task->set->n_candidates == 0)
            break;
        status = join(b);
    }
    if (status == TTAG_OK && b->task->probes)
        score_probes(b);
    return status;
}

ttag_status fold_problems_solve(float *scores, fold_scratch *scratch, const fold_task *task)
{
    size_t n_problems = (size_t)task->n_partitions * task->n_folds;
    size_t n_known = task->set->kernel.n;
    ttag_status status = TTAG_OK;
    for (size_t first = 0; status == TTAG_OK && first < n_problems; first += LANES) {
        size_t left = n_problems - first;
        batch b = {.task = task,
                   .s = scratch,
                   .scores = scores,
                   .first = first,
                   .n_lanes = left < LANES ? left : LANES,
                   .n_known = n_known};
        status = solve_batch(&b);
    }
    return status;
}
