/* The settings that tuning compared, in the order in which it did, and what came of each. */
#ifndef TRAIN_TUNE_TABLE_H
#define TRAIN_TUNE_TABLE_H

#include "base/buffer.h"
#include "train/trial.h"
#include "ttag/train.h"

enum { TUNE_ROWS_MOST = 32 };

/* What tuning varies. */
typedef struct tune_setting {
    uint32_t word_ngrams, char_least, char_most;
    ttag_term_scaling scaling;
    double cost;        /* of GIVEN */
    bool cost_searched; /* that is what a search found */
    ttag_threshold_rule rule;
} tune_setting;

typedef struct tune_row {
    tune_setting setting;
    fold_figures figures; /* without folds: the trial was cut short */
    fold_gain gain;       /* over the best row before it, `against`; none for the first */
    size_t against;
    double seconds; /* 0: made from the trial of another rule */
    double work;    /* as in trial */
} tune_row;

/* Zero-initialise before use. */
typedef struct tune_table {
    tune_row *rows; /* TUNE_ROWS_MOST */
    size_t n_rows;
    size_t chosen;
    size_t n_articles;
    bool sampled;
    bool cut_short; /* there might have been more, with more time */
} tune_table;

/* The table for people: a note for each row. */
void tune_table_tell(const tune_table *table, const ttag_monitor *monitor);

/* `"tune":[…]` of a card, without seconds: cards say nothing of time. A comma before it. */
void tune_table_put(buffer *b, const tune_table *table);

void tune_table_dispose(tune_table *table);

#endif
