/* The rows of one block, weighed and put into the order of their terms. */
#ifndef FEATURES_BLOCK_ROWS_H
#define FEATURES_BLOCK_ROWS_H

#include "base/radix.h"
#include "features/row_blocks.h"

/* A cell on its way from its row to the list of its term. */
typedef struct listed_cell {
    uint32_t row; /* in the block */
    float value;
} listed_cell;

/* Scratch space of one thread. Zero-initialise before use. */
typedef struct block_sorter {
    float *idf;        /* n_terms of the block */
    size_t *ends;      /* n_terms: where each term's list ends in cells */
    radix_item *order; /* twice n_terms: terms by column */
    listed_cell *cells;
    size_t *next; /* n_rows: where each row goes on in the matrix */
    tf_table tf;
    size_t idf_capacity, ends_capacity, order_capacity, cells_capacity, next_capacity;
} block_sorter;

/* Fills the rows of a matrix that begin at starts[0 … n_rows - 1]; the block's numbers are columns
   or TERM_NONE, and none of its cells has the latter. idf is indexed by column. false: no memory.
 */
bool block_rows_fill(block_sorter *sorter, const row_block *block, const float *idf,
                     size_t n_columns, const ttag_text_opts *opts, const size_t *starts,
                     uint32_t *terms, float *values);
void block_sorter_dispose(block_sorter *sorter);

#endif
