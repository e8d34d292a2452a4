/* A training from feeds to a model, or to the figures of a trial. */
#ifndef TRAIN_TRAIN_JOB_H
#define TRAIN_TRAIN_JOB_H

#include "train/training.h"
#include "train/trial.h"

/* A training, and who looks at it before it lets go of its scores. */
typedef struct train_job {
    ttag_reader *feed;
    const ttag_train_opts *opts;
    const ttag_taxonomy *taxonomy;
    out_of_fold *kept;      /* NULL: not wanted */
    const tune_table *tune; /* for the card; NULL: none */
    size_t refused;         /* records, before the feed came here */
    trial_result *trial;    /* what is wanted of it; NULL: its parts */
    uint32_t partitions;    /* for the trial */
} train_job;

/* Reads and trains with the options as they are, without tuning. trained: zero, and to be freed
   also where this fails. */
ttag_status train_job_run(ttag_trained *trained, const train_job *job, ttag_error *err);

/* Compares settings and trains with the best; job->trial has no say here. */
ttag_status train_job_run_tuned(ttag_trained *trained, const train_job *job, ttag_error *err);

/* What a trial wants to know of a training whose tags are fitted. partitions: of the options to
   come. */
ttag_status training_judge(trial_result *out, const training *t, uint32_t partitions,
                           ttag_error *err);

#endif
