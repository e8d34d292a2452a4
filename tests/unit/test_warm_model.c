/* Rows without zeros against the sums of whole rows; the warm copy of a model against the model. */
#include "unit.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "classify/model_file.h"
#include "classify/sparse_rows.h"
#include "classify/sum_rows.h"
#include "classify/workspace.h"
#include "features/vectorizer.h"
#include "tests/unit/model_fixture.h"

static float any_number(rng *random)
{
    static const float odd[] = {INFINITY, -INFINITY, NAN, 1e-42f, -1e38f};
    uint64_t bits = rng_next(random);
    if (bits % 256 == 0)
        return odd[bits / 256 % 5];
    return (float)((double)(bits >> 11) * 0x1p-53 - 0.5) * 3;
}

/* Rows from empty to full, with zeros of both signs. */
static void fill_rows(float *matrix, size_t n, size_t stride, rng *random)
{
    for (size_t row = 0; row < n; row++) {
        uint64_t share = rng_next(random) % 65;
        for (size_t t = 0; t < stride; t++) {
            bool there = rng_next(random) % 64 < share;
            matrix[row * stride + t] = there ? any_number(random) : t % 2 ? -0.0f : 0.0f;
        }
    }
}

static void sparse_rows__have_the_sums_of_whole_rows(void **state)
{
    (void)state;
    enum { ROWS = 300, TERMS = 100, MOST = 1 << 20 };
    rng random;
    rng_seed(&random, 1);
    uint32_t places[ROWS];
    for (uint32_t i = 0; i < ROWS; i++)
        places[i] = (i + 7) % ROWS;
    for (size_t width = 8; width <= 192; width += 8) {
        size_t stride = width + width % 24;
        float *matrix = mem_new(ROWS * stride, sizeof *matrix);
        float *expected = mem_new(width, sizeof *expected), *got = mem_new(width, sizeof *got);
        assert_true(matrix && expected && got);
        fill_rows(matrix, ROWS, stride, &random);
        sparse_rows sparse;
        if (sparse_rows_make(&sparse, matrix, stride, width, places, ROWS, MOST)) {
            uint32_t terms[TERMS], placed[TERMS];
            float factors[TERMS];
            sum_way ways[SUM_WAYS];
            sum_way plain = ways[sum_ways(ways) - 1];
            for (size_t n = 0; n <= TERMS; n += n < 20 ? 1 : 16) {
                for (size_t j = 0; j < n; j++) {
                    terms[j] = (uint32_t)(rng_next(&random) % ROWS);
                    placed[j] = places[terms[j]];
                    factors[j] = j % 9 == 8 ? 0.0f : 0.001f * (float)(rng_next(&random) % 1000);
                }
                row_sum sum = {matrix, stride, terms, factors, n};
                sum_rows(expected, &sum, width, &plain);
                sparse_rows_sum(got, &sparse, placed, factors, n);
                for (size_t t = 0; t < width; t++)
                    if (!(isnan(expected[t]) && isnan(got[t])))
                        assert_memory_equal(&expected[t], &got[t], sizeof *got);
            }
            sparse_rows_dispose(&sparse);
            assert_false(sparse_rows_make(&sparse, matrix, stride, width, places, ROWS, 64));
            assert_null(sparse.cells);
        }
        mem_free(matrix);
        mem_free(expected);
        mem_free(got);
    }
}

static void sparse_rows__are_not_made_of_too_many_columns(void **state)
{
    (void)state;
    float row[400] = {0};
    const uint32_t place = 0;
    sparse_rows sparse;
    assert_false(sparse_rows_make(&sparse, row, 400, 400, &place, 1, 1 << 20));
}

/* ---- The copy of a model. ---- */

/* Whether two results are the same, but for the scores that the given ones alone have. */
static bool same_given(const ttag_decision *first, size_t n, const ttag_classification *result)
{
    bool same = result->n_given == n;
    for (size_t i = 0; same && i < n; i++)
        same = first[i].tag == result->given[i].tag && first[i].score == result->given[i].score &&
               first[i].probability == result->given[i].probability;
    return same;
}

