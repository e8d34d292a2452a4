/* Sums of bytes against sums one by one; tags that are passed over against scores in full. */
#include "unit.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "classify/likely_tags.h"

enum { MOST = 1 << 24 };

static double uniform(rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1p-53;
}

/* ---- Rows of bytes. ---- */

typedef struct rows_fixture {
    size_t columns, stride, n;
    float *matrix;
    uint32_t *places;
} rows_fixture;

/* Rows of very different size, some of zeros, some with one large number. */
static rows_fixture some_rows(size_t columns, size_t n, rng *r)
{
    rows_fixture f = {columns, columns + columns % 5, n, NULL, NULL};
    f.matrix = mem_new(n * f.stride, sizeof *f.matrix);
    f.places = mem_new(n, sizeof *f.places);
    assert_true(f.matrix && f.places);
    for (size_t i = 0; i < n; i++) {
        double size = i % 7 == 3 ? 0 : pow(10, 3 * uniform(r) - 2);
        f.places[i] = (uint32_t)((i + 3) % n);
        for (size_t t = 0; t < f.stride; t++)
            f.matrix[i * f.stride + t] = (float)(size * (2 * uniform(r) - 1));
        if (i % 5 == 0)
            f.matrix[i * f.stride + rng_below(r, columns)] *= 40;
    }
    return f;
}

static void dispose_rows(rows_fixture *f)
{
    mem_free(f->matrix);
    mem_free(f->places);
}

/* The byte that a weight should be. */
static int32_t byte_of(const byte_rows *m, const rows_fixture *f, size_t row, size_t t)
{
    float step = m->steps[f->places[row]], number = f->matrix[row * f->stride + t];
    int32_t byte = (int32_t)lrintf(number * (1 / step));
    assert_true(byte <= BYTE_MOST && byte >= -BYTE_MOST);
    assert_true(fabs((double)number - (double)step * byte) <= BYTE_ERROR * (double)step);
    return byte;
}

/* Limits at the sum itself, just over it, far from it, and not a number. */
static float limit_near(float score, uint64_t which)
{
    switch (which % 5) {
    case 0:
        return score;
    case 1:
        return nextafterf(score, INFINITY);
    case 2:
        return NAN;
    case 3:
        return -INFINITY;
    default:
        return score + 1000;
    }
}

static void check_reach(const byte_rows *m, const rows_fixture *f, size_t n, rng *r)
{
    uint32_t *rows = mem_new(n + BYTE_ROWS_TOGETHER, sizeof *rows),
             *taken = mem_new(n, sizeof *taken);
    uint8_t *factors = mem_new(n + BYTE_ROWS_TOGETHER, 1);
    float *limits = mem_new(m->width, sizeof *limits);
    uint64_t bits[8], expected[8] = {0};
    byte_limits l = {limits, 0.0125F, -0.75F};
    assert_true(rows && taken && factors && limits);
    for (size_t j = 0; j < n; j++) {
        taken[j] = (uint32_t)rng_below(r, f->n);
        rows[j] = f->places[taken[j]];
        factors[j] = (uint8_t)(j % 4 ? rng_below(r, m->way->most_factor + 1) : m->way->most_factor);
    }
    for (size_t t = 0; t < m->width; t++) {
        int32_t sum = 0;
        for (size_t j = 0; j < n && t < f->columns; j++)
            sum += factors[j] * byte_of(m, f, taken[j], t);
        float score = (float)sum * l.unit + l.bound;
        limits[t] = t < f->columns ? limit_near(score, rng_next(r)) : INFINITY;
        expected[t / 64] |= (uint64_t) !(score < limits[t]) << t % 64;
    }
    byte_rows_reach(bits, m, rows, factors, n, &l);
    assert_memory_equal(bits, expected, m->width / 8);
    mem_free(rows);
    mem_free(taken);
    mem_free(factors);
    mem_free(limits);
}

static bool byte_rows_make(byte_rows *m, const float *matrix, size_t stride,
                           const shared_columns *columns, const uint32_t *places, size_t n,
                           const byte_rows_way *way, size_t most_bytes)
{
    bool ok = byte_rows_init(m, columns->n_columns, n, way, most_bytes) &&
              byte_rows_fill(m, columns, matrix, stride, places, n);
    if (!ok)
        byte_rows_dispose(m);
    return ok;
}

