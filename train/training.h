/* One training from the articles to the parts of a model, as the steps hand it on: each has a file
   of its own. */
#ifndef TRAIN_TRAINING_H
#define TRAIN_TRAINING_H

#include "train/card.h"
#include "train/deadline.h"
#include "train/out_of_fold.h"
#include "train/rbf_matrix.h"
#include "train/solvers.h"
#include "train/trained.h"

/* What one training works with, and lets go of at its end. Zero-initialise before use. */
typedef struct training {
    const ttag_train_opts *opts;
    const labels *labels;
    const ttag_matrix *x;
    const ttag_vocabulary *vocabulary; /* of its columns */
    unsigned threads;
    ttag_model_tag *tags;  /* in the arena of what is trained */
    bool *constant;        /* n_tags: every known article is positive */
    size_t *unknown;       /* n_tags: articles, extra ones aside */
    class_costs *costs;    /* n_tags */
    uint32_t *partitions;  /* n_tags */
    uint32_t n_partitions; /* most of any tag */
    uint32_t n_folds;      /* 0: no thresholds */
    uint32_t n_search_folds;
    gamma_search gammas;
    cost_search search;
    rbf_matrix rbf;
    uint8_t *folds; /* n_partitions x n_articles */
    tag_solutions found;
    float *shares;            /* n_tags: of the classifier of all terms; NULL: no averaging */
    threshold *cuts;          /* n_tags; of those with folds */
    fitted_calibration *maps; /* likewise */
    shared_line shared;       /* what calibrations of passages lean on */
    signed char *truth;       /* n_articles for each worker */
    const whole_list *wholes; /* that passages belong to; NULL: the unit is the article */
    probe_set probes;
    signed char *whole_truth; /* n_tags x wholes->count */
    uint8_t *whole_folds;     /* n_partitions x wholes->count */
    combining combining;
    bool *finished;    /* n_tags */
    out_of_fold *kept; /* NULL: not asked for */
    deadline deadline;
    ttag_monitor monitor;   /* the caller's, and the deadline */
    const tune_table *tune; /* NULL: none */
} training;

/* ---- training.c: the tags, before anything is solved. ---- */

/* Room for what is found out about each tag. */
ttag_status training_reserve(training *t, ttag_error *err);
/* Which tags are constant or known by extra articles only (both are told), which articles are
   unknown to them, and the costs that the options give. */
void training_survey_tags(training *t);
void training_dispose(training *t);

/* Whose scores are cut and calibrated: the articles, or those that passages belong to. */
size_t training_n_judged(const training *t);
const uint8_t *training_judged_folds(const training *t);
/* Out-of-fold scores of these for a tag, partitions x articles, once they are there. */
const float *training_scores(const training *t, size_t tag);

/* ---- training_folds.c ---- */

/* How many folds and partitions there are, for thresholds and for the search of settings; tells
   where they are fewer than asked for. Then the partitions themselves. */
ttag_status training_part_articles(training *t, ttag_error *err);

/* ---- training_solve.c ---- */

/* Searches gamma and costs where that is asked for, then solves all tags. */
ttag_status training_solve(training *t, ttag_error *err);

/* ---- training_passages.c: articles from passages; t->wholes is there. ---- */

/* The articles' truth and folds from those of their passages, and the pieces to score them by. */
ttag_status training_find_pieces(training *t, const corpus *from, ttag_error *err);
/* By which rule the pieces' scores make up the article's; tells the rule. */
ttag_status training_choose_combining(training *t, ttag_error *err);
/* The rule for the model; of articles none. */
ttag_passage_rule training_passage_rule(const training *t);

/* ---- training_fit.c ---- */

/* Bias, cut, calibration and out-of-fold figures of all tags; what the tags keep of these lies in
   `memory`. */
ttag_status training_fit_tags(training *t, arena *memory, ttag_error *err);

/* ---- training_parts.c ---- */

/* The card. */
ttag_status training_write_card(const training *t, ttag_trained *trained, ttag_error *err);
/* Moves weights and support vectors to what is trained, and fills its parts. */
void training_put_together(training *t, ttag_trained *trained);

#endif
