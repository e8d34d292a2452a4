/* Training from end to end: read, compare, solve, cut, and put the parts together. */
#include "ttag/train.h"

#include <math.h>

#include "articles/reader.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "train/calibration_choice.h"
#include "train/card.h"
#include "train/collect.h"
#include "train/combining.h"
#include "train/cost_search.h"
#include "train/expected_cut.h"
#include "train/folds.h"
#include "train/gamma.h"
#include "train/never_given.h"
#include "train/out_of_fold.h"
#include "train/solvers.h"
#include "train/tag_table.h"
#include "train/thresholds.h"
#include "train/trial.h"
#include "train/tune.h"
#include "train/unfinished.h"
#include "train/weights.h"

enum {
    MOST_PARTITIONS = 3, /* that the support of tags asks for */
    NOISY_SUPPORT = 600, /* below it one partition does not settle a cut */
    MOST_ASKED = 100,    /* partitions that a caller may ask for */
};

/* A budget that leaves time for nothing. */
static const double LEAST_SECONDS = 1e-3;

struct ttag_trained {
    corpus corpus;
    arena memory; /* of the tag table and of what follows */
    ttag_boilerplate boilerplate;
    float *weights;
    support_set support;
    buffer card;
    ttag_model_parts parts;
};

/* What one training works with, and lets go of at its end. */
typedef struct training {
    const ttag_train_opts *opts;
    const labels *labels;
    const ttag_matrix *x;
    unsigned threads;
    ttag_model_tag *tags;  /* in the arena of what is trained */
    bool *constant;        /* n_tags: every known article is positive */
    size_t *unknown;       /* n_tags: articles, extra ones aside */
    class_costs *costs;    /* n_tags */
    uint32_t *partitions;  /* n_tags */
    uint32_t n_partitions; /* most of any tag */
    uint32_t n_folds;      /* 0: no thresholds */
    uint32_t n_search_folds;
    gamma_search gammas;
    cost_search search;
    rbf_matrix rbf;
    uint8_t *folds; /* n_partitions x n_articles */
    tag_solutions found;
    threshold *cuts;          /* n_tags; of those with folds */
    fitted_calibration *maps; /* likewise */
    signed char *truth;       /* n_articles for each worker */
    const whole_list *wholes; /* that passages belong to; NULL: the unit is the article */
    probe_set probes;
    signed char *whole_truth; /* n_tags x wholes->count */
    uint8_t *whole_folds;     /* n_partitions x wholes->count */
    combining combining;
    bool *finished;    /* n_tags */
    out_of_fold *kept; /* NULL: not asked for */
    deadline deadline;
    ttag_monitor monitor;   /* the caller's, and the deadline */
    const tune_table *tune; /* NULL: none */
} training;

/* ---- Options. ---- */

