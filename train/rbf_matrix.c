/* |x - z|² = |x|² + |z|² - 2 x·z: eight articles are multiplied with all others along the lists of
   their terms, in the order of the terms, so that x·z and z·x are the same to the last bit. */
#include "train/rbf_matrix.h"

#include <string.h>

#include "base/error.h"
#include "base/exponential.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "base/simd.h"
#include "train/term_lists.h"

enum { ROWS = EXP_LANES, LINE = 16 /* values in a cache line */ };

/* A number for each of the eight articles. */
typedef float row_lanes __attribute__((vector_size(ROWS * sizeof(float))));

/* What one thread needs. */
typedef struct rbf_worker {
    row_lanes *side_by_side; /* n_columns: the articles' values; 0 between blocks */
    uint64_t *held;          /* a bit for each term that one of them holds; likewise */
    row_lanes *dots;         /* n */
} rbf_worker;

typedef struct rbf_work {
    const ttag_matrix *x;
    const rbf_matrix *kernel;
    term_lists lists;
    double *squares; /* n */
    rbf_worker *workers;
    unsigned n_workers;
    const ttag_monitor *monitor;
} rbf_work;

/* ---- Room. ---- */

size_t rbf_stride(size_t n)
{
    return (n + LINE - 1) / LINE * LINE;
}

bool rbf_matrix_fits(size_t n, size_t memory)
{
    size_t bytes;
    return size_mul(&bytes, n, rbf_stride(n) * sizeof(float)) && bytes <= memory;
}

static ttag_status list_terms(rbf_work *w)
{
    size_t n = w->x->n_rows;
    uint32_t *numbers = mem_new(n, sizeof *numbers);
    if (!numbers)
        return TTAG_NOMEM;
    for (size_t i = 0; i < n; i++) {
        numbers[i] = (uint32_t)i;
        w->squares[i] = 0;
        for (size_t e = w->x->starts[i]; e < w->x->starts[i + 1]; e++)
            w->squares[i] += (double)w->x->values[e] * (double)w->x->values[e];
    }
    ttag_status status = term_lists_make(&w->lists, w->x, numbers);
    mem_free(numbers);
    return status;
}

static ttag_status work_reserve(rbf_work *w)
{
    size_t n_columns = w->x->n_columns;
    w->squares = mem_new(w->x->n_rows, sizeof *w->squares);
    w->workers = mem_zero(w->n_workers, sizeof *w->workers);
    bool ok = w->squares && w->workers;
    for (unsigned k = 0; ok && k < w->n_workers; k++) {
        rbf_worker *worker = &w->workers[k];
        worker->side_by_side = mem_lines(n_columns, sizeof *worker->side_by_side);
        worker->held = mem_zero(n_columns / 64 + 1, sizeof *worker->held);
        worker->dots = mem_lines(w->x->n_rows, sizeof *worker->dots);
        ok = worker->side_by_side && worker->held && worker->dots;
        if (ok)
            memset(worker->side_by_side, 0, n_columns * sizeof *worker->side_by_side);
    }
    return ok ? list_terms(w) : TTAG_NOMEM;
}

static void work_dispose(rbf_work *w)
{
    for (unsigned k = 0; w->workers && k < w->n_workers; k++) {
        mem_free(w->workers[k].side_by_side);
        mem_free(w->workers[k].held);
        mem_free(w->workers[k].dots);
    }
    term_lists_dispose(&w->lists);
    mem_free(w->squares);
    mem_free(w->workers);
}

/* ---- Eight rows. ---- */

static void place(const rbf_work *w, const rbf_worker *worker, size_t first, size_t count)
{
    for (size_t lane = 0; lane < count; lane++) {
        for (size_t e = w->x->starts[first + lane]; e < w->x->starts[first + lane + 1]; e++) {
            uint32_t term = w->x->terms[e];
            ((float *)(void *)&worker->side_by_side[term])[lane] = w->x->values[e];
            worker->held[term / 64] |= (uint64_t)1 << term % 64;
        }
    }
}

