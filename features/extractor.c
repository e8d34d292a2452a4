/* Fitting: terms are numbered as they come, and put into order at the end. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/intern.h"
#include "base/memory.h"
#include "base/view.h"
#include "features/terms.h"
#include "features/vector.h"
#include "features/vocabulary.h"

struct ttag_extractor {
    ttag_text_opts opts;
    article_terms terms; /* of the article at hand */
    bool full;           /* a term could not be numbered */
    intern names;        /* all terms, by number */
    uint32_t *df;        /* n_df, for terms seen so far */
    size_t n_df, df_capacity;
    size_t *starts; /* n_rows + 1 positions in items */
    size_t n_rows, starts_capacity;
    term_count *items; /* starts[n_rows], each row in order of first occurrence */
    size_t items_capacity;
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

static uint32_t new_number(void *context, ttag_view term, uint64_t hash)
{
    (void)hash;
    ttag_extractor *e = context;
    uint32_t number = e->full ? TERM_NONE : intern_add(&e->names, term);
    if (number == INTERN_NONE)
        e->full = true;
    return number;
}

/* Room for one more row of n items, and for the df of every term. */
static bool reserve_row(ttag_extractor *e, size_t n)
{
    size_t used = e->n_rows ? e->starts[e->n_rows] : 0;
    if (!mem_grow(&e->starts, &e->starts_capacity, e->n_rows + 2, sizeof *e->starts) ||
        !mem_grow(&e->items, &e->items_capacity, used + n, sizeof *e->items) ||
        !mem_grow(&e->df, &e->df_capacity, e->names.count, sizeof *e->df))
        return false;
    while (e->n_df < e->names.count)
        e->df[e->n_df++] = 0;
    if (e->n_rows == 0)
        e->starts[0] = 0;
    return true;
}

ttag_status ttag_extractor_add(ttag_extractor *e, const ttag_article *article, ttag_error *err)
{
    const term_counts *counts = &e->terms.counts;
    e->full = false;
    bool counted = terms_count(&e->terms, &e->opts, article, new_number, e);
    if (e->full && e->names.count >= INTERN_NONE - 1)
        return fail(err, TTAG_LIMIT, "there are over %zu distinct terms", e->names.count);
    if (!counted || e->full || !reserve_row(e, counts->size))
        return fail_memory(err);
    size_t start = e->starts[e->n_rows];
    for (size_t i = 0; i < counts->size; i++) {
        e->items[start + i] = counts->items[i];
        e->df[counts->items[i].term]++;
    }
    e->starts[++e->n_rows] = start + counts->size;
    return TTAG_OK;
}

static int by_bytes(const void *a, const void *b)
{
    return view_compare(((const vocabulary_entry *)a)->term, ((const vocabulary_entry *)b)->term);
}

static bool is_kept(const ttag_extractor *e, size_t number)
{
    return e->df[number] >= e->opts.min_df &&
           (double)e->df[number] <= e->opts.max_df * (double)e->n_rows;
}

static int by_falling_df(const void *a, const void *b)
{
    const vocabulary_entry *x = a, *y = b;
    if (x->df != y->df)
        return x->df < y->df ? 1 : -1;
    return by_bytes(a, b);
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
    qsort(entries, *n, sizeof *entries, by_bytes);
    return entries;
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

/* Renumbers the items of a row where they stand; returns how many are left, still in order. */
static size_t keep_items(term_count *items, size_t n, const uint32_t *numbers)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t number = numbers[items[i].term];
        if (number != TERM_NONE)
            items[kept++] = (term_count){number, items[i].count};
    }
    return kept;
}

static size_t count_cells(const ttag_extractor *e, const uint32_t *numbers)
{
    size_t n = 0;
    for (size_t i = 0; i < e->starts[e->n_rows]; i++)
        n += numbers[e->items[i].term] != TERM_NONE;
    return n;
}

static bool make_matrix(matrix_store *out, ttag_extractor *e, const uint32_t *numbers,
                        const ttag_vocabulary *vocabulary)
{
    vector_store store = {0};
    bool ok = matrix_reserve(out, e->n_rows, count_cells(e, numbers));
    for (size_t row = 0; ok && row < e->n_rows; row++) {
        term_count *items = e->items + e->starts[row];
        size_t n = keep_items(items, e->starts[row + 1] - e->starts[row], numbers);
        ttag_vector vector;
        ok = vector_make(&vector, &store, items, n, vocabulary->idf, &e->opts) &&
             matrix_add_row(out, &vector);
    }
    out->view.n_columns = vocabulary->n_terms;
    vector_dispose(&store);
    return ok;
}

/* What is needed no longer once the vocabulary is made. */
static void forget_terms(ttag_extractor *e)
{
    intern_dispose(&e->names);
    mem_free(e->df);
    e->df = NULL;
    e->n_df = e->df_capacity = 0;
}

ttag_status ttag_extractor_finish(ttag_features **out, ttag_extractor *e, ttag_error *err)
{
    *out = NULL;
    if (e->n_rows == 0)
        return fail(err, TTAG_EMPTY, "there is no article; expected one or more");
    size_t n = 0, n_old = e->n_df;
    uint32_t *numbers = NULL;
    ttag_status status = TTAG_NOMEM;
    ttag_features *f = mem_zero(1, sizeof *f);
    vocabulary_entry *entries = kept_terms(e, &n);
    if (!f || !entries)
        goto done;
    if (n == 0) {
        status = fail(err, TTAG_EMPTY,
                      "no term is left: of %zu terms in %zu articles none is in %u articles or "
                      "more and in at most %g of them",
                      n_old, e->n_rows, (unsigned)e->opts.min_df, e->opts.max_df);
        goto done;
    }
    numbers = renumber(entries, n, n_old);
    if (!numbers || !vocabulary_build(&f->vocabulary, entries, n, e->n_rows, e->opts.smooth_idf))
        goto done;
    forget_terms(e);
    if (make_matrix(&f->matrix, e, numbers, &f->vocabulary.view))
        status = TTAG_OK;
done:
    mem_free(entries);
    mem_free(numbers);
    if (status == TTAG_OK)
        *out = f;
    else
        ttag_features_free(f);
    return status == TTAG_NOMEM ? fail_memory(err) : status;
}

void ttag_extractor_free(ttag_extractor *e)
{
    if (!e)
        return;
    terms_dispose(&e->terms);
    forget_terms(e);
    mem_free(e->starts);
    mem_free(e->items);
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