const char *ttag_train_opts_check(const ttag_train_opts *opts)
{
    const char *wrong = ttag_text_opts_check(&opts->text);
    if (wrong)
        return wrong;
    if (!(opts->cost > 0 && isfinite(opts->cost)))
        return "the cost is out of range; expected a number over 0";
    if (!(opts->positive_weight >= 0 && isfinite(opts->positive_weight)))
        return "the positive weight is out of range; expected a number over 0, or 0 (search)";
    if ((unsigned)opts->cost_choice > TTAG_COST_PER_TAG)
        return "the choice of cost is unknown; expected given, per model or per tag";
    if (!(opts->tolerance > 0 && isfinite(opts->tolerance)))
        return "the tolerance is out of range; expected a number over 0";
    if (!(opts->gap > 0 && isfinite(opts->gap)))
        return "the gap is out of range; expected a number over 0";
    if ((unsigned)opts->solver > TTAG_SOLVER_LINEAR)
        return "the solver is unknown; expected auto, libsvm or linear";
    if ((unsigned)opts->kernel > TTAG_KERNEL_RBF)
        return "the kernel is unknown; expected linear or rbf";
    if (opts->kernel != TTAG_KERNEL_LINEAR && opts->solver == TTAG_SOLVER_LINEAR)
        return "the linear solver knows the linear kernel only; expected solver auto or libsvm "
               "with "
               "the RBF kernel";
    if ((unsigned)opts->term_scaling > TTAG_SCALING_RATIO)
        return "the scaling of terms is unknown; expected auto, none or ratio";
    if (opts->kernel != TTAG_KERNEL_LINEAR && opts->term_scaling == TTAG_SCALING_RATIO)
        return "terms are scaled for each tag by itself, but the RBF kernel's values are shared by "
               "all tags; expected no term scaling with the RBF kernel";
    if (!(opts->gamma >= 0 && isfinite(opts->gamma)))
        return "gamma is out of range; expected a number over 0, or 0 for a search";
    if ((unsigned)opts->loss > TTAG_LOSS_SQUARED_HINGE)
        return "the loss is unknown; expected hinge or squared hinge";
    if (opts->loss != TTAG_LOSS_HINGE &&
        (opts->solver == TTAG_SOLVER_LIBSVM || opts->kernel != TTAG_KERNEL_LINEAR))
        return "libsvm and the RBF kernel know the hinge loss only; expected solver auto or linear "
               "with the squared hinge";
    if ((unsigned)opts->thresholds > TTAG_THRESHOLDS_RECALL)
        return "the threshold rule is unknown; expected none, f1, precision or recall";
    if (opts->thresholds >= TTAG_THRESHOLDS_PRECISION && !(opts->bound > 0 && opts->bound <= 1))
        return "the bound of precision or recall is out of range; expected a number over 0, at "
               "most 1";
    if ((unsigned)opts->calibration > TTAG_CALIBRATION_ISOTONIC)
        return "the calibration is unknown; expected auto, platt or isotonic";
    if (opts->folds < 2 || opts->folds > FOLDS_MAX)
        return "the number of folds is out of range; expected 2 to 100";
    if (opts->partitions > MOST_ASKED)
        return "the number of partitions is out of range; expected 0 (as needed) to 100";
    if (opts->min_docs < 1)
        return "min-docs is 0; expected 1 or more articles";
    for (size_t i = 0; i < opts->n_extra; i++)
        if (!(opts->extra[i].weight > 0 && opts->extra[i].weight <= TTAG_WEIGHT_MOST))
            return "the weight of an extra feed is out of range; expected a number over 0, 1e6 at "
                   "most";
    if ((unsigned)opts->unit > TTAG_UNIT_PARAGRAPH)
        return "the unit is unknown; expected article, sentence or paragraph";
    if (opts->unit != TTAG_UNIT_ARTICLE && opts->kernel != TTAG_KERNEL_LINEAR)
        return "passages want the linear kernel; expected unit article with the RBF kernel";
    if (opts->unit != TTAG_UNIT_ARTICLE && opts->term_scaling == TTAG_SCALING_RATIO)
        return "passages do without term scaling; expected unit article with it";
    if ((unsigned)opts->tune > TTAG_TUNE_FULL)
        return "the kind of tuning is unknown; expected none, quick or full";
    if (opts->tune != TTAG_TUNE_NONE && opts->kernel != TTAG_KERNEL_LINEAR)
        return "settings are compared with the linear kernel only; expected no tuning with the RBF "
               "kernel";
    if (!(opts->budget >= 0 && isfinite(opts->budget)))
        return "the budget is out of range; expected seconds over 0, or 0 (no bound)";
    return NULL;
}

/* How many partitions into folds a tag's cut rests on: more where few positive articles make it
   noisy. */
static uint32_t partitions_for(const ttag_train_opts *opts, size_t support)
{
    if (opts->partitions)
        return opts->partitions;
    return support < NOISY_SUPPORT ? MOST_PARTITIONS : 1;
}

/* ---- Folds. ---- */

static ttag_status reserve(training *t, ttag_error *err)
{
    size_t n_tags = t->labels->n_tags;
    size_t n_truth;
    t->constant = mem_zero(n_tags, sizeof *t->constant);
    t->unknown = mem_zero(n_tags, sizeof *t->unknown);
    t->partitions = mem_zero(n_tags, sizeof *t->partitions);
    t->costs = mem_zero(n_tags, sizeof *t->costs);
    t->cuts = mem_zero(n_tags, sizeof *t->cuts);
    t->maps = mem_zero(n_tags, sizeof *t->maps);
    t->finished = mem_zero(n_tags, sizeof *t->finished);
    if (size_mul(&n_truth, t->labels->n_articles, t->threads))
        t->truth = mem_new(n_truth, sizeof *t->truth);
    bool ok = t->constant && t->unknown && t->costs && t->partitions && t->cuts && t->maps &&
              t->truth && t->finished;
    if (ok && t->kept)
        ok = out_of_fold_reserve(t->kept, t->labels->n_articles, n_tags) == TTAG_OK;
    if (ok)
        return TTAG_OK;
    fail_memory(err);
    return TTAG_NOMEM;
}

