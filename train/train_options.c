/* The options of a training, stage by stage: a check returns what is wrong, or NULL. */
#include "train/train_options.h"

#include <math.h>

#include "train/folds.h"

enum {
    NOISY_SUPPORT = 600,  /* below it one partition does not settle a cut */
    NOISY_PARTITIONS = 3, /* that such a tag gets */
};

static const char *check_costs(const ttag_train_opts *opts)
{
    if (!(opts->cost > 0 && isfinite(opts->cost)))
        return "the cost is out of range; expected a number over 0";
    if (!(opts->positive_weight >= 0 && isfinite(opts->positive_weight)))
        return "the positive weight is out of range; expected a number over 0, or 0 (search)";
    if ((unsigned)opts->cost_choice > TTAG_COST_PER_TAG)
        return "the choice of cost is unknown; expected given, per model or per tag";
    return NULL;
}

static const char *check_solver(const ttag_train_opts *opts)
{
    if (!(opts->tolerance > 0 && isfinite(opts->tolerance)))
        return "the tolerance is out of range; expected a number over 0";
    if (!(opts->gap > 0 && isfinite(opts->gap)))
        return "the gap is out of range; expected a number over 0";
    if ((unsigned)opts->solver > TTAG_SOLVER_LINEAR)
        return "the solver is unknown; expected auto, libsvm or linear";
    return NULL;
}

static const char *check_kernel(const ttag_train_opts *opts)
{
    if ((unsigned)opts->kernel > TTAG_KERNEL_RBF)
        return "the kernel is unknown; expected linear or rbf";
    if (opts->kernel != TTAG_KERNEL_LINEAR && opts->solver == TTAG_SOLVER_LINEAR)
        return "the linear solver knows the linear kernel only; expected solver auto or libsvm "
               "with the RBF kernel";
    if ((unsigned)opts->averaging > TTAG_AVERAGING_BLOCKS)
        return "the averaging is unknown; expected none or blocks";
    if ((unsigned)opts->term_scaling > TTAG_SCALING_RATIO)
        return "the scaling of terms is unknown; expected auto, none or ratio";
    if (opts->kernel != TTAG_KERNEL_LINEAR && opts->term_scaling == TTAG_SCALING_RATIO)
        return "terms are scaled for each tag by itself, but the RBF kernel's values are shared by "
               "all tags; expected no term scaling with the RBF kernel";
    if (!(opts->gamma >= 0 && isfinite(opts->gamma)))
        return "gamma is out of range; expected a number over 0, or 0 for a search";
    return NULL;
}

static const char *check_loss(const ttag_train_opts *opts)
{
    if ((unsigned)opts->loss > TTAG_LOSS_SQUARED_HINGE)
        return "the loss is unknown; expected hinge or squared hinge";
    if (opts->loss != TTAG_LOSS_HINGE &&
        (opts->solver == TTAG_SOLVER_LIBSVM || opts->kernel != TTAG_KERNEL_LINEAR))
        return "libsvm and the RBF kernel know the hinge loss only; expected solver auto or linear "
               "with the squared hinge";
    return NULL;
}

const char *cut_opts_check(ttag_threshold_rule rule, double bound, ttag_calibration calibration,
                           uint32_t folds)
{
    if (rule >= TTAG_THRESHOLDS_PRECISION && !(bound > 0 && bound <= 1))
        return "the bound of precision or recall is out of range; expected a number over 0, at "
               "most 1";
    if ((unsigned)calibration > TTAG_CALIBRATION_ISOTONIC)
        return "the calibration is unknown; expected auto, platt or isotonic";
    if (folds < 2 || folds > FOLDS_MAX)
        return "the number of folds is out of range; expected 2 to 100";
    return NULL;
}

static const char *check_cuts(const ttag_train_opts *opts)
{
    if ((unsigned)opts->thresholds > TTAG_THRESHOLDS_RECALL)
        return "the threshold rule is unknown; expected none, f1, precision or recall";
    const char *wrong =
        cut_opts_check(opts->thresholds, opts->bound, opts->calibration, opts->folds);
    if (!wrong && opts->partitions > PARTITIONS_MOST)
        wrong = "the number of partitions is out of range; expected 0 (as needed) to 100";
    return wrong;
}

static const char *check_feeds(const ttag_train_opts *opts)
{
    if (opts->min_docs < 1)
        return "min-docs is 0; expected 1 or more articles";
    for (size_t i = 0; i < opts->n_extra; i++)
        if (!(opts->extra[i].weight > 0 && opts->extra[i].weight <= TTAG_WEIGHT_MOST))
            return "the weight of an extra feed is out of range; expected a number over 0, 1e6 at "
                   "most";
    return NULL;
}

static const char *check_unit(const ttag_train_opts *opts)
{
    if ((unsigned)opts->unit > TTAG_UNIT_PARAGRAPH)
        return "the unit is unknown; expected article, sentence or paragraph";
    if (opts->unit != TTAG_UNIT_ARTICLE && opts->kernel != TTAG_KERNEL_LINEAR)
        return "passages want the linear kernel; expected unit article with the RBF kernel";
    return NULL;
}

static const char *check_tuning(const ttag_train_opts *opts)
{
    if ((unsigned)opts->tune > TTAG_TUNE_FULL)
        return "the kind of tuning is unknown; expected none, quick or full";
    if (opts->tune != TTAG_TUNE_NONE && opts->kernel != TTAG_KERNEL_LINEAR)
        return "settings are compared with the linear kernel only; expected no tuning with the RBF "
               "kernel";
    if (!(opts->budget >= 0 && isfinite(opts->budget)))
        return "the budget is out of range; expected seconds over 0, or 0 (no bound)";
    return NULL;
}

const char *ttag_train_opts_check(const ttag_train_opts *opts)
{
    static const char *(*const CHECKS[])(const ttag_train_opts *) = {
        check_costs, check_solver, check_kernel, check_loss,
        check_cuts,  check_feeds,  check_unit,   check_tuning};
    const char *wrong = ttag_text_opts_check(&opts->text);
    for (size_t i = 0; !wrong && i < sizeof CHECKS / sizeof *CHECKS; i++)
        wrong = CHECKS[i](opts);
    return wrong;
}

uint32_t partitions_of_tag(const ttag_train_opts *opts, size_t support)
{
    if (opts->partitions)
        return opts->partitions;
    return support < NOISY_SUPPORT ? NOISY_PARTITIONS : 1;
}
