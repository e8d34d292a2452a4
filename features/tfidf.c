/* x = tf * idf, then x / |x|, of words and of characters apart; in double, stored as float, squares
 * summed in the order given. */
#include "features/tfidf.h"

#include <math.h>

#include "base/simd.h"

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

enum { TABLE = sizeof((tf_table *)0)->tf / sizeof(double) };

static void fill(tf_table *table, bool sublinear)
{
    for (uint32_t count = 1; count < TABLE; count++)
        table->tf[count] = term_frequency(count, sublinear);
}

SIMD_CLONES static void divide(float *values, size_t n, double norm)
{
    for (size_t i = 0; i < n; i++)
        values[i] = (float)((double)values[i] / norm);
}

/* One block, with that length. */
static void weigh(float *values, const term_count *items, size_t n, const float *idf,
                  const ttag_text_opts *opts, const tf_table *table, double length)
{
    double squares = 0.0;
    for (size_t i = 0; i < n; i++) {
        uint32_t count = items[i].count;
        double tf = count < TABLE ? table->tf[count] : term_frequency(count, opts->sublinear_tf);
        double x = tf * (double)idf[items[i].term];
        squares += x * x;
        values[i] = (float)x;
    }
    if (opts->l2_norm && squares > 0.0)
        divide(values, n, sqrt(squares) / length);
}

void tfidf_weigh(float *values, const term_count *items, size_t n_words, size_t n, const float *idf,
                 const ttag_text_opts *opts, tf_table *table)
{
    if (table->tf[1] == 0.0)
        fill(table, opts->sublinear_tf);
    double chars = !opts->char_most ? 0.0 : opts->even_chars ? 0.5 : TTAG_CHAR_SHARE;
    weigh(values, items, n_words, idf, opts, table, sqrt(1.0 - chars));
    if (n > n_words)
        weigh(values + n_words, items + n_words, n - n_words, idf, opts, table, sqrt(chars));
}
