/* x = tf * idf, then x / |x|; in double, stored as float, squares summed in the order given. */
#include "features/tfidf.h"

#include <math.h>

/* ln((1 + n) / (1 + df)) + 1 */
float inverse_document_frequency(size_t n_articles, uint32_t df, bool smooth)
{
    if (!smooth)
        return 1.0f;
    return (float)(log((1.0 + (double)n_articles) / (1.0 + (double)df)) + 1.0);
}

/* 1 + ln(count), or count */
static double term_frequency(uint32_t count, bool sublinear)
{
    if (count == 1)
        return 1.0;
    return sublinear ? 1.0 + log(count) : (double)count;
}

void tfidf_weigh(float *values, const term_count *items, size_t n, const float *idf,
                 const ttag_text_opts *opts)
{
    double squares = 0.0;
    for (size_t i = 0; i < n; i++) {
        double tf = term_frequency(items[i].count, opts->sublinear_tf);
        double x = tf * (double)idf[items[i].term];
        squares += x * x;
        values[i] = (float)x;
    }
    if (!opts->l2_norm || !(squares > 0.0))
        return;
    double norm = sqrt(squares);
    for (size_t i = 0; i < n; i++)
        values[i] = (float)((double)values[i] / norm);
}
