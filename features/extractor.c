/* Fitting: terms are numbered as they come, and put into order at the end. */
#include "features/extractor.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/intern.h"
#include "base/memory.h"
#include "base/view.h"
#include "features/row_blocks.h"
#include "features/term_order.h"
#include "features/vocabulary.h"

enum { BATCH_ROWS = 256, BATCH_CELLS = 1 << 16, AHEAD = 8 };

struct ttag_extractor {
    ttag_text_opts opts;
    term_batch batch; /* of ttag_extractor_add: rows that are yet to be taken */
    intern names;     /* all terms, by number */
    uint32_t *df;     /* n_df, for terms seen so far */
    size_t n_df, df_capacity;
    row_blocks rows;
};

struct ttag_features {
    vocabulary_store vocabulary;
    matrix_store matrix;
};

ttag_status ttag_extractor_new(ttag_extractor **out, const ttag_text_opts *opts, ttag_error *err)
{
    *out = NULL;
    const char *reason = ttag_text_opts_check(opts);
    if (reason)
        return fail(err, TTAG_INVALID, "%s", reason);
    ttag_extractor *e = mem_zero(1, sizeof *e);
    if (!e)
        return fail_memory(err);
    e->opts = *opts;
    *out = e;
    return TTAG_OK;
}

/* Numbers for all terms of the batch, and room for their df. */
static bool number_terms(ttag_extractor *e, const term_batch *batch, uint32_t *numbers)
{
    size_t n = batch->names.count;
    for (size_t i = 0; i < n; i++) {
        if (i + 2 * AHEAD < n)
            intern_prefetch(&e->names, batch->terms[i + 2 * AHEAD].hash);
        if (i + AHEAD < n)
            intern_prefetch_string(&e->names, batch->terms[i + AHEAD].hash);
        numbers[i] = intern_add_hashed(&e->names, intern_view(&batch->names, (uint32_t)i),
                                       batch->terms[i].hash);
        if (numbers[i] == INTERN_NONE)
            return false;
    }
    if (!mem_grow(&e->df, &e->df_capacity, e->names.count, sizeof *e->df))
        return false;
    while (e->n_df < e->names.count)
        e->df[e->n_df++] = 0;
    return true;
}

ttag_status extractor_take(ttag_extractor *e, const term_batch *batch, ttag_error *err)
{
    uint32_t *numbers;
    if (batch->n_rows == 0)
        return TTAG_OK;
    if (!row_blocks_add(&e->rows, batch, &numbers))
        return fail_memory(err);
    if (!number_terms(e, batch, numbers)) {
        row_blocks_drop(&e->rows);
        if (e->names.count >= INTERN_NONE - 1)
            return fail(err, TTAG_LIMIT, "there are over %zu distinct terms", e->names.count);
        return fail_memory(err);
    }
    for (size_t i = 0; i < batch->names.count; i++)
        e->df[numbers[i]] += batch->terms[i].df;
    return TTAG_OK;
}

/* Takes the extractor's own batch. */
static ttag_status take_own(ttag_extractor *e, ttag_error *err)
{
    ttag_status status = extractor_take(e, &e->batch, err);
    if (status == TTAG_OK)
        term_batch_clear(&e->batch);
    return status;
}

ttag_status ttag_extractor_add(ttag_extractor *e, const ttag_article *article, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    if (e->batch.n_rows == BATCH_ROWS || e->batch.n_cells >= BATCH_CELLS)
        status = take_own(e, err);
    if (status != TTAG_OK)
        return status;
    return term_batch_add(&e->batch, &e->opts, article) ? TTAG_OK : fail_memory(err);
}

static bool is_kept(const ttag_extractor *e, size_t number)
{
    return e->df[number] >= e->opts.min_df &&
           (double)e->df[number] <= e->opts.max_df * (double)e->rows.n_rows;
}

static int by_falling_df(const void *a, const void *b)
{
    const vocabulary_entry *x = a, *y = b;
    if (x->df != y->df)
        return x->df < y->df ? 1 : -1;
    return view_compare(x->term, y->term);
}

