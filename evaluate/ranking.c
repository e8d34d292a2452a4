/* Average precision, as sklearn.metrics.average_precision_score: a step at each distinct score. */
#include "evaluate/ranking.h"

/* AP = sum over distinct scores, falling, of (R_k - R_(k-1)) P_k */
double average_precision(const ranked *items, size_t count)
{
    size_t positives = 0;
    for (size_t i = 0; i < count; i++)
        positives += items[i].positive;
    if (positives == 0)
        return 0;
    double sum = 0;
    size_t taken = 0, hits = 0;
    for (size_t end = count; end > 0;) {
        size_t start = end, found = 0;
        do {
            start--;
            found += items[start].positive;
        } while (start > 0 && ranked_tied(items[start - 1], items[end - 1]));
        taken += end - start;
        hits += found;
        sum += (double)found / (double)positives * ((double)hits / (double)taken);
        end = start;
    }
    return sum;
}
