/* The RBF kernel in training against plain C in double: matrix, a tag's problems, support vectors.
 */
#include "unit.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "train/rbf_problem.h"
#include "train/support_vectors.h"

enum { ROWS = 90, COLUMNS = 40 };

#define PLENTY ((size_t)1 << 30)

/* Rows of any norm; one is empty, two are equal. */
typedef struct fixture {
    double dense[ROWS][COLUMNS];
    size_t starts[ROWS + 1];
    uint32_t terms[ROWS * COLUMNS];
    float values[ROWS * COLUMNS];
    ttag_matrix x;
} fixture;

enum { EMPTY_ROW = 7, FIRST_TWIN = 20, SECOND_TWIN = 60 };

static int setup(void **state)
{
    fixture *f = mem_zero(1, sizeof *f);
    rng r;
    assert_non_null(f);
    libsvm_silence();
    rng_seed(&r, 11);
    for (size_t i = 0; i < ROWS; i++)
        for (size_t t = 0; t < COLUMNS; t++)
            if (i != EMPTY_ROW && rng_below(&r, 4) == 0)
                f->dense[i][t] = (double)(1 + rng_below(&r, 16)) / 16;
    memcpy(f->dense[SECOND_TWIN], f->dense[FIRST_TWIN], sizeof f->dense[0]);
    size_t end = 0;
    for (size_t i = 0; i < ROWS; i++) {
        for (uint32_t t = 0; t < COLUMNS; t++) {
            if (f->dense[i][t] == 0)
                continue;
            f->terms[end] = t;
            f->values[end++] = (float)f->dense[i][t];
        }
        f->starts[i + 1] = end;
    }
    f->x = (ttag_matrix){ROWS, COLUMNS, f->starts, f->terms, f->values};
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    mem_free(*state);
    return 0;
}

static double rbf(const fixture *f, size_t a, size_t b, double gamma)
{
    double distance = 0;
    for (size_t t = 0; t < COLUMNS; t++)
        distance += (f->dense[a][t] - f->dense[b][t]) * (f->dense[a][t] - f->dense[b][t]);
    return exp(-gamma * distance);
}

static rbf_matrix matrix(const fixture *f, double gamma, unsigned threads)
{
    rbf_matrix k;
    assert_int_equal(rbf_matrix_make(&k, &f->x, gamma, PLENTY, threads, NULL, NULL), TTAG_OK);
    return k;
}

/* ---- The matrix. ---- */

static void rbf_matrix__equals_plain_c(void **state)
{
    const fixture *f = *state;
    static const double gammas[] = {1e-3, 0.5, 3, 1e4};
    for (size_t g = 0; g < sizeof gammas / sizeof *gammas; g++) {
        rbf_matrix k = matrix(f, gammas[g], 2);
        for (size_t a = 0; a < ROWS; a++) {
            assert_true(rbf_row(&k, a)[a] == 1 && k.diagonal[a] == 1);
            for (size_t b = 0; b < ROWS; b++) {
                double value = (double)rbf_row(&k, a)[b];
                assert_true(value == (double)rbf_row(&k, b)[a]);
                assert_true(fabs(value - rbf(f, a, b, gammas[g])) < 2e-6 * (1 + gammas[g]));
                assert_true(value >= 0 && value <= 1);
            }
            for (size_t b = ROWS; b < k.stride; b++)
                assert_true(rbf_row(&k, a)[b] == 0 && k.diagonal[b] == 0);
        }
        rbf_matrix_dispose(&k);
    }
}

static void rbf_matrix__is_the_same_for_any_threads(void **state)
{
    const fixture *f = *state;
    rbf_matrix one = matrix(f, 0.5, 1), three = matrix(f, 0.5, 3);
    assert_memory_equal(one.values, three.values, ROWS * one.stride * sizeof *one.values);
    rbf_matrix_dispose(&one);
    rbf_matrix_dispose(&three);
}

static bool at_once(void *payload)
{
    (void)payload;
    return true;
}

