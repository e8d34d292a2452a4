/* Trial after trial: rules, folds, kinds of cuts. */
#include "train/combining.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"

enum { BINS = 4096 };

static const double LEAST = -4, WIDTH = 8.0 / BINS; /* scores beyond fall into the outer bins */

/* So much more F1 is worth another rule: those that come later take more time. */
static const double NOTABLE = 0.002;

typedef struct choice {
    const combining_task *task;
    size_t rule;
    float **scores;      /* n_tags: first partition x articles, by the rule; NULL: left out */
    float *own;          /* n_tags x n_folds: the cut from all other folds */
    signed char *masked; /* articles, for each worker */
    float shared[256];   /* n_folds: likewise, and behind them that from all folds */
    uint32_t *given, *right, *carried; /* articles */
} choice;

/* ---- Scores. ---- */

static stage_task stage_of(const combining_task *task, const probe_rule *rule)
{
    return (stage_task){.probes = task->probes,
                        .n_tags = task->n_tags,
                        .highest = task->highest,
                        .partitions = task->partitions,
                        .truth = task->truth,
                        .windows = rule->windows};
}

/* Means of the best passages. */
static void score_by_mean(float *const *scores, const combining_task *task, const probe_rule *rule,
                          uint32_t n_partitions)
{
    size_t n = task->probes->n_wholes;
    for (size_t tag = 0; tag < task->n_tags; tag++) {
        uint32_t all = task->partitions[tag], count = all < n_partitions ? all : n_partitions;
        const float *highest = task->highest[tag];
        if (!highest)
            continue;
        highest += (size_t)rule->windows * all * n * TOP_PASSAGES;
        for (size_t i = 0; i < count * n; i++, highest += TOP_PASSAGES)
            scores[tag][i] = combine_highest(highest, 1, rule->rule.top);
    }
}

static void scores_free(float **scores, size_t n_tags)
{
    for (size_t tag = 0; scores && tag < n_tags; tag++)
        mem_free(scores[tag]);
    mem_free(scores);
}

/* Each fold by a second stage from the others, or by `otherwise` where these do not make one.
   false: that is NULL. */
static bool score_by_stage(float *const *scores, const combining_task *task, const probe_rule *rule,
                           uint32_t partition, const ttag_second_stage *otherwise)
{
    size_t n = task->probes->n_wholes;
    const stage_task of = stage_of(task, rule);
    for (uint32_t fold = 0; fold < task->n_folds; fold++) {
        ttag_second_stage stage;
        const stage_fold out = {true, partition, task->folds + partition * n, (uint8_t)fold};
        if (!second_stage_fit(&stage, &of, &out)) {
            if (!otherwise)
                return false;
            stage = *otherwise;
        }
        for (size_t tag = 0; tag < task->n_tags; tag++)
            if (task->highest[tag] && partition < task->partitions[tag])
                second_stage_apply(scores[tag] + partition * n, &stage, &of, tag, &out);
    }
    return true;
}

/* ---- Cuts. ---- */

static ttag_status choose_own(void *context, size_t tag, unsigned worker)
{
    const choice *c = context;
    const combining_task *task = c->task;
    size_t n = task->probes->n_wholes;
    signed char *truth = c->masked + worker * n;
    ttag_status status = TTAG_OK;
    for (uint32_t fold = 0; c->scores[tag] && status == TTAG_OK && fold < task->n_folds; fold++) {
        for (size_t i = 0; i < n; i++)
            truth[i] = task->folds[i] == fold ? 0 : task->truth[tag * n + i];
        threshold cut;
        status = cut_rule_fit(&cut, task->rule, c->scores[tag], 1, truth, n);
        if (status == TTAG_OK)
            c->own[tag * task->n_folds + fold] = cut.cut;
    }
    return status;
}

/* How many positive and negative decisions have their score in a bin. */
typedef struct bin {
    double positive, negative;
} bin;

static size_t bin_of(float score)
{
    double at = ((double)score - LEAST) / WIDTH;
    return at <= 0 ? 0 : at >= BINS - 1 ? BINS - 1 : (size_t)at;
}

