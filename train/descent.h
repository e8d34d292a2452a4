/* Dual coordinate descent for the hinge loss (Hsieh, Chang, Lin, Keerthi and Sundararajan 2008),
   for a block of tags at once:

     min over w, b of  1/2 (|w|² + b²) + Σ C max(0, 1 - y (w·x + b))

   and for its square, C max(0, ·)²: alphas then have no upper bound, and alpha² / 4C is taken from
   the dual.

   One pass over an article's terms moves all tags of the block: weights stand term by term, tags
   innermost. The bias is the weight of one more feature of value 1, so it is held back like any
   weight: libsvm, which leaves it free, finds a slightly different optimum. */
#ifndef TRAIN_DESCENT_H
#define TRAIN_DESCENT_H

#include "base/random.h"
#include "train/class_costs.h"
#include "train/deadline.h"
#include "train/labels.h"
#include "train/lanes.h"
#include "train/term_factors.h"
#include "ttag/train.h"

/* Factors of a tag's terms. The weights are then those of x itself, f∘w, so that deciding is the
   same with and without factors. */
typedef struct descent_factors {
    const factor_source *source; /* NULL: no factors, and nothing below */
    term_factors of_tag;
    float *squares; /* (n_columns + 1) x LANES: f²; the last row, of the bias, is 1 */
    float *scales;  /* n_rows x LANES: 1 / (|f∘x|² + 1) */
} descent_factors;

/* What one thread needs for a block. Zero-initialise before descent_reserve. */
typedef struct descent {
    const ttag_matrix *x;
    ttag_loss loss;
    float negative_costs[LANES];
    float positive_costs[LANES];
    size_t n_lanes;         /* that hold a tag; the others stay 0 */
    bool settled[LANES];    /* lanes that move no more */
    float *weights;         /* (n_columns + 1) x LANES; the last row is the bias */
    float *alphas;          /* n_rows x LANES, each times y */
    signed char *truth;     /* n_rows x LANES: y; 0: does not count */
    signed char *of_tag;    /* n_rows */
    const float *counts_as; /* n_rows: the articles' own weights; NULL: 1 each */
    float *scales;          /* n_rows: 1 / (|x|² + 1) */
    uint32_t *order;        /* n_rows */
    uint32_t *due;          /* n_rows: those whose turn it is */
    unsigned char *idle;    /* n_rows: visits in a row that changed nothing */
    unsigned char *resting; /* n_rows: visits to pass over */
    rng random;             /* of the order */
    deadline *deadline;     /* ends a run after the epoch it comes in; NULL: nothing does */
    bool screening;         /* a run ends only where the deadline ends screening */
    descent_factors factors;
} descent;

/* The smaller one of a lane's two classes. */
static inline float descent_cost(const descent *d, size_t lane)
{
    float negative = d->negative_costs[lane];
    float positive = d->positive_costs[lane];
    return negative < positive ? negative : positive;
}

/* An article's own weight: a factor of its cost in every lane. */
static inline float descent_counts_as(const descent *d, size_t article)
{
    return d->counts_as ? d->counts_as[article] : 1;
}

/* How near a lane is to its optimum. */
typedef struct descent_gap {
    double dual; /* no solution has less */
    double gap;  /* (primal - dual) / primal; 0 where the primal is 0 */
    size_t n_support;
} descent_gap;

bool descent_reserve(descent *d, const ttag_matrix *x);
/* Room for factors as well. */
bool descent_reserve_factors(descent *d, const factor_source *source);
void descent_dispose(descent *d);

/* Begins with w = 0 for these tags, at most LANES; costs: of all tags. */
void descent_begin(descent *d, ttag_loss loss, const labels *l, const uint32_t *tags, size_t n_tags,
                   const class_costs *costs, uint64_t seed);

/* Where there are factors: fits them to the articles whose truth is known in each lane, and the
   weights to them and the alphas. To be called whenever the truth has changed. */
void descent_fit_factors(descent *d);

/* Passes over the articles; those that change nothing are passed over more and more often. Returns
   how many there were: all, unless the deadline came. */
unsigned descent_run(descent *d, unsigned epochs);

/* gaps[LANES], exact: over every article. */
void descent_gaps(const descent *d, descent_gap *gaps);

/* Runs until every lane's gap is at most `gap`, looking at it every so many epochs, for `most`
   epochs at most, or until the deadline; returns how many. A lane that is there moves no more, so
   that only the articles that matter to the others take time. */
unsigned descent_settle(descent *d, double gap, unsigned every, unsigned most, descent_gap *gaps);

/* f[LANES] = w·x + b of an article. */
void descent_decide(const descent *d, size_t article, float *f);

/* Takes an article out: its truth becomes 0 in every lane, its alphas too. */
void descent_forget(descent *d, size_t article);

#endif