static class_costs given_costs(const ttag_train_opts *opts)
{
    double weight = opts->positive_weight > 0 ? opts->positive_weight : 1;
    return (class_costs){opts->cost, opts->cost * weight};
}

static void look_at_tags(training *t)
{
    for (size_t tag = 0; tag < t->labels->n_tags; tag++) {
        size_t negative = 0;
        labels_truth(t->labels, tag, t->truth);
        for (size_t i = 0; i < t->labels->n_articles; i++) {
            negative += t->truth[i] < 0;
            t->unknown[tag] += t->truth[i] == 0 && i < t->labels->n_scored;
        }
        t->constant[tag] = negative == 0;
        t->costs[tag] = given_costs(t->opts);
        if (t->constant[tag])
            tell(t->opts->monitor, TTAG_WARNING, NULL,
                 "every known article carries the tag \"%.*s\": it will always be given",
                 (int)t->labels->names[tag].size, t->labels->names[tag].bytes);
        else if (t->labels->scored[tag] == 0)
            tell(t->opts->monitor, TTAG_WARNING, NULL,
                 "only extra articles carry the tag \"%.*s\": it is cut at score 0",
                 (int)t->labels->names[tag].size, t->labels->names[tag].bytes);
    }
}

static void choose_folds(training *t)
{
    uint32_t asked = t->opts->folds;
    uint32_t possible = folds_possible(t->labels, asked);
    bool cost = cost_search_wanted(t->opts);
    bool search = cost || gamma_search_wanted(t->opts);
    bool thresholds = t->opts->thresholds != TTAG_THRESHOLDS_NONE;
    if (!thresholds && !search)
        return;
    if (possible < 2) {
        tell(t->opts->monitor, TTAG_WARNING, NULL,
             "all articles belong to one group: without folds there are no thresholds%s",
             cost     ? ", and no cost can be searched for"
             : search ? ", and no gamma can be searched for"
                      : "");
        return;
    }
    if (possible < asked)
        tell(t->opts->monitor, TTAG_WARNING, NULL,
             "%u folds asked for, but there are only %u groups of articles: %u folds",
             (unsigned)asked, (unsigned)possible, (unsigned)possible);
    t->n_search_folds = search ? possible : 0;
    t->n_partitions = search ? 1 : 0;
    t->n_folds = thresholds ? possible : 0;
    for (size_t tag = 0; thresholds && tag < t->labels->n_tags; tag++) {
        if (t->constant[tag] || t->labels->scored[tag] == 0)
            continue;
        t->partitions[tag] = partitions_for(t->opts, t->labels->scored[tag]);
        if (t->partitions[tag] > t->n_partitions)
            t->n_partitions = t->partitions[tag];
    }
}

static ttag_status assign_folds(training *t, ttag_error *err)
{
    size_t count;
    size_t n = t->labels->n_articles;
    if (size_mul(&count, n, t->n_partitions))
        t->folds = mem_new(count, sizeof *t->folds);
    ttag_status status = t->folds ? TTAG_OK : TTAG_NOMEM;
    uint32_t n_folds = t->n_folds ? t->n_folds : t->n_search_folds;
    for (uint32_t p = 0; status == TTAG_OK && p < t->n_partitions; p++)
        status = folds_assign(t->folds + p * n, t->labels, n_folds, t->opts->seed * MOST_ASKED + p);
    return status == TTAG_OK ? TTAG_OK : fail_memory(err);
}

/* ---- Solutions, weights, cuts. ---- */

static bool any_to_solve(const training *t)
{
    for (size_t tag = 0; tag < t->labels->n_tags; tag++)
        if (!t->constant[tag])
            return true;
    return false;
}

static ttag_status solve(training *t, ttag_error *err)
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
    return status == TTAG_OK ? tag_solutions_find(&t->found, &task, t->opts, err) : status;
}

static void describe_constant(ttag_model_tag *tag)
{
    tag->constant = true;
    tag->bias = 1;
    tag->cut = 0;
    tag->threshold = 0;
}

/* ---- Articles from passages. ---- */

/* Each article's truth from that of its passages. */
static ttag_status find_whole_truth(training *t, ttag_error *err)
{
    size_t count, n = t->wholes->count;
    if (size_mul(&count, n, t->labels->n_tags))
        t->whole_truth = mem_new(count, sizeof *t->whole_truth);
    if (!t->whole_truth)
        return fail_memory(err);
    for (size_t tag = 0; tag < t->labels->n_tags; tag++) {
        uint32_t support = 0;
        labels_truth(t->labels, tag, t->truth);
        whole_list_truth(t->wholes, t->truth, t->whole_truth + tag * n);
        for (size_t i = 0; i < n; i++)
            support += t->whole_truth[tag * n + i] > 0;
        t->tags[tag].support = support;
    }
    return TTAG_OK;
}

