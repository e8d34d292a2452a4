/* train/kernel against plain C in double. */
#include "kernel_fixture.h"

#include <math.h>

#include "base/memory.h"
#include "base/random.h"
#include "train/df_order.h"

typedef struct rows {
    ttag_matrix matrix;
    size_t *starts;
    uint32_t *terms;
    float *values;
} rows;

/* Rows of norm 1 in which term t occurs with a chance of about 1 / (1 + t / spread). */
static rows rows_make(size_t n_rows, size_t n_columns, size_t spread)
{
    rows r = {.starts = mem_zero(n_rows + 1, sizeof *r.starts),
              .terms = mem_new(n_rows * n_columns, sizeof *r.terms),
              .values = mem_new(n_rows * n_columns, sizeof *r.values)};
    rng random;
    rng_seed(&random, n_rows);
    assert_true(r.starts && r.terms && r.values);
    size_t end = 0;
    for (size_t i = 0; i < n_rows; i++) {
        double squares = 0;
        for (uint32_t t = 0; t < n_columns; t++) {
            if (rng_below(&random, 1 + t / spread) != 0)
                continue;
            r.terms[end] = t;
            r.values[end] = (float)(1 + rng_below(&random, 1000)) / 1000;
            squares += (double)r.values[end] * (double)r.values[end];
            end++;
        }
        for (size_t e = r.starts[i]; e < end; e++)
            r.values[e] = (float)((double)r.values[e] / sqrt(squares));
        r.starts[i + 1] = end;
    }
    r.matrix = (ttag_matrix){n_rows, n_columns, r.starts, r.terms, r.values};
    return r;
}

static void rows_dispose(rows *r)
{
    mem_free(r->starts);
    mem_free(r->terms);
    mem_free(r->values);
}

/* Σ x[a][t] * x[b][t] */
static double product(const ttag_matrix *x, size_t a, size_t b)
{
    double sum = 0;
    size_t e = x->starts[a], f = x->starts[b];
    while (e < x->starts[a + 1] && f < x->starts[b + 1]) {
        if (x->terms[e] == x->terms[f])
            sum += (double)x->values[e++] * (double)x->values[f++];
        else if (x->terms[e] < x->terms[f])
            e++;
        else
            f++;
    }
    return sum;
}

static void check_all(const ttag_matrix *x, const compact_kernel *k)
{
    assert_int_equal(k->n, x->n_rows);
    for (size_t a = 0; a < k->n; a++) {
        for (size_t b = 0; b < k->n; b++) {
            assert_true(fabs(kernel_value(k, a, b) - product(x, k->articles[a], k->articles[b])) <
                        1e-5);
            assert_true(kernel_value(k, a, b) == kernel_value(k, b, a));
        }
        assert_true((double)k->diagonal[a] == kernel_value(k, a, a));
        for (size_t b = k->n; b % LANES != 0; b++)
            assert_true(kernel_value(k, a, b) == 0);
    }
}

static void check(const ttag_matrix *x)
{
    compact_kernel k = whole_kernel(x);
    check_all(x, &k);
    compact_kernel_dispose(&k);
}

static void kernel_fill__equals_plain_c(void **state)
{
    (void)state;
    rows r = rows_make(333, 1500, 2); /* frequent terms, and a long tail */
    check(&r.matrix);
    rows_dispose(&r);
}

static void kernel_fill__equals_plain_c_across_tiles(void **state)
{
    (void)state;
    rows r = rows_make(1100, 700, 5); /* three bands of tiles, the last one narrow */
    check(&r.matrix);
    rows_dispose(&r);
}

static void kernel_fill__takes_more_frequent_terms_than_it_makes_dense(void **state)
{
    (void)state;
    rows r = rows_make(70, 3000, 1000);
    check(&r.matrix);
    rows_dispose(&r);
}

static void kernel_fill__takes_rare_terms_only(void **state)
{
    (void)state;
    rows r = rows_make(300, 900, 1);
    for (size_t e = 0; e < r.starts[300]; e++) /* row i keeps to columns 3 i and the next two */
        r.terms[e] = 0;
    size_t end = 0;
    for (uint32_t i = 0; i < 300; i++) {
        r.starts[i] = end;
        for (uint32_t t = 3 * (i / 2); t < 3 * (i / 2) + 3; t++) {
            r.terms[end] = t;
            r.values[end++] = 0.5f;
        }
    }
    r.starts[300] = end;
    check(&r.matrix);
    rows_dispose(&r);
}