static void rbf_matrix__can_be_cancelled(void **state)
{
    const fixture *f = *state;
    const ttag_monitor monitor = {.cancelled = at_once};
    rbf_matrix k;
    assert_int_equal(rbf_matrix_make(&k, &f->x, 1, PLENTY, 1, &monitor, NULL), TTAG_CANCELLED);
    assert_null(k.values);
}

static void rbf_matrix__says_what_does_not_fit(void **state)
{
    const fixture *f = *state;
    size_t bytes = ROWS * rbf_stride(ROWS) * sizeof(float);
    rbf_matrix k;
    ttag_error err = {0};
    assert_true(rbf_matrix_fits(ROWS, bytes) && !rbf_matrix_fits(ROWS, bytes - 1));
    assert_false(rbf_matrix_fits(SIZE_MAX / 8, SIZE_MAX));
    assert_int_equal(rbf_matrix_make(&k, &f->x, 1, bytes - 1, 1, NULL, &err), TTAG_LIMIT);
    assert_non_null(strstr(err.text, "the kernel values of 90 articles do not fit"));
}

/* ---- A tag's problems. ---- */

enum { FOLDS = 3, UNKNOWN_ROW = 33 };

static const double GAMMA = 0.7, COST = 2, POSITIVE = 1.5;

/* A tag of the fixture, and where its results go. */
typedef struct problem {
    rbf_matrix kernel;
    signed char truth[ROWS];
    uint8_t folds[2 * ROWS];
    rbf_scratch scratch;
    rbf_task task;
    libsvm_solution solution;
    active_report report;
    certificate certificate;
    float scores[2 * ROWS];
    bool is_whole;
    rbf_result result;
} problem;

static void problem_init(problem *p, const fixture *f)
{
    *p = (problem){.kernel = matrix(f, GAMMA, 1)};
    for (size_t i = 0; i < ROWS; i++) {
        p->truth[i] = f->dense[i][0] + f->dense[i][1] > 0.4 ? 1 : -1;
        p->folds[i] = (uint8_t)(i % FOLDS);
        p->folds[ROWS + i] = (uint8_t)(i / 2 % FOLDS);
    }
    p->truth[UNKNOWN_ROW] = 0;
    p->task = (rbf_task){.kernel = &p->kernel,
                         .truth = p->truth,
                         .costs = {COST, POSITIVE * COST},
                         .tolerance = 1e-6,
                         .fold_tolerance = 1e-6,
                         .memory = PLENTY,
                         .folds = p->folds,
                         .n_partitions = 2,
                         .n_folds = FOLDS};
    p->result = (rbf_result){&p->solution, &p->report, &p->certificate, p->scores, &p->is_whole};
    assert_int_equal(rbf_scratch_init(&p->scratch, ROWS), TTAG_OK);
}

static void problem_dispose(problem *p)
{
    rbf_matrix_dispose(&p->kernel);
    rbf_scratch_dispose(&p->scratch);
    libsvm_solution_dispose(&p->solution);
}

/* libsvm on the known articles outside a fold, and what it says of all. */
static libsvm_solution by_libsvm(const problem *p, const uint8_t *fold, unsigned held_out)
{
    const compact_kernel all = {
        .n = ROWS, .capacity = p->kernel.stride, .values = p->kernel.values};
    uint32_t articles[ROWS];
    size_t n = 0;
    libsvm_solution s;
    for (uint32_t i = 0; i < ROWS; i++)
        if (p->truth[i] && (!fold || fold[i] != held_out))
            articles[n++] = i;
    const libsvm_task task = {&all, articles, n, p->truth, {COST, POSITIVE * COST}, 1e-6};
    assert_int_equal(libsvm_solve(&s, &task), TTAG_OK);
    return s;
}

static double decide(const fixture *f, const libsvm_solution *s, size_t i)
{
    double decided = s->bias;
    for (size_t k = 0; k < s->n_support; k++)
        decided += s->coefs[k] * rbf(f, i, s->articles[k], GAMMA);
    return decided;
}

