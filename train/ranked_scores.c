/* Sorting scores, and the float half-way between two of them. */
#include "train/ranked_scores.h"

#include <math.h>
#include <stdlib.h>

static int by_falling_score(const void *a, const void *b)
{
    float x = ((const ranked_score *)a)->score;
    float y = ((const ranked_score *)b)->score;
    return (x < y) - (x > y);
}

size_t ranked_scores_take(ranked_score *list, const float *scores, const signed char *truth,
                          size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (truth[i])
            list[count++] = (ranked_score){scores[i], truth[i] > 0};
    return count;
}

void ranked_scores_sort(ranked_score *list, size_t count)
{
    qsort(list, count, sizeof *list, by_falling_score);
}

float ranked_scores_cut(const ranked_score *list, size_t count, size_t k)
{
    if (k == 0)
        return nextafterf(list[0].score, INFINITY);
    if (k == count)
        return list[k - 1].score;
    float middle = (float)(((double)list[k - 1].score + (double)list[k].score) / 2);
    return middle > list[k].score ? middle : list[k - 1].score;
}