static void tell_combining(const training *t)
{
    static const char *const KINDS[] = {"each tag's own", "one for all tags", "between the two"};
    const combining_trial *best = &t->combining.best;
    const ttag_passage_rule *rule = &t->probes.rules[best->rule].rule;
    tell(t->opts->monitor, TTAG_NOTE, NULL,
         "windows %u and %u, best %u%s, cuts: %s: out-of-fold micro-F1 %.4f, F1 per article %.4f",
         (unsigned)rule->windows[0], (unsigned)rule->windows[1], (unsigned)rule->top,
         t->combining.second.used ? " and second stage" : "", KINDS[best->kind], best->micro_f1,
         best->per_article_f1);
}

static ttag_status choose_combining(training *t, ttag_error *err)
{
    size_t n_tags = t->labels->n_tags;
    float **highest = mem_zero(n_tags, sizeof *highest);
    const cut_rule rule = {t->opts->thresholds, t->opts->bound};
    combining_task task = {.probes = &t->probes,
                           .highest = highest,
                           .partitions = t->partitions,
                           .truth = t->whole_truth,
                           .rule = &rule,
                           .n_tags = n_tags,
                           .folds = t->whole_folds,
                           .n_folds = t->n_folds,
                           .threads = t->threads};
    ttag_status status = highest ? TTAG_OK : TTAG_NOMEM;
    for (size_t tag = 0; status == TTAG_OK && tag < n_tags; tag++)
        if (t->found.solved.states[tag] == SOLVE_DONE)
            highest[tag] = t->found.solved.wholes[tag];
    if (status == TTAG_OK)
        status = combining_choose(&t->combining, &task);
    mem_free(highest);
    if (status != TTAG_OK)
        return fail_memory(err);
    tell_combining(t);
    return TTAG_OK;
}

/* Out-of-fold scores of articles, by the rule that was chosen. */
static const float *scores_of(const training *t, size_t tag)
{
    return t->wholes ? t->combining.scores[tag] : t->found.solved.scores[tag];
}

/* Bias, cut, calibration and out-of-fold figures of one tag. */
static ttag_status fit_tag(void *context, size_t index, unsigned worker)
{
    training *t = context;
    ttag_model_tag *tag = &t->tags[index];
    size_t n = t->wholes ? t->wholes->count : t->labels->n_articles;
    signed char *own = t->truth + worker * t->labels->n_articles;
    const signed char *truth = t->wholes ? t->whole_truth + index * n : own;
    threshold *cut = &t->cuts[index];
    fitted_calibration *map = &t->maps[index];
    if (t->constant[index] || !t->partitions[index] || t->found.solved.states[index] != SOLVE_DONE)
        return TTAG_OK;
    const float *scores = scores_of(t, index);
    const uint8_t *folds = t->wholes ? t->whole_folds : t->folds;
    const cut_rule rule = {t->opts->thresholds, t->opts->bound};
    if (!t->wholes)
        labels_scored_truth(t->labels, index, own);
    if (cut_rule_fit(cut, &rule, scores, t->partitions[index], truth, n) != TTAG_OK)
        return TTAG_NOMEM;
    if (!t->wholes && rule.rule == TTAG_THRESHOLDS_F1 &&
        expected_cut_join(cut, scores, t->partitions[index], truth, n) != TTAG_OK)
        return TTAG_NOMEM;
    if (t->wholes && rule.rule == TTAG_THRESHOLDS_F1) /* a cut that is moved keeps no bound */
        combining_move_cut(cut, &t->combining, scores, t->partitions[index], truth, n);
    if (calibration_choose(map, t->opts->calibration, scores, t->partitions[index], truth, folds, n,
                           cut->cut) != TTAG_OK)
        return TTAG_NOMEM;
    tag->cut = cut->cut;
    tag->cut_spread = cut->spread;
    tag->slope = map->platt.slope;
    tag->offset = map->platt.offset;
    tag->threshold = isinf(cut->cut) ? INFINITY : fitted_probability(map, cut->cut);
    tag->oof_precision = (float)cut->precision;
    tag->oof_recall = (float)cut->recall;
    tag->oof_f1 = (float)cut->f1;
    t->finished[index] = true;
    if (t->kept && !t->wholes)
        out_of_fold_fill(t->kept, index, scores, t->partitions[index], truth, map);
    return TTAG_OK;
}