static void kernel_fill__takes_empty_rows_and_no_columns(void **state)
{
    (void)state;
    size_t starts[] = {0, 0, 2, 2};
    uint32_t terms[] = {0, 2};
    float values[] = {0.6f, 0.8f};
    check(&(ttag_matrix){3, 3, starts, terms, values});
    check(&(ttag_matrix){1, 0, (size_t[]){0, 0}, terms, values});
}

/* Articles join in several steps, in any order; what was there stays as it is. */
static void compact_kernel_add__grows(void **state)
{
    (void)state;
    enum { ROWS = 700 };
    static const size_t STEPS[] = {1, 3, 16, 200, 15, 0, 300, 165};
    rows r = rows_make(ROWS, 400, 4);
    kernel_source source;
    kernel_scratch scratch = {0};
    compact_kernel k = {0};
    uint32_t articles[ROWS];
    for (uint32_t i = 0; i < ROWS; i++)
        articles[i] = (i * 11 + 5) % ROWS;
    assert_int_equal(kernel_source_make(&source, &r.matrix), TTAG_OK);
    assert_true(kernel_scratch_init(&scratch, &source));
    for (size_t step = 0; step < sizeof STEPS / sizeof *STEPS; step++) {
        float before = k.n ? compact_kernel_row(&k, 0)[0] : 0;
        assert_true(compact_kernel_add(&k, &source, &scratch, articles + k.n, STEPS[step]));
        assert_true(step == 0 || compact_kernel_row(&k, 0)[0] == before);
    }
    check_all(&r.matrix, &k);
    compact_kernel_clear(&k);
    assert_true(compact_kernel_add(&k, &source, &scratch, articles + 40, 30));
    assert_int_equal(k.n, 30);
    assert_true(fabs(kernel_value(&k, 3, 7) - product(&r.matrix, articles[43], articles[47])) <
                1e-5);
    compact_kernel_dispose(&k);
    kernel_scratch_dispose(&scratch);
    kernel_source_dispose(&source);
    rows_dispose(&r);
}

/* Columns by falling df; each row holds what it held. */
static void df_order__sorts_by_df(void **state)
{
    (void)state;
    size_t starts[] = {0, 2, 2, 5, 6};
    uint32_t terms[] = {0, 3, 0, 2, 3, 3}; /* df: 2, 0, 1, 3 */
    float values[] = {1, 2, 3, 4, 5, 6};
    ttag_matrix x = {4, 4, starts, terms, values};
    static const uint32_t ORIGINAL[] = {3, 0, 2, 1};
    static const uint32_t TERMS[] = {0, 1, 0, 1, 2, 0};
    static const float VALUES[] = {2, 1, 5, 3, 4, 6};
    df_order o = {0};
    assert_int_equal(df_order_make(&o, &x), TTAG_OK);
    assert_memory_equal(o.original, ORIGINAL, sizeof ORIGINAL);
    assert_memory_equal(o.x.terms, TERMS, sizeof TERMS);
    assert_memory_equal(o.x.values, VALUES, sizeof VALUES);
    assert_memory_equal(o.x.starts, starts, sizeof starts);
    df_order_dispose(&o);
}

#ifdef TTAG_FAULTS
static void compact_kernel_add__survives_want_of_memory(void **state)
{
    (void)state;
    rows r = rows_make(80, 60, 2);
    uint32_t articles[80];
    bool done = false;
    for (uint32_t i = 0; i < 80; i++)
        articles[i] = i;
    for (size_t n = 1; !done; n++) {
        kernel_source source = {0};
        kernel_scratch scratch = {0};
        compact_kernel k = {0};
        df_order o = {0};
        mem_fail_after(n);
        done = kernel_source_make(&source, &r.matrix) == TTAG_OK &&
               kernel_scratch_init(&scratch, &source) &&
               compact_kernel_add(&k, &source, &scratch, articles, 80) &&
               df_order_make(&o, &r.matrix) == TTAG_OK;
        mem_fail_after(0);
        df_order_dispose(&o);
        compact_kernel_dispose(&k);
        kernel_scratch_dispose(&scratch);
        kernel_source_dispose(&source);
    }
    rows_dispose(&r);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernel_fill__equals_plain_c),
        cmocka_unit_test(kernel_fill__equals_plain_c_across_tiles),
        cmocka_unit_test(kernel_fill__takes_more_frequent_terms_than_it_makes_dense),
        cmocka_unit_test(kernel_fill__takes_rare_terms_only),
        cmocka_unit_test(kernel_fill__takes_empty_rows_and_no_columns),
        cmocka_unit_test(compact_kernel_add__grows),
        cmocka_unit_test(df_order__sorts_by_df),
#ifdef TTAG_FAULTS
        cmocka_unit_test(compact_kernel_add__survives_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