/* dots[j] = x·x[j] in every lane, in order of the terms; clears the places. */
SIMD_CLONES
static void multiply(const rbf_work *w, const rbf_worker *worker)
{
    row_lanes *dots = worker->dots;
    memset(dots, 0, w->x->n_rows * sizeof *dots);
    for (size_t word = 0; word <= w->x->n_columns / 64; word++) {
        for (; worker->held[word]; worker->held[word] &= worker->held[word] - 1) {
            size_t term = word * 64 + (size_t)__builtin_ctzll(worker->held[word]);
            row_lanes x = worker->side_by_side[term];
            worker->side_by_side[term] = (row_lanes){0};
            for (size_t p = (size_t)w->lists.starts[term]; p < w->lists.starts[term + 1]; p++)
                dots[w->lists.rows[p]] += w->lists.values[p] * x;
        }
    }
}

SIMD_CLONES
static void write_rows(const rbf_work *w, const rbf_worker *worker, size_t first, size_t count)
{
    const rbf_matrix *k = w->kernel;
    double own[ROWS] = {0};
    exp_lanes of_rows;
    memcpy(own, w->squares + first, count * sizeof *own);
    memcpy(&of_rows, own, sizeof of_rows);
    for (size_t j = 0; j < k->n; j++) {
        exp_lanes y =
            of_rows + w->squares[j] - 2 * __builtin_convertvector(worker->dots[j], exp_lanes);
        y *= k->gamma;
        exp_minus_lanes(&y);
        for (size_t lane = 0; lane < count; lane++)
            k->values[(first + lane) * k->stride + j] = (float)y[lane];
    }
    for (size_t lane = 0; lane < count; lane++) {
        float *row = k->values + (first + lane) * k->stride;
        row[first + lane] = 1;
        memset(row + k->n, 0, (k->stride - k->n) * sizeof *row);
    }
}

static ttag_status fill_rows(void *context, size_t index, unsigned number)
{
    const rbf_work *w = context;
    const rbf_worker *worker = &w->workers[number];
    size_t first = index * ROWS;
    size_t count = w->x->n_rows - first < ROWS ? w->x->n_rows - first : ROWS;
    place(w, worker, first, count);
    multiply(w, worker);
    write_rows(w, worker, first, count);
    return TTAG_OK;
}

static void tell_filled(void *context, size_t finished)
{
    const rbf_work *w = context;
    tell_progress(w->monitor, "comparing articles", (double)(finished * ROWS),
                  (double)w->x->n_rows);
}

/* ---- The matrix. ---- */

static ttag_status reserve(rbf_matrix *k, size_t n, double gamma, size_t memory, ttag_error *err)
{
    if (!rbf_matrix_fits(n, memory))
        return fail(
            err, TTAG_LIMIT,
            "the kernel values of %zu articles do not fit into the limit (--memory); expected "
            "more memory, or the linear kernel",
            n);
    *k = (rbf_matrix){.gamma = gamma, .n = n, .stride = rbf_stride(n)};
    k->values = mem_lines(n, k->stride * sizeof *k->values);
    k->diagonal = mem_lines(k->stride, sizeof *k->diagonal);
    if (!k->values || !k->diagonal)
        return fail_memory(err);
    for (size_t i = 0; i < k->stride; i++)
        k->diagonal[i] = i < n ? 1 : 0;
    return TTAG_OK;
}

ttag_status rbf_matrix_make(rbf_matrix *out, const ttag_matrix *x, double gamma, size_t memory,
                            unsigned threads, const ttag_monitor *monitor, ttag_error *err)
{
    rbf_work w = {.x = x, .kernel = out, .n_workers = threads, .monitor = monitor};
    *out = (rbf_matrix){0};
    ttag_status status = reserve(out, x->n_rows, gamma, memory, err);
    if (status == TTAG_OK && work_reserve(&w) != TTAG_OK)
        status = fail_memory(err);
    if (status == TTAG_OK) {
        status = parallel_for(threads, (x->n_rows + ROWS - 1) / ROWS, fill_rows, &w, monitor,
                              tell_filled);
        if (status != TTAG_OK)
            fail(err, status, "stopped");
    }
    work_dispose(&w);
    if (status != TTAG_OK)
        rbf_matrix_dispose(out);
    return status;
}

void rbf_matrix_dispose(rbf_matrix *k)
{
    mem_free(k->values);
    mem_free(k->diagonal);
    *k = (rbf_matrix){0};
}
