/* Every gamma of a small grid is tried as the training itself would: values, folds, cuts. */
#include "train/gamma.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "train/thresholds.h"

static const double GRID[GAMMA_TRIALS] = {0.125, 0.25, 0.5, 1, 2};
static const double SHARE_OF_TIME = 0.5; /* the training to come needs the rest */

typedef struct search {
    solve_task task; /* with one partition for each tag, whatever the support asks for */
    const ttag_train_opts *opts;
    uint32_t *partitions; /* n_tags */
    signed char *truth;   /* n_articles */
} search;

bool gamma_search_wanted(const ttag_train_opts *opts)
{
    return opts->kernel == TTAG_KERNEL_RBF && opts->gamma == 0;
}

static ttag_status make_matrix(rbf_matrix *kernel, const solve_task *task, double gamma,
                               const ttag_train_opts *opts, ttag_error *err)
{
    return rbf_matrix_make(kernel, task->x, gamma, opts->memory, task->threads, task->monitor, err);
}

/* ---- One gamma. ---- */

/* The counts of a tag as the training will cut it. */
static ttag_status cut_tag(threshold *out, const search *s, const float *scores)
{
    size_t n = s->task.labels->n_articles;
    if (s->opts->thresholds != TTAG_THRESHOLDS_NONE)
        return threshold_fit(out, scores, 1, s->truth, n);
    *out = (threshold){.cut = 0};
    threshold_judge(out, scores, 1, s->truth, n);
    return TTAG_OK;
}

static ttag_status judge(gamma_trial *trial, const search *s, float **scores)
{
    f1_sums sums = {0};
    for (size_t tag = 0; tag < s->task.labels->n_tags; tag++) {
        threshold cut;
        if (s->task.constant[tag])
            continue;
        labels_scored_truth(s->task.labels, tag, s->truth);
        if (cut_tag(&cut, s, scores[tag]) != TTAG_OK)
            return TTAG_NOMEM;
        f1_sums_add(&sums, &cut);
    }
    trial->micro_f1 = f1_sums_micro(&sums);
    trial->macro_f1 = f1_sums_macro(&sums);
    return TTAG_OK;
}

static ttag_status try_gamma(gamma_trial *trial, const search *s, ttag_error *err)
{
    rbf_matrix kernel = {0};
    solve_result solved = {0};
    solve_task task = s->task;
    ttag_status status = make_matrix(&kernel, &task, trial->gamma, s->opts, err);
    task.rbf = &kernel;
    if (status == TTAG_OK)
        status = solve_all(&solved, &task, err);
    rbf_matrix_dispose(&kernel);
    if (status == TTAG_OK && judge(trial, s, solved.scores) != TTAG_OK)
        status = fail_memory(err);
    solve_result_dispose(&solved);
    if (status == TTAG_OK)
        tell(task.monitor, TTAG_NOTE, NULL, "gamma %g: out-of-fold micro-F1 %.4f, macro-F1 %.4f",
             trial->gamma, trial->micro_f1, trial->macro_f1);
    return status;
}

/* ---- The search. ---- */

/* The power of two next to 1 / mean |x|². */
static double natural_gamma(const ttag_matrix *x)
{
    double squares = 0;
    for (size_t e = 0; e < x->starts[x->n_rows]; e++)
        squares += (double)x->values[e] * (double)x->values[e];
    return squares > 0 ? exp2(round(log2((double)x->n_rows / squares))) : 1;
}

static bool reserve(search *s)
{
    const labels *l = s->task.labels;
    s->partitions = mem_new(l->n_tags, sizeof *s->partitions);
    s->truth = mem_new(l->n_articles, sizeof *s->truth);
    for (size_t tag = 0; s->partitions && tag < l->n_tags; tag++)
        s->partitions[tag] = 1;
    s->task.partitions = s->partitions;
    s->task.search = true;
    s->task.memory = s->opts->memory;
    return s->partitions && s->truth;
}

/* *gamma: on entry s of the head. */
static ttag_status try_all(gamma_search *out, double *gamma, const search *s, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    double scale = *gamma, best = -1;
    for (size_t k = 0; k < GAMMA_TRIALS; k++) {
        gamma_trial *trial = &out->trials[k];
        trial->gamma = GRID[k] * scale;
        status = try_gamma(trial, s, err);
        if (status != TTAG_OK)
            break;
        out->n_trials++;
        double reached = (trial->micro_f1 + trial->macro_f1) / 2;
        if (reached > best) {
            best = reached;
            *gamma = trial->gamma;
        }
    }
    return status;
}

/* With its share of the time. */
static ttag_status search_all(gamma_search *out, double *gamma, search *s, ttag_error *err)
{
    deadline part, *whole = s->task.deadline;
    ttag_monitor monitor;
    if (whole) {
        deadline_start_part(&part, whole, SHARE_OF_TIME);
        monitor = deadline_monitor(&part);
        s->task.deadline = &part;
        s->task.monitor = &monitor;
    }
    ttag_status status = reserve(s) ? try_all(out, gamma, s, err) : fail_memory(err);
    mem_free(s->partitions);
    mem_free(s->truth);
    if (status != TTAG_CANCELLED || !deadline_after_search(whole, out->n_trials))
        return status;
    out->cut_short = true;
    search_tell_cut_short(whole->monitor, "gamma", out->n_trials,
                          "it follows from the lengths of the vectors");
    return TTAG_OK;
}

ttag_status gamma_search_run(gamma_search *out, rbf_matrix *kernel, const solve_task *task,
                             const ttag_train_opts *opts, ttag_error *err)
{
    search s = {.task = *task, .opts = opts};
    solve_task last = *task;
    ttag_monitor monitor = deadline_screening_monitor(task->deadline);
    double gamma = opts->gamma;
    ttag_status status = TTAG_OK;
    *out = (gamma_search){.n_trials = 0};
    if (task->deadline)
        last.monitor = &monitor;
    if (gamma_search_wanted(opts)) {
        gamma = natural_gamma(task->x);
        if (task->n_folds)
            status = search_all(out, &gamma, &s, err);
        if (status == TTAG_OK)
            tell(task->monitor, TTAG_NOTE, NULL, "gamma is %g", gamma);
    }
    return status == TTAG_OK ? make_matrix(kernel, &last, gamma, opts, err) : status;
}
