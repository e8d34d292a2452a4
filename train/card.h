/* The card of a model: from what it was made, how, and with what figures, as a JSON object. */
#ifndef TRAIN_CARD_H
#define TRAIN_CARD_H

#include "base/buffer.h"
#include "train/certificate.h"
#include "train/collect.h"
#include "train/combining.h"
#include "train/cost_search.h"
#include "train/gamma.h"
#include "train/tune_table.h"
#include "ttag/train.h"

typedef struct card_facts {
    const ttag_train_opts *opts;
    const corpus *corpus;
    const ttag_model_tag *tags;      /* n_tags of the corpus' labels */
    ttag_solver solver;              /* that was used */
    const certificate *certificates; /* n_tags */
    const uint32_t *partitions;      /* n_tags */
    const size_t *unknown;           /* n_tags: articles that say nothing about the tag */
    const class_costs *costs;        /* n_tags */
    const gamma_search *gammas;      /* without trials: none was made */
    double gamma;                    /* of the RBF kernel */
    const cost_search *search;       /* likewise */
    const bool *finished;            /* n_tags */
    const float *shares;        /* n_tags: of the classifier of all terms; NULL: there is but one */
    const probe_set *probes;    /* of passages; NULL: the unit is the article */
    const combining *combining; /* likewise */
    const tune_table *tune;     /* NULL: settings were as they are */
    uint32_t n_folds;           /* 0: no out-of-fold figures */
    double micro_f1, macro_f1;  /* out of fold; NaN */
} card_facts;

/* Nothing of time, place, host or threads: the same training gives the same card. Check buffer_ok.
 */
void card_write(buffer *b, const card_facts *f);

/* Its member "options"; card_options.c. */
void card_put_options(buffer *b, const card_facts *f);
/* Members "thresholds" and "calibration": how cuts and probabilities were chosen. */
void card_put_cuts(buffer *b, ttag_threshold_rule rule, double bound, ttag_calibration calibration);

#endif