/* As many columns as there are numbers in a row. */
static shared_columns columns_each(size_t n)
{
    shared_columns c;
    assert_true(shared_columns_make(&c, &(ttag_model_parts){.n_tags = n}, n));
    return c;
}

static void byte_rows__reach_what_sums_one_by_one_do(void **state)
{
    (void)state;
    const byte_rows_way *way;
    rng r;
    rng_seed(&r, 3);
    for (size_t i = 0; (way = byte_rows_way_at(i)) != NULL; i++) {
        for (size_t columns = 1; columns <= 460; columns += columns < 10 ? 3 : 61) {
            rows_fixture f = some_rows(columns, 40, &r);
            shared_columns each = columns_each(columns);
            byte_rows m;
            assert_true(byte_rows_make(&m, f.matrix, f.stride, &each, f.places, f.n, way, MOST));
            assert_int_equal(m.width % BYTE_COLUMNS, 0);
            for (size_t n = 0; n < 40; n += n < 10 ? 1 : 13)
                check_reach(&m, &f, n, &r);
            byte_rows_dispose(&m);
            shared_columns_dispose(&each);
            dispose_rows(&f);
        }
    }
}

static void byte_rows__are_not_made_of_what_has_no_step(void **state)
{
    (void)state;
    const byte_rows_way *way = byte_rows_way_at(0);
    const uint32_t place = 0;
    shared_columns each = columns_each(90);
    byte_rows m;
    for (size_t i = 0; way && i < 5; i++) {
        static const float odd[] = {NAN, -NAN, INFINITY, -INFINITY, 2e20F};
        float row[90] = {1, 2, 3};
        row[17 * i] = odd[i];
        assert_false(byte_rows_make(&m, row, 90, &each, &place, 1, way, MOST));
        assert_null(m.steps);
    }
    float row[90] = {1e-40F};
    assert_false(way && byte_rows_make(&m, row, 90, &each, &place, 1, way, 64));
    if (way && byte_rows_make(&m, row, 90, &each, &place, 1, way, MOST)) {
        assert_true(m.steps[0] > 0);
        byte_rows_dispose(&m);
    }
    shared_columns_dispose(&each);
}

/* ---- The screen. ---- */

/* A model of weights alone, an article, its scores, and cuts that these are close to. */
typedef struct screen_fixture {
    rows_fixture rows;
    ttag_model_tag *tags;
    ttag_model_parts parts;
    float *cuts, *scores;
    uint32_t *found;
} screen_fixture;

static screen_fixture some_model(size_t n_tags, size_t n_terms, rng *r)
{
    screen_fixture f = {.rows = some_rows(n_tags, n_terms, r)};
    f.tags = mem_zero(n_tags, sizeof *f.tags);
    f.cuts = mem_new(n_tags, sizeof *f.cuts);
    f.scores = mem_new(f.rows.stride + 8, sizeof *f.scores);
    f.found = mem_new(n_tags, sizeof *f.found);
    assert_true(f.tags && f.cuts && f.scores && f.found);
    for (size_t t = 0; t < n_tags; t++)
        f.tags[t] = (ttag_model_tag){.bias = (float)(4 * uniform(r) - 3), .constant = t % 37 == 36};
    f.parts = (ttag_model_parts){
        .tags = f.tags, .n_tags = n_tags, .weights = f.rows.matrix, .weight_stride = f.rows.stride};
    f.parts.vocabulary.n_terms = n_terms;
    return f;
}

static void dispose_model(screen_fixture *f)
{
    dispose_rows(&f->rows);
    mem_free(f->tags);
    mem_free(f->cuts);
    mem_free(f->scores);
    mem_free(f->found);
}

/* As score_tags adds up: one product after the other, each rounded. */
static void score_in_full(screen_fixture *f, const ttag_vector *v)
{
    for (size_t t = 0; t < f->parts.n_tags; t++) {
        volatile float sum = 0, product;
        for (size_t j = 0; j < v->size; j++) {
            product = v->values[j] * f->rows.matrix[v->terms[j] * f->rows.stride + t];
            sum = sum + product;
        }
        f->scores[t] = f->tags[t].constant ? f->tags[t].bias : sum + f->tags[t].bias;
    }
}