/* What a tag has without folds; the rest is that of the tag table. */
static void set_bias(training *t, size_t index)
{
    ttag_model_tag *tag = &t->tags[index];
    bool solved = t->found.solved.states[index] != SOLVE_OPEN;
    if (t->constant[index])
        describe_constant(tag);
    else
        tag->bias = (float)t->found.biases[index];
    t->finished[index] = t->constant[index] || (solved && !t->partitions[index]);
}

/* Out-of-fold scores that are there are not given away, even if time is up. */
static ttag_status fit_tags(training *t, arena *memory, ttag_error *err)
{
    const ttag_monitor *monitor = t->opts->keep_partial ? NULL : t->opts->monitor;
    for (size_t tag = 0; tag < t->labels->n_tags; tag++)
        set_bias(t, tag);
    if (t->wholes && t->n_folds && choose_combining(t, err) != TTAG_OK)
        return TTAG_NOMEM;
    ttag_status status = parallel_for(t->threads, t->labels->n_tags, fit_tag, t, monitor, NULL);
    for (size_t tag = 0; status == TTAG_OK && tag < t->labels->n_tags; tag++)
        status = fitted_points_keep(&t->tags[tag], &t->maps[tag], memory);
    if (status == TTAG_NOMEM)
        return fail_memory(err);
    return status == TTAG_OK ? TTAG_OK : fail(err, status, "stopped");
}

/* F1 over all decisions, and the mean F1 of tags, as far as they have scores of folds. */
static void sum_up(const training *t, card_facts *facts)
{
    double tp = 0, errors = 0, f1 = 0, count = 0;
    for (size_t tag = 0; tag < t->labels->n_tags; tag++) {
        if (!t->partitions[tag] || !t->finished[tag])
            continue;
        tp += t->cuts[tag].tp;
        errors += t->cuts[tag].fp + t->cuts[tag].fn;
        f1 += t->cuts[tag].f1;
        count++;
    }
    facts->micro_f1 = t->n_folds && count > 0 ? 2 * tp / (2 * tp + errors) : NAN;
    facts->macro_f1 = t->n_folds && count > 0 ? f1 / count : NAN;
}

/* ---- The parts. ---- */

static ttag_status write_card(const training *t, ttag_trained *trained, ttag_error *err)
{
    card_facts facts = {.opts = t->opts,
                        .corpus = &trained->corpus,
                        .tags = t->tags,
                        .solver = t->found.solver,
                        .certificates = t->found.certificates,
                        .partitions = t->partitions,
                        .unknown = t->unknown,
                        .costs = t->costs,
                        .gammas = &t->gammas,
                        .gamma = t->found.support.view.gamma,
                        .search = &t->search,
                        .finished = t->finished,
                        .probes = t->wholes ? &t->probes : NULL,
                        .combining = t->wholes ? &t->combining : NULL,
                        .tune = t->tune,
                        .n_folds = t->n_folds};
    sum_up(t, &facts);
    card_write(&trained->card, &facts);
    return buffer_ok(&trained->card) ? TTAG_OK : fail_memory(err);
}

/* Tags with folds are, unless time was up before the first one was. */
static bool any_calibrated(const training *t, const ttag_train_counts *counts)
{
    bool any = counts->unfinished == 0;
    for (size_t tag = 0; tag < t->labels->n_tags; tag++)
        any = any || (t->finished[tag] && t->partitions[tag]);
    return any && t->n_folds > 0;
}

/* Without folds: the best passage alone. */
static ttag_passage_rule rule_of(const training *t)
{
    if (!t->wholes)
        return (ttag_passage_rule){.unit = TTAG_UNIT_ARTICLE};
    if (!t->n_folds)
        return (ttag_passage_rule){.unit = t->opts->unit, .top = 1};
    return t->probes.rules[t->combining.best.rule].rule;
}

static void put_together(ttag_trained *trained, training *t)
{
    bool rbf = t->opts->kernel == TTAG_KERNEL_RBF;
    trained->weights = t->found.weights;
    trained->support = t->found.support;
    t->found.weights = NULL;
    t->found.support = (support_set){0};
    trained->parts = (ttag_model_parts){
        .text = t->opts->text,
        .vocabulary = *ttag_features_vocabulary(trained->corpus.features),
        .n_tags = t->labels->n_tags,
        .tags = t->tags,
        .weight_stride = weights_stride(t->labels->n_tags),
        .weights = rbf ? NULL : trained->weights,
        .calibrated = any_calibrated(t, &trained->corpus.counts),
        .card = buffer_as_view(&trained->card),
        .kernel = t->opts->kernel,
        .support = trained->support.view,
        .passages = rule_of(t),
        .boilerplate = trained->boilerplate,
        .second = t->combining.second,
    };
}

