/* One model of a cross-validation: trained on some records, measured on those of a fold. */
#ifndef EVALUATE_CROSSVAL_FOLD_H
#define EVALUATE_CROSSVAL_FOLD_H

#include "evaluate/crossval_parts.h"
#include "evaluate/tally.h"

/* Borrowed, all of it. */
typedef struct crossval_fold {
    const ttag_crossval_opts *opts;
    const ttag_train_opts *train;
    const ttag_reader_opts *reading;
    const crossval_parts *parts;
    uint32_t *numbers; /* room for those of all records */
    uint32_t fold;
} crossval_fold;

/* Trains on the first n of f->numbers, which are of the feed, and on the extra records that are not
   withheld with the fold. */
ttag_status crossval_fold_train(ttag_trained **out, const crossval_fold *f, size_t n,
                                ttag_error *err);

/* Tags what is withheld with the fold. The tally's names are those of the model. */
ttag_status crossval_fold_test(tally *out, const crossval_fold *f, const ttag_trained *trained,
                               ttag_error *err);

#endif