/* The lower edge of a bin with the best F1 = 2 tp / (given + positive); of equals the highest. */
static float best_edge(const bin *bins)
{
    double positive = 0, tp = 0, given = 0, best = -1, edge = 0;
    for (size_t b = 0; b < BINS; b++)
        positive += bins[b].positive;
    for (size_t b = BINS; b-- > 0;) {
        tp += bins[b].positive;
        given += bins[b].positive + bins[b].negative;
        double f1 = given > 0 ? 2 * tp / (given + positive) : 0;
        if (f1 > best) {
            best = f1;
            edge = LEAST + WIDTH * (double)b;
        }
    }
    return (float)edge;
}

/* From all folds but each one, and from all. */
static bool choose_shared(choice *c)
{
    const combining_task *task = c->task;
    size_t n = task->probes->n_wholes, n_folds = task->n_folds;
    bin *bins = mem_zero((n_folds + 1) * BINS, sizeof *bins);
    if (!bins)
        return false;
    bin *all = bins + n_folds * BINS;
    for (size_t tag = 0; tag < task->n_tags; tag++)
        for (size_t i = 0; c->scores[tag] && i < n; i++) {
            signed char truth = task->truth[tag * n + i];
            size_t b = bin_of(c->scores[tag][i]);
            bin *own = &bins[task->folds[i] * (size_t)BINS + b];
            own->positive += truth > 0;
            own->negative += truth < 0;
            all[b].positive += truth > 0;
            all[b].negative += truth < 0;
        }
    for (size_t fold = 0; fold < n_folds; fold++) {
        bin *others = &bins[fold * BINS];
        for (size_t b = 0; b < BINS; b++)
            others[b] =
                (bin){all[b].positive - others[b].positive, all[b].negative - others[b].negative};
        c->shared[fold] = best_edge(others);
    }
    c->shared[n_folds] = best_edge(all);
    mem_free(bins);
    return true;
}

static float cut_of(float own, float shared, cut_kind kind)
{
    return kind == CUTS_OWN ? own : kind == CUTS_SHARED ? shared : (own + shared) / 2;
}

/* ---- Figures. ---- */

static void count_tag(const choice *c, size_t tag, cut_kind kind)
{
    const combining_task *task = c->task;
    size_t n = task->probes->n_wholes;
    const float *scores = c->scores[tag];
    for (size_t i = 0; i < n; i++) {
        signed char truth = task->truth[tag * n + i];
        uint8_t fold = task->folds[i];
        float cut = cut_of(c->own[tag * task->n_folds + fold], c->shared[fold], kind);
        bool given = scores[i] >= cut && truth != 0;
        c->given[i] += given;
        c->carried[i] += truth > 0;
        c->right[i] += given && truth > 0;
    }
}

static void judge(const choice *c, combining_trial *trial)
{
    size_t n = c->task->probes->n_wholes;
    double right = 0, both = 0, f1 = 0, tagged = 0;
    memset(c->given, 0, n * sizeof *c->given);
    memset(c->right, 0, n * sizeof *c->right);
    memset(c->carried, 0, n * sizeof *c->carried);
    for (size_t tag = 0; tag < c->task->n_tags; tag++)
        if (c->scores[tag])
            count_tag(c, tag, trial->kind);
    for (size_t i = 0; i < n; i++) {
        right += c->right[i];
        both += (double)c->given[i] + c->carried[i];
        if (c->carried[i] == 0)
            continue;
        f1 += 2.0 * c->right[i] / ((double)c->given[i] + c->carried[i]);
        tagged++;
    }
    trial->micro_f1 = both > 0 ? 2 * right / both : 0;
    trial->per_article_f1 = tagged > 0 ? f1 / tagged : 0;
}