static void tell_unfinished(training *t, ttag_train_counts *counts)
{
    const unfinished_facts facts = {t->labels, t->finished, t->found.solved.states,
                                    t->search.cut_short || t->gammas.cut_short};
    unfinished_tell(counts, &facts, &t->deadline, t->opts->monitor);
}

static void tell_never_given(const training *t, ttag_train_counts *counts)
{
    const cut_rule rule = {t->opts->thresholds, t->opts->bound};
    counts->never_given = never_given_tell(t->tags, t->labels->n_tags, &rule, t->opts->monitor);
}

static ttag_status find_pieces(const ttag_trained *trained, training *t, ttag_error *err)
{
    size_t n = t->wholes->count, count;
    ttag_status status = find_whole_truth(t, err);
    if (status != TTAG_OK || !t->n_folds)
        return status;
    if (size_mul(&count, n, t->n_partitions))
        t->whole_folds = mem_new(count, sizeof *t->whole_folds);
    if (!t->whole_folds)
        return fail_memory(err);
    for (size_t p = 0; p < t->n_partitions; p++)
        for (size_t i = 0; i < n; i++)
            t->whole_folds[p * n + i] =
                t->folds[p * t->labels->n_articles + t->wholes->items[i].row];
    return probes_make(&t->probes, t->wholes, ttag_features_vocabulary(trained->corpus.features),
                       &t->opts->text, &t->opts->boilerplate, t->opts->unit, t->labels->n_tags,
                       t->threads, err);
}

static ttag_status train_tags(ttag_trained *trained, training *t, ttag_error *err)
{
    ttag_status status = reserve(t, err);
    if (status != TTAG_OK)
        return status;
    look_at_tags(t);
    choose_folds(t);
    status = assign_folds(t, err);
    if (status == TTAG_OK && t->wholes)
        status = find_pieces(trained, t, err);
    if (status == TTAG_OK)
        status = solve(t, err);
    if (status == TTAG_OK)
        status = fit_tags(t, &trained->memory, err);
    if (status == TTAG_OK) {
        tell_unfinished(t, &trained->corpus.counts);
        tell_never_given(t, &trained->corpus.counts);
    }
    if (status == TTAG_OK)
        status = write_card(t, trained, err);
    return status;
}

static void training_dispose(training *t)
{
    mem_free(t->constant);
    mem_free(t->unknown);
    mem_free(t->costs);
    mem_free(t->partitions);
    mem_free(t->folds);
    mem_free(t->cuts);
    mem_free(t->maps);
    mem_free(t->truth);
    rbf_matrix_dispose(&t->rbf);
    mem_free(t->finished);
    mem_free(t->whole_truth);
    mem_free(t->whole_folds);
    probes_dispose(&t->probes);
    combining_dispose(&t->combining);
    tag_solutions_dispose(&t->found);
}

/* The model outlives the options. */
static ttag_status copy_boilerplate(ttag_trained *trained, const ttag_boilerplate *from,
                                    ttag_error *err)
{
    trained->boilerplate = *from;
    if (from->n_repeated == 0)
        return TTAG_OK;
    uint64_t *repeated = arena_new(&trained->memory, from->n_repeated, sizeof *repeated);
    trained->boilerplate.repeated = repeated;
    if (!repeated)
        return fail_memory(err);
    memcpy(repeated, from->repeated, from->n_repeated * sizeof *repeated);
    return TTAG_OK;
}

/* ---- A trial. ---- */

static void count_work(trial_result *out, const training *t, uint32_t partitions)
{
    double now = 0, later = 0;
    const ttag_train_opts asked = {.partitions = partitions};
    for (size_t tag = 0; tag < t->labels->n_tags; tag++) {
        if (t->constant[tag])
            continue;
        now += 1 + t->n_folds;
        later += 1 + t->n_folds * partitions_for(&asked, t->labels->scored[tag]);
        out->cost = t->costs[tag].negative;
    }
    out->work = now > 0 ? later / now : 1;
}

