/* Expected calibration error over bins of equal mass. */
#include "evaluate/reliability.h"

#include <math.h>

enum { N_BINS = 15 };

/* |sum of probabilities - positives| of one bin, which is size · |mean probability - share| */
static double bin_gap(const ranked *items, size_t size)
{
    double probabilities = 0, positives = 0;
    for (size_t i = 0; i < size; i++) {
        probabilities += (double)items[i].value;
        positives += items[i].positive;
    }
    return fabs(probabilities - positives);
}

/* ece = sum over bins of size / n · |mean probability - share of positives|; the first n mod 15
   bins have one item more than the others */
double calibration_error(const ranked *items, size_t count)
{
    double sum = 0;
    size_t start = 0;
    for (size_t bin = 0; bin < N_BINS; bin++) {
        size_t size = count / N_BINS + (bin < count % N_BINS);
        sum += bin_gap(items + start, size);
        start += size;
    }
    return count > 0 ? sum / (double)count : 0;
}
