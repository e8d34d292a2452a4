/* The three are found one after another, kept, and mixed once each tag's share is known. */
#include "train/averaging.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "features/term_hash.h"
#include "train/calibration.h"
#include "train/softplus.h"
#include "train/term_block.h"
#include "train/weights.h"

enum { MOST_APART = 2 };

static const float MIDDLE_SHARE = 1.0F / 3.0F;

/* A classifier of one block. */
typedef struct block_solution {
    term_block block;
    tag_solutions found;
} block_solution;

typedef struct averaging {
    const solve_task *task;
    tag_solutions *both;
    block_solution parts[MOST_APART];
    size_t n_parts; /* of them that are there for all tags */
    float *shares;
    signed char *truth; /* n_articles for each thread */
} averaging;

/* ---- The share of one tag. ---- */

static void mix(float *out, const float *apart, const float *together, float share, size_t n)
{
    for (size_t k = 0; k < n; k++)
        out[k] = (1 - share) * apart[k] + share * together[k];
}

/* Σ -ln of the probability of what is true. With p = 1 / (1 + e^z) that is ln(1 + e^-|z|), and
   beside it max(z, 0) of a positive article, max(-z, 0) of a negative one. */
static double log_loss(const calibration *c, const float *scores, size_t n_partitions,
                       const signed char *truth, size_t n)
{
    eight sums = {0};
    size_t count = n * n_partitions;
    for (size_t k = 0; k < count; k += EIGHT) {
        eight z = {0}, counts = {0}, lack = {0}, e, log_term;
        for (size_t lane = 0; lane < EIGHT && k + lane < count; lane++) {
            signed char known = truth[(k + lane) % n];
            double own = c->slope * (double)scores[k + lane] + c->offset;
            z[lane] = own;
            counts[lane] = known != 0;
            lack[lane] = known > 0 ? fmax(own, 0) : fmax(-own, 0);
        }
        eight_exp_negative(&e, &z);
        eight_log1p(&log_term, &e);
        sums += counts * (lack + log_term);
    }
    double sum = 0;
    for (size_t lane = 0; lane < EIGHT; lane++)
        sum += sums[lane];
    return sum;
}

ttag_status averaging_choose(float *share, const float *apart, const float *together,
                             size_t n_partitions, const signed char *truth, size_t n_articles)
{
    const float tried[] = {MIDDLE_SHARE, 0.0F, 0.6F};
    double least = INFINITY;
    size_t n_scores;
    *share = MIDDLE_SHARE;
    if (!truth_has_both(truth, n_articles, AVERAGING_LEAST_SUPPORT))
        return TTAG_OK;
    float *mixed =
        size_mul(&n_scores, n_articles, n_partitions) ? mem_new(n_scores, sizeof *mixed) : NULL;
    ttag_status status = mixed ? TTAG_OK : TTAG_NOMEM;
    for (size_t k = 0; status == TTAG_OK && k < sizeof tried / sizeof *tried; k++) {
        calibration sigmoid;
        mix(mixed, apart, together, tried[k], n_scores);
        status = calibration_fit(&sigmoid, mixed, n_partitions, truth, n_articles, INFINITY);
        if (status != TTAG_OK)
            break;
        double loss = log_loss(&sigmoid, mixed, n_partitions, truth, n_articles);
        if (loss < least) {
            least = loss;
            *share = tried[k];
        }
    }
    mem_free(mixed);
    return status;
}

/* ---- All tags. ---- */

/* Scores of the parts become those of their mean, in the first of them. */
static float *mean_of_parts(averaging *a, size_t tag, size_t n_scores)
{
    float *first = a->parts[0].found.solved.scores[tag];
    for (size_t p = 1; p < a->n_parts; p++)
        mix(first, first, a->parts[p].found.solved.scores[tag], 1 / (float)(p + 1), n_scores);
    return first;
}

static void mix_weights(averaging *a, size_t tag)
{
    size_t stride = weights_stride(a->task->labels->n_tags);
    float share = a->shares[tag];
    float each = (1 - share) / (float)a->n_parts;
    double bias = (double)share * a->both->biases[tag];
    for (size_t t = 0; t < a->task->x->n_columns; t++)
        a->both->weights[t * stride + tag] *= share;
    for (size_t p = 0; p < a->n_parts; p++) {
        const term_block *block = &a->parts[p].block;
        const float *weights = a->parts[p].found.weights;
        for (size_t t = 0; t < block->x.n_columns; t++)
            a->both->weights[block->original[t] * stride + tag] +=
                each * block->scale * weights[t * stride + tag];
        bias += (double)each * a->parts[p].found.biases[tag];
    }
    a->both->biases[tag] = bias;
}

static void join_certificate(certificate *to, const certificate *from)
{
    to->objective += from->objective;
    to->gap = fmax(to->gap, from->gap);
    to->violation = fmax(to->violation, from->violation); /* the other one where one is NaN */
    to->n_support = from->n_support > to->n_support ? from->n_support : to->n_support;
    to->active = from->active > to->active ? from->active : to->active;
    to->rounds += from->rounds;
    to->own = to->own || from->own;
}