static void rbf_problem__is_libsvms_solution_of_all_articles(void **state)
{
    const fixture *f = *state;
    problem p;
    problem_init(&p, f);
    assert_int_equal(rbf_problem_solve(&p.result, &p.scratch, &p.task), TTAG_OK);
    libsvm_solution whole = by_libsvm(&p, NULL, 0);
    for (size_t i = 0; i < ROWS; i++)
        assert_true(fabs(decide(f, &p.solution, i) - decide(f, &whole, i)) < 1e-5);
    for (size_t k = 0; k < p.solution.n_support; k++) {
        assert_int_not_equal(p.solution.articles[k], UNKNOWN_ROW);
        assert_true(k == 0 || p.solution.articles[k] > p.solution.articles[k - 1]);
    }
    assert_true(p.report.rounds >= 1 && p.report.active >= p.solution.n_support);
    assert_true(p.report.violation <= 1e-6);
    libsvm_solution_dispose(&whole);
    problem_dispose(&p);
}

static void rbf_problem__certifies_its_solution(void **state)
{
    const fixture *f = *state;
    problem p;
    problem_init(&p, f);
    assert_int_equal(rbf_problem_solve(&p.result, &p.scratch, &p.task), TTAG_OK);
    const libsvm_solution *s = &p.solution;
    double dual = 0, primal = 0;
    for (size_t a = 0; a < s->n_support; a++) {
        dual += fabs(s->coefs[a]);
        for (size_t b = 0; b < s->n_support; b++) {
            double product =
                s->coefs[a] * s->coefs[b] * rbf(f, s->articles[a], s->articles[b], GAMMA);
            dual -= product / 2;
            primal += product / 2;
        }
    }
    for (size_t i = 0; i < ROWS; i++)
        if (p.truth[i])
            primal +=
                COST * (p.truth[i] > 0 ? POSITIVE : 1) * fmax(0, 1 - p.truth[i] * decide(f, s, i));
    assert_true(fabs(p.certificate.objective - dual) < 1e-4);
    assert_true(fabs(p.certificate.gap - (primal - dual) / primal) < 1e-5);
    assert_true(fabs(p.certificate.gap) < 1e-4);
    assert_int_equal(p.certificate.n_support, s->n_support);
    assert_int_equal(p.certificate.rounds, p.report.rounds);
    assert_int_equal(p.certificate.active, p.report.active);
    problem_dispose(&p);
}

static void assert_out_of_fold(const fixture *f, const problem *p)
{
    for (size_t partition = 0; partition < 2; partition++) {
        const uint8_t *fold = p->folds + partition * ROWS;
        for (unsigned held_out = 0; held_out < FOLDS; held_out++) {
            libsvm_solution part = by_libsvm(p, fold, held_out);
            for (size_t i = 0; i < ROWS; i++)
                if (fold[i] == held_out && p->truth[i])
                    assert_true(
                        fabs((double)p->scores[partition * ROWS + i] - decide(f, &part, i)) < 1e-4);
            libsvm_solution_dispose(&part);
        }
        assert_true(p->scores[partition * ROWS + UNKNOWN_ROW] == 0);
    }
}

static void rbf_problem__scores_folds_as_libsvm_would(void **state)
{
    const fixture *f = *state;
    problem p;
    problem_init(&p, f);
    assert_int_equal(rbf_problem_solve(&p.result, &p.scratch, &p.task), TTAG_OK);
    assert_out_of_fold(f, &p);
    problem_dispose(&p);
}

static void rbf_problem__scores_alike_in_a_search(void **state)
{
    const fixture *f = *state;
    problem p;
    problem_init(&p, f);
    p.task.search = true;
    assert_int_equal(rbf_problem_solve(&p.result, &p.scratch, &p.task), TTAG_OK);
    assert_out_of_fold(f, &p);
    assert_int_equal(p.solution.n_support, 0);
    assert_int_equal(p.report.rounds, 0);
    problem_dispose(&p);
}

