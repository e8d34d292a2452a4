/* Putting an evaluation together from what was collected. */
#ifndef EVALUATE_EVALUATION_H
#define EVALUATE_EVALUATION_H

#include "evaluate/tally.h"

/* Marks the truth in the tally's results, computes all figures. The evaluation owns copies of all
   names. TTAG_OK; TTAG_EMPTY: there is no article; TTAG_NOMEM, TTAG_CANCELLED. */
ttag_status evaluation_new(ttag_evaluation **out, tally *t, unsigned threads,
                           const ttag_monitor *monitor, ttag_error *err);

#endif
