/* With y, z an article's scores for a tag by both models, without bias:
   factor = Σ y z / Σ z z over articles and tags; bias + mean over articles of y - factor z */
#include "evaluate/shrink_refit.h"

#include <math.h>

#include "classify/packed_rows.h"

typedef struct score_pair {
    double y, z;
} score_pair;

static score_pair pair_at(const outcomes *a, const outcomes *b, size_t row, size_t tag, float bias)
{
    size_t at = row * a->n_scored + tag;
    return (score_pair){(double)a->scores[at] - (double)bias, (double)b->scores[at] - (double)bias};
}

static double common_factor(const ttag_model_parts *large, const outcomes *a, const outcomes *b)
{
    double products = 0, squares = 0;
    for (size_t row = 0; row < a->n_documents; row++)
        for (size_t tag = 0; tag < large->n_tags; tag++) {
            if (large->tags[tag].constant)
                continue;
            score_pair p = pair_at(a, b, row, tag, large->tags[tag].bias);
            products += p.y * p.z;
            squares += p.z * p.z;
        }
    return products / squares;
}

static double bias_shift(const ttag_model_parts *large, const outcomes *a, const outcomes *b,
                         size_t tag, double factor)
{
    double sum = 0;
    for (size_t row = 0; row < a->n_documents; row++) {
        score_pair p = pair_at(a, b, row, tag, large->tags[tag].bias);
        sum += p.y - factor * p.z;
    }
    return sum / (double)a->n_documents;
}

double shrink_refit(small_model *small, const ttag_model_parts *large, const outcomes *old_scores,
                    const outcomes *new_scores)
{
    double factor = common_factor(large, old_scores, new_scores);
    if (!(factor > 0 && factor <= 1e6))
        return 1;
    packed_rows_scale(&small->rows, small->starts, small->model.parts.vocabulary.n_terms,
                      (float)factor);
    for (size_t tag = 0; tag < large->n_tags; tag++) {
        double shift = bias_shift(large, old_scores, new_scores, tag, (double)(float)factor);
        if (!large->tags[tag].constant && isfinite((float)shift))
            small->tags[tag].bias += (float)shift;
    }
    return (double)(float)factor;
}