/* Tags texts over and over; what is given must not change when the copy comes into use. */
static void *give_much(void *argument)
{
    static const char *const words[] = {"alpha beta gamma delta alpha epsilon beta. ", "alpha ",
                                        "beta beta gamma ", "delta ", "epsilon "};
    enum { REPEATS = 1000, TEXTS = sizeof words / sizeof *words, ARTICLES = 1000 };
    const ttag_model *model = argument;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    ttag_workspace *work;
    ttag_classification result;
    opts.given_only = opts.no_implies = true;
    if (ttag_workspace_new(&work, model, &opts, NULL) != TTAG_OK)
        return (void *)(uintptr_t) "no workspace";
    ttag_decision first[TEXTS][N_TAGS];
    size_t n_first[TEXTS];
    const char *wrong = NULL;
    for (size_t i = 0; !wrong && i < ARTICLES; i++) {
        size_t size = strlen(words[i % TEXTS]), repeats = i % TEXTS ? 1 : REPEATS;
        char *text = malloc(repeats * size);
        for (size_t k = 0; text && k < repeats; k++)
            memcpy(text + k * size, words[i % TEXTS], size);
        ttag_article article = {.text = {text, repeats * size}, .weight = 1};
        if (!text || ttag_classify(work, &result, &article, NULL) != TTAG_OK)
            wrong = "not classified";
        else if (i < TEXTS)
            memcpy(first[i], result.given, (n_first[i] = result.n_given) * sizeof **first);
        else if (!same_given(first[i % TEXTS], n_first[i % TEXTS], &result))
            wrong = "others are given";
        free(text);
    }
    ttag_workspace_free(work);
    return (void *)(uintptr_t)wrong;
}

/* Tags a text over and over; its result must not change when the copy comes into use. */
static void *tag_much(void *argument)
{
    static const char words[] = "alpha beta gamma delta alpha epsilon beta. ";
    enum { REPEATS = 1000, ARTICLES = 2 * WARM_AFTER / (REPEATS * (sizeof words - 1)) + 2 };
    const ttag_model *model = argument;
    ttag_workspace *work;
    ttag_classification result;
    if (ttag_workspace_new(&work, model, NULL, NULL) != TTAG_OK)
        return (void *)(uintptr_t) "no workspace";
    char *text = malloc(REPEATS * (sizeof words - 1));
    for (size_t i = 0; text && i < REPEATS; i++)
        memcpy(text + i * (sizeof words - 1), words, sizeof words - 1);
    float first[N_TAGS] = {0};
    const char *wrong = text ? NULL : "no memory";
    for (size_t i = 0; !wrong && i < ARTICLES; i++) {
        ttag_article article = {.text = {text, REPEATS * (sizeof words - 1)}, .weight = 1};
        if (ttag_classify(work, &result, &article, NULL) != TTAG_OK)
            wrong = "not classified";
        else if (i == 0)
            memcpy(first, result.scores, sizeof first);
        else if (memcmp(first, result.scores, sizeof first) != 0)
            wrong = "other scores";
    }
    free(text);
    ttag_workspace_free(work);
    return (void *)(uintptr_t)wrong;
}

static void warm_model__changes_no_result(void **state)
{
    (void)state;
    enum { THREADS = 4 };
    model_fixture f;
    fixture_init(&f);
    fixture_open(&f);
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, i % 2 ? give_much : tag_much, f.model),
                         0);
    for (size_t i = 0; i < THREADS; i++) {
        void *wrong;
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        if (wrong)
            fail_msg("%s", (const char *)wrong);
    }
    fixture_dispose(&f);
}