static ttag_status judge(trial_result *out, const training *t, uint32_t partitions, ttag_error *err)
{
    size_t n_tags = t->labels->n_tags;
    const float **scores = mem_zero(n_tags, sizeof *scores);
    float *cuts = mem_new(n_tags, sizeof *cuts);
    trial_view view = {.labels = t->labels,
                       .scores = scores,
                       .cuts = t->wholes ? cuts : NULL,
                       .whole_truth = t->whole_truth,
                       .folds = t->wholes ? t->whole_folds : t->folds,
                       .n = t->wholes ? t->wholes->count : t->labels->n_articles,
                       .n_folds = t->n_folds,
                       .rule = {t->opts->thresholds, t->opts->bound},
                       .threads = t->threads};
    ttag_status status = scores && cuts ? TTAG_OK : TTAG_NOMEM;
    for (size_t tag = 0; status == TTAG_OK && tag < n_tags; tag++) {
        cuts[tag] = t->tags[tag].cut;
        if (t->partitions[tag] && t->found.solved.states[tag] == SOLVE_DONE)
            scores[tag] = scores_of(t, tag);
    }
    out->n_articles = view.n;
    count_work(out, t, partitions);
    if (status == TTAG_OK && t->n_folds)
        status = trial_judge(out, &view);
    mem_free(scores);
    mem_free(cuts);
    return status == TTAG_OK ? TTAG_OK : fail_memory(err);
}

/* ---- From the feed. ---- */

/* A training, and who looks at it before it lets go of its scores. */
typedef struct train_job {
    ttag_reader *feed;
    const ttag_train_opts *opts;
    const ttag_taxonomy *taxonomy;
    out_of_fold *kept;      /* NULL: not wanted */
    const tune_table *tune; /* for the card; NULL: none */
    size_t refused;         /* records, before the feed came here */
    trial_result *trial;    /* what is wanted of it; NULL: its parts */
    uint32_t partitions;    /* for the trial */
} train_job;

/* Reads and trains, with a taxonomy at hand. */
static ttag_status train(ttag_trained *trained, const train_job *job, ttag_error *err)
{
    const ttag_train_opts *opts = job->opts;
    training t = {
        .opts = opts, .threads = thread_count(opts->threads), .kept = job->kept, .tune = job->tune};
    deadline_start(&t.deadline, opts->budget, opts->monitor);
    t.deadline.keeps = opts->keep_partial;
    t.deadline.owes = opts->budget > 0;
    t.monitor = deadline_monitor(&t.deadline);
    ttag_status status = corpus_collect(&trained->corpus, job->feed, opts,
                                        opts->only_taxonomy ? job->taxonomy : NULL, t.threads, err);
    if (status != TTAG_OK)
        return status;
    trained->corpus.counts.refused += job->refused;
    t.labels = &trained->corpus.labels;
    t.wholes = opts->unit == TTAG_UNIT_ARTICLE ? NULL : &trained->corpus.wholes;
    t.x = ttag_features_matrix(trained->corpus.features);
    if (deadline_left(&t.deadline) <= 0)
        tell(opts->monitor, TTAG_WARNING, NULL,
             "reading alone took longer than the budget: every tag gets what screening finds");
    t.tags = tag_table_new(&trained->memory, t.labels, job->taxonomy);
    status = t.tags ? copy_boilerplate(trained, &opts->boilerplate, err) : fail_memory(err);
    if (status == TTAG_OK)
        status = train_tags(trained, &t, err);
    if (status == TTAG_OK && job->trial)
        status = judge(job->trial, &t, job->partitions, err);
    else if (status == TTAG_OK)
        put_together(trained, &t);
    training_dispose(&t);
    return status;
}

ttag_status trial_run(trial_result *out, ttag_reader *feed, const ttag_train_opts *opts,
                      uint32_t partitions, const ttag_taxonomy *taxonomy, ttag_error *err)
{
    const train_job job = {
        .feed = feed, .opts = opts, .taxonomy = taxonomy, .trial = out, .partitions = partitions};
    ttag_trained *trained = mem_zero(1, sizeof *trained);
    ttag_status status = trained ? train(trained, &job, err) : fail_memory(err);
    ttag_trained_free(trained);
    return status;
}

/* ---- With tuning. ---- */

/* The time that is left for the training itself. Where the monitor has asked to stop meanwhile, and
   what there is is wanted, that is none: the articles are read and screened. */
