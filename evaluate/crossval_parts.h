/* The articles of a cross-validation, read once, and which of them each model sees. */
#ifndef EVALUATE_CROSSVAL_PARTS_H
#define EVALUATE_CROSSVAL_PARTS_H

#include "articles/record_list.h"
#include "base/arena.h"
#include "train/labels.h"
#include "ttag/crossval.h"

/* Zero-initialise before use. */
typedef struct crossval_parts {
    record_list records; /* labelled ones: of the feed, then of the extra feeds */
    size_t n;            /* of the feed */
    uint32_t *sources;   /* which extra feed, for the records behind them */
    size_t sources_capacity;
    ttag_view *dates; /* n; absent: none */
    size_t dates_capacity;
    arena texts;
    label_log log;
    labels labels;
    uint8_t *part; /* of each record: a number, or FOLD_NONE: in no part that is ever withheld */
    uint32_t n_folds;
    bool by_date;
    size_t undated, unlabelled, refused;
} crossval_parts;

ttag_status crossval_parts_read(crossval_parts *p, ttag_reader *feed,
                                const ttag_crossval_opts *opts, const ttag_train_opts *train,
                                ttag_error *err);
/* Which records of the feed (source UINT32_MAX), or of an extra one, the model of a fold is trained
   on, or is measured with; numbers: room for all records. Returns how many. */
size_t crossval_parts_list(const crossval_parts *p, uint32_t *numbers, uint32_t fold,
                           uint32_t source, bool withheld);
void crossval_parts_dispose(crossval_parts *p);

#endif
