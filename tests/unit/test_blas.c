/* The BLAS seam against plain C. */
#include "unit.h"

#include <math.h>
#include <string.h>

#include "base/blas.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"

static float *random_matrix(rng *r, size_t count)
{
    float *values = mem_new(count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = (float)rng_below(r, 2001) / 1000.0f - 1.0f;
    return values;
}

/* c[i][j] = sum over l of a[i][l] * b[j][l] */
static void check_product(rng *r, size_t m, size_t n, size_t k, size_t ldc)
{
    float *a = random_matrix(r, m * k), *b = random_matrix(r, n * k);
    float *c = random_matrix(r, m * ldc), *before = mem_copy(c, m * ldc * sizeof *c);
    blas_product(m, n, k, a, b, c, ldc);
    for (size_t i = 0; i < m; i++) {
        for (size_t j = 0; j < n; j++) {
            double sum = 0;
            for (size_t l = 0; l < k; l++)
                sum += (double)a[i * k + l] * (double)b[j * k + l];
            if (!(fabs((double)c[i * ldc + j] - sum) <= 1e-6 * (double)(k + 1)))
                fail_msg("%zu x %zu x %zu at %zu, %zu: %g, expected %g", m, n, k, i, j,
                         (double)c[i * ldc + j], sum);
        }
        if (ldc > n) /* between the rows nothing is written */
            assert_memory_equal(c + i * ldc + n, before + i * ldc + n, (ldc - n) * sizeof *c);
    }
    mem_free(a);
    mem_free(b);
    mem_free(c);
    mem_free(before);
}

static void blas_product__small_shapes(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 30);
    for (size_t m = 0; m <= 9; m++)
        for (size_t n = 0; n <= 9; n++)
            for (size_t k = 0; k <= 9; k++)
                check_product(&r, m, n, k, n ? n + m % 3 : 1);
}

static void blas_product__shapes_around_blocks(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 31);
    static const size_t sizes[] = {1, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 257};
    enum { SIZES = sizeof sizes / sizeof *sizes };
    for (size_t round = 0; round < 150; round++) {
        size_t n = sizes[rng_below(&r, SIZES)];
        check_product(&r, sizes[rng_below(&r, SIZES)], n, sizes[rng_below(&r, SIZES)],
                      n + rng_below(&r, 20));
    }
    check_product(&r, 3, 400, 1500, 400);
}

static ttag_status product_in_thread(void *context, size_t index, unsigned worker)
{
    (void)worker;
    float *results = context;
    rng r;
    rng_seed(&r, 32);
    float *a = random_matrix(&r, 40 * 60), *b = random_matrix(&r, 50 * 60);
    blas_product(40, 50, 60, a, b, results + index * 2000, 50);
    mem_free(a);
    mem_free(b);
    return TTAG_OK;
}

static void blas_product__same_bytes_from_any_thread(void **state)
{
    (void)state;
    enum { TIMES = 16 };
    float *results = mem_zero(TIMES * 2000, sizeof *results);
    blas_single_thread();
    assert_int_equal(parallel_for(4, TIMES, product_in_thread, results, NULL, NULL), TTAG_OK);
    for (size_t i = 1; i < TIMES; i++)
        assert_memory_equal(results, results + i * 2000, 2000 * sizeof *results);
    mem_free(results);
}

static void blas_check__this_library_is_sound(void **state)
{
    (void)state;
    ttag_error err;
    assert_int_equal(blas_check(&err), TTAG_OK);
    assert_int_equal(blas_check(NULL), TTAG_OK);
    assert_non_null(strstr(blas_config(), "OpenBLAS"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blas_product__small_shapes),
        cmocka_unit_test(blas_product__shapes_around_blocks),
        cmocka_unit_test(blas_product__same_bytes_from_any_thread),
        cmocka_unit_test(blas_check__this_library_is_sound),
    };
    blas_single_thread(); /* as the program does; the library's own threads hide from tsan */
    return cmocka_run_group_tests_name("blas", tests, NULL, NULL);
}
