/* The matrix with its terms numbered by falling df. The few terms that make up most of every text
   then lie side by side wherever something is kept term by term, and stay in the cache. */
#ifndef TRAIN_DF_ORDER_H
#define TRAIN_DF_ORDER_H

#include "ttag/features.h"

/* Zero-initialise before use. */
typedef struct df_order {
    ttag_matrix x;      /* owned; terms ascend within a row */
    uint32_t *original; /* n_columns: each term's number in the matrix that was given */
    size_t *starts;
    uint32_t *terms;
    float *values;
} df_order;

/* Among terms of one df the order stays. TTAG_NOMEM. */
ttag_status df_order_make(df_order *out, const ttag_matrix *x);
void df_order_dispose(df_order *o);

#endif
