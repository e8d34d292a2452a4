/* The descent: LANES tags abreast. */
#include "train/descent.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/simd.h"

enum {
    LONGEST_REST = 4, /* an article that changed nothing is passed over 1, 3, 7, 15 times */
    AHEAD = 6         /* articles between asking for a row and needing it */
};

static const float LEAST_STEP = 1e-6f; /* of an alpha, as a share of the cost */

/* ---- One article. ---- */

/* Truths as the block keeps them, and marks that comparing lanes makes. */
typedef signed char lane_truths __attribute__((vector_size(LANES)));
typedef int32_t lane_marks __attribute__((vector_size(LANES * sizeof(int32_t))));

static inline bool any_marked(const lane_marks *in)
{
    uint64_t parts[sizeof *in / sizeof(uint64_t)];
    uint64_t all = 0;
    memcpy(parts, in, sizeof parts);
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        all |= parts[k];
    return all != 0;
}

/* Lane by lane, `yes` where marked, else `no`. */
#define SELECT(where, yes, no)                                                                     \
    ((lanes)(((where) & (lane_marks)(yes)) | (~(where) & (lane_marks)(no))))

/* What holds for a whole epoch, of an article that counts as one. */
typedef struct lane_bounds {
    ttag_loss loss;
    lanes negative;       /* lowest alpha y of an article without the tag */
    lanes positive;       /* highest alpha y of one with it */
    lanes negative_ridge; /* of the squared hinge: what adds to |x|² + 1, 1 / 2C */
    lanes positive_ridge;
    lanes least; /* step worth taking */
    lane_marks moving;
} lane_bounds;

static void find_bounds(lane_bounds *out, const descent *d)
{
    float negative[LANES], positive[LANES], least[LANES];
    float negative_ridge[LANES], positive_ridge[LANES];
    int32_t moving[LANES];
    bool bounded = d->loss == TTAG_LOSS_HINGE;
    out->loss = d->loss;
    for (size_t lane = 0; lane < LANES; lane++) {
        negative[lane] = bounded ? -d->negative_costs[lane] : -FLT_MAX;
        positive[lane] = bounded ? d->positive_costs[lane] : FLT_MAX;
        negative_ridge[lane] = 0.5f / d->negative_costs[lane];
        positive_ridge[lane] = 0.5f / d->positive_costs[lane];
        least[lane] = LEAST_STEP * descent_cost(d, lane);
        moving[lane] = d->settled[lane] ? 0 : -1;
    }
    memcpy(&out->negative, negative, sizeof negative);
    memcpy(&out->positive, positive, sizeof positive);
    memcpy(&out->negative_ridge, negative_ridge, sizeof negative_ridge);
    memcpy(&out->positive_ridge, positive_ridge, sizeof positive_ridge);
    memcpy(&out->least, least, sizeof least);
    memcpy(&out->moving, moving, sizeof moving);
}

/* 1 / (|x|² + 1) of each lane's own values. */
static inline void find_scale(lanes *scale, const descent *d, size_t i)
{
    *scale = d->factors.source ? ((const lanes *)(const void *)d->factors.scales)[i]
                               : (lanes){0} + d->scales[i];
}

/* falls: what an alpha y falls by to its best value, bounds aside. */
static inline void find_falls(lanes *falls, const descent *d, size_t i, const lanes *y,
                              const lanes *f, const lane_bounds *bounds)
{
    const lanes zero = {0};
    lanes scale;
    find_scale(&scale, d, i);
    *falls = (*f - *y) * scale;
    if (bounds->loss == TTAG_LOSS_SQUARED_HINGE) {
        const lanes ridge = SELECT(*y < zero, bounds->negative_ridge, bounds->positive_ridge) /
                            descent_counts_as(d, i);
        const lanes *alphas = (const lanes *)(const void *)d->alphas + i;
        *falls = (*falls + ridge * scale * *alphas) / (1 + ridge * scale);
    }
}

/* steps: alpha y to its best value within its bounds, the others held. Whether any is worth it. */
static inline bool choose_steps(lanes *steps, const descent *d, size_t i, const lanes *f,
                                const lane_bounds *bounds)
{
    lane_truths signs;
    memcpy(&signs, d->truth + i * LANES, sizeof signs);
    const lanes *alphas = (const lanes *)(const void *)d->alphas + i;
    const float weight = descent_counts_as(d, i);
    const lanes y = __builtin_convertvector(signs, lanes);
    const lanes zero = {0};
    const lanes low = SELECT(y < zero, bounds->negative * weight, zero);
    const lanes high = SELECT(y > zero, bounds->positive * weight, zero);
    const lanes least = bounds->least * weight;
    lanes falls;
    find_falls(&falls, d, i, &y, f, bounds);
    lanes best = *alphas - falls;
    best = SELECT(best < low, low, best);
    best = SELECT(best > high, high, best);
    *steps = (lanes)((lane_marks)(best - *alphas) & bounds->moving);
    lane_marks notable = (*steps >= least) | (*steps <= -least);
    return any_marked(&notable);
}

