/* One C-SVC by libsvm on a part of a kernel matrix. libsvm.c is the only file that sees
   svm.h. */
#ifndef TRAIN_LIBSVM_H
#define TRAIN_LIBSVM_H

#include "train/class_costs.h"
#include "train/compact_kernel.h"

typedef struct libsvm_task {
    const compact_kernel *kernel;
    const uint32_t *articles; /* n_articles by their place in the kernel, ascending */
    size_t n_articles;
    const signed char *truth; /* by place: +1 or -1 for those above */
    class_costs costs;
    double tolerance;
} libsvm_task;

/* f(x) = Σ coefs[k] * K(x, articles[k]) + bias; articles by place, as in the task */
typedef struct libsvm_solution {
    size_t n_support;
    uint32_t *articles; /* n_support support vectors, ascending */
    double *coefs;      /* alpha * y */
    double bias;
} libsvm_solution;

/* Turns off libsvm's own output. Call before threads. */
void libsvm_silence(void);

/* Both classes must be among the articles. libsvm's copy of their kernel values takes 16 bytes for
   each pair. TTAG_NOMEM; TTAG_INVALID: no finite solution. */
ttag_status libsvm_solve(libsvm_solution *out, const libsvm_task *task);
void libsvm_solution_dispose(libsvm_solution *s);

/* Version of the library that is linked, as 324 for 3.24. */
int libsvm_release(void);

#endif
