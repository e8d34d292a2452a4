/* The small model with support vectors in place of weights, and its formula told once more, over
   dense rows. */
#ifndef UNIT_RBF_FIXTURE_H
#define UNIT_RBF_FIXTURE_H

#include "model_fixture.h"

enum { N_VECTORS = 5 };

#define RBF_GAMMA 0.125

/* counts of alpha, beta, delta, gamma; one vector is empty, as an article may be */
static const double rbf_rows[N_VECTORS][N_TERMS] = {
    {1, 0, 0, 0}, {0, 2, 1, 0}, {3, 0, 0, 1}, {0, 0, 0, 0}, {1, 1, 0, 2}};

/* NEWS has none: its score is its bias */
static const double rbf_coefs[N_TAGS][N_VECTORS] = {
    [MALWARE] = {1, -0.5, 0, 0, -0.25},
    [VULNERABILITIES] = {0, 0, 2, -1.5, 0},
    [LINUX] = {-1, 1, 1, -1, 0.75},
};

typedef struct rbf_fixture {
    model_fixture small;
    double squares[N_VECTORS];
    uint64_t term_starts[N_TERMS + 1];
    uint32_t vectors[N_TERMS * N_VECTORS];
    float values[N_TERMS * N_VECTORS];
    uint64_t coef_starts[N_TAGS + 1];
    uint32_t coef_vectors[N_TAGS * N_VECTORS];
    float coefs[N_TAGS * N_VECTORS];
} rbf_fixture;

static inline void rbf_fixture_init(rbf_fixture *f)
{
    uint64_t n = 0;
    memset(f, 0, sizeof *f);
    fixture_init(&f->small);
    for (uint32_t term = 0; term < N_TERMS; term++) {
        for (uint32_t i = 0; i < N_VECTORS; i++) {
            if (rbf_rows[i][term] == 0)
                continue;
            f->squares[i] += rbf_rows[i][term] * rbf_rows[i][term];
            f->vectors[n] = i;
            f->values[n++] = (float)rbf_rows[i][term];
        }
        f->term_starts[term + 1] = n;
    }
    n = 0;
    for (uint32_t tag = 0; tag < N_TAGS; tag++) {
        for (uint32_t i = 0; i < N_VECTORS; i++) {
            if (rbf_coefs[tag][i] == 0)
                continue;
            f->coef_vectors[n] = i;
            f->coefs[n++] = (float)rbf_coefs[tag][i];
        }
        f->coef_starts[tag + 1] = n;
    }
    f->small.parts.kernel = TTAG_KERNEL_RBF;
    f->small.parts.weights = NULL;
    f->small.parts.support = (ttag_support_vectors){RBF_GAMMA,      N_VECTORS,       f->squares,
                                                    f->term_starts, f->vectors,      f->values,
                                                    f->coef_starts, f->coef_vectors, f->coefs};
}

/* f(x) = Σ coef exp(-gamma |x - z|²) + b */
static inline double rbf_by_hand(const rbf_fixture *f, size_t tag, const double x[N_TERMS])
{
    double sum = (double)f->small.tags[tag].bias;
    for (size_t i = 0; i < N_VECTORS; i++) {
        double distance = 0;
        for (size_t term = 0; term < N_TERMS; term++)
            distance += (x[term] - rbf_rows[i][term]) * (x[term] - rbf_rows[i][term]);
        sum += rbf_coefs[tag][i] * exp(-RBF_GAMMA * distance);
    }
    return sum;
}

static inline int rbf_fixture_setup(void **state)
{
    rbf_fixture *f = malloc(sizeof *f);
    assert_non_null(f);
    rbf_fixture_init(f);
    *state = f;
    return 0;
}

static inline int rbf_fixture_teardown(void **state)
{
    rbf_fixture *f = *state;
    fixture_dispose(&f->small);
    free(f);
    return 0;
}

#endif
