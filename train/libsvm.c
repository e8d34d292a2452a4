/* libsvm behind one call. It checks none of its allocations; ours are checked before it starts. */
#include "train/libsvm.h"

#include <limits.h>
#include <math.h>
#include <svm.h>

#include "base/memory.h"

static void print_nothing(const char *text)
{
    (void)text;
}

void libsvm_silence(void)
{
    svm_set_print_string_function(print_nothing);
}

int libsvm_release(void)
{
    return libsvm_version;
}

/* Rows as libsvm reads a precomputed kernel: a serial number, then K(i, 1) … K(i, n). */
static void gather_row(struct svm_node *row, size_t serial, const libsvm_task *task)
{
    const float *values = compact_kernel_row(task->kernel, task->articles[serial - 1]);
    row[0].value = (double)serial;
    for (size_t j = 0; j < task->n_articles; j++)
        row[j + 1].value = (double)values[task->articles[j]];
}

static bool problem_make(struct svm_problem *problem, struct svm_node **nodes,
                         const libsvm_task *task)
{
    size_t n = task->n_articles;
    size_t count;
    problem->l = (int)n;
    problem->x = mem_new(n, sizeof *problem->x);
    problem->y = mem_new(n, sizeof *problem->y);
    if (n < INT_MAX && size_mul(&count, n, n + 1))
        *nodes = mem_new(count, sizeof **nodes);
    if (!problem->x || !problem->y || !*nodes)
        return false;
    for (size_t k = 0; k < n; k++) {
        problem->x[k] = *nodes + k * (n + 1);
        problem->y[k] = task->truth[task->articles[k]];
        gather_row(problem->x[k], k + 1, task);
    }
    return true;
}

/* Room for every row of the kernel: with less, libsvm fetches them again and again. */
static double cache_megabytes(size_t n)
{
    return (double)n * (double)n * sizeof(float) / (1 << 20) + 1;
}

/* class_labels and class_weights: of both classes; borrowed. */
static struct svm_parameter parameters(const libsvm_task *task, int *class_labels,
                                       double *class_weights)
{
    return (struct svm_parameter){
        .svm_type = C_SVC,
        .kernel_type = PRECOMPUTED,
        .cache_size = cache_megabytes(task->n_articles),
        .eps = task->tolerance,
        .C = 1,
        .nr_weight = 2,
        .weight_label = class_labels,
        .weight = class_weights,
        .shrinking = 1,
    };
}

/* Support vectors come class by class; out they go by article. */
static ttag_status solution_take(libsvm_solution *out, const struct svm_model *model,
                                 const libsvm_task *task)
{
    /* libsvm's positive class is the one it met first, unless it puts +1 first itself */
    double sign = model->label[0] > 0 ? 1 : -1;
    size_t n_support = (size_t)model->l;
    double *coefs = mem_zero(task->n_articles, sizeof *coefs); /* of all articles of the task */
    out->articles = mem_new(n_support, sizeof *out->articles);
    out->coefs = mem_new(n_support, sizeof *out->coefs);
    if (!coefs || !out->articles || !out->coefs) {
        mem_free(coefs);
        return TTAG_NOMEM;
    }
    for (size_t k = 0; k < n_support; k++)
        coefs[model->sv_indices[k] - 1] = sign * model->sv_coef[0][k];
    out->bias = -sign * model->rho[0];
    bool finite = isfinite(out->bias);
    for (size_t k = 0; k < task->n_articles; k++) {
        finite = finite && isfinite(coefs[k]);
        if (coefs[k] == 0)
            continue;
        out->articles[out->n_support] = task->articles[k];
        out->coefs[out->n_support++] = coefs[k];
    }
    mem_free(coefs);
    return finite ? TTAG_OK : TTAG_INVALID;
}

ttag_status libsvm_solve(libsvm_solution *out, const libsvm_task *task)
{
    ttag_status status = TTAG_NOMEM;
    struct svm_problem problem = {0};
    struct svm_node *nodes = NULL;
    struct svm_model *model = NULL;
    int class_labels[] = {-1, 1};
    double class_weights[] = {task->costs.negative, task->costs.positive};
    struct svm_parameter parameter = parameters(task, class_labels, class_weights);
    *out = (libsvm_solution){0};
    if (!problem_make(&problem, &nodes, task))
        goto done;
    status = TTAG_INVALID;
    if (svm_check_parameter(&problem, &parameter))
        goto done;
    model = svm_train(&problem, &parameter);
    if (model->nr_class == 2)
        status = solution_take(out, model, task);
done:
    if (model)
        svm_free_and_destroy_model(&model);
    mem_free(nodes);
    mem_free(problem.x);
    mem_free(problem.y);
    if (status != TTAG_OK)
        libsvm_solution_dispose(out);
    return status;
}

void libsvm_solution_dispose(libsvm_solution *s)
{
    mem_free(s->articles);
    mem_free(s->coefs);
    *s = (libsvm_solution){0};
}