static ttag_status mix_tag(void *context, size_t tag, unsigned worker)
{
    averaging *a = context;
    const solve_task *task = a->task;
    size_t n = task->labels->n_articles;
    size_t n_partitions = task->n_folds ? task->partitions[tag] : 0;
    float *together = a->both->solved.scores[tag];
    if (task->constant[tag])
        return TTAG_OK;
    if (n_partitions && together) {
        signed char *truth = a->truth + worker * n;
        float *apart = mean_of_parts(a, tag, n_partitions * n);
        labels_scored_truth(task->labels, tag, truth);
        ttag_status status =
            averaging_choose(&a->shares[tag], apart, together, n_partitions, truth, n);
        if (status != TTAG_OK)
            return status;
        mix(together, apart, together, a->shares[tag], n_partitions * n);
    }
    mix_weights(a, tag);
    for (size_t p = 0; p < a->n_parts; p++)
        join_certificate(&a->both->certificates[tag], &a->parts[p].found.certificates[tag]);
    return TTAG_OK;
}

static bool all_done(const tag_solutions *s, const solve_task *task)
{
    for (size_t tag = 0; tag < task->labels->n_tags; tag++)
        if (!task->constant[tag] && s->solved.states[tag] != SOLVE_DONE)
            return false;
    return true;
}

/* A part that the deadline cut short is let go, and none comes after it. */
static ttag_status find_part(averaging *a, const bool *chars, bool which, float scale,
                             const ttag_train_opts *opts, ttag_error *err)
{
    block_solution *part = &a->parts[a->n_parts];
    solve_task own = *a->task;
    if (term_block_make(&part->block, a->task->x, chars, which, scale) != TTAG_OK)
        return fail_memory(err);
    own.x = &part->block.x;
    ttag_status status = tag_solutions_find(&part->found, &own, opts, err);
    if (status == TTAG_OK && all_done(&part->found, a->task)) {
        if (part->found.solver == TTAG_SOLVER_LINEAR)
            a->both->solver = TTAG_SOLVER_LINEAR;
        a->n_parts++;
        return TTAG_OK;
    }
    bool late =
        status == TTAG_OK || (status == TTAG_CANCELLED && deadline_keeps(a->task->deadline));
    tag_solutions_dispose(&part->found);
    term_block_dispose(&part->block);
    return late ? TTAG_OK : status;
}

static ttag_status find_parts(averaging *a, const bool *chars, const ttag_train_opts *opts,
                              ttag_error *err)
{
    double share = opts->text.even_chars ? 0.5 : TTAG_CHAR_SHARE;
    double of_words = opts->text.l2_norm ? 1 / sqrt(1 - share) : 1;
    double of_chars = opts->text.l2_norm ? 1 / sqrt(share) : 1;
    ttag_status status = find_part(a, chars, false, (float)of_words, opts, err);
    if (status == TTAG_OK && a->n_parts == 1)
        status = find_part(a, chars, true, (float)of_chars, opts, err);
    return status;
}

static ttag_status mix_all(averaging *a, ttag_error *err)
{
    size_t n_truth;
    const solve_task *task = a->task;
    if (size_mul(&n_truth, task->labels->n_articles, task->threads))
        a->truth = mem_new(n_truth, sizeof *a->truth);
    if (!a->truth)
        return fail_memory(err);
    ttag_status status = parallel_for(task->threads, task->labels->n_tags, mix_tag, a, NULL, NULL);
    return status == TTAG_NOMEM ? fail_memory(err) : status;
}

/* Whether there are terms of both kinds. */
static bool mark_chars(bool *chars, const ttag_vocabulary *v)
{
    bool has[2] = {false, false};
    for (size_t t = 0; t < v->n_terms; t++) {
        ttag_view term = {v->bytes + v->offsets[t], (size_t)(v->offsets[t + 1] - v->offsets[t])};
        chars[t] = is_char_term(term);
        has[chars[t]] = true;
    }
    return has[0] && has[1];
}

ttag_status averaged_solutions_find(tag_solutions *out, float *shares, const solve_task *task,
                                    const ttag_vocabulary *vocabulary, const ttag_train_opts *opts,
                                    ttag_error *err)
{
    averaging a = {.task = task, .both = out, .shares = shares};
    ttag_train_opts plain = *opts;
    bool *chars = mem_new(vocabulary->n_terms, sizeof *chars);
    if (!chars)
        return fail_memory(err);
    bool several = mark_chars(chars, vocabulary);
    if (several)
        plain.term_scaling = TTAG_SCALING_NONE;
    for (size_t tag = 0; tag < task->labels->n_tags; tag++)
        shares[tag] = several ? MIDDLE_SHARE : 1;
    ttag_status status = tag_solutions_find(out, task, &plain, err);
    if (status == TTAG_OK && several && all_done(out, task))
        status = find_parts(&a, chars, opts, err);
    for (size_t tag = 0; a.n_parts == 0 && tag < task->labels->n_tags; tag++)
        shares[tag] = 1;
    if (status == TTAG_OK && a.n_parts > 0)
        status = mix_all(&a, err);
    if (status != TTAG_OK)
        tag_solutions_dispose(out);
    for (size_t p = 0; p < a.n_parts; p++) {
        tag_solutions_dispose(&a.parts[p].found);
        term_block_dispose(&a.parts[p].block);
    }
    mem_free(a.truth);
    mem_free(chars);
    return status;
}
