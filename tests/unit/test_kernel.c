/* train/kernel against plain C in double. */
#include "unit.h"

#include <math.h>

#include "base/memory.h"
#include "base/random.h"
#include "train/kernel.h"

#define PLENTY ((size_t)1 << 30)

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

static void check(const ttag_matrix *x)
{
    kernel_matrix k;
    assert_int_equal(kernel_build(&k, x, PLENTY, 2, NULL, NULL), TTAG_OK);
    assert_int_equal(k.n, x->n_rows);
    for (size_t a = 0; a < k.n; a++) {
        for (size_t b = 0; b < k.n; b++) {
            assert_true(fabs((double)kernel_value(&k, a, b) - product(x, a, b)) < 1e-5);
            assert_true(kernel_value(&k, a, b) == kernel_value(&k, b, a));
        }
    }
    kernel_dispose(&k);
}

static void kernel_build__equals_plain_c(void **state)
{
    (void)state;
    rows r = rows_make(333, 1500, 2); /* frequent terms, and a long tail */
    check(&r.matrix);
    rows_dispose(&r);
}

static void kernel_build__equals_plain_c_across_tiles(void **state)
{
    (void)state;
    rows r = rows_make(1100, 700, 5); /* three bands of tiles, the last one narrow */
    check(&r.matrix);
    rows_dispose(&r);
}

static void kernel_build__takes_more_frequent_terms_than_it_makes_dense(void **state)
{
    (void)state;
    rows r = rows_make(70, 3000, 1000);
    check(&r.matrix);
    rows_dispose(&r);
}

static void kernel_build__takes_rare_terms_only(void **state)
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

static void kernel_build__takes_empty_rows_and_no_columns(void **state)
{
    (void)state;
    size_t starts[] = {0, 0, 2, 2};
    uint32_t terms[] = {0, 2};
    float values[] = {0.6f, 0.8f};
    check(&(ttag_matrix){3, 3, starts, terms, values});
    check(&(ttag_matrix){1, 0, (size_t[]){0, 0}, terms, values});
}

static void kernel_build__is_the_same_for_any_threads(void **state)
{
    (void)state;
    rows r = rows_make(1300, 1200, 3);
    kernel_matrix one, more;
    assert_int_equal(kernel_build(&one, &r.matrix, PLENTY, 1, NULL, NULL), TTAG_OK);
    for (unsigned threads = 2; threads < 5; threads++) {
        assert_int_equal(kernel_build(&more, &r.matrix, PLENTY, threads, NULL, NULL), TTAG_OK);
        for (size_t a = 0; a < 1300; a++)
            for (size_t b = 0; b < 1300; b++)
                assert_true(kernel_value(&one, a, b) == kernel_value(&more, a, b));
        kernel_dispose(&more);
    }
    kernel_dispose(&one);
    rows_dispose(&r);
}

static void kernel_build__refuses_what_would_not_fit(void **state)
{
    (void)state;
    kernel_matrix k;
    ttag_error err = {0};
    size_t *starts = mem_zero(94606, sizeof *starts);
    assert_non_null(starts);
    ttag_matrix x = {94605, 0, starts, NULL, NULL};
    assert_int_equal(kernel_build(&k, &x, (size_t)3 << 30, 1, NULL, &err), TTAG_LIMIT);
    assert_int_equal(err.code, TTAG_LIMIT);
    assert_string_equal(err.text,
                        "the kernel matrix of 94605 articles needs 33.3 GiB; the limit is "
                        "3 GiB (--memory)");
    assert_null(k.values);
    x.n_rows = SIZE_MAX / 4;
    assert_int_equal(kernel_build(&k, &x, SIZE_MAX, 1, NULL, &err), TTAG_LIMIT);
    mem_free(starts);
}

static bool at_once(void *payload)
{
    (void)payload;
    return true;
}

static void kernel_build__can_be_cancelled(void **state)
{
    (void)state;
    rows r = rows_make(300, 100, 3);
    kernel_matrix k;
    ttag_monitor monitor = {.cancelled = at_once};
    assert_int_equal(kernel_build(&k, &r.matrix, PLENTY, 1, &monitor, NULL), TTAG_CANCELLED);
    assert_null(k.values);
    rows_dispose(&r);
}

#ifdef TTAG_FAULTS
static void kernel_build__survives_want_of_memory(void **state)
{
    (void)state;
    rows r = rows_make(80, 60, 2);
    for (size_t n = 1;; n++) {
        kernel_matrix k;
        mem_fail_after(n);
        ttag_status status = kernel_build(&k, &r.matrix, PLENTY, 1, NULL, NULL);
        mem_fail_after(0);
        kernel_dispose(&k);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
    }
    rows_dispose(&r);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernel_build__equals_plain_c),
        cmocka_unit_test(kernel_build__equals_plain_c_across_tiles),
        cmocka_unit_test(kernel_build__takes_more_frequent_terms_than_it_makes_dense),
        cmocka_unit_test(kernel_build__takes_rare_terms_only),
        cmocka_unit_test(kernel_build__takes_empty_rows_and_no_columns),
        cmocka_unit_test(kernel_build__is_the_same_for_any_threads),
        cmocka_unit_test(kernel_build__refuses_what_would_not_fit),
        cmocka_unit_test(kernel_build__can_be_cancelled),
#ifdef TTAG_FAULTS
        cmocka_unit_test(kernel_build__survives_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
