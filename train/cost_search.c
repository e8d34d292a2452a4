/* Trial after trial; the best so far wins among equals. */
#include "train/cost_search.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "train/thresholds.h"

static const double STEPS[] = {2, 4, 8};         /* times 1, and through it */
static const double SHARE_OF_TIME = 0.5;         /* the training to come needs the rest */
static const double POSITIVE_WEIGHTS[] = {2, 4}; /* beside 1 */
enum { N_STEPS = sizeof STEPS / sizeof *STEPS, PATIENCE = 2 /* trials that are no better */ };

/* So much more F1 is no chance: the standard error of a share of P articles, at its largest. */
static double notable_f1(size_t positive)
{
    return 0.5 / sqrt((double)positive);
}

typedef struct search {
    cost_search *out;
    const solve_task *task;
    const ttag_train_opts *opts;
    class_costs *trial;   /* n_tags */
    class_costs *best;    /* n_tags */
    double *best_f1;      /* n_tags */
    threshold *cuts;      /* n_tags, of the trial */
    near_set *near;       /* n_tags: where the next trial begins */
    uint32_t *partitions; /* n_tags: 1, or 0 for a constant tag */
    signed char *truth;   /* n_articles for each worker */
    float **scores;       /* of the trial */
    double reached;       /* by the best trial, as a whole */
    double weight;        /* positive weight while costs are tried */
} search;

bool cost_search_wanted(const ttag_train_opts *opts)
{
    return opts->cost_choice != TTAG_COST_GIVEN || opts->positive_weight == 0;
}

/* ---- One trial. ---- */

static ttag_status judge_tag(void *context, size_t tag, unsigned worker)
{
    const search *s = context;
    size_t n = s->task->labels->n_articles;
    signed char *truth = s->truth + worker * n;
    if (s->task->constant[tag])
        return TTAG_OK;
    labels_scored_truth(s->task->labels, tag, truth);
    return threshold_fit(&s->cuts[tag], s->scores[tag], 1, truth, n);
}

/* Micro- and macro-F1 of the cuts. */
static void sum_up(const search *s, cost_trial *out)
{
    f1_sums sums = {0};
    for (size_t t = 0; t < s->task->labels->n_tags; t++)
        if (!s->task->constant[t])
            f1_sums_add(&sums, &s->cuts[t]);
    out->micro_f1 = f1_sums_micro(&sums);
    out->macro_f1 = f1_sums_macro(&sums);
}

/* Where alphas were at their bound they will be again. */
static void scale_near(search *s, size_t tag, const class_costs *from, const class_costs *to)
{
    near_set *near = &s->near[tag];
    for (size_t k = 0; k < near->n; k++) {
        double ratio =
            near->coefs[k] > 0 ? to->positive / from->positive : to->negative / from->negative;
        near->coefs[k] = (float)((double)near->coefs[k] * ratio);
    }
}

static void tell_trial(const search *s, const cost_trial *trial)
{
    tell(s->task->monitor, TTAG_NOTE, NULL,
         "cost %g, positive weight %g: out-of-fold micro-F1 %.4f, macro-F1 %.4f", trial->cost,
         trial->positive_weight, trial->micro_f1, trial->macro_f1);
}

/* Solves the folds at these costs: s->cuts, and one more row of the table. */
static ttag_status try_costs(search *s, double cost, double positive_weight, ttag_error *err)
{
    const labels *l = s->task->labels;
    tag_solutions found = {0};
    cost_trial *trial = &s->out->trials[s->out->n_trials];
    solve_task task = *s->task;
    for (size_t t = 0; t < l->n_tags; t++) {
        double own = cost > 0 ? cost : s->best[t].negative;
        class_costs next = {own, own * positive_weight};
        scale_near(s, t, &s->trial[t], &next);
        s->trial[t] = next;
    }
    task.costs = s->trial;
    task.partitions = s->partitions;
    task.near = s->near;
    task.search = true;
    ttag_status status = tag_solutions_find(&found, &task, s->opts, err);
    s->scores = found.solved.scores;
    if (status == TTAG_OK) {
        status = parallel_for(s->task->threads, l->n_tags, judge_tag, s, task.monitor, NULL);
        if (status != TTAG_OK)
            status = status == TTAG_NOMEM ? fail_memory(err) : fail(err, status, "stopped");
    }
    tag_solutions_dispose(&found);
    s->scores = NULL;
    if (status != TTAG_OK)
        return status;
    *trial = (cost_trial){.cost = cost, .positive_weight = positive_weight};
    sum_up(s, trial);
    tell_trial(s, trial);
    s->out->n_trials++;
    return TTAG_OK;
}

/* ---- Which is best. ---- */

static void take_tag(search *s, size_t tag)
{
    s->best[tag] = s->trial[tag];
    s->best_f1[tag] = s->cuts[tag].f1;
}

/* Keeps what the last trial found better; whether anything was. */
static bool keep_better(search *s, bool per_tag)
{
    const labels *l = s->task->labels;
    const cost_trial *trial = &s->out->trials[s->out->n_trials - 1];
    double reached = (trial->micro_f1 + trial->macro_f1) / 2;
    bool better = reached > s->reached;
    for (size_t t = 0; t < l->n_tags; t++) {
        double notable = s->best_f1[t] < 0 ? 0 : notable_f1(l->scored[t]);
        if (!s->task->constant[t] && (per_tag ? s->cuts[t].f1 > s->best_f1[t] + notable : better))
            take_tag(s, t);
    }
    s->reached = better ? reached : s->reached;
    return better;
}

