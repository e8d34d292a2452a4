/* Labels that a model which has not seen the article contradicts: confident learning (Northcutt,
   Jiang and Chuang 2021), for each tag by itself. */
#ifndef AUDIT_LABEL_DOUBTS_H
#define AUDIT_LABEL_DOUBTS_H

#include "audit/label_model.h"

/* Zero-initialise before use. */
typedef struct label_doubts {
    ttag_audit_label *items; /* n: wrong and missing ones in turn, the most doubtful first */
    size_t n, capacity;
    size_t wrong, missing;
    double micro_f1;
    arena texts; /* of evidence */
} label_doubts;

/* A tag counts as missing where its probability is at least the mean of those that carry it, as
   wrong where that of its absence is at least the mean of those that do not; and either only where
   the contrary of the label is likelier than the label. TTAG_NOMEM. */
ttag_status label_doubts_find(label_doubts *out, const audited_feed *feed, const label_model *m,
                              ttag_error *err);
void label_doubts_dispose(label_doubts *d);

#endif
