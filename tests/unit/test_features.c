/* Vocabulary, matrix and vectors against scikit-learn, against the formula, and against trouble. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/view.h"
#include "features/counts.h"
#include "features/terms.h"
#include "ttag/features.h"

static const ttag_text_opts plain = TTAG_TEXT_OPTS_PLAIN;
static const ttag_text_opts full = {TTAG_TOKENS_SECURITY,
                                    TTAG_TITLE_FIELD,
                                    2,
                                    2,
                                    1.0,
                                    true,
                                    true,
                                    true,
                                    0,
                                    0,
                                    3,
                                    5,
                                    TTAG_STEM_NONE,
                                    NULL,
                                    false};

static void assert_near(double got, double expected, double tolerance)
{
    if (!(fabs(got - expected) <= tolerance))
        fail_msg("%.9g is not within %g of %.9g", got, tolerance, expected);
}

static ttag_article article_of(const char *title, const char *text)
{
    return (ttag_article){.title = view_of(title), .text = view_of(text), .weight = 1.0};
}

static ttag_status fit_articles(ttag_features **out, const ttag_article *articles, size_t n,
                                const ttag_text_opts *opts, ttag_error *err)
{
    ttag_extractor *extractor;
    *out = NULL;
    ttag_status status = ttag_extractor_new(&extractor, opts, err);
    for (size_t i = 0; status == TTAG_OK && i < n; i++)
        status = ttag_extractor_add(extractor, &articles[i], err);
    if (status == TTAG_OK)
        status = ttag_extractor_finish(out, extractor, err);
    ttag_extractor_free(extractor);
    return status;
}

static float value_of(const ttag_features *features, size_t row, const char *term)
{
    const ttag_matrix *m = ttag_features_matrix(features);
    uint32_t number = ttag_vocabulary_find(ttag_features_vocabulary(features), view_of(term));
    for (size_t i = m->starts[row]; i < m->starts[row + 1]; i++)
        if (m->terms[i] == number)
            return m->values[i];
    return 0.0f;
}

static bool has_term(const ttag_features *features, const char *term)
{
    return ttag_vocabulary_find(ttag_features_vocabulary(features), view_of(term)) != UINT32_MAX;
}

/* ---- The committed table of scikit-learn's values. ---- */

enum { LINE_SIZE = 1024, MOST_ARTICLES = 64 };

typedef struct corpus {
    char lines[MOST_ARTICLES][LINE_SIZE];
    ttag_article articles[MOST_ARTICLES];
    size_t n;
} corpus;

static corpus *corpus_read(void)
{
    corpus *c = calloc(1, sizeof *c);
    FILE *file = fopen("golden/tfidf/articles.tsv", "r");
    assert_non_null(c);
    assert_non_null(file);
    while (c->n < MOST_ARTICLES && fgets(c->lines[c->n], LINE_SIZE, file)) {
        char *line = c->lines[c->n];
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        assert_non_null(tab);
        *tab = '\0';
        c->articles[c->n++] = article_of(line, tab + 1);
    }
    fclose(file);
    return c;
}

