/* A training on the articles that are fit for it: labelled, neither copies nor blanket-tagged. */
#ifndef AUDIT_LABEL_MODEL_H
#define AUDIT_LABEL_MODEL_H

#include "audit/audited_feed.h"
#include "train/out_of_fold.h"

/* Zero-initialise before use. */
typedef struct label_model {
    ttag_trained *trained;
    out_of_fold kept;
    uint32_t *rows; /* n_rows: article of each row of `kept` */
    size_t n_rows;
    uint32_t *tags; /* of the model: number in the audit */
} label_model;

/* taxonomy: what tag lines may hold. TTAG_EMPTY: too little to train on, and err says why; else as
   ttag_train. */
ttag_status label_model_train(label_model *out, const audited_feed *feed,
                              const ttag_audit_tag *tags, size_t n_tags,
                              const ttag_train_opts *opts, const ttag_taxonomy *taxonomy,
                              ttag_error *err);
void label_model_dispose(label_model *m);

#endif