static ttag_status try_rule(combining *out, choice *c)
{
    const combining_task *task = c->task;
    const probe_rule *rule = &task->probes->rules[c->rule];
    if (!rule->second)
        score_by_mean(c->scores, task, rule, 1);
    else if (!score_by_stage(c->scores, task, rule, 0, NULL))
        return TTAG_OK;
    ttag_status status = parallel_for(task->threads, task->n_tags, choose_own, c, NULL, NULL);
    if (status != TTAG_OK || !choose_shared(c))
        return TTAG_NOMEM;
    cut_kind last = task->rule->rule == TTAG_THRESHOLDS_F1 ? CUTS_BETWEEN : CUTS_OWN;
    for (cut_kind kind = CUTS_OWN; kind <= last; kind++) {
        combining_trial *trial = &out->trials[out->n_trials++];
        *trial = (combining_trial){.rule = c->rule, .kind = kind};
        judge(c, trial);
        if (out->n_trials > 1 && trial->micro_f1 <= out->best.micro_f1 + NOTABLE)
            continue;
        out->best = *trial;
        out->shared = c->shared[task->n_folds];
    }
    return TTAG_OK;
}

/* Room for scores of one partition, or of all. */
static float **scores_new(const combining_task *task, bool all)
{
    float **scores = mem_zero(task->n_tags, sizeof *scores);
    bool ok = scores;
    for (size_t tag = 0; ok && tag < task->n_tags; tag++) {
        size_t count = task->probes->n_wholes;
        if (!task->highest[tag])
            continue;
        if (size_mul(&count, count, all ? task->partitions[tag] : 1))
            scores[tag] = mem_zero(count, sizeof **scores);
        ok = scores[tag];
    }
    if (ok)
        return scores;
    scores_free(scores, task->n_tags);
    return NULL;
}

/* The scores of all partitions by the rule that is best; and the second stage from all folds. */
static void score_by_best(combining *out, const combining_task *task)
{
    const probe_rule *rule = &task->probes->rules[out->best.rule];
    uint32_t most = 0;
    for (size_t tag = 0; tag < task->n_tags; tag++)
        if (task->highest[tag] && task->partitions[tag] > most)
            most = task->partitions[tag];
    const stage_task of = stage_of(task, rule);
    if (!rule->second || !second_stage_fit(&out->second, &of, NULL)) {
        score_by_mean(out->scores, task, rule, most);
        return;
    }
    for (uint32_t p = 0; p < most; p++)
        score_by_stage(out->scores, task, rule, p, &out->second);
}

static bool reserve(choice *c, combining *out)
{
    const combining_task *task = c->task;
    size_t n = task->probes->n_wholes, n_cuts, n_masked;
    if (size_mul(&n_cuts, task->n_tags, task->n_folds))
        c->own = mem_zero(n_cuts, sizeof *c->own);
    if (size_mul(&n_masked, n, task->threads))
        c->masked = mem_new(n_masked, 1);
    c->given = mem_new(n, sizeof *c->given);
    c->right = mem_new(n, sizeof *c->right);
    c->carried = mem_new(n, sizeof *c->carried);
    c->scores = scores_new(task, false);
    out->scores = scores_new(task, true);
    return c->own && c->masked && c->given && c->right && c->carried && c->scores && out->scores;
}

ttag_status combining_choose(combining *out, const combining_task *task)
{
    choice c = {.task = task};
    *out = (combining){.n_tags = task->n_tags};
    ttag_status status = reserve(&c, out) ? TTAG_OK : TTAG_NOMEM;
    for (; status == TTAG_OK && c.rule < task->probes->n_rules; c.rule++)
        status = try_rule(out, &c);
    if (status == TTAG_OK)
        score_by_best(out, task);
    mem_free(c.own);
    mem_free(c.masked);
    mem_free(c.given);
    mem_free(c.right);
    mem_free(c.carried);
    scores_free(c.scores, task->n_tags);
    if (status != TTAG_OK)
        combining_dispose(out);
    return status;
}

void combining_dispose(combining *c)
{
    scores_free(c->scores, c->n_tags);
    c->scores = NULL;
}

/* ---- The cut that is kept. ---- */

void combining_move_cut(threshold *cut, const combining *how, const float *scores,
                        size_t n_partitions, const signed char *truth, size_t n)
{
    if (how->best.kind == CUTS_OWN)
        return;
    cut->cut = cut_of(cut->cut, how->shared, how->best.kind);
    if (how->best.kind == CUTS_SHARED)
        cut->spread = NAN;
    threshold_judge(cut, scores, n_partitions, truth, n);
}