/* All positive articles in one fold: without it there is one class, and its edge is the score. */
static void rbf_problem__takes_folds_of_one_class(void **state)
{
    const fixture *f = *state;
    problem p;
    problem_init(&p, f);
    p.task.n_partitions = 1;
    for (size_t i = 0; i < ROWS; i++)
        p.folds[i] = p.truth[i] > 0 ? 0 : (uint8_t)(i % FOLDS);
    assert_int_equal(rbf_problem_solve(&p.result, &p.scratch, &p.task), TTAG_OK);
    for (size_t i = 0; i < ROWS; i++)
        if (p.folds[i] == 0 && p.truth[i])
            assert_true(p.scores[i] == -1);
    problem_dispose(&p);
}

static void rbf_problem__asks_libsvm_only_for_what_fits(void **state)
{
    const fixture *f = *state;
    problem p;
    problem_init(&p, f);
    p.task.memory = ROWS * p.kernel.stride * sizeof(float) + 16;
    assert_int_equal(rbf_problem_solve(&p.result, &p.scratch, &p.task), TTAG_LIMIT);
    problem_dispose(&p);
}

/* ---- Cut short. ---- */

/* Asked so often, it wants to stop. */
static bool has_had_enough(void *payload)
{
    unsigned *patience = payload;
    return *patience == 0 || --*patience == 0;
}

/* Feasible, ascending, and with a certificate of its own. */
static void assert_usable(const problem *p)
{
    double sum = 0;
    for (size_t k = 0; k < p->solution.n_support; k++) {
        double coef = p->solution.coefs[k];
        uint32_t i = p->solution.articles[k];
        double most = p->truth[i] > 0 ? POSITIVE * COST : COST;
        assert_true(coef * p->truth[i] > 0 && fabs(coef) <= most);
        assert_true(k == 0 || p->solution.articles[k - 1] < i);
        sum += coef;
    }
    assert_true(fabs(sum) < 1e-9 && isfinite(p->solution.bias));
    assert_int_equal(p->certificate.n_support, p->solution.n_support);
    assert_true(p->certificate.gap > -1e-6 && p->certificate.gap <= 1);
}

static void rbf_problem__hands_out_what_it_has_reached(void **state)
{
    const fixture *f = *state;
    ttag_status status = TTAG_CANCELLED;
    unsigned whole = 0, partial = 0;
    for (unsigned n = 1; status == TTAG_CANCELLED; n++) {
        unsigned patience = n;
        const ttag_monitor monitor = {.cancelled = has_had_enough, .payload = &patience};
        problem p;
        deadline d;
        deadline_start(&d, 0, &monitor);
        problem_init(&p, f);
        p.task.deadline = &d;
        status = rbf_problem_solve(&p.result, &p.scratch, &p.task);
        assert_true(status == TTAG_OK || status == TTAG_CANCELLED);
        if (p.solution.n_support > 0)
            assert_usable(&p);
        assert_true(p.is_whole == (p.solution.n_support > 0 && p.report.violation <= 1e-6));
        whole += status == TTAG_CANCELLED && p.is_whole;
        partial += status == TTAG_CANCELLED && !p.is_whole;
        problem_dispose(&p);
    }
    assert_true(whole > 0 && partial > 0);
}

static void rbf_problem_approximate__is_near(void **state)
{
    const fixture *f = *state;
    problem p;
    problem_init(&p, f);
    assert_int_equal(rbf_problem_approximate(&p.result, &p.scratch, &p.task), TTAG_OK);
    assert_usable(&p);
    assert_true(p.certificate.gap < 0.1 && p.certificate.rounds == 0);
    assert_true(isnan(p.certificate.violation));
    problem_dispose(&p);
}

/* ---- Support vectors. ---- */

