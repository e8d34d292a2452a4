/* Terms counted apart and taken by an extractor: the same features however the articles are
   parted. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/view.h"
#include "features/extractor.h"
#include "features/vocabulary_order.h"
#include "ttag/features.h"

static const ttag_text_opts plain = TTAG_TEXT_OPTS_PLAIN;
static const ttag_text_opts best = TTAG_TEXT_OPTS_BEST;

static ttag_article article_of(const char *text)
{
    return (ttag_article){.text = view_of(text), .weight = 1.0};
}

static bool add(term_batch *b, const char *text)
{
    ttag_article article = article_of(text);
    return term_batch_add(b, &plain, &article);
}

static uint32_t number_of(const term_batch *b, const char *term)
{
    for (uint32_t i = 0; i < b->names.count; i++)
        if (view_equal(intern_view(&b->names, i), view_of(term)))
            return i;
    return INTERN_NONE;
}

/* ---- A batch. ---- */

static void term_batch__counts_rows_and_articles(void **state)
{
    (void)state;
    term_batch b = {0};
    assert_true(add(&b, "the worm ate the disk"));
    assert_true(add(&b, ""));
    assert_true(add(&b, "the disk, the worm, THE end"));
    assert_int_equal(b.names.count, 5);
    assert_int_equal(b.n_rows, 3);
    static const row_part rows[] = {{4, 4}, {4, 4}, {8, 8}};
    static const struct {
        const char *term;
        uint32_t count;
    } cells[] = {{"the", 2}, {"worm", 1}, {"ate", 1},  {"disk", 1},
                 {"the", 3}, {"disk", 1}, {"worm", 1}, {"end", 1}};
    assert_memory_equal(b.rows, rows, sizeof rows);
    assert_int_equal(b.n_cells, 8);
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(b.cells[i].term, number_of(&b, cells[i].term));
        assert_int_equal(b.cells[i].count, cells[i].count);
    }
    assert_int_equal(b.terms[number_of(&b, "the")].df, 2);
    assert_int_equal(b.terms[number_of(&b, "end")].df, 1);
    term_batch_dispose(&b);
}

static void term_batch__begins_anew_when_cleared(void **state)
{
    (void)state;
    term_batch b = {0};
    for (int round = 0; round < 3; round++) {
        assert_true(add(&b, "some words"));
        assert_true(add(&b, "words again"));
        assert_int_equal(b.names.count, 3);
        assert_int_equal(b.n_cells, 4);
        assert_int_equal(b.terms[number_of(&b, "words")].df, 2);
        term_batch_clear(&b);
        assert_int_equal(b.n_rows, 0);
        assert_int_equal(number_of(&b, "words"), INTERN_NONE);
    }
    term_batch_dispose(&b);
}

static void term_batch__lets_go_of_much_memory(void **state)
{
    (void)state;
    term_batch b = {0};
    buffer text = {0};
    for (int i = 0; i < 300000; i++)
        buffer_printf(&text, "w%d ", i);
    assert_true(add(&b, text.bytes));
    assert_int_equal(b.names.count, 300000);
    term_batch_clear(&b);
    assert_int_equal(b.terms_capacity, 0);
    assert_true(add(&b, "small again"));
    assert_int_equal(b.names.count, 2);
    term_batch_dispose(&b);
    buffer_dispose(&text);
}

/* ---- Terms in order. ---- */

static unsigned next_random(unsigned *seed)
{
    return *seed = *seed * 1664525u + 1013904223u;
}

static void vocabulary_order__is_byte_order(void **state)
{
    enum { MOST = 3000, SIZE = 12 };
    (void)state;
    static char bytes[MOST][SIZE];
    static vocabulary_entry entries[MOST];
    unsigned seed = 3;
    for (size_t n = 0; n <= MOST; n = n * 3 + 1) {
        for (size_t i = 0; i < n; i++) { /* few letters, high bytes and NUL among them */
            size_t size = (next_random(&seed) >> 8) % SIZE;
            for (size_t k = 0; k < size; k++)
                bytes[i][k] = "a\xff\0b"[k < 4 ? 0 : (next_random(&seed) >> 8) % 4];
            entries[i] = (vocabulary_entry){.term = {bytes[i], size}, .number = (uint32_t)i};
        }
        assert_true(vocabulary_order(entries, n));
        for (size_t i = 0; i < n; i++) {
            assert_ptr_equal(entries[i].term.bytes, bytes[entries[i].number]);
            assert_true(i == 0 || view_compare(entries[i - 1].term, entries[i].term) <= 0);
        }
    }
}