/* Values of n terms with a norm of 1, or not; sometimes one is all but everything. */
static void some_article(uint32_t *terms, float *values, size_t n, size_t n_terms, rng *r)
{
    double squares = 0, norm = rng_next(r) % 4 ? 1 : pow(10, 8 * uniform(r) - 4);
    for (size_t j = 0; j < n; j++) {
        terms[j] = (uint32_t)rng_below(r, n_terms);
        values[j] = (float)(rng_next(r) % 50 ? uniform(r) : 100 * uniform(r));
        squares += (double)values[j] * (double)values[j];
    }
    for (size_t j = 0; j < n; j++)
        values[j] = (float)((double)values[j] / sqrt(squares) * norm);
}

/* Cuts at the score, and as close to both sides as floats are; returns how many are reached. */
static size_t choose_cuts(screen_fixture *f, rng *r)
{
    size_t reached = 0;
    for (size_t t = 0; t < f->parts.n_tags; t++) {
        float score = f->scores[t];
        uint64_t which = rng_next(r) % 8;
        f->cuts[t] = which == 0   ? score
                     : which == 1 ? nextafterf(score, INFINITY)
                     : which == 2 ? nextafterf(score, -INFINITY)
                     : which == 3 ? NAN
                     : which == 4 ? INFINITY
                                  : score + (float)uniform(r);
        if (f->tags[t].constant)
            f->cuts[t] = -FLT_MAX;
        reached += !(score < f->cuts[t]);
    }
    return reached;
}

/* Screens the article by one way, with that many columns; every tag that reaches its cut is found.
   Returns how many are found. */
static size_t check_screen(screen_fixture *f, const ttag_vector *v, const byte_rows_way *way,
                           size_t n_columns)
{
    shared_columns columns;
    byte_rows rough;
    tag_screen screen;
    ttag_vector placed = *v;
    uint32_t *terms = mem_new(v->size, sizeof *terms);
    assert_non_null(terms);
    for (size_t j = 0; j < v->size; j++)
        terms[j] = f->rows.places[v->terms[j]];
    placed.terms = terms;
    assert_true(shared_columns_make(&columns, &f->parts, n_columns));
    assert_true(byte_rows_make(&rough, f->rows.matrix, f->rows.stride, &columns, f->rows.places,
                               f->rows.n, way, MOST));
    assert_true(tag_screen_init(&screen, &rough, &columns, &f->parts, f->cuts));
    size_t n = tag_screen_find(&screen, f->found, &placed), at = 0;
    for (size_t t = 0; n != SIZE_MAX && t < f->parts.n_tags; t++) {
        bool found = at < n && f->found[at] == t;
        at += found;
        assert_true(found || f->scores[t] < f->cuts[t]);
    }
    assert_true(n == SIZE_MAX || at == n);
    tag_screen_dispose(&screen);
    byte_rows_dispose(&rough);
    shared_columns_dispose(&columns);
    mem_free(terms);
    return n;
}

static void tag_screen__never_passes_over_a_tag_that_reaches_its_cut(void **state)
{
    (void)state;
    enum { TERMS = 60, MOST_IN_ARTICLE = 200, ROUNDS = 1500 };
    const byte_rows_way *way;
    uint32_t terms[MOST_IN_ARTICLE];
    float values[MOST_IN_ARTICLE];
    size_t n_found = 0, n_reached = 0, n_tags = 0;
    rng r;
    rng_seed(&r, 11);
    for (size_t round = 0; round < ROUNDS; round++) {
        screen_fixture f = some_model(1 + rng_below(&r, 130), TERMS, &r);
        size_t n = 1 + rng_below(&r, round % 2 ? 12 : MOST_IN_ARTICLE);
        some_article(terms, values, n, TERMS, &r);
        const ttag_vector v = {n, terms, values};
        score_in_full(&f, &v);
        size_t reached = choose_cuts(&f, &r);
        for (size_t i = 0; (way = byte_rows_way_at(i)) != NULL; i++) {
            size_t found = check_screen(&f, &v, way, f.parts.n_tags);
            assert_true(found >= reached);
            n_found += found == SIZE_MAX ? f.parts.n_tags : found;
            n_reached += reached;
            n_tags += f.parts.n_tags;
            check_screen(&f, &v, way, 64); /* finds those at least */
        }
        dispose_model(&f);
    }
    assert_true(n_found <= n_tags);
    if (n_tags > 0) /* and it passes over something */
        assert_true(n_tags - n_found > (n_tags - n_reached) / 4);
}