/* alphas += steps; w += steps x; b += steps */
static inline void take_steps(const descent *d, size_t i, const lanes *steps)
{
    lanes *weights = (lanes *)(void *)d->weights;
    ((lanes *)(void *)d->alphas)[i] += *steps;
    weights[d->x->n_columns] += *steps;
    if (d->factors.source)
        lanes_add_scaled(weights, steps, (const lanes *)(const void *)d->factors.squares, d->x, i);
    else
        lanes_add(weights, steps, d->x, i);
}

/* ---- Passes over the articles. ---- */

/* Lists the articles whose turn it is, in the order of this epoch. */
static size_t list_due(descent *d)
{
    size_t count = 0;
    for (size_t k = 0; k < d->x->n_rows; k++) {
        uint32_t i = d->order[k];
        if (d->resting[i] > 0)
            d->resting[i]--;
        else
            d->due[count++] = i;
    }
    return count;
}

/* Rows come in random order, so the processor cannot guess the next one. */
static inline void fetch_ahead(const descent *d, size_t k, size_t n_due)
{
    if (k + 2 * AHEAD < n_due) {
        size_t far = d->due[k + 2 * AHEAD];
        __builtin_prefetch(&d->x->starts[far]);
        __builtin_prefetch(&d->scales[far]);
        __builtin_prefetch(&d->alphas[far * LANES]);
        __builtin_prefetch(&d->truth[far * LANES]);
    }
    if (k + AHEAD < n_due) {
        size_t near = d->due[k + AHEAD];
        size_t end = d->x->starts[near + 1];
        for (size_t e = d->x->starts[near]; e < end; e += LANES) {
            __builtin_prefetch(&d->x->terms[e]);
            __builtin_prefetch(&d->x->values[e]);
        }
    }
}

SIMD_CLONES
static void run_epoch(const descent *d, size_t n_due)
{
    const ttag_matrix *x = d->x;
    const lanes *weights = (const lanes *)(const void *)d->weights;
    lane_bounds bounds;
    find_bounds(&bounds, d);
    for (size_t k = 0; k < n_due; k++) {
        size_t i = d->due[k];
        lanes f, steps;
        fetch_ahead(d, k, n_due);
        lanes_decide(&f, weights, &weights[x->n_columns], x, i);
        if (choose_steps(&steps, d, i, &f, &bounds)) {
            d->idle[i] = 0;
            take_steps(d, i, &steps);
        } else {
            d->idle[i] = (unsigned char)(d->idle[i] < LONGEST_REST ? d->idle[i] + 1 : LONGEST_REST);
            d->resting[i] = (unsigned char)((1u << d->idle[i]) - 1);
        }
    }
}

static bool is_over(const descent *d)
{
    return d->screening ? deadline_ends_screening(d->deadline) : deadline_over(d->deadline);
}

unsigned descent_run(descent *d, unsigned epochs)
{
    unsigned epoch = 0;
    while (epoch < epochs) {
        rng_shuffle(&d->random, d->order, d->x->n_rows);
        run_epoch(d, list_due(d));
        epoch++;
        if (is_over(d))
            break;
    }
    return epoch;
}

/* losses[t] = Σ C max(0, 1 - y f(x)), alphas[t] = Σ alpha; of the squared hinge Σ C max(…)² and
   Σ alpha - alpha² / 4C */
SIMD_CLONES
static void sum_up(const descent *d, double *losses, double *alphas)
{
    const ttag_matrix *x = d->x;
    const lanes *weights = (const lanes *)(const void *)d->weights;
    const bool squared = d->loss == TTAG_LOSS_SQUARED_HINGE;
    for (size_t i = 0; i < x->n_rows; i++) {
        lanes f;
        lanes_decide(&f, weights, &weights[x->n_columns], x, i);
        const signed char *truth = d->truth + i * LANES;
        const float weight = descent_counts_as(d, i);
        for (size_t t = 0; t < LANES; t++) {
            float loss = truth[t] != 0 ? 1 - (float)truth[t] * f[t] : 0;
            double cost = (double)(truth[t] > 0 ? d->positive_costs[t] : d->negative_costs[t]);
            cost *= (double)weight;
            double alpha = (double)fabsf(d->alphas[i * LANES + t]);
            losses[t] += loss > 0 ? cost * (double)loss * (squared ? (double)loss : 1) : 0;
            alphas[t] += squared ? alpha - alpha * alpha / (4 * cost) : alpha;
        }
    }
}

