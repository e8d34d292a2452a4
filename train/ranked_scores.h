/* Scores with their labels from the highest down, and the cuts that lie between them. */
#ifndef TRAIN_RANKED_SCORES_H
#define TRAIN_RANKED_SCORES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ranked_score {
    float score;
    bool positive;
} ranked_score;

/* Takes the scores whose truth is not 0 into list, which has room for n; returns how many. */
size_t ranked_scores_take(ranked_score *list, const float *scores, const signed char *truth,
                          size_t n);

void ranked_scores_sort(ranked_score *list, size_t count);

/* Whether a cut can part list[k - 1] from list[k]; both ends can be cut at. */
static inline bool ranked_scores_part(const ranked_score *list, size_t count, size_t k)
{
    return k == 0 || k == count || list[k - 1].score > list[k].score;
}

/* The cut that gives the first k of a list that is not empty: half-way between list[k - 1] and
   list[k], or list[k - 1].score where no float lies between them. */
float ranked_scores_cut(const ranked_score *list, size_t count, size_t k);

#endif