static void set_time(ttag_train_opts *opts, ttag_monitor *monitor, deadline *whole)
{
    double left = deadline_left(whole);
    if (!isfinite(left))
        return;
    opts->budget = left > LEAST_SECONDS ? left : LEAST_SECONDS;
    if (!deadline_cancelled(whole) || !opts->keep_partial || !opts->monitor)
        return;
    *monitor = *opts->monitor;
    monitor->cancelled = NULL;
    opts->monitor = monitor;
    opts->budget = LEAST_SECONDS;
}

static ttag_status train_chosen(ttag_trained *trained, const train_job *job, const kept_feeds *kept,
                                const tune_table *table, const ttag_train_opts *chosen,
                                ttag_error *err)
{
    reread_feeds feeds = {0};
    ttag_train_opts opts = *chosen;
    ttag_status status = reread_feeds_open(&feeds, kept, &opts, 0, opts.monitor, err);
    opts.extra = feeds.extra;
    train_job last = {.feed = feeds.feed,
                      .opts = &opts,
                      .taxonomy = job->taxonomy,
                      .kept = job->kept,
                      .tune = table,
                      .refused = kept->refused};
    if (status == TTAG_OK)
        status = train(trained, &last, err);
    if (status == TTAG_OK) {
        ttag_reader_counts more = *ttag_reader_seen(feeds.feed);
        more.records = 0; /* they have been counted */
        reader_add_counts(job->feed, &more);
    }
    reread_feeds_close(&feeds);
    return status;
}

static ttag_status tune_and_train(ttag_trained *trained, const train_job *job, ttag_error *err)
{
    deadline whole;
    ttag_monitor monitor;
    kept_feeds kept = {.n_feeds = 0};
    tune_table table = {.n_rows = 0};
    ttag_train_opts chosen = *job->opts;
    double budget = job->opts->budget;
    if (budget <= 0 && job->opts->tune == TTAG_TUNE_FULL)
        budget = TTAG_TUNE_SECONDS;
    deadline_start(&whole, budget, job->opts->monitor);
    ttag_status status = kept_feeds_read(&kept, job->feed, job->opts, err);
    if (status == TTAG_OK)
        status = tune_run(&table, &chosen, &kept, job->opts, job->taxonomy, &whole, err);
    if (status == TTAG_OK) {
        set_time(&chosen, &monitor, &whole);
        status = train_chosen(trained, job, &kept, &table, &chosen, err);
    }
    tune_table_dispose(&table);
    kept_feeds_dispose(&kept);
    return status;
}

ttag_status train_out_of_fold(ttag_trained **out, out_of_fold *kept, ttag_reader *feed,
                              const ttag_train_opts *opts, ttag_error *err)
{
    static const ttag_train_opts DEFAULTS = TTAG_TRAIN_OPTS_INIT;
    ttag_taxonomy *builtin = NULL;
    *out = NULL;
    opts = opts ? opts : &DEFAULTS;
    const char *wrong = ttag_train_opts_check(opts);
    if (wrong)
        return fail(err, TTAG_INVALID, "%s", wrong);
    ttag_trained *trained = mem_zero(1, sizeof *trained);
    if (!trained)
        return fail_memory(err);
    ttag_status status = opts->taxonomy ? TTAG_OK : ttag_taxonomy_new_builtin(&builtin, err);
    const train_job job = {.feed = feed,
                           .opts = opts,
                           .taxonomy = opts->taxonomy ? opts->taxonomy : builtin,
                           .kept = kept};
    if (status == TTAG_OK)
        status = opts->tune == TTAG_TUNE_NONE ? train(trained, &job, err)
                                              : tune_and_train(trained, &job, err);
    ttag_taxonomy_free(builtin);
    if (status != TTAG_OK) {
        ttag_trained_free(trained);
        return status;
    }
    *out = trained;
    return TTAG_OK;
}

ttag_status ttag_train(ttag_trained **out, ttag_reader *feed, const ttag_train_opts *opts,
                       ttag_error *err)
{
    return train_out_of_fold(out, NULL, feed, opts, err);
}

const ttag_model_parts *ttag_trained_parts(const ttag_trained *trained)
{
    return &trained->parts;
}

const ttag_train_counts *ttag_trained_counts(const ttag_trained *trained)
{
    return &trained->corpus.counts;
}

void ttag_trained_free(ttag_trained *trained)
{
    if (!trained)
        return;
    corpus_dispose(&trained->corpus);
    arena_dispose(&trained->memory);
    mem_free(trained->weights);
    support_set_dispose(&trained->support);
    buffer_dispose(&trained->card);
    mem_free(trained);
}
