/* Active sets: where to begin, who joins, when to stop. */
#include "train/active_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/simd.h"

enum {
    FOREIGN = 0, /* not of the task */
    IDLE = 1,    /* of the task, outside the set */
    ACTIVE = 2
};

enum {
    LEAST_GROWTH = 256, /* articles that may join in a round, however small the set */
    LEAVING_ROUNDS = 3  /* rounds after which articles far from the margin leave the set; later the
                           set only grows, so that an end is sure */
};

/* An article without weight whose y f(x) is over 1 by that much leaves the set. */
static const double FAR_FROM_MARGIN = 0.05;

ttag_status active_scratch_init(active_scratch *s, size_t n_articles)
{
    s->active = mem_new(n_articles, sizeof *s->active);
    s->place = mem_new(n_articles, sizeof *s->place);
    s->scores = mem_new(n_articles, sizeof *s->scores);
    s->order = mem_new(n_articles, sizeof *s->order);
    return s->active && s->place && s->scores && s->order ? TTAG_OK : TTAG_NOMEM;
}

void active_scratch_dispose(active_scratch *s)
{
    mem_free(s->active);
    mem_free(s->place);
    mem_free(s->scores);
    mem_free(s->order);
    *s = (active_scratch){0};
}

/* ---- Where to begin. ---- */

/* libsvm needs both classes: the first article of one that the start lacks joins it. */
static void complete_classes(active_scratch *s, const libsvm_task *task)
{
    bool has[2] = {false, false};
    for (size_t k = 0; k < task->n_articles; k++)
        if (s->place[task->articles[k]] == ACTIVE)
            has[task->truth[task->articles[k]] > 0] = true;
    for (size_t k = 0; k < task->n_articles; k++) {
        bool class = task->truth[task->articles[k]] > 0;
        if (!has[class])
            s->place[task->articles[k]] = ACTIVE;
        has[class] = true;
    }
}

static void begin(active_scratch *s, const libsvm_task *task, const uint32_t *start, size_t n_start)
{
    memset(s->place, FOREIGN, task->kernel->n * sizeof *s->place);
    for (size_t k = 0; k < task->n_articles; k++)
        s->place[task->articles[k]] = IDLE;
    for (size_t k = 0; k < n_start; k++)
        if (s->place[start[k]] == IDLE)
            s->place[start[k]] = ACTIVE;
    complete_classes(s, task);
}

/* ---- Rounds. ---- */

static void list_active(active_scratch *s, const libsvm_task *task)
{
    s->n_active = 0;
    for (size_t k = 0; k < task->n_articles; k++)
        if (s->place[task->articles[k]] == ACTIVE)
            s->active[s->n_active++] = task->articles[k];
}

/* f(x) = Σ coef K(x, sv) + b, of every article of the kernel */
SIMD_CLONES
static void decide_all(double *scores, const kernel_matrix *kernel, const libsvm_solution *s)
{
    for (size_t j = 0; j < kernel->n; j++)
        scores[j] = s->bias;
    for (size_t k = 0; k < s->n_support; k++) {
        const float *row = kernel_row(kernel, s->articles[k]);
        double coef = s->coefs[k];
        for (size_t j = 0; j < kernel->n; j++)
            scores[j] += coef * (double)row[j];
    }
}

static void let_go(active_scratch *s, const libsvm_task *task)
{
    for (size_t k = 0; k < s->n_active; k++) {
        uint32_t i = s->active[k];
        if (task->truth[i] * s->scores[i] > 1 + FAR_FROM_MARGIN)
            s->place[i] = IDLE;
    }
    complete_classes(s, task);
}

/* An article and what it is ranked by. */
typedef struct ranked_article {
    double key;
    uint32_t article;
} ranked_article;

static int by_falling_key(const void *a, const void *b)
{
    const ranked_article *x = a;
    const ranked_article *y = b;
    if (x->key != y->key)
        return x->key < y->key ? 1 : -1;
    return (x->article > y->article) - (x->article < y->article);
}

/* Activates the first `wanted` of the list, by falling key. */
static void activate_best(active_scratch *s, ranked_article *list, size_t count, size_t wanted)
{
    if (wanted < count)
        qsort(list, count, sizeof *list, by_falling_key);
    for (size_t k = 0; k < count && k < wanted; k++)
        s->place[list[k].article] = ACTIVE;
}

/* Lets the worst violators join, so many at most that the set grows by half; *violation is the
   largest. */
static ttag_status join_violators(active_scratch *s, const libsvm_task *task, double *violation)
{
    size_t most = s->n_active / 2 > LEAST_GROWTH ? s->n_active / 2 : LEAST_GROWTH;
    size_t count = 0;
    ranked_article *list = NULL;
    *violation = 0;
    for (size_t k = 0; k < task->n_articles; k++) {
        uint32_t i = task->articles[k];
        double lack = 1 - task->truth[i] * s->scores[i];
        if (s->place[i] != IDLE || lack <= 0)
            continue;
        *violation = lack > *violation ? lack : *violation;
        s->order[count++] = i;
    }
    if (*violation <= task->tolerance)
        return TTAG_OK;
    list = mem_new(count, sizeof *list);
    if (!list)
        return TTAG_NOMEM;
    for (size_t k = 0; k < count; k++)
        list[k] =
            (ranked_article){1 - task->truth[s->order[k]] * s->scores[s->order[k]], s->order[k]};
    activate_best(s, list, count, most);
    mem_free(list);
    return TTAG_OK;
}

ttag_status active_solve(libsvm_solution *out, active_report *report, active_scratch *scratch,
                         const libsvm_task *task, const uint32_t *start, size_t n_start)
{
    ttag_status status = TTAG_OK;
    *out = (libsvm_solution){0};
    *report = (active_report){0};
    begin(scratch, task, start, n_start);
    while (status == TTAG_OK) {
        libsvm_task part = *task;
        list_active(scratch, task);
        part.articles = scratch->active;
        part.n_articles = scratch->n_active;
        libsvm_solution_dispose(out);
        status = libsvm_solve(out, &part);
        if (status != TTAG_OK)
            break;
        report->rounds++;
        report->active = (uint32_t)scratch->n_active;
        decide_all(scratch->scores, task->kernel, out);
        status = join_violators(scratch, task, &report->violation);
        if (report->violation <= task->tolerance)
            break;
        if (report->rounds <= LEAVING_ROUNDS)
            let_go(scratch, task);
    }
    if (status != TTAG_OK)
        libsvm_solution_dispose(out);
    return status;
}