/* Away from 1 until two trials in a row are no better. */
static ttag_status walk(search *s, bool up, ttag_error *err)
{
    bool per_tag = s->opts->cost_choice == TTAG_COST_PER_TAG;
    unsigned worse = 0;
    for (size_t k = 0; k < N_STEPS && worse < PATIENCE; k++) {
        ttag_status status = try_costs(s, up ? STEPS[k] : 1 / STEPS[k], s->weight, err);
        if (status != TTAG_OK)
            return status;
        worse = keep_better(s, per_tag) ? 0 : worse + 1;
    }
    return TTAG_OK;
}

static ttag_status search_costs(search *s, ttag_error *err)
{
    bool given = s->opts->cost_choice == TTAG_COST_GIVEN;
    ttag_status status = try_costs(s, given ? s->opts->cost : 1, s->weight, err);
    if (status == TTAG_OK)
        keep_better(s, true); /* from below 0: every tag takes it */
    if (status == TTAG_OK && !given)
        status = walk(s, true, err);
    if (status == TTAG_OK && !given)
        status = walk(s, false, err);
    return status;
}

static ttag_status search_weights(search *s, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    bool per_tag = s->opts->cost_choice == TTAG_COST_PER_TAG;
    double cost = per_tag ? 0 : s->best[0].negative; /* 0: each tag its own */
    for (size_t t = 0; !per_tag && t < s->task->labels->n_tags; t++)
        if (!s->task->constant[t])
            cost = s->best[t].negative;
    for (size_t k = 0; k < sizeof POSITIVE_WEIGHTS / sizeof *POSITIVE_WEIGHTS; k++) {
        status = try_costs(s, cost, POSITIVE_WEIGHTS[k], err);
        if (status != TTAG_OK)
            break;
        keep_better(s, true);
    }
    return status;
}

/* ---- The search. ---- */

static bool reserve(search *s)
{
    size_t n_tags = s->task->labels->n_tags;
    size_t n_truth;
    s->trial = mem_new(n_tags, sizeof *s->trial);
    s->best = mem_new(n_tags, sizeof *s->best);
    s->best_f1 = mem_new(n_tags, sizeof *s->best_f1);
    s->cuts = mem_zero(n_tags, sizeof *s->cuts);
    s->near = mem_zero(n_tags, sizeof *s->near);
    s->partitions = mem_new(n_tags, sizeof *s->partitions);
    if (size_mul(&n_truth, s->task->labels->n_articles, s->task->threads))
        s->truth = mem_new(n_truth, sizeof *s->truth);
    if (!s->trial || !s->best || !s->best_f1 || !s->cuts || !s->near || !s->partitions || !s->truth)
        return false;
    for (size_t t = 0; t < n_tags; t++) {
        s->trial[t] = s->best[t] = (class_costs){1, 1};
        s->best_f1[t] = -1;
        s->partitions[t] = s->task->constant[t] ? 0 : 1;
    }
    return true;
}

static void search_dispose(search *s)
{
    for (size_t t = 0; s->near && t < s->task->labels->n_tags; t++)
        near_set_dispose(&s->near[t]);
    mem_free(s->trial);
    mem_free(s->best);
    mem_free(s->best_f1);
    mem_free(s->cuts);
    mem_free(s->near);
    mem_free(s->partitions);
    mem_free(s->truth);
}

static ttag_status search_all(search *s, ttag_error *err)
{
    ttag_status status = search_costs(s, err);
    if (status == TTAG_OK && s->opts->positive_weight == 0)
        status = search_weights(s, err);
    return status;
}

/* With what there is. */
static void end_early(const search *s)
{
    s->out->cut_short = true;
    search_tell_cut_short(s->task->monitor, "costs", s->out->n_trials, "they stay as they were");
}

ttag_status cost_search_run(cost_search *out, class_costs *costs, const solve_task *task,
                            const ttag_train_opts *opts, ttag_error *err)
{
    solve_task timed = *task;
    deadline part;
    ttag_monitor monitor;
    search s = {.out = out, .task = &timed, .opts = opts, .reached = -1, .weight = 1};
    if (opts->positive_weight > 0)
        s.weight = opts->positive_weight;
    if (task->deadline) {
        deadline_start_part(&part, task->deadline, SHARE_OF_TIME);
        monitor = deadline_monitor(&part);
        timed.deadline = &part;
        timed.monitor = &monitor;
    }
    *out = (cost_search){.n_trials = 0};
    ttag_status status = reserve(&s) ? search_all(&s, err) : fail_memory(err);
    if (status == TTAG_CANCELLED && deadline_after_search(task->deadline, out->n_trials)) {
        end_early(&s);
        status = TTAG_OK;
    }
    for (size_t t = 0; status == TTAG_OK && out->n_trials > 0 && t < task->labels->n_tags; t++)
        if (!task->constant[t])
            costs[t] = s.best[t];
    search_dispose(&s);
    return status;
}