/* ---- Batches into an extractor. ---- */

enum { N_ARTICLES = 600, TEXT_SIZE = 400 };

static char texts[N_ARTICLES][TEXT_SIZE];

/* Few words often, many words rarely, some articles empty. */
static void make_texts(void)
{
    unsigned seed = 1;
    for (size_t a = 0; a < N_ARTICLES; a++) {
        size_t size = 0, words = a % 50 == 7 ? 0 : 1 + (next_random(&seed) >> 8) % 40;
        texts[a][0] = '\0';
        for (size_t w = 0; w < words; w++) {
            unsigned r = next_random(&seed) >> 8;
            unsigned word = r % 3 ? r % 16 : r % 4000;
            size += (size_t)snprintf(texts[a] + size, TEXT_SIZE - size, "w%u ", word);
        }
    }
}

static ttag_features *fit(size_t batch_size, unsigned threads, const ttag_text_opts *opts)
{
    ttag_extractor *e;
    ttag_features *f;
    term_batch b = {0};
    assert_int_equal(ttag_extractor_new(&e, opts, NULL), TTAG_OK);
    for (size_t i = 0; i < N_ARTICLES; i++) {
        ttag_article article = article_of(texts[i]);
        if (batch_size == 0) {
            assert_int_equal(ttag_extractor_add(e, &article, NULL), TTAG_OK);
            continue;
        }
        assert_true(term_batch_add(&b, opts, &article));
        if (b.n_rows == batch_size || i + 1 == N_ARTICLES) {
            assert_int_equal(extractor_take(e, &b, NULL), TTAG_OK);
            term_batch_clear(&b);
        }
    }
    assert_int_equal(extractor_take(e, &b, NULL), TTAG_OK); /* nothing in it */
    assert_int_equal(extractor_finish(&f, e, threads, NULL), TTAG_OK);
    ttag_extractor_free(e);
    term_batch_dispose(&b);
    return f;
}

static void assert_same(const ttag_features *a, const ttag_features *b)
{
    const ttag_matrix *x = ttag_features_matrix(a), *y = ttag_features_matrix(b);
    const ttag_vocabulary *v = ttag_features_vocabulary(a), *w = ttag_features_vocabulary(b);
    assert_int_equal(x->n_rows, y->n_rows);
    assert_int_equal(x->n_columns, y->n_columns);
    assert_memory_equal(x->starts, y->starts, (x->n_rows + 1) * sizeof *x->starts);
    assert_memory_equal(x->terms, y->terms, x->starts[x->n_rows] * sizeof *x->terms);
    assert_memory_equal(x->values, y->values, x->starts[x->n_rows] * sizeof *x->values);
    assert_int_equal(v->n_bytes, w->n_bytes);
    assert_memory_equal(v->bytes, w->bytes, v->n_bytes);
    assert_memory_equal(v->df, w->df, v->n_terms * sizeof *v->df);
    assert_int_equal(ttag_features_hashing(a).n_shared, ttag_features_hashing(b).n_shared);
}

static void extractor_take__gives_the_same_however_parted(void **state)
{
    static const size_t sizes[] = {1, 7, 256, N_ARTICLES};
    (void)state;
    ttag_text_opts capped = best;
    capped.max_terms = 100;
    ttag_text_opts hashed = best;
    hashed.hash_bits = 11;
    const ttag_text_opts *all[] = {&plain, &best, &capped, &hashed};
    make_texts();
    for (size_t o = 0; o < 4; o++) {
        ttag_features *one_by_one = fit(0, 1, all[o]);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            ttag_features *parted = fit(sizes[i], (unsigned)i * 2 + 1, all[o]);
            assert_same(one_by_one, parted);
            ttag_features_free(parted);
        }
        ttag_features_free(one_by_one);
    }
}

