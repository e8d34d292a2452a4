/* Blocks are gathered by one thread and made rows of the matrix by any. */
#include "features/row_blocks.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "features/block_rows.h"

/* ---- Gathering. ---- */

bool row_blocks_reserve(row_blocks *blocks)
{
    return mem_grow(&blocks->items, &blocks->capacity, blocks->count + 1, sizeof *blocks->items);
}

void row_blocks_add(row_blocks *blocks, row_block *block)
{
    blocks->items[blocks->count++] = *block;
    blocks->n_rows += block->n_rows;
    *block = (row_block){0};
}

void row_blocks_dispose(row_blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++)
        row_block_dispose(&blocks->items[i]);
    mem_free(blocks->items);
    *blocks = (row_blocks){0};
}

/* ---- To a matrix. ---- */

typedef struct matrix_work {
    row_blocks *blocks;
    matrix_store *out;
    const uint32_t *numbers;
    const float *idf;
    const ttag_text_opts *opts;
    size_t *first_rows;    /* of each block */
    block_sorter *sorters; /* one for each worker */
} matrix_work;

static size_t n_cells_of(const row_block *block)
{
    return block->n_rows ? block->rows[block->n_rows - 1].end : 0;
}

/* Moves the cells up to `end` that have a column to *kept; returns where these end. */
static size_t close_up(row_block *block, size_t *kept, size_t *from, size_t end)
{
    for (; *from < end; ++*from)
        if (block->numbers[block->cells[*from].term] != TERM_NONE)
            block->cells[(*kept)++] = block->cells[*from];
    return *kept;
}

/* Gives the terms their columns. Cells without one go, the rest close up. */
static ttag_status renumber_block(void *context, size_t index, unsigned worker)
{
    (void)worker;
    const matrix_work *w = context;
    row_block *block = &w->blocks->items[index];
    size_t kept = 0, from = 0, n_gone = 0;
    for (size_t i = 0; i < block->n_terms; i++) {
        block->numbers[i] = w->numbers[block->numbers[i]];
        n_gone += block->numbers[i] == TERM_NONE;
    }
    for (size_t row = 0; n_gone > 0 && row < block->n_rows; row++) {
        row_part *part = &block->rows[row];
        part->words_end = close_up(block, &kept, &from, part->words_end);
        part->end = close_up(block, &kept, &from, part->end);
    }
    return TTAG_OK;
}

static ttag_status fill_block(void *context, size_t index, unsigned worker)
{
    const matrix_work *w = context;
    row_block *block = &w->blocks->items[index];
    bool ok = block_rows_fill(&w->sorters[worker], block, w->idf, w->out->view.n_columns, w->opts,
                              w->out->starts + w->first_rows[index], w->out->terms, w->out->values);
    row_block_dispose(block);
    return ok ? TTAG_OK : TTAG_NOMEM;
}

/* Where each block's rows and each row's cells begin; room for all of them. */
static bool lay_out(const matrix_work *w)
{
    size_t n_cells = 0, row = 0;
    for (size_t b = 0; b < w->blocks->count; b++)
        n_cells += n_cells_of(&w->blocks->items[b]);
    if (!matrix_reserve(w->out, w->blocks->n_rows, n_cells))
        return false;
    size_t *starts = w->out->starts;
    starts[0] = 0;
    for (size_t b = 0; b < w->blocks->count; b++) {
        const row_block *block = &w->blocks->items[b];
        w->first_rows[b] = row;
        for (size_t i = 0; i < block->n_rows; i++, row++)
            starts[row + 1] =
                starts[row] + (block->rows[i].end - (i > 0 ? block->rows[i - 1].end : 0));
    }
    w->out->view.n_rows = row;
    return true;
}

bool row_blocks_to_matrix(row_blocks *blocks, matrix_store *out, const uint32_t *numbers,
                          const float *idf, const ttag_text_opts *opts, unsigned threads)
{
    matrix_work w = {blocks, out, numbers, idf, opts, NULL, NULL};
    w.first_rows = mem_new(blocks->count, sizeof *w.first_rows);
    w.sorters = mem_zero(threads, sizeof *w.sorters);
    bool ok = w.first_rows && w.sorters &&
              parallel_for(threads, blocks->count, renumber_block, &w, NULL, NULL) == TTAG_OK &&
              lay_out(&w) &&
              parallel_for(threads, blocks->count, fill_block, &w, NULL, NULL) == TTAG_OK;
    for (unsigned i = 0; w.sorters && i < threads; i++)
        block_sorter_dispose(&w.sorters[i]);
    mem_free(w.first_rows);
    mem_free(w.sorters);
    return ok;
}
