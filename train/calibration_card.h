/* What a card says about new thresholds: member "recalibration", always the last one. */
#ifndef TRAIN_CALIBRATION_CARD_H
#define TRAIN_CALIBRATION_CARD_H

#include "base/buffer.h"
#include "train/constrained_cut.h"
#include "ttag/calibrate.h"

typedef struct calibration_facts {
    const ttag_calibrate_opts *opts;
    const ttag_calibrate_counts *counts;
    const char *digest; /* of the articles */
    uint32_t n_folds;
    const ttag_model_tag *tags; /* n_tags, new */
    const threshold *cuts;      /* n_tags: what they are worth on these articles */
    const size_t *support;      /* n_tags: articles that carry it */
    const bool *changed;        /* n_tags */
    size_t n_tags;
} calibration_facts;

/* The old card with the new member in place of an older one. Check buffer_ok. */
void calibration_card_write(buffer *out, ttag_view card, const calibration_facts *f);

#endif
