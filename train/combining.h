/* How the scores of passages make up an article's, and where it is cut: all rules of the probes,
   each with three kinds of cuts, by the F1 over all decisions (micro) on folds that cuts and second
   stage were not fitted on. With few positive articles a tag's own cut is noisy, and one for all is
   better. */
#ifndef TRAIN_COMBINING_H
#define TRAIN_COMBINING_H

#include "train/constrained_cut.h"
#include "train/second_stage.h"

typedef enum cut_kind {
    CUTS_OWN,    /* each tag's, as train/thresholds.h finds it */
    CUTS_SHARED, /* one for all tags, with the best micro-F1 */
    CUTS_BETWEEN /* half-way between the two */
} cut_kind;

typedef struct combining_trial {
    size_t rule; /* of the probes */
    cut_kind kind;
    double micro_f1, per_article_f1;
} combining_trial;

/* Zero-initialise before use. */
typedef struct combining {
    combining_trial trials[PROBE_RULES * 3];
    size_t n_trials;
    combining_trial best; /* of nearly equal ones the first */
    float shared;         /* the cut, where there is one */
    ttag_second_stage second;
    float **scores; /* n_tags: partitions x articles, out of fold; NULL: the tag is left out */
    size_t n_tags;
} combining;

typedef struct combining_task {
    const probe_set *probes;
    float *const *highest;      /* n_tags, of probes_combine; NULL: the tag is left out */
    const uint32_t *partitions; /* n_tags */
    const signed char *truth;   /* n_tags x articles: +1, -1, 0 unknown */
    size_t n_tags;
    const cut_rule *rule; /* another one than F1: own cuts only */
    const uint8_t *folds; /* most partitions x articles */
    uint32_t n_folds;
    unsigned threads;
} combining_task;

/* TTAG_NOMEM. */
ttag_status combining_choose(combining *out, const combining_task *task);
void combining_dispose(combining *c);

/* Moves a tag's own cut to where the kind wants it, and counts anew what it does. scores:
   n_partitions x n. */
void combining_move_cut(threshold *cut, const combining *how, const float *scores,
                        size_t n_partitions, const signed char *truth, size_t n);

#endif
