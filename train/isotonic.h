/* From out-of-fold scores to probabilities without assuming their shape: a line through a few
   points (score, log-odds), each the middle of a block of pooled neighbours.

   Pooling adjacent violators (Ayer et al. 1955) parts the scores into blocks whose shares of
   positive articles rise. Neighbouring blocks are then joined, those first that lose least
   log-likelihood by it, until at most ISOTONIC_MOST are left and each border is worth
   ISOTONIC_WORTH. A block's log-odds are those of its share, targets just inside 0 and 1 as with
   Platt; between the middles of blocks they are interpolated (centred: Oron and Flournoy 2017), so
   that they rise all the way and no two scores are tied; base/sigmoid.h has the formula. */
#ifndef TRAIN_ISOTONIC_H
#define TRAIN_ISOTONIC_H

#include "ttag/base.h"

enum { ISOTONIC_MOST = 8 };
#define ISOTONIC_WORTH 2.0

/* n points; none where the scores do not tell positive articles from negative ones. */
typedef struct isotonic_line {
    size_t n; /* 0, or 2 to ISOTONIC_MOST */
    float points[2 * ISOTONIC_MOST];
} isotonic_line;

/* A score and what it is of, as they are sorted. */
typedef struct scored_article {
    float score;
    uint32_t article;
} scored_article;

/* sorted[count]: rising scores of the articles whose truth is not 0; truth by article. Each article
   is there `times` times, once for each partition. No points where a score is not finite. */
ttag_status isotonic_fit(isotonic_line *out, const scored_article *sorted, size_t count,
                         const signed char *truth, size_t times);

#endif
