/* probability[article] = mean over partitions of the calibrated score */
#include "train/out_of_fold.h"

#include <math.h>

#include "base/memory.h"

ttag_status out_of_fold_reserve(out_of_fold *kept, size_t n_articles, size_t n_tags)
{
    size_t count;
    kept->n_articles = n_articles;
    kept->n_tags = n_tags;
    kept->probabilities =
        size_mul(&count, n_articles, n_tags) ? mem_new(count, sizeof *kept->probabilities) : NULL;
    if (!kept->probabilities)
        return TTAG_NOMEM;
    for (size_t i = 0; i < count; i++)
        kept->probabilities[i] = NAN;
    return TTAG_OK;
}

void out_of_fold_fill(out_of_fold *kept, size_t tag, const float *scores, size_t n_partitions,
                      const signed char *truth, const fitted_calibration *map)
{
    size_t n = kept->n_articles;
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t p = 0; truth[i] && p < n_partitions; p++)
            sum += (double)fitted_probability(map, scores[p * n + i]);
        if (truth[i])
            kept->probabilities[tag * n + i] = (float)(sum / (double)n_partitions);
    }
}

void out_of_fold_dispose(out_of_fold *kept)
{
    mem_free(kept->probabilities);
    *kept = (out_of_fold){0};
}
