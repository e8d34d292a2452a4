/* Terms counted by an array over the batch's own numbers, which are few enough for the cache. */
#include "features/term_batch.h"

#include "base/memory.h"

enum { KEPT_TERMS = 1 << 18, KEPT_CELLS = 1 << 20 };

/* The first term whose hash leads to the same number as that of `term`. */
static uint32_t first_alike(term_batch *b, uint32_t term, uint32_t number)
{
    size_t before = b->hashed.count;
    if (!mem_grow(&b->firsts, &b->firsts_capacity, before + 1, sizeof *b->firsts))
        return INTERN_NONE;
    uint32_t at = intern_add(&b->hashed, (ttag_view){(const char *)&number, sizeof number});
    if (at == INTERN_NONE)
        return INTERN_NONE;
    if (b->hashed.count > before)
        b->firsts[at] = term;
    return b->firsts[at];
}

/* What a term is counted as. */
static uint32_t number_of(term_batch *b, ttag_view term, uint64_t hash)
{
    size_t before = b->names.count;
    if (!mem_grow(&b->terms, &b->terms_capacity, before + 1, sizeof *b->terms))
        return INTERN_NONE;
    uint32_t number = intern_add_hashed(&b->names, term, hash);
    if (number == INTERN_NONE)
        return INTERN_NONE;
    if (b->names.count > before)
        b->terms[number] = (batch_term){hash, 0, b->hash_bits ? INTERN_NONE : number, 0};
    if (b->terms[number].first == INTERN_NONE)
        b->terms[number].first = first_alike(b, number, hashed_number(hash, b->hash_bits));
    return b->terms[number].first;
}

static bool count_times(term_batch *b, uint32_t number, uint32_t times)
{
    batch_term *t = &b->terms[number];
    if (t->df > 0 && t->cell >= b->row_start) {
        b->cells[t->cell].count += times;
    } else if (mem_grow(&b->cells, &b->cells_capacity, b->n_cells + 1, sizeof *b->cells)) {
        t->df++;
        t->cell = b->n_cells;
        b->cells[b->n_cells++] = (term_count){number, times};
    } else {
        return false;
    }
    return true;
}

/* Counts by itself: to terms_count, no term counts. */
static uint32_t count_term(void *context, ttag_view term, uint64_t hash)
{
    term_batch *b = context;
    uint32_t number = b->full ? INTERN_NONE : number_of(b, term, hash);
    b->full = number == INTERN_NONE || !count_times(b, number, 1);
    return TERM_NONE;
}

static bool count_chars(void *context, uint32_t number, uint32_t times)
{
    return count_times(context, number, times);
}

/* Every n-gram counts. */
static bool number_chars(void *context, uint32_t numbers[GRAMS_AT_ONCE], size_t *found,
                         const text_term *grams, size_t n, const char *bytes)
{
    term_batch *b = context;
    for (size_t i = 0; i < n; i++) {
        buffer_clear(&b->char_term);
        buffer_put(&b->char_term, CHAR_PREFIX, CHAR_PREFIX_SIZE);
        buffer_put(&b->char_term, bytes + grams[i].start, grams[i].size);
        if (!buffer_ok(&b->char_term))
            return false;
        numbers[i] = number_of(b, buffer_as_view(&b->char_term), grams[i].hash);
        if (numbers[i] == INTERN_NONE)
            return false;
    }
    *found = n;
    return true;
}

/* Words first, then characters; *words_end: where the latter begin in cells. */
static bool count_article(term_batch *b, const ttag_text_opts *opts, const ttag_article *article,
                          size_t *words_end)
{
    if (!terms_count(&b->scratch, opts, article, count_term, b) || b->full)
        return false;
    *words_end = b->n_cells;
    return terms_count_chars(&b->scratch, opts, number_chars, count_chars, b);
}

/* Takes the row that was begun back, as if its article had never come. */
static void forget_row(term_batch *b)
{
    for (; b->n_cells > b->row_start; b->n_cells--) {
        batch_term *t = &b->terms[b->cells[b->n_cells - 1].term];
        t->df--;
        t->cell = 0;
    }
    b->full = false;
}

bool term_batch_add(term_batch *b, const ttag_text_opts *opts, const ttag_article *article)
{
    b->row_start = b->n_cells;
    b->hash_bits = opts->hash_bits;
    if (!mem_grow(&b->rows, &b->rows_capacity, b->n_rows + 1, sizeof *b->rows))
        return false;
    size_t words_end;
    if (!count_article(b, opts, article, &words_end)) {
        forget_row(b);
        return false;
    }
    b->rows[b->n_rows++] = (row_part){words_end, b->n_cells};
    row_block_dispose(&b->block); /* it lacks this row */
    return true;
}

void row_block_dispose(row_block *block)
{
    mem_free(block->numbers);
    mem_free(block->rows);
    mem_free(block->cells);
    *block = (row_block){0};
}

bool term_batch_pack(term_batch *b)
{
    row_block block = {.n_terms = b->names.count, .n_rows = b->n_rows};
    block.numbers = mem_zero(block.n_terms, sizeof *block.numbers);
    block.rows = mem_copy(b->rows, b->n_rows * sizeof *b->rows);
    block.cells = mem_copy(b->cells, b->n_cells * sizeof *b->cells);
    if (!block.numbers || !block.rows || !block.cells) {
        row_block_dispose(&block);
        return false;
    }
    row_block_dispose(&b->block);
    b->block = block;
    return true;
}

void term_batch_clear(term_batch *b)
{
    row_block_dispose(&b->block);
    if (b->names.count > KEPT_TERMS || b->n_cells > KEPT_CELLS) {
        term_batch_dispose(b);
        return;
    }
    intern_clear(&b->names);
    intern_clear(&b->hashed);
    char_words_forget(&b->scratch.chars);
    b->n_cells = b->n_rows = 0;
    b->full = false;
}

void term_batch_dispose(term_batch *b)
{
    terms_dispose(&b->scratch);
    intern_dispose(&b->names);
    mem_free(b->terms);
    row_block_dispose(&b->block);
    intern_dispose(&b->hashed);
    mem_free(b->firsts);
    mem_free(b->cells);
    mem_free(b->rows);
    buffer_dispose(&b->char_term);
    *b = (term_batch){0};
}
