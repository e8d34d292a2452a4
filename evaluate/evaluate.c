/* A feed and a model to an evaluation. */
#include "ttag/evaluate.h"

#include "base/parallel.h"
#include "evaluate/evaluation.h"
#include "evaluate/tally_feed.h"

ttag_status ttag_evaluate(ttag_evaluation **out, const ttag_model *model, ttag_reader *feed,
                          const ttag_evaluate_opts *opts, ttag_error *err)
{
    const ttag_evaluate_opts defaults = TTAG_EVALUATE_OPTS_INIT;
    if (!opts)
        opts = &defaults;
    *out = NULL;
    tally t = {0};
    ttag_status status = tally_feed(&t, model, feed, opts, err);
    if (status == TTAG_OK)
        status = evaluation_new(out, &t, thread_count(opts->threads), opts->monitor, err);
    tally_dispose(&t);
    return status;
}
