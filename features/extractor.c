/* Fitting: terms are numbered as they come, and put into order at the end. */
#include "features/extractor.h"

#include "base/error.h"
#include "base/memory.h"
#include "features/known_terms.h"
#include "features/row_blocks.h"

enum { BATCH_ROWS = 256, BATCH_CELLS = 1 << 16 };

struct ttag_extractor {
    ttag_text_opts opts;
    term_batch batch; /* of ttag_extractor_add: rows that are yet to be taken */
    known_terms known;
    row_blocks rows;
    uint32_t *df;           /* n_df, before extra articles came; NULL: none have */
    size_t n_df, n_counted; /* n_counted: articles */
};

struct ttag_features {
    vocabulary_store vocabulary;
    matrix_store matrix;
    ttag_hashing hashing;
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
    e->known.hashed.bits = opts->hash_bits;
    ttag_status status = stop_words_read(&e->known.stop, opts, err);
    if (status == TTAG_OK)
        *out = e;
    else
        ttag_extractor_free(e);
    return status;
}

/* Behind the rows that are there. */
static ttag_status append_batch(ttag_extractor *e, term_batch *batch, ttag_error *err)
{
    if (batch->n_rows == 0)
        return TTAG_OK;
    if (!row_blocks_reserve(&e->rows) || (!batch->block.numbers && !term_batch_pack(batch)))
        return fail_memory(err);
    ttag_status status = known_terms_add(&e->known, batch, batch->block.numbers);
    if (status == TTAG_LIMIT)
        return fail(err, TTAG_LIMIT, "there are over %zu distinct terms", e->known.names.count);
    if (status != TTAG_OK)
        return fail_memory(err);
    row_blocks_add(&e->rows, &batch->block);
    return TTAG_OK;
}

/* Takes the extractor's own batch. */
static ttag_status take_own(ttag_extractor *e, ttag_error *err)
{
    ttag_status status = append_batch(e, &e->batch, err);
    if (status == TTAG_OK)
        term_batch_clear(&e->batch);
    return status;
}

ttag_status extractor_take(ttag_extractor *e, term_batch *batch, ttag_error *err)
{
    ttag_status status = take_own(e, err); /* they came first */
    return status == TTAG_OK ? append_batch(e, batch, err) : status;
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

ttag_status extractor_begin_extra(ttag_extractor *e, ttag_error *err)
{
    ttag_status status = take_own(e, err);
    if (status != TTAG_OK)
        return status;
    e->df = mem_new(e->known.n, sizeof *e->df);
    if (!e->df)
        return fail_memory(err);
    for (size_t i = 0; i < e->known.n; i++)
        e->df[i] = e->known.df[i];
    e->n_df = e->known.n;
    e->n_counted = e->rows.n_rows;
    return TTAG_OK;
}

/* Leaves extra articles out of document frequencies; how many articles these are of. */
static size_t count_without_extra(const ttag_extractor *e, vocabulary_entry *entries, size_t n)
{
    if (!e->df || e->n_counted == 0)
        return e->rows.n_rows;
    for (size_t i = 0; i < n; i++) {
        uint32_t df = entries[i].number < e->n_df ? e->df[entries[i].number] : 0;
        entries[i].df = df > 0 ? df : 1;
    }
    return e->n_counted;
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

static ttag_status fail_no_terms(const ttag_extractor *e, ttag_error *err)
{
    return fail(err, TTAG_EMPTY,
                "no term is left: of %zu terms in %zu articles none is in %u articles or more and "
                "in at most %g of them",
                e->known.n, e->rows.n_rows, (unsigned)e->opts.min_df, e->opts.max_df);
}

static bool make_features(ttag_features *f, ttag_extractor *e, vocabulary_entry *entries, size_t n,
                          unsigned threads)
{
    uint32_t *numbers = renumber(entries, n, e->known.n);
    size_t n_articles = count_without_extra(e, entries, n);
    bool ok = numbers && vocabulary_build(&f->vocabulary, entries, n, n_articles, &e->opts, 50);
    if (e->opts.hash_bits)
        f->hashing = hashed_terms_count(&e->known.hashed);
    if (ok)
        known_terms_dispose(&e->known);
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
    arena marked = {0};
    ttag_status status = take_own(e, err);
    if (status != TTAG_OK)
        return status;
    if (e->rows.n_rows == 0)
        return fail(err, TTAG_EMPTY, "there is no article; expected one or more");
    ttag_features *f = mem_zero(1, sizeof *f);
    vocabulary_entry *entries = known_terms_keep(&e->known, &e->opts, e->rows.n_rows, &marked, &n);
    if (!f || !entries)
        status = fail_memory(err);
    else if (n == 0)
        status = fail_no_terms(e, err);
    else if (!make_features(f, e, entries, n, threads))
        status = fail_memory(err);
    mem_free(entries);
    arena_dispose(&marked);
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
    known_terms_dispose(&e->known);
    row_blocks_dispose(&e->rows);
    mem_free(e->df);
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

ttag_hashing ttag_features_hashing(const ttag_features *f)
{
    return f->hashing;
}

void ttag_features_free(ttag_features *f)
{
    if (!f)
        return;
    vocabulary_store_dispose(&f->vocabulary);
    matrix_dispose(&f->matrix);
    mem_free(f);
}
