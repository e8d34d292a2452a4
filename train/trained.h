/* What a training hands out: the parts of a model, and all that they point to. */
#ifndef TRAIN_TRAINED_H
#define TRAIN_TRAINED_H

#include "base/arena.h"
#include "base/buffer.h"
#include "train/collect.h"
#include "train/support_vectors.h"
#include "ttag/train.h"

/* Zero-initialise before use; let go of by ttag_trained_free. */
struct ttag_trained {
    corpus corpus;
    arena memory; /* of the tag table and of what follows */
    ttag_boilerplate boilerplate;
    float *weights;
    support_set support;
    buffer card;
    ttag_model_parts parts;
};

/* Keeps a copy of the options' boilerplate, which the model outlives. */
ttag_status trained_copy_boilerplate(ttag_trained *trained, const ttag_boilerplate *from,
                                     ttag_error *err);

#endif