static void warm_model__finds_the_same_terms(void **state)
{
    (void)state;
    model_fixture f;
    fixture_init(&f);
    fixture_open(&f);
    const ttag_model_parts *parts = ttag_model_get(f.model);
    const warm_model *warm =
        warm_model_get(f.model->warm, parts, WARM_FOR_ALL_TAGS, WARM_AFTER, true);
    assert_ptr_equal(warm_model_get(f.model->warm, parts, WARM_FOR_ALL_TAGS, WARM_AFTER, true),
                     warm);
    for (uint32_t i = 0; warm && i < N_TERMS; i++) {
        ttag_view term = ttag_vocabulary_term(&parts->vocabulary, i);
        uint32_t rank = ttag_vocabulary_find(&warm->vocabulary, term);
        float one = 1, weights[STRIDE];
        assert_true(rank < N_TERMS);
        assert_memory_equal(&warm->vocabulary.idf[rank], &parts->vocabulary.idf[i], sizeof(float));
        sparse_rows_sum(weights, &warm->weights, &rank, &one, 1);
        assert_memory_equal(weights, &parts->weights[i * STRIDE], sizeof weights);
    }
    fixture_dispose(&f);
}

/* A vectorizer remembers the numbers of a word's n-grams of characters. */
static void vectorizer__forgets_numbers_with_its_vocabulary(void **state)
{
    (void)state;
    static const char *const texts[] = {"zeta eta alphabet", "alpha gamma zeta"};
    ttag_text_opts opts = TTAG_TEXT_OPTS_PLAIN;
    opts.char_least = 3;
    opts.char_most = 4;
    const ttag_article article = {.text = view("alphabet gamma zeta"), .weight = 1};
    const ttag_vocabulary *vocabularies[2];
    ttag_features *features[2];
    for (size_t i = 0; i < 2; i++) {
        ttag_extractor *extractor;
        ttag_article seen = {.text = view(texts[i]), .weight = 1};
        assert_int_equal(ttag_extractor_new(&extractor, &opts, NULL), TTAG_OK);
        assert_int_equal(ttag_extractor_add(extractor, &seen, NULL), TTAG_OK);
        assert_int_equal(ttag_extractor_finish(&features[i], extractor, NULL), TTAG_OK);
        ttag_extractor_free(extractor);
        vocabularies[i] = ttag_features_vocabulary(features[i]);
    }
    ttag_vectorizer *fresh, *used;
    ttag_vector expected, got;
    assert_int_equal(ttag_vectorizer_new(&fresh, vocabularies[1], &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_vectorizer_new(&used, vocabularies[0], &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_vectorize(used, &got, &article, NULL), TTAG_OK);
    vectorizer_use(used, vocabularies[1]);
    assert_int_equal(ttag_vectorize(used, &got, &article, NULL), TTAG_OK);
    assert_int_equal(ttag_vectorize(fresh, &expected, &article, NULL), TTAG_OK);
    assert_int_equal(got.size, expected.size);
    assert_memory_equal(got.terms, expected.terms, got.size * sizeof *got.terms);
    assert_memory_equal(got.values, expected.values, got.size * sizeof *got.values);
    for (size_t i = 0; i < 2; i++)
        ttag_features_free(features[i]);
    ttag_vectorizer_free(used);
    ttag_vectorizer_free(fresh);
}

/* Where idf may be infinite, zeros count. */
static void warm_model__is_not_made_of_what_is_out_of_bounds(void **state)
{
    (void)state;
    model_fixture f;
    fixture_init(&f);
    fixture_open(&f);
    ttag_model_parts parts = *ttag_model_get(f.model);
    float idf[N_TERMS] = {1, 1, INFINITY, 1};
    parts.vocabulary.idf = idf;
    assert_null(warm_model_get(f.model->warm, &parts, WARM_FOR_ALL_TAGS, WARM_AFTER, true));
    fixture_dispose(&f);
}

/* What all workspaces have tagged counts, for each use apart. */
static void warm_model__comes_after_some_text(void **state)
{
    (void)state;
    model_fixture f;
    fixture_init(&f);
    fixture_open(&f);
    const ttag_model_parts *parts = ttag_model_get(f.model);
    warm_place *place = f.model->warm;
    const size_t half = WARM_AFTER_LEAST / 2;
    assert_null(warm_model_get(place, parts, WARM_FOR_GIVEN_TAGS, half, true));
    assert_null(warm_model_get(place, parts, WARM_FOR_ALL_TAGS, half, true));
    assert_null(warm_model_get(place, parts, WARM_FOR_GIVEN_TAGS, half - 1, true));
    const warm_model *warm = warm_model_get(place, parts, WARM_FOR_GIVEN_TAGS, 1, true);
    assert_true((warm != NULL) == (byte_rows_way_at(0) != NULL));
    assert_ptr_equal(warm_model_get(place, parts, WARM_FOR_GIVEN_TAGS, SIZE_MAX, true), warm);
    fixture_dispose(&f);
}

/* Who may not make it gets it once another has. */
static void warm_model__is_left_to_others(void **state)
{
    (void)state;
    model_fixture f;
    fixture_init(&f);
    fixture_open(&f);
    const ttag_model_parts *parts = ttag_model_get(f.model);
    warm_place *place = f.model->warm;
    assert_null(warm_model_get(place, parts, WARM_FOR_GIVEN_TAGS, WARM_AFTER, false));
    assert_null(warm_model_get(place, parts, WARM_FOR_GIVEN_TAGS, WARM_AFTER, false));
    const warm_model *warm = warm_model_get(place, parts, WARM_FOR_GIVEN_TAGS, 0, true);
    assert_true((warm != NULL) == (byte_rows_way_at(0) != NULL));
    assert_ptr_equal(warm_model_get(place, parts, WARM_FOR_GIVEN_TAGS, 0, false), warm);
    fixture_dispose(&f);
}

/* A workspace that leaves it to workspace_warm_up goes on as before until then. */
static void workspace__is_warmed_between_articles(void **state)
{
    (void)state;
    model_fixture f;
    fixture_init(&f);
    fixture_open(&f);
    ttag_workspace *w;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.given_only = true;
    ttag_classification result;
    const ttag_article article = {.text = view("alpha zeta gamma"), .weight = 1};
    assert_int_equal(ttag_workspace_new(&w, f.model, &opts, NULL), TTAG_OK);
    w->leaves_warming = true;
    w->unasked = WARM_AFTER;
    assert_int_equal(ttag_classify(w, &result, &article, NULL), TTAG_OK);
    assert_false(w->is_warm);
    workspace_warm_up(w);
    assert_true(w->is_warm == (byte_rows_way_at(0) != NULL));
    ttag_workspace_free(w);
    fixture_dispose(&f);
}

/* A copy of many terms takes longer to make, and comes later. */
static void warm_model__comes_later_where_there_are_many_terms(void **state)
{
    (void)state;
    const struct {
        size_t n_terms, after;
    } cases[] = {{0, 131072},       {8192, 131072},    {8193, 131088},    {30000, 480000},
                 {262143, 4194288}, {262144, 4194304}, {262145, 4194304}, {SIZE_MAX, 4194304}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ttag_model_parts parts = {.vocabulary = {.n_terms = cases[i].n_terms}};
        assert_int_equal(warm_model_after(&parts), cases[i].after);
    }
}

/* ---- Columns that tags share. ---- */

enum { MANY_TAGS = 100, MANY_STRIDE = 104 };

/* Tags of which each has one term for it and three against it, so that an article of all four is
   given none but one, while every column that tags share is for all of them. */
typedef struct many_tags {
    ttag_model_tag tags[MANY_TAGS];
    char names[MANY_TAGS][4];
    float weights[N_TERMS * MANY_STRIDE];
} many_tags;

static void have_many_tags(model_fixture *f, many_tags *many)
{
    *many = (many_tags){0};
    for (size_t t = 0; t < MANY_TAGS; t++) {
        snprintf(many->names[t], sizeof many->names[t], "t%02zu", t);
        many->tags[t] = f->tags[NEWS];
        many->tags[t].name = view(many->names[t]);
        many->tags[t].bias = t == 42 ? 0 : -0.5F;
        for (size_t i = 0; i < N_TERMS; i++)
            many->weights[i * MANY_STRIDE + t] = i == t / 16 % N_TERMS ? 1 : -0.25F;
    }
    f->parts.n_tags = MANY_TAGS;
    f->parts.tags = many->tags;
    f->parts.weights = many->weights;
    f->parts.weight_stride = MANY_STRIDE;
}

static void warm_model__has_a_column_for_each_tag_where_sharing_tells_nothing(void **state)
{
    (void)state;
    enum { SIZE = 4096, ARTICLES = 3 * WARM_AFTER_LEAST / SIZE + 2 * 256 };
    model_fixture f;
    many_tags many;
    fixture_init(&f);
    have_many_tags(&f, &many);
    fixture_open(&f);
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    ttag_workspace *work;
    ttag_classification result;
    char text[SIZE + 1] = "alpha beta gamma delta";
    memset(text + strlen(text), ' ', SIZE - strlen(text));
    opts.given_only = true;
    opts.cut = TTAG_CUT_ZERO;
    assert_int_equal(ttag_workspace_new(&work, f.model, &opts, NULL), TTAG_OK);
    ttag_decision first = {0};
    for (size_t i = 0; i < ARTICLES; i++) {
        assert_int_equal(ttag_classify_text(work, &result, text, NULL), TTAG_OK);
        first = i == 0 ? result.given[0] : first;
        assert_true(same_given(&first, 1, &result));
    }
    assert_int_equal(first.tag, 42);
    const warm_model *each =
        warm_model_get(f.model->warm, ttag_model_get(f.model), WARM_FOR_EACH_TAG, 0, true);
    assert_true((each != NULL) == (byte_rows_way_at(0) != NULL));
    assert_true(!each || each->shared.n_columns == MANY_TAGS);
    ttag_workspace_free(work);
    fixture_dispose(&f);
}

#ifdef TTAG_FAULTS
static void warm_model__is_done_without_where_memory_is_short(void **state)
{
    (void)state;
    for (size_t i = 2; i < 24; i++) {
        warm_use use = i % 2 ? WARM_FOR_GIVEN_TAGS : WARM_FOR_ALL_TAGS;
        size_t n = i / 2;
        model_fixture f;
        fixture_init(&f);
        fixture_open(&f);
        mem_fail_after(n);
        const warm_model *warm =
            warm_model_get(f.model->warm, ttag_model_get(f.model), use, WARM_AFTER, true);
        mem_fail_after(0);
        if (n < 5) /* ranks, what they are sorted in, their inverse, two copies */
            assert_null(warm);
        fixture_dispose(&f);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sparse_rows__have_the_sums_of_whole_rows),
        cmocka_unit_test(sparse_rows__are_not_made_of_too_many_columns),
        cmocka_unit_test(warm_model__changes_no_result),
        cmocka_unit_test(warm_model__finds_the_same_terms),
        cmocka_unit_test(vectorizer__forgets_numbers_with_its_vocabulary),
        cmocka_unit_test(warm_model__is_not_made_of_what_is_out_of_bounds),
        cmocka_unit_test(warm_model__comes_after_some_text),
        cmocka_unit_test(warm_model__is_left_to_others),
        cmocka_unit_test(workspace__is_warmed_between_articles),
        cmocka_unit_test(warm_model__comes_later_where_there_are_many_terms),
        cmocka_unit_test(warm_model__has_a_column_for_each_tag_where_sharing_tells_nothing),
#ifdef TTAG_FAULTS
        cmocka_unit_test(warm_model__is_done_without_where_memory_is_short),
#endif
    };
    return cmocka_run_group_tests_name("warm_model", tests, NULL, NULL);
}
