/* The descent: LANES tags abreast. */
#include "train/descent.h"

#include <float.h>
#include <string.h>

#include "base/memory.h"
#include "base/simd.h"

enum {
    LONGEST_REST = 4, /* an article that changed nothing is passed over 1, 3, 7, 15 times */
    AHEAD = 6         /* articles between asking for a row and needing it */
};

static const float LEAST_STEP = 1e-6f; /* of an alpha, as a share of the cost */

/* ---- One article. ---- */

/* Truths as the block keeps them. */
typedef signed char lane_truths __attribute__((vector_size(LANES)));

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
    return lanes_any(&notable);
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
