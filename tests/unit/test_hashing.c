/* Terms numbered by their hash: numbers reckoned by hand from docs/model-file.md, rows against the
   formula, collisions against a count of all terms. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/distinct.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/view.h"
#include "features/hashed_terms.h"
#include "ttag/features.h"

static ttag_text_opts hashed_opts(uint32_t bits)
{
    ttag_text_opts opts = TTAG_TEXT_OPTS_PLAIN;
    opts.hash_bits = bits;
    return opts;
}

static ttag_article article_of(const char *title, const char *text)
{
    return (ttag_article){.title = view_of(title), .text = view_of(text), .weight = 1.0};
}

/* ---- How many different numbers. ---- */

static void distinct__is_exact_while_few(void **state)
{
    (void)state;
    distinct d = {0};
    assert_int_equal(distinct_estimate(&d), 0);
    for (uint64_t i = 0; i < 300000; i++)
        assert_true(distinct_add(&d, (i * 7) % 100000 * 65536)); /* low bits are all alike */
    assert_int_equal(distinct_estimate(&d), 100000);
    assert_true(distinct_is_exact(&d));
    distinct_dispose(&d);
}

static void distinct__is_estimated_when_many(void **state)
{
    (void)state;
    distinct up = {0}, down = {0};
    const uint64_t n = 5 * (uint64_t)DISTINCT_MOST;
    for (uint64_t i = 0; i < n; i++) {
        assert_true(distinct_add(&up, i));
        assert_true(distinct_add(&down, n - 1 - i));
    }
    assert_false(distinct_is_exact(&up));
    assert_int_equal(up.depth, 3);
    assert_true(fabs((double)distinct_estimate(&up) / (double)n - 1) < 0.01);
    assert_int_equal(distinct_estimate(&up), distinct_estimate(&down));
    distinct_dispose(&up);
    distinct_dispose(&down);
}

static void distinct__the_most_are_exact(void **state)
{
    (void)state;
    distinct d = {0};
    for (uint64_t i = 0; i < DISTINCT_MOST; i++)
        assert_true(distinct_add(&d, i));
    for (uint64_t i = 0; i < DISTINCT_MOST; i += 1000) /* again: nothing is new */
        assert_true(distinct_add(&d, i));
    assert_true(distinct_is_exact(&d));
    assert_int_equal(distinct_estimate(&d), DISTINCT_MOST);
    assert_true(distinct_add(&d, UINT64_MAX));
    assert_false(distinct_is_exact(&d));
    distinct_dispose(&d);
}

/* ---- Numbers. ---- */

/* In 10 bits "worm", "w404" and "w1324" are 692, "mail server" is 9, "title:mail server" 331. */
static void hashed_terms__numbers_names_and_counts(void **state)
{
    (void)state;
    static const struct {
        const char *term;
        uint32_t position, number;
    } cases[] = {{"phishing", 0, 414},
                 {"w404", 1, 692},
                 {"ransomware", 2, 865},
                 {"worm", 1, 692},
                 {"worm", 1, 692},
                 {"mail server", 3, 9},
                 {"title:mail server", 4, 331},
                 {"w1324", 1, 692},
                 {"w404", 1, 692},
                 {"w194", 2, 865}};
    hashed_terms h = {.bits = 10};
    arena names = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ttag_view term = view_of(cases[i].term);
        bool of_title = is_title_term(term);
        size_t prefix = of_title ? TITLE_PREFIX_SIZE : 0;
        uint64_t hash = ngram_term(term.bytes + prefix, term.size - prefix, 0).hash;
        hash = of_title ? title_hash(hash) : hash;
        assert_int_equal(hashed_terms_add(&h, term, hash), cases[i].position);
        assert_int_equal(h.items[cases[i].position].number, cases[i].number);
    }
    assert_true(view_equal(hashed_terms_name(&h, 0, &names), view_of("phishing")));
    assert_true(view_equal(hashed_terms_name(&h, 1, &names), view_of("w404 (shared)")));
    ttag_hashing count = hashed_terms_count(&h);
    assert_int_equal(count.n_numbers, 5);
    assert_int_equal(count.n_terms, 8);
    assert_int_equal(count.n_shared, 5);
    assert_true(count.exact);
    hashed_terms_dispose(&h);
    arena_dispose(&names);
}

/* ---- Features. ---- */

enum { N_ARTICLES = 300, N_WORDS = 3000, TEXT_SIZE = 600, BITS = 10, N_NUMBERS = 1 << BITS };

