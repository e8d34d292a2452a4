/* All tags at once, nearly solved: a guess at the articles that matter to each of them. A few
   passes of train/descent.h find nearly all of libsvm's support vectors. */
#ifndef TRAIN_SCREENING_H
#define TRAIN_SCREENING_H

#include "train/active_set.h"
#include "train/labels.h"
#include "train/term_factors.h"
#include "ttag/features.h"

typedef struct screening_task {
    const ttag_matrix *x;
    const labels *labels;
    const bool *constant;     /* n_tags: nothing to solve */
    const class_costs *costs; /* n_tags */
    uint64_t seed;            /* of the order of articles */
    unsigned threads;
    const ttag_monitor *monitor;
    deadline *deadline;           /* NULL: none */
    const factor_source *factors; /* of x: terms have factors for each tag; NULL: none */
} screening_task;

/* near: the articles of each of n_tags tags with a notable alpha or loss, none for a constant tag;
   zero-initialised; dispose each, also after a failure. The same for any number of
   threads. TTAG_NOMEM, TTAG_CANCELLED. */
ttag_status screen_tags(near_set *near, const screening_task *task);
#endif