/* The terms that min-df, max-df and max-terms leave, in byte order. NULL: no memory. */
static vocabulary_entry *kept_terms(const ttag_extractor *e, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < e->n_df; i++)
        *n += is_kept(e, i);
    vocabulary_entry *entries = mem_new(*n, sizeof *entries);
    if (!entries)
        return NULL;
    size_t put = 0;
    for (size_t i = 0; i < e->n_df; i++)
        if (is_kept(e, i))
            entries[put++] =
                (vocabulary_entry){intern_view(&e->names, (uint32_t)i), e->df[i], (uint32_t)i};
    if (e->opts.max_terms && *n > e->opts.max_terms) {
        qsort(entries, *n, sizeof *entries, by_falling_df);
        *n = e->opts.max_terms;
    }
    if (term_order(entries, *n))
        return entries;
    mem_free(entries);
    return NULL;
}

/* Old number to new; TERM_NONE for terms that are left out. NULL: no memory. */
static uint32_t *renumber(const vocabulary_entry *entries, size_t n, size_t n_old)
{
    uint32_t *numbers = mem_new(n_old, sizeof *numbers);
    if (!numbers)
        return NULL;
    for (size_t i = 0; i < n_old; i++)
        numbers[i] = TERM_NONE;
    for (size_t i = 0; i < n; i++)
        numbers[entries[i].number] = (uint32_t)i;
    return numbers;
}

/* What is needed no longer once the vocabulary is made. */
static void forget_terms(ttag_extractor *e)
{
    intern_dispose(&e->names);
    mem_free(e->df);
    e->df = NULL;
    e->n_df = e->df_capacity = 0;
}

static ttag_status fail_no_terms(const ttag_extractor *e, ttag_error *err)
{
    return fail(err, TTAG_EMPTY,
                "no term is left: of %zu terms in %zu articles none is in %u articles or more and "
                "in at most %g of them",
                e->n_df, e->rows.n_rows, (unsigned)e->opts.min_df, e->opts.max_df);
}

static bool make_features(ttag_features *f, ttag_extractor *e, const vocabulary_entry *entries,
                          size_t n, unsigned threads)
{
    uint32_t *numbers = renumber(entries, n, e->n_df);
    bool ok =
        numbers && vocabulary_build(&f->vocabulary, entries, n, e->rows.n_rows, e->opts.smooth_idf);
    if (ok)
        forget_terms(e);
    f->matrix.view.n_columns = n;
    ok = ok &&
         row_blocks_to_matrix(&e->rows, &f->matrix, numbers, f->vocabulary.idf, &e->opts, threads);
    mem_free(numbers);
    return ok;
}

ttag_status extractor_finish(ttag_features **out, ttag_extractor *e, unsigned threads,
                             ttag_error *err)
{
    *out = NULL;
    size_t n = 0;
    ttag_status status = take_own(e, err);
    if (status != TTAG_OK)
        return status;
    if (e->rows.n_rows == 0)
        return fail(err, TTAG_EMPTY, "there is no article; expected one or more");
    ttag_features *f = mem_zero(1, sizeof *f);
    vocabulary_entry *entries = kept_terms(e, &n);
    if (!f || !entries)
        status = fail_memory(err);
    else if (n == 0)
        status = fail_no_terms(e, err);
    else if (!make_features(f, e, entries, n, threads))
        status = fail_memory(err);
    mem_free(entries);
    if (status == TTAG_OK)
        *out = f;
    else
        ttag_features_free(f);
    return status;
}

ttag_status ttag_extractor_finish(ttag_features **out, ttag_extractor *e, ttag_error *err)
{
    return extractor_finish(out, e, 1, err);
}

void ttag_extractor_free(ttag_extractor *e)
{
    if (!e)
        return;
    term_batch_dispose(&e->batch);
    forget_terms(e);
    row_blocks_dispose(&e->rows);
    mem_free(e);
}

const ttag_vocabulary *ttag_features_vocabulary(const ttag_features *f)
{
    return &f->vocabulary.view;
}

const ttag_matrix *ttag_features_matrix(const ttag_features *f)
{
    return &f->matrix.view;
}

void ttag_features_free(ttag_features *f)
{
    if (!f)
        return;
    vocabulary_store_dispose(&f->vocabulary);
    matrix_dispose(&f->matrix);
    mem_free(f);
}