typedef struct corpus {
    char texts[N_ARTICLES][TEXT_SIZE];
    unsigned short words[N_ARTICLES][60]; /* n_words: which word stands where */
    size_t n_words[N_ARTICLES];
} corpus;

static corpus *corpus_new(void)
{
    corpus *c = calloc(1, sizeof *c);
    rng r;
    rng_seed(&r, 11);
    assert_non_null(c);
    for (size_t a = 0; a < N_ARTICLES; a++) {
        size_t size = 0;
        c->n_words[a] = rng_below(&r, 60);
        for (size_t w = 0; w < c->n_words[a]; w++) {
            size_t word = rng_below(&r, rng_below(&r, 2) ? N_WORDS : 40);
            c->words[a][w] = (unsigned short)word;
            size += (size_t)snprintf(c->texts[a] + size, TEXT_SIZE - size, "w%zu ", 10 + word);
        }
    }
    return c;
}

static ttag_features *fit(const corpus *c, const ttag_text_opts *opts)
{
    ttag_extractor *e;
    ttag_features *f;
    assert_int_equal(ttag_extractor_new(&e, opts, NULL), TTAG_OK);
    for (size_t i = 0; i < N_ARTICLES; i++) {
        ttag_article article = article_of(i % 3 ? NULL : "w11 w12 strange", c->texts[i]);
        assert_int_equal(ttag_extractor_add(e, &article, NULL), TTAG_OK);
    }
    assert_int_equal(ttag_extractor_finish(&f, e, NULL), TTAG_OK);
    ttag_extractor_free(e);
    return f;
}

static uint32_t number_of_word(size_t word)
{
    char text[16];
    int size = snprintf(text, sizeof text, "w%zu", 10 + word);
    return hashed_number(ngram_term(text, (size_t)size, 0).hash, BITS);
}

/* tf-idf over the numbers themselves, counted one by one. */
static void check_row(const ttag_features *f, const corpus *c, size_t row, const uint32_t *df,
                      const uint32_t *column_of)
{
    const ttag_matrix *m = ttag_features_matrix(f);
    unsigned counts[N_NUMBERS] = {0};
    double squares = 0;
    size_t distinct_numbers = 0;
    for (size_t w = 0; w < c->n_words[row]; w++)
        counts[number_of_word(c->words[row][w])]++;
    for (size_t n = 0; n < N_NUMBERS; n++) {
        double x =
            counts[n] ? (1 + log(counts[n])) * (log((1.0 + N_ARTICLES) / (1 + df[n])) + 1) : 0;
        squares += x * x;
        distinct_numbers += counts[n] > 0;
    }
    assert_int_equal(m->starts[row + 1] - m->starts[row], distinct_numbers);
    size_t at = m->starts[row];
    for (size_t n = 0; n < N_NUMBERS; n++) {
        if (!counts[n])
            continue;
        double x = (1 + log(counts[n])) * (log((1.0 + N_ARTICLES) / (1 + df[n])) + 1);
        assert_int_equal(m->terms[at], column_of[n]);
        assert_true(fabs((double)m->values[at] - x / sqrt(squares)) < 1e-6);
        at++;
    }
}

static void extractor__hashed_rows_are_the_formula(void **state)
{
    (void)state;
    corpus *c = corpus_new();
    ttag_text_opts opts = hashed_opts(BITS);
    opts.title = TTAG_TITLE_DROP;
    ttag_features *f = fit(c, &opts);
    uint32_t df[N_NUMBERS] = {0}, column_of[N_NUMBERS], n_columns = 0;
    bool seen[N_WORDS] = {false};
    unsigned words_of[N_NUMBERS] = {0};
    size_t n_words = 0, n_shared = 0;
    for (size_t a = 0; a < N_ARTICLES; a++) {
        bool here[N_NUMBERS] = {false};
        for (size_t w = 0; w < c->n_words[a]; w++) {
            size_t word = c->words[a][w], number = number_of_word(word);
            df[number] += !here[number];
            here[number] = true;
            words_of[number] += !seen[word];
            n_words += !seen[word];
            seen[word] = true;
        }
    }
    for (size_t n = 0; n < N_NUMBERS; n++) {
        n_shared += words_of[n] > 1 ? words_of[n] : 0;
        column_of[n] = df[n] ? n_columns++ : UINT32_MAX;
    }
    const ttag_vocabulary *v = ttag_features_vocabulary(f);
    assert_int_equal(v->n_terms, n_columns);
    assert_int_equal(v->hash_bits, BITS);
    for (size_t n = 0; n < N_NUMBERS; n++)
        if (df[n])
            assert_int_equal(v->df[column_of[n]], df[n]);
    for (size_t row = 0; row < N_ARTICLES; row++)
        check_row(f, c, row, df, column_of);
    ttag_hashing h = ttag_features_hashing(f);
    assert_int_equal(h.n_numbers, n_columns);
    assert_int_equal(h.n_terms, n_words);
    assert_int_equal(h.n_shared, n_shared);
    assert_true(h.exact && n_shared > 1000);
    ttag_features_free(f);
    free(c);
}