/* What it says of cuts that are far away: nothing but what is given. */
static void tag_screen__finds_little_else(void **state)
{
    (void)state;
    enum { TERMS = 60, IN_ARTICLE = 50, TAGS = 128 };
    const byte_rows_way *way;
    uint32_t terms[IN_ARTICLE];
    float values[IN_ARTICLE];
    rng r;
    rng_seed(&r, 12);
    for (size_t i = 0; (way = byte_rows_way_at(i)) != NULL; i++) {
        screen_fixture f = some_model(TAGS, TERMS, &r);
        for (size_t k = 0; k < TERMS * f.rows.stride; k++)
            f.rows.matrix[k] = (float)(2 * uniform(&r) - 1);
        for (size_t j = 0; j < IN_ARTICLE; j++) {
            terms[j] = (uint32_t)j;
            values[j] = 0.14F;
        }
        const ttag_vector v = {IN_ARTICLE, terms, values};
        score_in_full(&f, &v);
        for (size_t t = 0; t < TAGS; t++)
            f.cuts[t] = f.tags[t].constant ? -FLT_MAX : f.scores[t] + (t % 8 ? 0.15F : 0);
        assert_int_equal(check_screen(&f, &v, way, TAGS), TAGS / 8 + TAGS / 37);
        dispose_model(&f);
    }
}

static void tag_screen__says_what_it_cannot_tell(void **state)
{
    (void)state;
    const byte_rows_way *way = byte_rows_way_at(0);
    enum { TERMS = 60, TAGS = 70 };
    rng r;
    rng_seed(&r, 13);
    screen_fixture f = some_model(TAGS, TERMS, &r);
    uint32_t terms[] = {1, 2};
    for (size_t t = 0; t < TAGS; t++)
        f.cuts[t] = 1;
    static const float odd[][2] = {{0, 0}, {1e-36F, 0}, {1e30F, 1}, {INFINITY, 1}, {NAN, 1}};
    for (size_t i = 0; way && i < sizeof odd / sizeof *odd; i++) {
        const ttag_vector v = {2, terms, odd[i]};
        memset(f.scores, 0, TAGS * sizeof *f.scores);
        assert_true(check_screen(&f, &v, way, i % 2 ? TAGS : 64) == SIZE_MAX);
    }
    const ttag_vector none = {0, terms, odd[0]};
    assert_true(!way || check_screen(&f, &none, way, TAGS) == SIZE_MAX);
    f.tags[3].bias = NAN; /* tags of which nothing is known are always found */
    f.tags[5].bias = INFINITY;
    f.tags[7].bias = -1e30F;
    const ttag_vector one = {1, terms, (const float[]){0.5F}};
    score_in_full(&f, &one);
    f.cuts[5] = NAN;
    f.cuts[7] = -2e30F;
    for (size_t most = 64; way && most <= TAGS; most += TAGS - 64)
        check_screen(&f, &one, way, most);
    dispose_model(&f);
}

/* Where the few tags that are frequent are those that articles come close to. */
static void tag_screen__finds_little_else_where_rare_tags_share(void **state)
{
    (void)state;
    enum { TERMS = 60, IN_ARTICLE = 50, TAGS = 300, FREQUENT = 48 };
    const byte_rows_way *way;
    uint32_t terms[IN_ARTICLE];
    float values[IN_ARTICLE];
    rng r;
    rng_seed(&r, 15);
    for (size_t i = 0; (way = byte_rows_way_at(i)) != NULL; i++) {
        screen_fixture f = some_model(TAGS, TERMS, &r);
        for (size_t t = 0; t < TAGS; t++) {
            bool frequent = t % 6 == 5 && t / 6 < FREQUENT;
            f.tags[t] = (ttag_model_tag){.support = frequent ? 100 : 1, .bias = -1};
            for (size_t k = 0; k < TERMS; k++)
                f.rows.matrix[k * f.rows.stride + t] =
                    (float)((2 * uniform(&r) - 1) * (frequent ? 2 : 0.1));
        }
        for (size_t j = 0; j < IN_ARTICLE; j++) {
            terms[j] = (uint32_t)j;
            values[j] = 0.14F;
        }
        const ttag_vector v = {IN_ARTICLE, terms, values};
        score_in_full(&f, &v);
        for (size_t t = 0; t < TAGS; t++)
            f.cuts[t] = f.tags[t].support == 1 ? 0 : f.scores[t] + (t % 12 == 5 ? 0 : 0.3F);
        assert_int_equal(check_screen(&f, &v, way, 64), FREQUENT / 2);
        dispose_model(&f);
    }
}

