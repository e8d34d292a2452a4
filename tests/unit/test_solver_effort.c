/* train/solver_effort against its formula by hand. */
#include <math.h>
#include <stdbool.h>

#include "train/solver_effort.h"
#include "unit.h"

enum { TAGS = 3 };

/* Two articles of three and one terms, the first of which is dense. */
static const size_t STARTS[] = {0, 3, 4};
static const bool CONSTANT[TAGS] = {false, true, false};
static const uint32_t PARTITIONS[TAGS] = {3, 0, 1};

typedef struct fixture {
    ttag_matrix x;
    labels labels;
    size_t tails[2];
    kernel_source source;
    solve_task task;
} fixture;

static void make(fixture *f, uint32_t n_folds)
{
    *f = (fixture){.x = {.n_rows = 2, .n_columns = 3, .starts = STARTS}, .tails = {1, 3}};
    f->labels.n_tags = TAGS;
    f->source = (kernel_source){.x = &f->x, .tails = f->tails};
    f->task = (solve_task){.x = &f->x,
                           .labels = &f->labels,
                           .constant = CONSTANT,
                           .n_folds = n_folds,
                           .partitions = PARTITIONS};
}

/* 16 and 6 problems; tails of 2 and 1 terms; 8² / 2 · 1.5 / 16 + 2.5 · 4 and 2² / 2 · … */
static void solver_effort__counts_kernel_values_and_passes(void **state)
{
    const near_set near[TAGS] = {{.n = 8}, {.n = 100}, {.n = 2}};
    fixture f;
    (void)state;
    make(&f, 5);
    solver_effort effort = solver_effort_of(&f.task, &f.source, near);
    assert_true(fabs(effort.libsvm - (16 * (3 + 10) + 6 * (0.1875 + 10))) < 1e-9);
    assert_true(fabs(effort.descent - (16 * 15 * 2 * 4)) < 1e-9);
}

static void solver_effort__without_folds_counts_one_problem_a_tag(void **state)
{
    const near_set near[TAGS] = {{.n = 8}, {.n = 100}, {.n = 2}};
    fixture f;
    (void)state;
    make(&f, 0);
    solver_effort effort = solver_effort_of(&f.task, &f.source, near);
    assert_true(fabs(effort.libsvm - (3 + 10 + 0.1875 + 10)) < 1e-9);
    assert_true(fabs(effort.descent - (15 * 2 * 4)) < 1e-9);
}

static void solver_effort__short_work_stays_with_libsvm(void **state)
{
    const solver_effort little = {7e9, 1e9}, much = {1.1e10, 4e9}, alike = {3e10, 2.2e10};
    (void)state;
    assert_false(descent_is_far_quicker(&little));
    assert_true(descent_is_far_quicker(&much));
    assert_false(descent_is_far_quicker(&alike));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solver_effort__counts_kernel_values_and_passes),
        cmocka_unit_test(solver_effort__without_folds_counts_one_problem_a_tag),
        cmocka_unit_test(solver_effort__short_work_stays_with_libsvm),
    };
    return cmocka_run_group_tests_name("solver_effort", tests, NULL, NULL);
}
