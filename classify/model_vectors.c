/* Support vectors: checked whole before they are saved; of a file, sizes and starts are checked
   when it is opened, numbers and values when used. */
#include "classify/model_vectors.h"

#include <math.h>

#include "base/error.h"
#include "classify/model_sections.h"

/* Whether 0 <= starts[0] <= … <= starts[n] = end, from 0 on. */
static bool starts_rise(const uint64_t *starts, size_t n, uint64_t end)
{
    if (starts[0] != 0 || starts[n] != end)
        return false;
    for (size_t i = 0; i < n; i++)
        if (starts[i] > starts[i + 1])
            return false;
    return true;
}

/* ---- Before saving. ---- */

/* n lists of numbers below `bound`, each list rising. */
static bool lists_rise(const uint64_t *starts, size_t n, const uint32_t *numbers, size_t bound)
{
    for (size_t i = 0; i < n; i++)
        for (uint64_t e = starts[i]; e < starts[i + 1]; e++)
            if (numbers[e] >= bound || (e > starts[i] && numbers[e] <= numbers[e - 1]))
                return false;
    return true;
}

static bool all_finite(const float *values, uint64_t n)
{
    for (uint64_t e = 0; e < n; e++)
        if (!isfinite(values[e]))
            return false;
    return true;
}

static bool squares_proper(const double *squares, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(squares[i]) || squares[i] < 0)
            return false;
    return true;
}

const char *support_vectors_trouble(const ttag_model_parts *parts)
{
    const ttag_support_vectors *s = &parts->support;
    size_t n_terms = parts->vocabulary.n_terms, n_tags = parts->n_tags;
    if (!isfinite(s->gamma) || !(s->gamma > 0))
        return "gamma is not a finite number over 0";
    if (s->n_vectors >= UINT32_MAX)
        return "there are over 2^32 - 2 support vectors";
    if (!starts_rise(s->term_starts, n_terms, s->term_starts[n_terms]) ||
        !starts_rise(s->coef_starts, n_tags, s->coef_starts[n_tags]))
        return "the starts of support vectors or coefficients do not rise from 0";
    if (!lists_rise(s->term_starts, n_terms, s->vectors, s->n_vectors) ||
        !lists_rise(s->coef_starts, n_tags, s->coef_vectors, s->n_vectors))
        return "numbers of support vectors do not rise within a term or tag, or are too large";
    if (!all_finite(s->values, s->term_starts[n_terms]) ||
        !all_finite(s->coefs, s->coef_starts[n_tags]) || !squares_proper(s->squares, s->n_vectors))
        return "a support vector or coefficient is not a finite number";
    return NULL;
}

model_kernel model_kernel_encode(const ttag_model_parts *parts)
{
    const ttag_support_vectors *s = &parts->support;
    return (model_kernel){.kind = TTAG_KERNEL_RBF,
                          .gamma = s->gamma,
                          .n_vectors = s->n_vectors,
                          .n_values = s->term_starts[parts->vocabulary.n_terms],
                          .n_coefs = s->coef_starts[parts->n_tags]};
}

/* ---- From a file. ---- */

static ttag_status check_sizes(const ttag_model *model, const model_kernel *kernel, ttag_error *err)
{
    const ttag_model_parts *parts = &model->parts;
    const struct {
        model_part part;
        uint64_t count;
        size_t size;
    } sections[] = {
        {PART_SQUARES, kernel->n_vectors, sizeof(double)},
        {PART_VECTOR_STARTS, parts->vocabulary.n_terms + 1, sizeof(uint64_t)},
        {PART_VECTORS, kernel->n_values, sizeof(uint32_t)},
        {PART_VECTOR_VALUES, kernel->n_values, sizeof(float)},
        {PART_COEF_STARTS, parts->n_tags + 1, sizeof(uint64_t)},
        {PART_COEF_VECTORS, kernel->n_coefs, sizeof(uint32_t)},
        {PART_COEFS, kernel->n_coefs, sizeof(float)},
    };
    ttag_status status = TTAG_OK;
    for (size_t i = 0; status == TTAG_OK && i < sizeof sections / sizeof *sections; i++)
        status =
            model_check_size(model, sections[i].part, sections[i].count, 1, sections[i].size, err);
    return status;
}

static void point_into_file(ttag_model *model, const model_kernel *kernel)
{
    model->parts.kernel = TTAG_KERNEL_RBF;
    model->parts.support =
        (ttag_support_vectors){.gamma = kernel->gamma,
                               .n_vectors = (size_t)kernel->n_vectors,
                               .squares = model_part_bytes(model, PART_SQUARES),
                               .term_starts = model_part_bytes(model, PART_VECTOR_STARTS),
                               .vectors = model_part_bytes(model, PART_VECTORS),
                               .values = model_part_bytes(model, PART_VECTOR_VALUES),
                               .coef_starts = model_part_bytes(model, PART_COEF_STARTS),
                               .coef_vectors = model_part_bytes(model, PART_COEF_VECTORS),
                               .coefs = model_part_bytes(model, PART_COEFS)};
}

static ttag_status refuse(const ttag_model *model, ttag_error *err, const char *why)
{
    return fail_at(err, TTAG_FORMAT, model->path, 0, 0, "%s", why);
}

ttag_status model_vectors_decode(ttag_model *model, ttag_error *err)
{
    const model_kernel *kernel = model_part_bytes(model, PART_KERNEL);
    if (model_part_size(model, PART_KERNEL) != sizeof *kernel)
        return refuse(model, err, "section \"kernel\" has not the size of version 2");
    if (kernel->kind != TTAG_KERNEL_RBF || kernel->reserved != 0)
        return refuse(model, err, "section \"kernel\" names a kernel that is not in version 2");
    if (!isfinite(kernel->gamma) || !(kernel->gamma > 0))
        return refuse(model, err, "section \"kernel\": gamma is not a finite number over 0");
    if (kernel->n_vectors >= UINT32_MAX)
        return refuse(model, err, "section \"kernel\" has too many support vectors");
    ttag_status status = check_sizes(model, kernel, err);
    if (status != TTAG_OK)
        return status;
    point_into_file(model, kernel);
    const ttag_support_vectors *s = &model->parts.support;
    if (!starts_rise(s->term_starts, model->parts.vocabulary.n_terms, kernel->n_values))
        return refuse(model, err,
                      "section \"vector-starts\" does not rise to the number of values");
    if (!starts_rise(s->coef_starts, model->parts.n_tags, kernel->n_coefs))
        return refuse(model, err,
                      "section \"coef-starts\" does not rise to the number of coefficients");
    return TTAG_OK;
}
