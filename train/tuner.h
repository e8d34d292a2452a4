/* What tuning knows while it goes on, and its steps. */
#ifndef TRAIN_TUNER_H
#define TRAIN_TUNER_H

#include "train/trial.h"
#include "train/tune.h"

typedef struct tuner {
    tune_table *table;
    const kept_feeds *kept;
    const ttag_train_opts *opts;
    const ttag_taxonomy *taxonomy;
    deadline *time;
    size_t most;                     /* articles of a trial; 0: all */
    size_t best;                     /* row */
    fold_figures rules[TRIAL_RULES]; /* of the best row's trial */
    double training;                 /* seconds that it may take; 0: not known yet */
    double growth;                   /* exponent, from what is known */
    bool spares;                     /* the training is to have one partition, for want of time */
    bool over;                       /* there is no time for more */
} tuner;

/* ---- tuner.c: settings, time, and a single trial. ---- */

tune_setting tuner_setting_of(const ttag_train_opts *o);
void tuner_apply(ttag_train_opts *o, const tune_setting *s);
const tune_row *tuner_best(const tuner *t);

/* So many times as long takes what a trial of n articles does for all; n = 0: all. */
double tuner_growth(const tuner *t, size_t n);
/* Seconds that the training with this row's setting is thought to take, and may take. */
double tuner_training(const tuner *t, const tune_row *row);
double tuner_reserve(const tuner *t, const tune_row *row);
/* Seconds for the next trial. */
double tuner_room(const tuner *t);

/* Adds a row, unless there is no time or no room for it; `out` without folds: nothing came of it.
 */
ttag_status tuner_try(tuner *t, trial_result *out, const tune_setting *s, ttag_error *err);
/* The cost that a search finds with the best setting on another partition into folds, so that it is
   judged as the others are; 0: none, or no time. */
ttag_status tuner_search_cost(tuner *t, double *cost, ttag_error *err);

/* ---- tune_steps.c: one thing varied after the other. ---- */

/* All of them, after a first row; t->best is the row that convinces. */
ttag_status tuner_vary(tuner *t, ttag_error *err);

#endif