void descent_gaps(const descent *d, descent_gap *gaps)
{
    double losses[LANES] = {0}, alphas[LANES] = {0}, squares[LANES] = {0};
    sum_up(d, losses, alphas);
    for (size_t term = 0; term <= d->x->n_columns; term++)
        for (size_t t = 0; t < LANES; t++) {
            double weight = (double)d->weights[term * LANES + t];
            double square = weight * weight;
            squares[t] +=
                d->factors.source ? square / (double)d->factors.squares[term * LANES + t] : square;
        }
    for (size_t t = 0; t < LANES; t++) {
        double primal = squares[t] / 2 + losses[t];
        double dual = alphas[t] - squares[t] / 2;
        gaps[t] = (descent_gap){dual, primal > 0 ? (primal - dual) / primal : 0, 0};
    }
    for (size_t k = 0; k < d->x->n_rows * LANES; k++)
        gaps[k % LANES].n_support += d->alphas[k] != 0;
}

/* Settles the lanes whose gap is small enough; whether all are. */
static bool settle_lanes(descent *d, double gap, const descent_gap *gaps)
{
    bool all = true;
    for (size_t lane = 0; lane < LANES; lane++) {
        d->settled[lane] = gaps[lane].gap <= gap;
        all = all && d->settled[lane];
    }
    return all;
}

unsigned descent_settle(descent *d, double gap, unsigned every, unsigned most, descent_gap *gaps)
{
    unsigned epochs = 0;
    memset(d->settled, 0, sizeof d->settled);
    do {
        unsigned more = most - epochs < every ? most - epochs : every;
        unsigned done = descent_run(d, more);
        epochs += done;
        descent_gaps(d, gaps);
        if (done < more)
            break;
    } while (!settle_lanes(d, gap, gaps) && epochs < most && !is_over(d));
    return epochs;
}

void descent_decide(const descent *d, size_t article, float *f)
{
    const lanes *weights = (const lanes *)(const void *)d->weights;
    lanes sums;
    lanes_decide(&sums, weights, &weights[d->x->n_columns], d->x, article);
    memcpy(f, &sums, sizeof sums);
}

void descent_forget(descent *d, size_t article)
{
    lanes steps = -((const lanes *)(const void *)d->alphas)[article];
    take_steps(d, article, &steps);
    memset(d->truth + article * LANES, 0, LANES);
}

/* ---- Factors. ---- */

static void fit_lane(descent *d, size_t lane)
{
    const ttag_matrix *x = d->x;
    descent_factors *f = &d->factors;
    bool is_used = lane < d->n_lanes;
    for (size_t i = 0; i < x->n_rows; i++)
        d->of_tag[i] = d->truth[i * LANES + lane];
    if (is_used)
        term_factors_fit(&f->of_tag, f->source, d->of_tag);
    for (size_t t = 0; t < x->n_columns; t++) {
        float factor = is_used ? f->of_tag.factors[t] : 1;
        f->squares[t * LANES + lane] = factor * factor;
    }
    f->squares[x->n_columns * LANES + lane] = 1;
}

/* scales = 1 / (1 + Σ x² f²) */
SIMD_CLONES
static void fit_scales(const descent *d)
{
    const ttag_matrix *x = d->x;
    const lanes *squares = (const lanes *)(const void *)d->factors.squares;
    lanes *scales = (lanes *)(void *)d->factors.scales;
    for (size_t i = 0; i < x->n_rows; i++) {
        lanes sum = (lanes){0} + 1;
        for (size_t e = x->starts[i]; e < x->starts[i + 1]; e++)
            sum += x->values[e] * x->values[e] * squares[x->terms[e]];
        scales[i] = 1 / sum;
    }
}

