/* The exact solution of a C-SVC on many articles, found by libsvm on the few that matter.

   Articles whose alpha is 0 do not change the solution. So: solve on a working set; compute every
   article's decision value; those outside the set that violate their optimality condition
   y f(x) >= 1 join the set; again, until none does. Then the conditions of the whole problem hold,
   to libsvm's own tolerance (chunking: Vapnik 1982; as working sets: Osuna, Freund, Girosi 1997).

   Who matters is found by train/smo.h, which can begin near the end; libsvm then solves on these
   articles from nothing, most often once. */
#ifndef TRAIN_ACTIVE_SET_H
#define TRAIN_ACTIVE_SET_H

#include "train/libsvm.h"
#include "train/smo.h"
#include "train/working_set.h"

typedef struct active_task {
    const kernel_source *source;
    const signed char *truth; /* of every article: +1, -1; 0: does not count. Both classes */
    class_costs costs;
    double tolerance;
    size_t memory;          /* bytes that kernel values may take */
    deadline *deadline;     /* NULL: none */
    const float *counts_as; /* the articles' own weights; NULL: 1 each */
} active_task;

/* Articles to begin with, and their alphas times y. Owned by whoever holds it. */
typedef struct near_set {
    uint32_t *articles;
    float *coefs;
    size_t n;
} near_set;

void near_set_dispose(near_set *s);

/* How a problem was solved. */
typedef struct active_report {
    uint32_t rounds; /* calls of libsvm */
    uint32_t active; /* articles of the last call */
    bool own;        /* by train/smo.h alone: libsvm has no weights of single articles */
    double
        violation; /* largest 1 - y f(x) of an article outside the set, at least 0; NaN: unknown */
    double bound;  /* of the optimum, where the solution's own alphas do not balance; else NaN */
} active_report;

/* What a solver needs beside its task; one for each thread. Zero-initialise before use. After a
   solution it tells of all that went into it. */
typedef struct active_scratch {
    working_set set;
    double *scores; /* decision value of every article */
    double *coefs;  /* alpha times y of the set's articles, by their place in the set */
    size_t coefs_capacity;
    double *weights; /* n_columns */
    smo problem;
    uint32_t *active;   /* places of the articles that libsvm sees, ascending */
    signed char *truth; /* of the set's articles */
} active_scratch;

/* Finds who matters, and a solution to the task's tolerance by our own solver alone: afterwards the
   scratch holds it, its bias that of scratch->problem. Status as active_solve; TTAG_CANCELLED: the
   problem of the scratch is as far as it came. */
ttag_status active_gather(active_scratch *scratch, const active_task *task, const near_set *start);

ttag_status active_scratch_init(active_scratch *s, const kernel_source *source);
void active_scratch_dispose(active_scratch *s);

/* Whether an article that counts has a weight of its own other than 1, so that its problem is not
   one for libsvm. */
bool is_weighted(const signed char *truth, const float *counts_as, size_t n);

/* The better the start, the fewer rounds; of its articles those that do not count are passed over.
   Status as libsvm_solve; TTAG_LIMIT; TTAG_CANCELLED: the deadline came, and *out holds what was
   reached, whose alphas balance. libsvm itself is never cut short. */
ttag_status active_solve(libsvm_solution *out, active_report *report, active_scratch *scratch,
                         const active_task *task, const near_set *start);

#endif
