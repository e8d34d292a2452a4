/* Every problem of a training, in parallel: each tag on all articles, and on all but one fold of
   each of its partitions. */
#ifndef TRAIN_SOLVE_H
#define TRAIN_SOLVE_H

#include "train/active_set.h"
#include "train/labels.h"
#include "train/probes.h"
#include "train/rbf_problem.h"
#include "train/screening.h"
#include "train/term_factors.h"
#include "ttag/train.h"

typedef struct solve_task {
    const ttag_matrix *x;  /* terms in order of falling df */
    const uint32_t *terms; /* n_columns: row of the weights that each term fills */
    const labels *labels;
    const bool *constant;     /* n_tags: nothing to solve */
    const class_costs *costs; /* n_tags */
    ttag_loss loss;           /* other than HINGE: for linear_solve_all alone */
    double tolerance;
    size_t memory; /* bytes that the kernel values of one tag may take */
    bool together; /* they bound those of the sets that screening finds for all tags together */
    uint64_t seed;
    bool search;                  /* only out-of-fold scores are wanted, and nearly exact ones do */
    near_set *near;               /* n_tags: where to begin, and afterwards where it ended; NULL, or
                                     sets without articles: what screening finds */
    uint32_t n_folds;             /* 0: no out-of-fold scores */
    const uint32_t *partitions;   /* n_tags: how many partitions the tag is scored on */
    const uint8_t *folds;         /* most partitions x n_articles: fold of each article */
    const rbf_matrix *rbf;        /* of x; NULL: the linear kernel */
    const factor_source *factors; /* of x: terms have factors for each tag; NULL: none */
    const probe_set *probes;      /* pieces of articles to be scored out of fold; NULL: none */
    unsigned threads;
    const ttag_monitor *monitor;
    deadline *deadline; /* NULL: none */
} solve_task;

/* How far a tag has come. */
typedef enum solve_state {
    SOLVE_OPEN = 0, /* not solved: what there is is an approximation, or nothing */
    SOLVE_WHOLE,    /* solved on all articles */
    SOLVE_DONE      /* and on those of each fold, if there are folds */
} solve_state;

/* Zero-initialise before use. */
typedef struct solve_result {
    size_t n_tags;
    libsvm_solution *solutions; /* n_tags, on all articles; empty for a constant tag */
    active_report *reports;     /* n_tags: how that went */
    certificate *certificates;  /* n_tags; of the RBF kernel */
    solve_state *states;        /* n_tags; of a constant tag without meaning */
    float **scores; /* n_tags: partitions x n_articles, out of fold; 0 where unknown; NULL: none */
    float **wholes; /* n_tags: as probes_combine fills them; NULL: none */
} solve_result;

/* Makes room for the results of a task. TTAG_NOMEM. */
ttag_status solve_result_reserve(solve_result *r, const solve_task *task);
/* Once the deadline has come, open tags get what there is: a solution on the way, or what screening
   found. TTAG_CANCELLED: it came before there was anything, or that is not wanted. */
ttag_status solve_all(solve_result *out, const solve_task *task, ttag_error *err);
void solve_result_dispose(solve_result *r);

/* Room for the scores of all probes, for the most partitions of any tag, for so many tags. NULL: no
   memory. */
float *probe_scores_new(const solve_task *task, size_t n_tags);

#endif
