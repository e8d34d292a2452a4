/* The rows of an extractor on their way to a matrix: block by block, in the order in which they
   were added, each block with terms numbered among themselves. */
#ifndef FEATURES_ROW_BLOCKS_H
#define FEATURES_ROW_BLOCKS_H

#include "features/term_batch.h"
#include "features/vector.h"

typedef struct row_block {
    uint32_t *numbers; /* n_terms: of each term of the block, its number in all */
    size_t n_terms;
    size_t *ends; /* n_rows: where each row ends in cells */
    size_t n_rows;
    term_count *cells; /* ends[n_rows - 1], each row in order of first occurrence */
} row_block;

/* Zero-initialise before use. */
typedef struct row_blocks {
    row_block *items;
    size_t count, capacity;
    size_t n_rows; /* of all blocks */
} row_blocks;

/* Appends the rows of a batch and gives *numbers, room for the number of each of its terms, to be
   filled in. false: no memory, nothing is appended. */
bool row_blocks_add(row_blocks *blocks, const term_batch *batch, uint32_t **numbers);
/* Takes the last block back. */
void row_blocks_drop(row_blocks *blocks);

/* Makes the matrix: numbers[number in all] = column or TERM_NONE, for columns with these idf. Uses
   the blocks up. `out` is empty, and its n_columns set. false: no memory. */
bool row_blocks_to_matrix(row_blocks *blocks, matrix_store *out, const uint32_t *numbers,
                          const float *idf, const ttag_text_opts *opts, unsigned threads);

void row_blocks_dispose(row_blocks *blocks);

#endif
