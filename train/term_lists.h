/* The rows of a matrix as lists by term: of each term the rows that hold it, and its values. */
#ifndef TRAIN_TERM_LISTS_H
#define TRAIN_TERM_LISTS_H

#include "ttag/features.h"

/* Zero-initialise before use. */
typedef struct term_lists {
    uint64_t *starts; /* n_columns + 1 positions in rows and values */
    uint32_t *rows;   /* rising within a term */
    float *values;
} term_lists;

/* Lists row i as number_of[i], which must rise with i; rows of number NOT_LISTED are left out.
   TTAG_NOMEM. */
ttag_status term_lists_make(term_lists *out, const ttag_matrix *x, const uint32_t *number_of);
void term_lists_dispose(term_lists *l);

#define NOT_LISTED UINT32_MAX

#endif
