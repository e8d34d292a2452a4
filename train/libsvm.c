/* libsvm behind one call. It checks none of its allocations; ours are checked before it starts. */
#include "train/libsvm.h"

#include <math.h>
#include <svm.h>

#include "base/memory.h"

_Static_assert(sizeof(kernel_node) == sizeof(struct svm_node) &&
                   offsetof(kernel_node, value) == offsetof(struct svm_node, value),
               "kernel_node is libsvm's svm_node");

enum { CACHE_MEGABYTES = 64 }; /* of kernel rows, for each solver at work */

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

/* Points libsvm at the rows; K(i, j) is found by j's serial number, so nothing is copied. */
static bool problem_make(struct svm_problem *problem, const libsvm_task *task)
{
    problem->l = (int)task->n_articles;
    problem->x = mem_new(task->n_articles, sizeof *problem->x);
    problem->y = mem_new(task->n_articles, sizeof *problem->y);
    if (!problem->x || !problem->y)
        return false;
    for (size_t k = 0; k < task->n_articles; k++) {
        problem->x[k] = (struct svm_node *)(void *)kernel_row(task->kernel, task->articles[k]);
        problem->y[k] = task->truth[task->articles[k]];
    }
    return true;
}

static struct svm_parameter parameters(const libsvm_task *task)
{
    return (struct svm_parameter){
        .svm_type = C_SVC,
        .kernel_type = PRECOMPUTED,
        .cache_size = CACHE_MEGABYTES,
        .eps = task->tolerance,
        .C = task->cost,
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
    struct svm_model *model = NULL;
    struct svm_parameter parameter = parameters(task);
    *out = (libsvm_solution){0};
    if (!problem_make(&problem, task))
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

/* f(x) = Σ coef * K(x, sv) + b */
double libsvm_decide(const libsvm_solution *s, const kernel_matrix *kernel, size_t article)
{
    const kernel_node *row = kernel_row(kernel, article) + 1;
    double sum = 0;
    for (size_t k = 0; k < s->n_support; k++)
        sum += s->coefs[k] * row[s->articles[k]].value;
    return sum + s->bias;
}