/* weights = f² Σ alpha y x; bias = Σ alpha y */
SIMD_CLONES
static void sum_alphas(const descent *d)
{
    const ttag_matrix *x = d->x;
    lanes *weights = (lanes *)(void *)d->weights;
    const lanes *alphas = (const lanes *)(const void *)d->alphas;
    const lanes *squares = (const lanes *)(const void *)d->factors.squares;
    memset(d->weights, 0, (x->n_columns + 1) * LANES * sizeof *d->weights);
    for (size_t i = 0; i < x->n_rows; i++) {
        lane_marks moved = alphas[i] != 0;
        if (!any_marked(&moved))
            continue;
        weights[x->n_columns] += alphas[i];
        lanes_add(weights, &alphas[i], x, i);
    }
    for (size_t t = 0; t < x->n_columns; t++)
        weights[t] *= squares[t];
}

void descent_fit_factors(descent *d)
{
    if (!d->factors.source)
        return;
    for (size_t lane = 0; lane < LANES; lane++)
        fit_lane(d, lane);
    fit_scales(d);
    sum_alphas(d);
}

/* ---- Beginning and end. ---- */

void descent_begin(descent *d, ttag_loss loss, const labels *l, const uint32_t *tags, size_t n_tags,
                   const class_costs *costs, uint64_t seed)
{
    const ttag_matrix *x = d->x;
    d->loss = loss;
    d->n_lanes = n_tags;
    d->counts_as = l->weights;
    memset(d->settled, 0, sizeof d->settled);
    rng_seed(&d->random, seed);
    memset(d->weights, 0, (x->n_columns + 1) * LANES * sizeof *d->weights);
    memset(d->alphas, 0, x->n_rows * LANES * sizeof *d->alphas);
    memset(d->truth, 0, x->n_rows * LANES);
    memset(d->idle, 0, x->n_rows);
    memset(d->resting, 0, x->n_rows);
    for (size_t lane = 0; lane < LANES; lane++) { /* idle lanes: any cost over 0 */
        const class_costs *c = &costs[tags[lane < n_tags ? lane : 0]];
        d->negative_costs[lane] = (float)c->negative;
        d->positive_costs[lane] = (float)c->positive;
    }
    for (size_t lane = 0; lane < n_tags; lane++) {
        labels_truth(l, tags[lane], d->of_tag);
        for (size_t i = 0; i < x->n_rows; i++)
            d->truth[i * LANES + lane] = d->of_tag[i];
    }
    for (size_t i = 0; i < x->n_rows; i++) {
        double square = 1;
        for (size_t e = x->starts[i]; e < x->starts[i + 1]; e++)
            square += (double)x->values[e] * (double)x->values[e];
        d->scales[i] = (float)(1 / square);
        d->order[i] = (uint32_t)i;
    }
    descent_fit_factors(d);
}

bool descent_reserve(descent *d, const ttag_matrix *x)
{
    size_t lanes_of_rows;
    d->x = x;
    if (!size_mul(&lanes_of_rows, x->n_rows, LANES))
        return false;
    d->weights = mem_lines(x->n_columns + 1, LANES * sizeof *d->weights);
    d->alphas = mem_lines(lanes_of_rows, sizeof *d->alphas);
    d->truth = mem_new(lanes_of_rows, sizeof *d->truth);
    d->of_tag = mem_new(x->n_rows, sizeof *d->of_tag);
    d->scales = mem_new(x->n_rows, sizeof *d->scales);
    d->order = mem_new(x->n_rows, sizeof *d->order);
    d->due = mem_new(x->n_rows, sizeof *d->due);
    d->idle = mem_new(x->n_rows, sizeof *d->idle);
    d->resting = mem_new(x->n_rows, sizeof *d->resting);
    return d->weights && d->alphas && d->truth && d->of_tag && d->scales && d->order && d->due &&
           d->idle && d->resting;
}

bool descent_reserve_factors(descent *d, const factor_source *source)
{
    descent_factors *f = &d->factors;
    f->squares = mem_lines(d->x->n_columns + 1, LANES * sizeof *f->squares);
    f->scales = mem_lines(d->x->n_rows, LANES * sizeof *f->scales);
    f->source = source;
    return f->squares && f->scales && term_factors_reserve(&f->of_tag, d->x->n_columns);
}

void descent_dispose(descent *d)
{
    term_factors_dispose(&d->factors.of_tag);
    mem_free(d->factors.squares);
    mem_free(d->factors.scales);
    mem_free(d->weights);
    mem_free(d->alphas);
    mem_free(d->truth);
    mem_free(d->of_tag);
    mem_free(d->scales);
    mem_free(d->order);
    mem_free(d->due);
    mem_free(d->idle);
    mem_free(d->resting);
    *d = (descent){0};
}