static void assert_vector(const support_set *s, const fixture *f, uint32_t number, size_t row)
{
    double square = 0;
    for (size_t t = 0; t < COLUMNS; t++) {
        double found = 0;
        for (size_t p = (size_t)s->view.term_starts[t]; p < s->view.term_starts[t + 1]; p++)
            if (s->view.vectors[p] == number)
                found = (double)s->view.values[p];
        assert_true(found == f->dense[row][t]);
        square += found * found;
    }
    assert_true(fabs(s->view.squares[number] - square) < 1e-12);
}

static void support_set_make__keeps_each_vector_once(void **state)
{
    const fixture *f = *state;
    uint32_t first[] = {3, EMPTY_ROW, SECOND_TWIN}, second[] = {3, 89};
    double first_coefs[] = {1, -0.5, -0.5}, second_coefs[] = {0.25, -0.25};
    const libsvm_solution solutions[] = {
        {3, first, first_coefs, 0}, {0}, {2, second, second_coefs, 0}};
    support_set s;
    assert_int_equal(support_set_make(&s, &f->x, solutions, 3, 0.75), TTAG_OK);
    assert_true(s.view.gamma == 0.75);
    assert_int_equal(s.view.n_vectors, 4);
    assert_vector(&s, f, 0, 3);
    assert_vector(&s, f, 1, EMPTY_ROW);
    assert_vector(&s, f, 2, SECOND_TWIN);
    assert_vector(&s, f, 3, 89);
    static const uint64_t coef_starts[] = {0, 3, 3, 5};
    static const uint32_t coef_vectors[] = {0, 1, 2, 0, 3};
    static const float coefs[] = {1, -0.5F, -0.5F, 0.25F, -0.25F};
    assert_memory_equal(s.view.coef_starts, coef_starts, sizeof coef_starts);
    assert_memory_equal(s.view.coef_vectors, coef_vectors, sizeof coef_vectors);
    assert_memory_equal(s.view.coefs, coefs, sizeof coefs);
    for (size_t t = 0; t < COLUMNS; t++)
        for (size_t p = (size_t)s.view.term_starts[t]; p + 1 < s.view.term_starts[t + 1]; p++)
            assert_true(s.view.vectors[p] < s.view.vectors[p + 1]);
    support_set_dispose(&s);
}

static void support_set_make__of_nothing(void **state)
{
    const fixture *f = *state;
    const libsvm_solution none[2] = {{0}};
    support_set s;
    assert_int_equal(support_set_make(&s, &f->x, none, 2, 1), TTAG_OK);
    assert_int_equal(s.view.n_vectors, 0);
    assert_int_equal(s.view.term_starts[COLUMNS], 0);
    assert_int_equal(s.view.coef_starts[2], 0);
    assert_non_null(s.view.squares);
    support_set_dispose(&s);
}

static void support_set_make__survives_want_of_memory(void **state)
{
#ifdef TTAG_FAULTS
    const fixture *f = *state;
    uint32_t article = 3;
    double coef = 1;
    const libsvm_solution one = {1, &article, &coef, 0};
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        support_set s;
        mem_fail_after(n);
        status = support_set_make(&s, &f->x, &one, 1, 1);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
        support_set_dispose(&s);
    }
#else
    (void)state;
    skip();
#endif
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(rbf_matrix__equals_plain_c),
        CASE(rbf_matrix__is_the_same_for_any_threads),
        CASE(rbf_matrix__can_be_cancelled),
        CASE(rbf_matrix__says_what_does_not_fit),
        CASE(rbf_problem__is_libsvms_solution_of_all_articles),
        CASE(rbf_problem__certifies_its_solution),
        CASE(rbf_problem__scores_folds_as_libsvm_would),
        CASE(rbf_problem__scores_alike_in_a_search),
        CASE(rbf_problem__takes_folds_of_one_class),
        CASE(rbf_problem__asks_libsvm_only_for_what_fits),
        CASE(rbf_problem__hands_out_what_it_has_reached),
        CASE(rbf_problem_approximate__is_near),
        CASE(support_set_make__keeps_each_vector_once),
        CASE(support_set_make__of_nothing),
        CASE(support_set_make__survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
