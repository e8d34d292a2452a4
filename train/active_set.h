/* The exact solution of a C-SVC on many articles, found by libsvm on the few that matter.

   Articles whose alpha is 0 do not change the solution. So: solve on an active set; compute every
   article's decision value; those outside the set that violate their optimality condition
   y f(x) >= 1 join the set; again, until none does. Then the conditions of the whole problem hold,
   to libsvm's own tolerance (chunking: Vapnik 1982; as working sets: Osuna, Freund, Girosi 1997).
 */
#ifndef TRAIN_ACTIVE_SET_H
#define TRAIN_ACTIVE_SET_H

#include "train/libsvm.h"

/* How a problem was solved. */
typedef struct active_report {
    uint32_t rounds;  /* calls of libsvm */
    uint32_t active;  /* articles of the last call */
    double violation; /* largest 1 - y f(x) of an article outside the set, at least 0 */
} active_report;

/* What a solver needs beside its task; one for each thread. Zero-initialise before use. */
typedef struct active_scratch {
    uint32_t *active; /* articles of the set, ascending */
    size_t n_active;
    unsigned char *place; /* n: of each article, see active_set.c */
    double *scores;       /* n: after a solution the decision value of every article */
    uint32_t *order;      /* n */
} active_scratch;

ttag_status active_scratch_init(active_scratch *s, size_t n_articles);
void active_scratch_dispose(active_scratch *s);

/* Solves task, of which both classes must be present. start: articles to begin with, ascending;
   those that are not of the task are passed over, and a class that is missing gets its first
   article. The better the start, the fewer rounds. Status as libsvm_solve. */
ttag_status active_solve(libsvm_solution *out, active_report *report, active_scratch *scratch,
                         const libsvm_task *task, const uint32_t *start, size_t n_start);

#endif
