/* Not by sorting each row: the terms of the block are sorted once, each with the list of its cells;
   then the lists, one after the other, are dealt out to the rows. */
#include "features/block_rows.h"

#include "base/memory.h"

static bool reserve(block_sorter *s, const row_block *block)
{
    size_t twice, n_cells = block->n_rows ? block->rows[block->n_rows - 1].end : 0;
    return size_mul(&twice, block->n_terms, 2) &&
           mem_grow(&s->idf, &s->idf_capacity, block->n_terms, sizeof *s->idf) &&
           mem_grow(&s->ends, &s->ends_capacity, block->n_terms, sizeof *s->ends) &&
           mem_grow(&s->order, &s->order_capacity, twice, sizeof *s->order) &&
           mem_grow(&s->cells, &s->cells_capacity, n_cells, sizeof *s->cells) &&
           mem_grow(&s->next, &s->next_capacity, block->n_rows, sizeof *s->next);
}

/* The terms that have a column, in the order of their columns. */
static const radix_item *order_terms(block_sorter *s, const row_block *block, size_t n_columns,
                                     size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < block->n_terms; i++)
        if (block->numbers[i] != TERM_NONE)
            s->order[(*n)++] = (radix_item){block->numbers[i], i};
    return radix_sort(s->order, s->order + *n, *n, n_columns);
}

/* ends[term] = where the term's list begins; it becomes the end while the list is filled. */
static void begin_lists(block_sorter *s, const row_block *block, const radix_item *order, size_t n)
{
    size_t n_cells = block->n_rows ? block->rows[block->n_rows - 1].end : 0, begin = 0;
    for (size_t i = 0; i < block->n_terms; i++)
        s->ends[i] = 0;
    for (size_t i = 0; i < n_cells; i++)
        s->ends[block->cells[i].term]++;
    for (size_t i = 0; i < n; i++) {
        size_t count = s->ends[order[i].what];
        s->ends[order[i].what] = begin;
        begin += count;
    }
}

/* The values stand in the matrix for a moment, in the order of the cells, until they are listed. */
static void list_row(block_sorter *s, const row_block *block, size_t row,
                     const ttag_text_opts *opts, float *values)
{
    size_t start = row > 0 ? block->rows[row - 1].end : 0;
    const term_count *cells = block->cells + start;
    size_t n = block->rows[row].end - start;
    tfidf_weigh(values, cells, block->rows[row].words_end - start, n, s->idf, opts, &s->tf);
    for (size_t i = 0; i < n; i++)
        s->cells[s->ends[cells[i].term]++] = (listed_cell){(uint32_t)row, values[i]};
}

static void deal_out(const block_sorter *s, const row_block *block, const radix_item *order,
                     size_t n, uint32_t *terms, float *values)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t column = block->numbers[order[i].what];
        for (; at < s->ends[order[i].what]; at++) {
            size_t to = s->next[s->cells[at].row]++;
            terms[to] = column;
            values[to] = s->cells[at].value;
        }
    }
}

bool block_rows_fill(block_sorter *s, const row_block *block, const float *idf, size_t n_columns,
                     const ttag_text_opts *opts, const size_t *starts, uint32_t *terms,
                     float *values)
{
    size_t n;
    if (!reserve(s, block))
        return false;
    const radix_item *order = order_terms(s, block, n_columns, &n);
    begin_lists(s, block, order, n);
    for (size_t i = 0; i < n; i++)
        s->idf[order[i].what] = idf[block->numbers[order[i].what]];
    for (size_t row = 0; row < block->n_rows; row++) {
        list_row(s, block, row, opts, values + starts[row]);
        s->next[row] = starts[row];
    }
    deal_out(s, block, order, n, terms, values);
    return true;
}

void block_sorter_dispose(block_sorter *s)
{
    mem_free(s->idf);
    mem_free(s->ends);
    mem_free(s->order);
    mem_free(s->cells);
    mem_free(s->next);
    *s = (block_sorter){0};
}
