/* A C-SVC's dual on a small block of the kernel matrix, from any start:

     max over c of  Σ y c - 1/2 Σ Σ c c' K    with Σ c = 0 and c between its bounds

   where c = alpha y. Sequential minimal optimisation (Platt 1998) with the working sets of Fan,
   Chen and Lin (2005): libsvm's own method. libsvm always begins at 0; out-of-fold problems and
   those of neighbouring costs begin here at the solution of a problem next to theirs. */
#ifndef TRAIN_SMO_H
#define TRAIN_SMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "train/deadline.h"

/* Of n articles; the arrays have room for `capacity`, a multiple of SMO_PADDING. Zero-initialise
   before smo_reserve. */
typedef struct smo {
    size_t n, capacity;
    double *coefs;      /* alpha y */
    double *errors;     /* y - Σ c' K: at an optimum the bias of articles on the margin */
    double *lows;       /* bounds of c; an article between 0 and 0 takes no part */
    double *highs;      /* */
    int64_t *can_rise;  /* -1 where c is below its upper bound, else 0 */
    int64_t *can_fall;  /* likewise */
    double bias;        /* of the last smo_run */
    deadline *deadline; /* ends a run early; NULL: nothing does */
    size_t most;        /* steps of a run; 0: about 100 for each article */
} smo;

enum { SMO_PADDING = 16 };

/* Rows of `stride` floats, a multiple of SMO_PADDING, each on a cache line; what lies behind the
   n-th value must be finite. */
typedef struct smo_kernel {
    const float *values;
    const float *diagonal; /* stride */
    size_t stride;
} smo_kernel;

/* Room for n articles; keeps what the n before had. */
bool smo_reserve(smo *s, size_t n);
void smo_dispose(smo *s);

/* c[article] += step, whatever the bounds say; errors follow. */
void smo_move(smo *s, const smo_kernel *kernel, size_t article, double step);

/* Makes Σ c = 0, each time by the article whose move helps the dual most. */
void smo_balance(smo *s, const smo_kernel *kernel);

/* Moves pairs until no two articles' errors contradict by more than `tolerance`; sets the bias.
   Σ c must be 0. Returns the number of steps; the last one possible is the one that s->most says,
   and where it is not enough, or the deadline comes first, what has been reached stands. */
size_t smo_run(smo *s, const smo_kernel *kernel, double tolerance);

#endif