static void check_vectors(const ttag_features *f, const corpus *c, const ttag_text_opts *opts)
{
    ttag_vectorizer *vectorizer;
    const ttag_matrix *m = ttag_features_matrix(f);
    assert_int_equal(ttag_vectorizer_new(&vectorizer, ttag_features_vocabulary(f), opts, NULL),
                     TTAG_OK);
    for (size_t row = 0; row < N_ARTICLES; row++) {
        ttag_vector x;
        ttag_article article = article_of(row % 3 ? NULL : "w11 w12 strange", c->texts[row]);
        assert_int_equal(ttag_vectorize(vectorizer, &x, &article, NULL), TTAG_OK);
        assert_int_equal(x.size, m->starts[row + 1] - m->starts[row]);
        for (size_t i = 0; i < x.size; i++) {
            size_t at = m->starts[row];
            while (at < m->starts[row + 1] && m->terms[at] != x.terms[i])
                at++;
            assert_true(at < m->starts[row + 1] && m->values[at] == x.values[i]);
        }
    }
    ttag_vectorizer_free(vectorizer);
}

/* Bit for bit; with collisions within articles, titles and n-grams, and numbers left out. */
static void vectorizer__gives_the_hashed_rows(void **state)
{
    static const uint32_t bits[] = {10, 13, 20, 28};
    (void)state;
    corpus *c = corpus_new();
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++) {
        ttag_text_opts opts = TTAG_TEXT_OPTS_BEST;
        opts.hash_bits = bits[i];
        opts.max_df = 0.5;
        ttag_features *f = fit(c, &opts);
        check_vectors(f, c, &opts);
        ttag_features_free(f);
    }
    free(c);
}

/* With so many numbers that none is shared, hashing changes nothing but the order of columns. */
static void extractor__hashed_without_collisions_is_unhashed(void **state)
{
    (void)state;
    corpus *c = corpus_new();
    ttag_text_opts plain = TTAG_TEXT_OPTS_PLAIN, hashed = hashed_opts(28);
    ttag_features *a = fit(c, &plain), *b = fit(c, &hashed);
    const ttag_vocabulary *v = ttag_features_vocabulary(a), *w = ttag_features_vocabulary(b);
    assert_int_equal(ttag_features_hashing(a).n_numbers, 0);
    assert_int_equal(ttag_features_hashing(b).n_shared, 0);
    assert_int_equal(v->n_terms, w->n_terms);
    for (uint32_t i = 0; i < v->n_terms; i++) {
        ttag_view term = ttag_vocabulary_term(v, i);
        uint32_t other = ttag_vocabulary_find(w, term);
        assert_true(view_equal(ttag_vocabulary_term(w, other), term));
        assert_int_equal(v->df[i], w->df[other]);
    }
    assert_int_equal(ttag_vocabulary_find(w, view_of("unheard")), UINT32_MAX);
    ttag_features_free(a);
    ttag_features_free(b);
    free(c);
}

static void vocabulary__hashed_survives_strange_slots(void **state)
{
    (void)state;
    corpus *c = corpus_new();
    ttag_text_opts opts = hashed_opts(BITS);
    ttag_features *f = fit(c, &opts);
    ttag_vocabulary v = *ttag_features_vocabulary(f);
    ttag_slot *slots = malloc(v.n_slots * sizeof *slots);
    assert_non_null(slots);
    for (unsigned fill = 0; fill < 256; fill += 5) {
        memset(slots, (int)fill, v.n_slots * sizeof *slots);
        v.slots = slots;
        for (unsigned bits = 10; bits <= 28; bits++) {
            v.hash_bits = bits;
            uint32_t found = ttag_vocabulary_find(&v, view_of("ransomware"));
            assert_true(found == UINT32_MAX || found < v.n_terms);
        }
    }
    free(slots);
    ttag_features_free(f);
    free(c);
}

