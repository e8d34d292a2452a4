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
    float *own;                        /* n_tags x n_folds: the cut from all other folds */
    signed char *masked;               /* articles, for each worker */
    float shared[256];                 /* n_folds: likewise, and behind them that from all folds */
    uint32_t *given, *right, *carried; /* articles */
} choice;

/* Of the tag's first partition. */
static const float *scores_of(const choice *c, size_t tag)
{
    const combining_task *task = c->task;
    return task->scores[tag] + c->rule * task->partitions[tag] * task->probes->n_wholes;
}

/* ---- Cuts. ---- */

static ttag_status choose_own(void *context, size_t tag, unsigned worker)
{
    const choice *c = context;
    const combining_task *task = c->task;
    size_t n = task->probes->n_wholes;
    signed char *truth = c->masked + worker * n;
    ttag_status status = TTAG_OK;
    for (uint32_t fold = 0; task->scores[tag] && status == TTAG_OK && fold < task->n_folds;
         fold++) {
        for (size_t i = 0; i < n; i++)
            truth[i] = task->folds[i] == fold ? 0 : task->truth[tag * n + i];
        threshold cut;
        status = cut_rule_fit(&cut, task->rule, scores_of(c, tag), 1, truth, n);
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
        for (size_t i = 0; task->scores[tag] && i < n; i++) {
            signed char truth = task->truth[tag * n + i];
            size_t b = bin_of(scores_of(c, tag)[i]);
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
    const float *scores = scores_of(c, tag);
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
        if (c->task->scores[tag])
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

ttag_status combining_choose(combining *out, const combining_task *task)
{
    ttag_status status = TTAG_OK;
    size_t n = task->probes->n_wholes, n_cuts, n_masked;
    choice c = {.task = task};
    *out = (combining){.n_trials = 0};
    if (size_mul(&n_cuts, task->n_tags, task->n_folds))
        c.own = mem_zero(n_cuts, sizeof *c.own);
    if (size_mul(&n_masked, n, task->threads))
        c.masked = mem_new(n_masked, 1);
    c.given = mem_new(n, sizeof *c.given);
    c.right = mem_new(n, sizeof *c.right);
    c.carried = mem_new(n, sizeof *c.carried);
    if (!c.own || !c.masked || !c.given || !c.right || !c.carried)
        status = TTAG_NOMEM;
    for (; status == TTAG_OK && c.rule < task->probes->n_rules; c.rule++)
        status = try_rule(out, &c);
    mem_free(c.own);
    mem_free(c.masked);
    mem_free(c.given);
    mem_free(c.right);
    mem_free(c.carried);
    return status;
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
