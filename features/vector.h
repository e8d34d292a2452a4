/* One article's vector, and rows of a matrix made from such. */
#ifndef FEATURES_VECTOR_H
#define FEATURES_VECTOR_H

#include "features/counts.h"
#include "features/tfidf.h"
#include "ttag/features.h"

/* Owns the arrays of a ttag_vector. Zero-initialise before use. */
typedef struct vector_store {
    uint32_t *terms;
    float *values;
    size_t terms_capacity, values_capacity;
    tf_table tf;
} vector_store;

/* Weighs n items, in their order; the first n_words are of words. `vector` lives until the next
 * call. false: no memory. */
bool vector_make(ttag_vector *vector, vector_store *store, const term_count *items, size_t n_words,
                 size_t n, const float *idf, const ttag_text_opts *opts);
void vector_dispose(vector_store *store);

typedef struct matrix_cell {
    uint32_t term;
    float value;
} matrix_cell;

/* Owns the arrays of a growing ttag_matrix. Zero-initialise before use. */
typedef struct matrix_store {
    size_t *starts;
    uint32_t *terms;
    float *values;
    matrix_cell *row;
    size_t starts_capacity, terms_capacity, values_capacity, row_capacity;
    ttag_matrix view; /* n_columns is up to the caller */
} matrix_store;

/* Room for so many rows and cells in all. false: no memory, as below. */
bool matrix_reserve(matrix_store *store, size_t n_rows, size_t n_cells);
bool matrix_add_row(matrix_store *store, const ttag_vector *vector); /* sorts by term */
void matrix_dispose(matrix_store *store);

#endif
