/* F1 = N / D with sums over articles of n = 2 tp and d = 2 tp + fp + fn. By the delta method an
   article moves F1 by (n - F1 d) / D; the error of F1' - F1 is the root of the sum of
   ((n' - F1' d') / D' - (n - F1 d) / D)². */
#include "evaluate/shrink_loss.h"

#include <math.h>

typedef struct f1_terms {
    double n, d;
} f1_terms;

static f1_terms of_article(const outcomes *o, size_t row)
{
    const unsigned char *pairs = o->pairs + row * o->n_tags;
    f1_terms sum = {0, 0};
    for (size_t t = 0; t < o->n_tags; t++) {
        bool is_true = pairs[t] & PAIR_TRUE, given = pairs[t] & PAIR_GIVEN;
        if (pairs[t] & PAIR_UNKNOWN)
            continue;
        sum.n += is_true && given ? 2 : 0;
        sum.d += (is_true ? 1 : 0) + (given ? 1 : 0);
    }
    return sum;
}

static f1_terms of_all(const outcomes *o)
{
    f1_terms sum = {0, 0};
    for (size_t row = 0; row < o->n_documents; row++) {
        f1_terms article = of_article(o, row);
        sum.n += article.n;
        sum.d += article.d;
    }
    return sum;
}

/* What the article moves. */
static double influence(const outcomes *o, size_t row, f1_terms all)
{
    f1_terms article = of_article(o, row);
    return all.d > 0 ? (article.n - all.n / all.d * article.d) / all.d : 0;
}

double micro_loss_error(const outcomes *before, const outcomes *after)
{
    f1_terms all_before = of_all(before), all_after = of_all(after);
    double squares = 0;
    for (size_t row = 0; row < before->n_documents; row++) {
        double moved = influence(after, row, all_after) - influence(before, row, all_before);
        squares += moved * moved;
    }
    return sqrt(squares);
}
