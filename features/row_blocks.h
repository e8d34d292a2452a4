/* The rows of an extractor on their way to a matrix: block by block, in the order in which they
   were added, each block with terms numbered among themselves. */
#ifndef FEATURES_ROW_BLOCKS_H
#define FEATURES_ROW_BLOCKS_H

#include "features/term_batch.h"
#include "features/vector.h"

/* Zero-initialise before use. */
typedef struct row_blocks {
    row_block *items;
    size_t count, capacity;
    size_t n_rows; /* of all blocks */
} row_blocks;

bool row_blocks_reserve(row_blocks *blocks); /* room for one more; false: no memory */
/* Appends a block, for which there is room, and leaves *block empty. */
void row_blocks_add(row_blocks *blocks, row_block *block);

/* Makes the matrix: numbers[number in all] = column or TERM_NONE, for columns with these idf. Uses
   the blocks up. `out` is empty, and its n_columns set. false: no memory. */
bool row_blocks_to_matrix(row_blocks *blocks, matrix_store *out, const uint32_t *numbers,
                          const float *idf, const ttag_text_opts *opts, unsigned threads);

void row_blocks_dispose(row_blocks *blocks);

#endif