static void text_opts__check_hash_bits(void **state)
{
    (void)state;
    for (uint32_t bits = 0; bits < 40; bits++) {
        ttag_text_opts opts = hashed_opts(bits);
        const char *wrong = ttag_text_opts_check(&opts);
        assert_int_equal(wrong == NULL, bits == 0 || (bits >= 10 && bits <= 28));
    }
    ttag_text_opts both = hashed_opts(12);
    both.max_terms = 5;
    assert_non_null(strstr(ttag_text_opts_check(&both), "expected one of them"));
}

#ifdef TTAG_FAULTS
static void distinct__goes_on_after_a_failure(void **state)
{
    (void)state;
    distinct d = {0};
    for (uint64_t i = 0; i < 1000; i++)
        for (bool added = false; !added;) {
            mem_fail_after(i % 2 + 1);
            added = distinct_add(&d, i);
            mem_fail_after(0);
            if (!added)
                assert_true(distinct_add(&d, i) && distinct_estimate(&d) == i + 1);
        }
    assert_int_equal(distinct_estimate(&d), 1000);
    distinct_dispose(&d);
}

static void extractor__hashed_goes_on_after_a_failed_row(void **state)
{
    (void)state;
    corpus *c = corpus_new();
    ttag_text_opts opts = hashed_opts(BITS);
    ttag_features *whole = fit(c, &opts), *interrupted = NULL;
    ttag_extractor *e;
    assert_int_equal(ttag_extractor_new(&e, &opts, NULL), TTAG_OK);
    for (size_t i = 0; i < N_ARTICLES; i++) {
        ttag_article article = article_of(i % 3 ? NULL : "w11 w12 strange", c->texts[i]);
        ttag_status status = TTAG_NOMEM;
        for (size_t n = 1; status != TTAG_OK; n++) {
            mem_fail_after(n);
            status = ttag_extractor_add(e, &article, NULL);
            mem_fail_after(0);
        }
    }
    assert_int_equal(ttag_extractor_finish(&interrupted, e, NULL), TTAG_OK);
    ttag_extractor_free(e);
    const ttag_matrix *a = ttag_features_matrix(whole), *b = ttag_features_matrix(interrupted);
    assert_int_equal(a->n_columns, b->n_columns);
    assert_memory_equal(a->values, b->values, a->starts[a->n_rows] * sizeof *a->values);
    assert_int_equal(ttag_features_hashing(whole).n_shared,
                     ttag_features_hashing(interrupted).n_shared);
    ttag_features_free(whole);
    ttag_features_free(interrupted);
    free(c);
}

static void extractor__hashed_survives_lack_of_memory(void **state)
{
    (void)state;
    corpus *c = corpus_new();
    ttag_text_opts opts = hashed_opts(BITS);
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        ttag_features *f = NULL;
        ttag_extractor *e;
        mem_fail_after(n);
        status = ttag_extractor_new(&e, &opts, NULL);
        for (size_t i = 0; i < 20 && status == TTAG_OK; i++) {
            ttag_article article = article_of(NULL, c->texts[i]);
            status = ttag_extractor_add(e, &article, NULL);
        }
        if (status == TTAG_OK)
            status = ttag_extractor_finish(&f, e, NULL);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || (status == TTAG_NOMEM && !f));
        ttag_extractor_free(e);
        ttag_features_free(f);
    }
    free(c);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distinct__is_exact_while_few),
        cmocka_unit_test(distinct__is_estimated_when_many),
        cmocka_unit_test(distinct__the_most_are_exact),
        cmocka_unit_test(hashed_terms__numbers_names_and_counts),
        cmocka_unit_test(extractor__hashed_rows_are_the_formula),
        cmocka_unit_test(vectorizer__gives_the_hashed_rows),
        cmocka_unit_test(extractor__hashed_without_collisions_is_unhashed),
        cmocka_unit_test(vocabulary__hashed_survives_strange_slots),
        cmocka_unit_test(text_opts__check_hash_bits),
#ifdef TTAG_FAULTS
        cmocka_unit_test(distinct__goes_on_after_a_failure),
        cmocka_unit_test(extractor__hashed_goes_on_after_a_failed_row),
        cmocka_unit_test(extractor__hashed_survives_lack_of_memory),
#endif
    };
    return cmocka_run_group_tests_name("hashing", tests, NULL, NULL);
}
