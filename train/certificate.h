/* How near a tag's solution is to the optimum of its problem. */
#ifndef TRAIN_CERTIFICATE_H
#define TRAIN_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct certificate {
    double objective; /* of the dual: no solution has less */
    double gap;       /* (primal - dual) / primal; 0 where the primal is 0 */
    double
        violation; /* largest 1 - y f(x) of an article outside the active set; NaN: no such set */
    size_t n_support; /* articles with alpha > 0 */
    size_t active;    /* articles that the solver saw */
    size_t rounds;    /* calls of libsvm, or passes over the articles */
    bool own;         /* by our own SMO, as the problem has weights of single articles */
} certificate;

#endif