static void check_against(const ttag_features *features, const char *name)
{
    char path[256], line[LINE_SIZE];
    snprintf(path, sizeof path, "golden/tfidf/expected_%s.tsv", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    const ttag_matrix *m = ttag_features_matrix(features);
    size_t cells = 0;
    while (fgets(line, sizeof line, file)) {
        char *term = strchr(line, '\t');
        assert_non_null(term);
        char *value = strchr(++term, '\t');
        assert_non_null(value);
        *value++ = '\0';
        size_t row = (size_t)strtoul(line, NULL, 10);
        assert_true(row < m->n_rows);
        assert_near((double)value_of(features, row, term), strtod(value, NULL), 1e-6);
        cells++;
    }
    fclose(file);
    assert_int_equal(m->starts[m->n_rows], cells);
}

typedef struct golden_case {
    const char *name;
    ttag_text_opts opts;
} golden_case;

static const golden_case golden_cases[] = {
    {"plain",
     {TTAG_TOKENS_WORDS, TTAG_TITLE_JOIN, 1, 1, 1.0, true, true, true, 0, 0, 0, 0, TTAG_STEM_NONE,
      NULL, false}},
    {"bigrams_min_df_2",
     {TTAG_TOKENS_WORDS, TTAG_TITLE_JOIN, 2, 2, 1.0, true, true, true, 0, 0, 0, 0, TTAG_STEM_NONE,
      NULL, false}},
    {"max_df_quarter",
     {TTAG_TOKENS_WORDS, TTAG_TITLE_JOIN, 1, 1, 0.25, true, true, true, 0, 0, 0, 0, TTAG_STEM_NONE,
      NULL, false}},
    {"raw_tf",
     {TTAG_TOKENS_WORDS, TTAG_TITLE_JOIN, 1, 1, 1.0, false, true, true, 0, 0, 0, 0, TTAG_STEM_NONE,
      NULL, false}},
    {"no_idf",
     {TTAG_TOKENS_WORDS, TTAG_TITLE_JOIN, 1, 1, 1.0, true, false, true, 0, 0, 0, 0, TTAG_STEM_NONE,
      NULL, false}},
    {"no_norm",
     {TTAG_TOKENS_WORDS, TTAG_TITLE_JOIN, 1, 1, 1.0, true, true, false, 0, 0, 0, 0, TTAG_STEM_NONE,
      NULL, false}},
    {"trigrams_raw",
     {TTAG_TOKENS_WORDS, TTAG_TITLE_JOIN, 3, 1, 1.0, false, false, false, 0, 0, 0, 0,
      TTAG_STEM_NONE, NULL, false}},
    {"chars_3_5",
     {TTAG_TOKENS_WORDS, TTAG_TITLE_JOIN, 1, 1, 1.0, true, true, true, 0, 0, 3, 5, TTAG_STEM_NONE,
      NULL, false}},
    {"chars_1_2_min_df_2",
     {TTAG_TOKENS_WORDS, TTAG_TITLE_JOIN, 1, 2, 1.0, true, true, true, 0, 0, 1, 2, TTAG_STEM_NONE,
      NULL, false}},
    {"chars_4_8_raw",
     {TTAG_TOKENS_WORDS, TTAG_TITLE_JOIN, 1, 1, 1.0, false, false, false, 0, 0, 4, 8,
      TTAG_STEM_NONE, NULL, false}},
    {"chars_3_6_max_df_half",
     {TTAG_TOKENS_WORDS, TTAG_TITLE_JOIN, 1, 1, 0.5, true, true, true, 0, 0, 3, 6, TTAG_STEM_NONE,
      NULL, false}},
};
enum { N_GOLDEN = sizeof golden_cases / sizeof *golden_cases };

static void tfidf__agrees_with_scikit_learn(void **state)
{
    (void)state;
    corpus *c = corpus_read();
    for (size_t i = 0; i < N_GOLDEN; i++) {
        ttag_features *features;
        assert_int_equal(fit_articles(&features, c->articles, c->n, &golden_cases[i].opts, NULL),
                         TTAG_OK);
        check_against(features, golden_cases[i].name);
        ttag_features_free(features);
    }
    free(c);
}

/* What words and n-grams of characters each have of the square of the norm. */
static void tfidf__shares_the_norm(void **state)
{
    (void)state;
    const ttag_article articles[] = {article_of("", "red red blue"), article_of("", "blue")};
    for (int even = 0; even < 2; even++) {
        ttag_features *features;
        ttag_text_opts opts = TTAG_TEXT_OPTS_BEST;
        double squares[2] = {0, 0};
        opts.min_df = 1;
        opts.even_chars = even;
        assert_int_equal(fit_articles(&features, articles, 2, &opts, NULL), TTAG_OK);
        const ttag_matrix *x = ttag_features_matrix(features);
        for (size_t k = x->starts[0]; k < x->starts[1]; k++) {
            ttag_view term = ttag_vocabulary_term(ttag_features_vocabulary(features), x->terms[k]);
            bool chars = term.size > 5 && memcmp(term.bytes, "char:", 5) == 0;
            squares[chars] += (double)x->values[k] * (double)x->values[k];
        }
        assert_float_equal((float)squares[0], even ? 0.5F : (float)(1 - TTAG_CHAR_SHARE), 1e-6);
        assert_float_equal((float)squares[1], even ? 0.5F : (float)TTAG_CHAR_SHARE, 1e-6);
        ttag_features_free(features);
    }
}

/* x = (1 + ln tf) * (ln((1 + n) / (1 + df)) + 1) / |x|, n = 2 */
static void tfidf__is_the_formula(void **state)
{
    (void)state;
    const ttag_article articles[] = {article_of("", "red red blue"), article_of("", "blue")};
    ttag_features *features;
    assert_int_equal(fit_articles(&features, articles, 2, &plain, NULL), TTAG_OK);
    double red = (1.0 + log(2.0)) * (log(3.0 / 2.0) + 1.0), blue = 1.0;
    double norm = sqrt(red * red + blue * blue);
    assert_near((double)value_of(features, 0, "red"), red / norm, 1e-7);
    assert_near((double)value_of(features, 0, "blue"), blue / norm, 1e-7);
    assert_near((double)value_of(features, 1, "blue"), 1.0, 0.0);
    const ttag_vocabulary *v = ttag_features_vocabulary(features);
    assert_int_equal(v->n_terms, 2);
    assert_int_equal(v->df[0], 2); /* blue */
    assert_int_equal(v->df[1], 1);
    assert_near((double)v->idf[1], log(3.0 / 2.0) + 1.0, 1e-7);
    ttag_features_free(features);
}

/* ---- Vectors. ---- */

static void check_vectors(const ttag_features *features, const corpus *c,
                          const ttag_text_opts *opts)
{
    const ttag_vocabulary *v = ttag_features_vocabulary(features);
    const ttag_matrix *m = ttag_features_matrix(features);
    ttag_vectorizer *vectorizer;
    float *dense = calloc(v->n_terms, sizeof *dense);
    assert_non_null(dense);
    assert_int_equal(ttag_vectorizer_new(&vectorizer, v, opts, NULL), TTAG_OK);
    for (size_t row = 0; row < c->n; row++) {
        ttag_vector x;
        assert_int_equal(ttag_vectorize(vectorizer, &x, &c->articles[row], NULL), TTAG_OK);
        assert_int_equal(x.size, m->starts[row + 1] - m->starts[row]);
        for (size_t i = 0; i < x.size; i++)
            dense[x.terms[i]] = x.values[i];
        for (size_t i = m->starts[row]; i < m->starts[row + 1]; i++) {
            assert_memory_equal(&dense[m->terms[i]], &m->values[i], sizeof(float));
            assert_true(i == m->starts[row] || m->terms[i - 1] < m->terms[i]);
            assert_true(m->terms[i] < m->n_columns);
        }
    }
    ttag_vectorizer_free(vectorizer);
    free(dense);
}

static void vectorizer__gives_the_rows_bit_for_bit(void **state)
{
    (void)state;
    corpus *c = corpus_read();
    ttag_features *features;
    ttag_text_opts artifacts = full;
    artifacts.tokens = TTAG_TOKENS_ARTIFACTS;
    const ttag_text_opts *others[] = {&full, &artifacts};
    for (size_t i = 0; i < N_GOLDEN + 2; i++) {
        const ttag_text_opts *opts = i < N_GOLDEN ? &golden_cases[i].opts : others[i - N_GOLDEN];
        assert_int_equal(fit_articles(&features, c->articles, c->n, opts, NULL), TTAG_OK);
        check_vectors(features, c, opts);
        ttag_features_free(features);
    }
    free(c);
}

static void vectorizer__knows_order_and_absence(void **state)
{
    (void)state;
    const ttag_article articles[] = {article_of("", "alpha beta gamma")};
    ttag_features *features;
    ttag_vectorizer *vectorizer;
    ttag_vector x;
    assert_int_equal(fit_articles(&features, articles, 1, &plain, NULL), TTAG_OK);
    assert_int_equal(
        ttag_vectorizer_new(&vectorizer, ttag_features_vocabulary(features), &plain, NULL),
        TTAG_OK);
    ttag_article article = article_of("gamma", "omega beta gamma beta");
    assert_int_equal(ttag_vectorize(vectorizer, &x, &article, NULL), TTAG_OK);
    assert_int_equal(x.size, 2);
    assert_int_equal(x.terms[0], 2); /* gamma comes first */
    assert_int_equal(x.terms[1], 1);
    assert_near((double)x.values[0], sqrt(0.5), 1e-7); /* title and text: both occur twice */
    article = article_of(NULL, "");
    assert_int_equal(ttag_vectorize(vectorizer, &x, &article, NULL), TTAG_OK);
    assert_int_equal(x.size, 0);
    article = article_of(NULL, "nothing that is known");
    assert_int_equal(ttag_vectorize(vectorizer, &x, &article, NULL), TTAG_OK);
    assert_int_equal(x.size, 0);
    ttag_vectorizer_free(vectorizer);
    ttag_features_free(features);
}

/* ---- Vocabulary and rows. ---- */

static void vocabulary__does_not_depend_on_input_order(void **state)
{
    (void)state;
    corpus *c = corpus_read();
    ttag_article backwards[MOST_ARTICLES];
    for (size_t i = 0; i < c->n; i++)
        backwards[i] = c->articles[c->n - 1 - i];
    ttag_features *a, *b;
    assert_int_equal(fit_articles(&a, c->articles, c->n, &full, NULL), TTAG_OK);
    assert_int_equal(fit_articles(&b, backwards, c->n, &full, NULL), TTAG_OK);
    const ttag_vocabulary *va = ttag_features_vocabulary(a), *vb = ttag_features_vocabulary(b);
    assert_int_equal(va->n_terms, vb->n_terms);
    assert_int_equal(va->n_slots, vb->n_slots);
    assert_memory_equal(va->bytes, vb->bytes, va->n_bytes);
    assert_memory_equal(va->df, vb->df, va->n_terms * sizeof *va->df);
    assert_memory_equal(va->idf, vb->idf, va->n_terms * sizeof *va->idf);
    assert_memory_equal(va->slots, vb->slots, va->n_slots * sizeof *va->slots);
    for (uint32_t i = 0; i < va->n_terms; i++) {
        ttag_view term = ttag_vocabulary_term(va, i);
        assert_int_equal(ttag_vocabulary_find(va, term), i);
        assert_true(i == 0 || view_compare(ttag_vocabulary_term(va, i - 1), term) < 0);
    }
    ttag_features_free(a);
    ttag_features_free(b);
    free(c);
}

static void vocabulary__keeps_within_min_and_max_df(void **state)
{
    (void)state;
    const ttag_article articles[] = {article_of("", "all three two one"),
                                     article_of("", "all three two"), article_of("", "all three"),
                                     article_of("", "all")};
    ttag_text_opts opts = plain;
    opts.min_df = 2;
    opts.max_df = 0.75; /* three of four is no more than that share */
    ttag_features *features;
    assert_int_equal(fit_articles(&features, articles, 4, &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_features_vocabulary(features)->n_terms, 2);
    assert_true(has_term(features, "two") && has_term(features, "three"));
    const ttag_matrix *m = ttag_features_matrix(features);
    assert_int_equal(m->n_rows, 4);
    assert_int_equal(m->n_columns, 2);
    assert_int_equal(m->starts[4] - m->starts[3], 0); /* all its terms were dropped */
    ttag_features_free(features);
}

static void vocabulary__keeps_the_most_widespread_terms(void **state)
{
    (void)state;
    const ttag_article articles[] = {article_of("", "all three two one"),
                                     article_of("", "all three two other"),
                                     article_of("", "all three"), article_of("", "all")};
    ttag_text_opts opts = plain;
    ttag_features *features;
    opts.max_terms = 4; /* "one" and "other" are in one article each: byte order decides */
    assert_int_equal(fit_articles(&features, articles, 4, &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_features_vocabulary(features)->n_terms, 4);
    assert_true(has_term(features, "all") && has_term(features, "three"));
    assert_true(has_term(features, "two") && has_term(features, "one"));
    ttag_features_free(features);
    opts.max_terms = 100;
    assert_int_equal(fit_articles(&features, articles, 4, &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_features_vocabulary(features)->n_terms, 5);
    ttag_features_free(features);
}

static void title__is_joined_or_a_field_or_dropped(void **state)
{
    (void)state;
    const ttag_article article = article_of("Red alert", "blue sky");
    ttag_text_opts opts = plain;
    opts.word_ngrams = 2;
    ttag_features *f;
    assert_int_equal(fit_articles(&f, &article, 1, &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_features_vocabulary(f)->n_terms, 7);
    assert_true(has_term(f, "red alert") && has_term(f, "alert blue") && has_term(f, "blue sky"));
    ttag_features_free(f);
    opts.title = TTAG_TITLE_FIELD;
    assert_int_equal(fit_articles(&f, &article, 1, &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_features_vocabulary(f)->n_terms, 10);
    assert_true(has_term(f, "alert blue") && has_term(f, "title:red") &&
                has_term(f, "title:alert") && has_term(f, "title:red alert"));
    ttag_features_free(f);
    opts.title = TTAG_TITLE_DROP;
    assert_int_equal(fit_articles(&f, &article, 1, &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_features_vocabulary(f)->n_terms, 3);
    assert_false(has_term(f, "red"));
    ttag_features_free(f);
}

static void title__field_holds_indicators(void **state)
{
    (void)state;
    const ttag_article articles[] = {article_of("CVE-2031-10001 in evil[.]com", "see 192.0.2.1"),
                                     article_of("CVE-2031-10001 in evil[.]com", "see 192.0.2.1")};
    ttag_features *f;
    assert_int_equal(fit_articles(&f, articles, 2, &full, NULL), TTAG_OK);
    assert_true(has_term(f, "cve-2031-10001") && has_term(f, "title:cve-2031-10001") &&
                has_term(f, "title:in #domain") && has_term(f, "see #ip") && has_term(f, "#ip"));
    ttag_features_free(f);
}

static void rows__of_equal_articles_are_equal(void **state)
{
    (void)state;
    const ttag_article articles[] = {article_of("One", "two three two"), article_of("", ""),
                                     article_of("One", "two three two")};
    ttag_text_opts opts = full;
    ttag_features *f;
    assert_int_equal(fit_articles(&f, articles, 3, &opts, NULL), TTAG_OK);
    const ttag_matrix *m = ttag_features_matrix(f);
    size_t n = m->starts[1];
    assert_true(n > 0);
    assert_int_equal(m->starts[2], n); /* the empty one */
    assert_int_equal(m->starts[3], 2 * n);
    assert_memory_equal(m->terms, m->terms + n, n * sizeof *m->terms);
    assert_memory_equal(m->values, m->values + n, n * sizeof *m->values);
    ttag_features_free(f);
}

/* ---- Refusals. ---- */

static void extractor__says_why_nothing_is_left(void **state)
{
    (void)state;
    ttag_features *f;
    ttag_error err = {0};
    assert_int_equal(fit_articles(&f, NULL, 0, &plain, &err), TTAG_EMPTY);
    assert_null(f);
    assert_string_equal(err.text, "there is no article; expected one or more");
    const ttag_article articles[] = {article_of("", "lonely words"), article_of("", "")};
    assert_int_equal(fit_articles(&f, articles, 2, &full, &err), TTAG_EMPTY);
    assert_null(f);
    assert_string_equal(err.text,
                        "no term is left: of 30 terms in 2 articles none is in 2 articles "
                        "or more and in at most 1 of them");
    assert_int_equal(fit_articles(&f, articles + 1, 1, &plain, NULL), TTAG_EMPTY);
}

static void options__are_checked(void **state)
{
    (void)state;
    assert_null(ttag_text_opts_check(&plain));
    assert_null(ttag_text_opts_check(&full));
    ttag_text_opts bad[] = {plain, plain, plain, plain, plain, plain, plain,
                            plain, plain, plain, plain, plain, full};
    bad[0].tokens = (ttag_token_rule)3;
    bad[1].title = (ttag_title_rule)3;
    bad[2].word_ngrams = 0;
    bad[3].word_ngrams = 6;
    bad[4].min_df = 0;
    bad[5].max_df = 0.0;
    bad[6].max_df = 1.01;
    bad[7].max_df = -1.0;
    bad[9].char_least = 3;
    bad[10].char_most = 3;
    bad[11].char_least = bad[11].char_most = 9;
    bad[12].hash_bits = 12;
    bad[12].stop_words = "english";
    bad[8].max_df = (double)NAN;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ttag_extractor *extractor;
        ttag_vectorizer *vectorizer;
        ttag_vocabulary none = {0};
        ttag_error err = {0};
        assert_non_null(ttag_text_opts_check(&bad[i]));
        assert_int_equal(ttag_extractor_new(&extractor, &bad[i], &err), TTAG_INVALID);
        assert_null(extractor);
        assert_string_equal(err.text, ttag_text_opts_check(&bad[i]));
        assert_int_equal(ttag_vectorizer_new(&vectorizer, &none, &bad[i], &err), TTAG_INVALID);
        assert_null(vectorizer);
    }
}

/* A vocabulary as a stranger's file may show it: sizes hold, contents are anything. */
static void vocabulary__survives_strange_contents(void **state)
{
    (void)state;
    enum { N_SLOTS = 4096 };
    const uint64_t offsets[] = {0, 3, 2, UINT64_MAX, 6};
    const char bytes[] = "onetwo", word[] = "ransomware's end"; /* to be read beyond its term */
    const uint32_t df[] = {1, 1, 1, 1};
    const float idf[] = {1, NAN, INFINITY, -1};
    ttag_slot *slots = malloc(N_SLOTS * sizeof *slots);
    assert_non_null(slots);
    ttag_vocabulary v = {4, offsets, bytes, 6, df, idf, slots, N_SLOTS, 0};
    assert_true(view_equal(ttag_vocabulary_term(&v, 0), view_of("one")));
    for (uint32_t i = 1; i < 6; i++)
        assert_null(ttag_vocabulary_term(&v, i).bytes);
    assert_null(ttag_vocabulary_term(&v, UINT32_MAX).bytes);
    const uint64_t one = token_term("one", 3, 0).key;
    const uint64_t hash = token_term(word, 10, 0).hash >> 40 << 40;
    const ttag_slot fillings[] = {
        {0, 0, 0},         {one, 3, 1},          {one, 3, 4},       {one, 3, 5},
        {one, 4, 1},       {one, 3, UINT32_MAX}, {one, 3, 0},       {hash, 10, 1},
        {hash | 6, 10, 1}, {hash | 7, 10, 1},    {hash | 1, 10, 9}, {UINT64_MAX, UINT32_MAX, 1}};
    for (size_t f = 0; f < sizeof fillings / sizeof *fillings; f++) {
        for (size_t i = 0; i < N_SLOTS; i++)
            slots[i] = fillings[f];
        uint32_t number = f == 1 ? 0 : f == 2 ? 3 : UINT32_MAX;
        assert_int_equal(ttag_vocabulary_find(&v, view_of("one")), number);
        assert_int_equal(ttag_vocabulary_find(&v, view_of("two")), UINT32_MAX);
        assert_int_equal(ttag_vocabulary_find(&v, view_of("title:one")), UINT32_MAX);
        assert_int_equal(ttag_vocabulary_find(&v, view_of("char:one")), UINT32_MAX);
        assert_int_equal(ttag_vocabulary_find(&v, view_of("")), UINT32_MAX);
        const ttag_article article = article_of("one", "two one three one ransomware");
        ttag_text_opts opts = plain;
        opts.title = TTAG_TITLE_FIELD;
        opts.char_least = 1;
        opts.char_most = 8;
        ttag_vectorizer *vectorizer;
        ttag_vector x;
        assert_int_equal(ttag_vectorizer_new(&vectorizer, &v, &opts, NULL), TTAG_OK);
        assert_int_equal(ttag_vectorize(vectorizer, &x, &article, NULL), TTAG_OK);
        assert_int_equal(x.size, number != UINT32_MAX);
        ttag_vectorizer_free(vectorizer);
    }
    v.n_slots = 0;
    assert_int_equal(ttag_vocabulary_find(&v, view_of("one")), UINT32_MAX);
    v.n_slots = 1;
    slots[0] = (ttag_slot){0, 0, 1};
    assert_int_equal(ttag_vocabulary_find(&v, view_of("one")), UINT32_MAX);
    free(slots);
}

/* Slots whose part of the hash, size or both are those of the term asked for, and not its bytes. */
static void vocabulary__never_takes_one_term_for_another(void **state)
{
    (void)state;
    enum { N_SLOTS = 64 };
    const char bytes[] = "exploitablevulnerableexploitability of devices";
    const uint64_t offsets[] = {0, 11, 21, 46};
    const uint32_t df[] = {1, 1, 1};
    const float idf[] = {1, 1, 1};
    ttag_slot slots[N_SLOTS] = {{0, 0, 0}};
    ttag_vocabulary v = {3, offsets, bytes, 46, df, idf, slots, N_SLOTS, 0};
    const char *const asked[] = {"exploitable", "vulnerable", "exploitability of devices"};
    for (uint32_t term = 0; term < 3; term++) {
        text_term right = ngram_term(asked[term], strlen(asked[term]), 0);
        for (uint32_t i = 0; i < N_SLOTS; i++) /* all likely, one true: the third one tried */
            slots[(right.hash + i) % N_SLOTS] =
                (ttag_slot){right.hash >> 40 << 40 | (i == 2 ? offsets[term] : 20 - term - i % 8),
                            (uint32_t)right.size, (i == 2 ? term : (term + 1) % 3) + 1};
        assert_int_equal(ttag_vocabulary_find(&v, view_of(asked[term])), term);
        const ttag_article article = article_of("", asked[term]);
        ttag_text_opts opts = plain;
        opts.word_ngrams = 3;
        ttag_vectorizer *vectorizer;
        ttag_vector x;
        assert_int_equal(ttag_vectorizer_new(&vectorizer, &v, &opts, NULL), TTAG_OK);
        assert_int_equal(ttag_vectorize(vectorizer, &x, &article, NULL), TTAG_OK);
        assert_int_equal(x.size, 1);
        assert_int_equal(x.terms[0], term);
        ttag_vectorizer_free(vectorizer);
    }
}

/* Hashes lie in model files. Computed in Python from the formula. */
static void terms__keep_their_hashes(void **state)
{
    (void)state;
    static const struct {
        const char *ngram;
        uint64_t hash;
    } known[] = {
        {"", 0xe8c7bb51c1db7405},
        {"vulnerable", 0xd9a5c78aaf7b79b8},
        {"an_exploit", 0xf512eaf43bdbd67f},
        {"sixteen_letters_", 0x6d2b5daf078ebaca},
        {"threat", 0x72847307889318ce},
        {"threat actor", 0x292d45c3ec8cfad9},
        {"an advanced persistent threat", 0x16802aae2111908e},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t size = strlen(known[i].ngram);
        assert_true(ngram_term(known[i].ngram, size, 0).hash == known[i].hash);
    }
    assert_true(title_hash(ngram_term("threat", 6, 0).hash) == 0x893004e04cf42cc7);
    /* over sixteen bytes: XXH3 */
    assert_true(ngram_term("seventeen_letters", 17, 0).hash == hash64("seventeen_letters", 17));
}

/* Numbered words are as much alike as words can be. The slots of a table half full take 1.5 looks
   where hashes are random (Knuth 6.4: 1/2 + 1/(2 (1 - load))). */
static void terms__are_spread_by_their_hashes(void **state)
{
    (void)state;
    enum { N = 1 << 16, N_SLOTS = 2 * N };
    unsigned char *taken = malloc(N_SLOTS);
    assert_non_null(taken);
    static const char *const forms[] = {"w%u",           "word%u",  "%u_word",
                                        "longer_word%u", "word %u", "%u a"};
    for (size_t f = 0; f < 2 * sizeof forms / sizeof *forms; f++) {
        memset(taken, 0, N_SLOTS);
        size_t looks = 0;
        for (unsigned i = 0; i < N; i++) {
            char word[32];
            int size = snprintf(word, sizeof word, forms[f / 2], i);
            uint64_t hash = ngram_term(word, (size_t)size, 0).hash;
            size_t at = (f % 2 ? hash : hash >> 40) % N_SLOTS;
            for (looks++; taken[at]; looks++)
                at = (at + 1) % N_SLOTS;
            taken[at] = 1;
        }
        assert_in_range(looks, 0, N * 8 / 5);
    }
    free(taken);
}

/* ---- Counting. ---- */

static void counts__grow_and_forget(void **state)
{
    (void)state;
    term_counts c = {0};
    for (int round = 0; round < 3; round++) {
        counts_clear(&c);
        for (uint32_t i = 0; i < 5000; i++) {
            uint32_t term = (i * 7919u) % 1000u;
            assert_true(counts_reserve(&c, 1, term + 1));
            counts_add(&c, term);
        }
        assert_int_equal(c.size, 1000);
        for (uint32_t i = 0; i < 1000; i++) {
            assert_int_equal(c.items[i].term, (i * 7919u) % 1000u);
            assert_int_equal(c.items[i].count, 5);
        }
        if (round == 0)
            c.base = UINT32_MAX / 2 - 100; /* soon the numbers start again */
    }
    counts_dispose(&c);
}

#ifdef TTAG_FAULTS
static void extractor__survives_lack_of_memory(void **state)
{
    (void)state;
    corpus *c = corpus_read();
    for (size_t n = 1;; n++) {
        ttag_features *features;
        ttag_error err = {0};
        mem_fail_after(n);
        ttag_status status = fit_articles(&features, c->articles, c->n, &full, &err);
        mem_fail_after(0);
        if (status == TTAG_OK) {
            assert_true(n > 10);
            check_vectors(features, c, &full);
            ttag_features_free(features);
            break;
        }
        assert_int_equal(status, TTAG_NOMEM);
        assert_int_equal(err.code, TTAG_NOMEM);
        assert_null(features);
    }
    free(c);
}

static void vectorizer__survives_lack_of_memory(void **state)
{
    (void)state;
    corpus *c = corpus_read();
    ttag_features *features;
    assert_int_equal(fit_articles(&features, c->articles, c->n, &full, NULL), TTAG_OK);
    for (size_t n = 1;; n++) {
        ttag_vectorizer *vectorizer;
        ttag_vector x;
        mem_fail_after(n);
        ttag_status status =
            ttag_vectorizer_new(&vectorizer, ttag_features_vocabulary(features), &full, NULL);
        if (status == TTAG_OK)
            status = ttag_vectorize(vectorizer, &x, &c->articles[0], NULL);
        mem_fail_after(0);
        ttag_vectorizer_free(vectorizer);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
    }
    ttag_features_free(features);
    free(c);
}

/* A row that failed leaves no trace: the same article can be added again. */
static void extractor__goes_on_after_a_failed_row(void **state)
{
    (void)state;
    corpus *c = corpus_read();
    ttag_features *whole, *interrupted;
    ttag_extractor *extractor;
    assert_int_equal(fit_articles(&whole, c->articles, c->n, &full, NULL), TTAG_OK);
    assert_int_equal(ttag_extractor_new(&extractor, &full, NULL), TTAG_OK);
    for (size_t i = 0; i < c->n; i++) {
        ttag_status status = TTAG_NOMEM;
        for (size_t n = 1; status != TTAG_OK; n++) {
            mem_fail_after(n);
            status = ttag_extractor_add(extractor, &c->articles[i], NULL);
            mem_fail_after(0);
        }
    }
    assert_int_equal(ttag_extractor_finish(&interrupted, extractor, NULL), TTAG_OK);
    const ttag_matrix *a = ttag_features_matrix(whole), *b = ttag_features_matrix(interrupted);
    assert_int_equal(a->n_columns, b->n_columns);
    assert_int_equal(a->starts[a->n_rows], b->starts[b->n_rows]);
    assert_memory_equal(a->values, b->values, a->starts[a->n_rows] * sizeof *a->values);
    ttag_extractor_free(extractor);
    ttag_features_free(whole);
    ttag_features_free(interrupted);
    free(c);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tfidf__agrees_with_scikit_learn),
        cmocka_unit_test(tfidf__is_the_formula),
        cmocka_unit_test(tfidf__shares_the_norm),
        cmocka_unit_test(vectorizer__gives_the_rows_bit_for_bit),
        cmocka_unit_test(vectorizer__knows_order_and_absence),
        cmocka_unit_test(vocabulary__does_not_depend_on_input_order),
        cmocka_unit_test(vocabulary__keeps_within_min_and_max_df),
        cmocka_unit_test(vocabulary__keeps_the_most_widespread_terms),
        cmocka_unit_test(title__is_joined_or_a_field_or_dropped),
        cmocka_unit_test(title__field_holds_indicators),
        cmocka_unit_test(rows__of_equal_articles_are_equal),
        cmocka_unit_test(extractor__says_why_nothing_is_left),
        cmocka_unit_test(options__are_checked),
        cmocka_unit_test(vocabulary__survives_strange_contents),
        cmocka_unit_test(vocabulary__never_takes_one_term_for_another),
        cmocka_unit_test(terms__keep_their_hashes),
        cmocka_unit_test(terms__are_spread_by_their_hashes),
        cmocka_unit_test(counts__grow_and_forget),
#ifdef TTAG_FAULTS
        cmocka_unit_test(extractor__survives_lack_of_memory),
        cmocka_unit_test(vectorizer__survives_lack_of_memory),
        cmocka_unit_test(extractor__goes_on_after_a_failed_row),
#endif
    };
    return cmocka_run_group_tests_name("features", tests, NULL, NULL);
}
