/* Putting an evaluation together from what was collected. */
#ifndef EVALUATE_EVALUATION_H
#define EVALUATE_EVALUATION_H

#include "evaluate/outcomes.h"
#include "evaluate/truth.h"
#include "ttag/evaluate.h"

/* Marks the truth in `o`, computes all figures. The evaluation owns copies of all names.
   TTAG_OK, TTAG_NOMEM, TTAG_CANCELLED. */
ttag_status evaluation_new(ttag_evaluation **out, const ttag_model_parts *model, const truth *t,
                           outcomes *o, const ttag_evaluate_opts *opts, ttag_error *err);

#endif