/* Rows ascend by term, and one counted anew has the df of the vocabulary. */
static void extractor_take__makes_proper_rows(void **state)
{
    (void)state;
    make_texts();
    ttag_features *f = fit(64, 2, &plain);
    const ttag_matrix *m = ttag_features_matrix(f);
    const ttag_vocabulary *v = ttag_features_vocabulary(f);
    uint32_t *df = calloc(m->n_columns, sizeof *df);
    for (size_t row = 0; row < m->n_rows; row++) {
        double squares = 0;
        for (size_t i = m->starts[row]; i < m->starts[row + 1]; i++) {
            assert_true(i == m->starts[row] || m->terms[i - 1] < m->terms[i]);
            df[m->terms[i]]++;
            squares += (double)m->values[i] * (double)m->values[i];
        }
        assert_true(m->starts[row] == m->starts[row + 1] ||
                    (squares > 1 - 1e-6 && squares < 1 + 1e-6));
    }
    assert_memory_equal(df, v->df, m->n_columns * sizeof *df);
    free(df);
    ttag_features_free(f);
}

/* Rows that were added one by one come before those that are taken afterwards. */
static void extractor_take__keeps_the_order(void **state)
{
    (void)state;
    ttag_extractor *e;
    ttag_features *f;
    term_batch b = {0};
    const ttag_article one = {.text = {"first", 5}, .weight = 1};
    const ttag_article two = {.text = {"second", 6}, .weight = 1};
    assert_int_equal(ttag_extractor_new(&e, &plain, NULL), TTAG_OK);
    assert_int_equal(ttag_extractor_add(e, &one, NULL), TTAG_OK);
    assert_true(term_batch_add(&b, &plain, &two));
    assert_int_equal(extractor_take(e, &b, NULL), TTAG_OK);
    assert_int_equal(ttag_extractor_finish(&f, e, NULL), TTAG_OK);
    assert_int_equal(ttag_features_matrix(f)->terms[0], 0); /* "first" */
    assert_int_equal(ttag_features_matrix(f)->terms[1], 1);
    term_batch_dispose(&b);
    ttag_features_free(f);
    ttag_extractor_free(e);
}

#ifdef TTAG_FAULTS
/* A row that failed leaves no trace in the batch, a batch that failed none in the extractor. */
static void term_batch__goes_on_after_a_failure(void **state)
{
    (void)state;
    make_texts();
    ttag_features *whole = fit(50, 1, &best), *interrupted;
    ttag_extractor *e;
    term_batch b = {0};
    assert_int_equal(ttag_extractor_new(&e, &best, NULL), TTAG_OK);
    for (size_t i = 0; i < N_ARTICLES; i++) {
        ttag_article article = article_of(texts[i]);
        bool added = false;
        for (size_t n = 1; !added; n++) {
            mem_fail_after(n);
            added = term_batch_add(&b, &best, &article);
            mem_fail_after(0);
        }
        ttag_status status = b.n_rows < 50 ? TTAG_OK : TTAG_NOMEM;
        for (size_t n = 1; status != TTAG_OK; n++) {
            mem_fail_after(n);
            status = extractor_take(e, &b, NULL);
            mem_fail_after(0);
            if (status == TTAG_OK)
                term_batch_clear(&b);
        }
    }
    assert_int_equal(extractor_take(e, &b, NULL), TTAG_OK);
    assert_int_equal(extractor_finish(&interrupted, e, 1, NULL), TTAG_OK);
    assert_same(whole, interrupted);
    ttag_features_free(whole);
    ttag_features_free(interrupted);
    ttag_extractor_free(e);
    term_batch_dispose(&b);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(term_batch__counts_rows_and_articles),
        cmocka_unit_test(term_batch__begins_anew_when_cleared),
        cmocka_unit_test(term_batch__lets_go_of_much_memory),
        cmocka_unit_test(vocabulary_order__is_byte_order),
        cmocka_unit_test(extractor_take__gives_the_same_however_parted),
        cmocka_unit_test(extractor_take__makes_proper_rows),
        cmocka_unit_test(extractor_take__keeps_the_order),
#ifdef TTAG_FAULTS
        cmocka_unit_test(term_batch__goes_on_after_a_failure),
#endif
    };
    return cmocka_run_group_tests_name("term_batch", tests, NULL, NULL);
}