/* ---- Columns. ---- */

static void shared_columns__hold_the_largest_weight_of_their_tags(void **state)
{
    (void)state;
    enum { TERMS = 20, MOST_COLUMNS = 64, LEAST_SHARED = 16 };
    float scratch[MOST_COLUMNS];
    rng r;
    rng_seed(&r, 16);
    for (size_t n = 60; n < 200; n += 7) {
        screen_fixture f = some_model(n, TERMS, &r);
        for (uint32_t t = 0; t < n; t++)
            f.tags[t].support = t * 7 % (uint32_t)n;
        shared_columns c;
        assert_true(shared_columns_make(&c, &f.parts, MOST_COLUMNS));
        assert_int_equal(c.n_columns, n < MOST_COLUMNS ? n : MOST_COLUMNS);
        assert_int_equal(c.n_shared, n <= MOST_COLUMNS ? 0 : LEAST_SHARED);
        for (size_t i = 0; i < TERMS; i++) {
            const float *row = f.rows.matrix + i * f.rows.stride;
            const float *columns = shared_columns_row(&c, scratch, row);
            float expected[MOST_COLUMNS] = {0};
            for (size_t t = 0; t < n; t++) {
                float *column = &expected[c.places[t]];
                bool alone = c.places[t] >= c.n_shared;
                *column = alone || row[t] > *column ? row[t] : *column;
                assert_true(!alone || c.alone[c.places[t] - c.n_shared] == t);
                assert_true(alone || (c.places[t] == t % c.n_shared &&
                                      f.tags[t].support < n - (MOST_COLUMNS - LEAST_SHARED)));
            }
            for (size_t k = 0; k < c.n_columns; k++)
                assert_true(columns[k] == expected[k]);
        }
        shared_columns_dispose(&c);
        dispose_model(&f);
    }
}

static void tag_columns__have_the_weights_of_the_most_frequent_tags(void **state)
{
    (void)state;
    enum { TERMS = 30, TAGS = 20, SOME = 7 };
    rng r;
    rng_seed(&r, 14);
    screen_fixture f = some_model(TAGS, TERMS, &r);
    for (uint32_t t = 0; t < TAGS; t++)
        f.tags[t].support = (t * 7) % TAGS;
    tag_columns c;
    assert_true(tag_columns_init(&c, &f.parts, SOME * TERMS * sizeof(float) + 3));
    f.rows.matrix[3] = 0;
    tag_columns_fill(&c, f.rows.matrix, f.rows.stride, f.rows.places, TERMS);
    for (size_t t = 0; t < TAGS; t++) {
        assert_true((c.of_tag[t] != NULL) == (f.tags[t].support >= TAGS - SOME));
        for (size_t i = 0; c.of_tag[t] && i < TERMS; i++)
            assert_true(c.of_tag[t][f.rows.places[i]] == f.rows.matrix[i * f.rows.stride + t]);
    }
    tag_columns_dispose(&c);
    assert_true(tag_columns_init(&c, &f.parts, 3));
    tag_columns_dispose(&c);
    dispose_model(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(byte_rows__reach_what_sums_one_by_one_do),
        cmocka_unit_test(byte_rows__are_not_made_of_what_has_no_step),
        cmocka_unit_test(tag_screen__never_passes_over_a_tag_that_reaches_its_cut),
        cmocka_unit_test(tag_screen__finds_little_else),
        cmocka_unit_test(tag_screen__finds_little_else_where_rare_tags_share),
        cmocka_unit_test(tag_screen__says_what_it_cannot_tell),
        cmocka_unit_test(shared_columns__hold_the_largest_weight_of_their_tags),
        cmocka_unit_test(tag_columns__have_the_weights_of_the_most_frequent_tags),
    };
    return cmocka_run_group_tests_name("tag_screen", tests, NULL, NULL);
}
