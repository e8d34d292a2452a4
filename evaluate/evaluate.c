/* A feed and a model to an evaluation. */
#include "ttag/evaluate.h"

#include "articles/unknown_rules.h"
#include "base/parallel.h"
#include "evaluate/evaluation.h"
#include "evaluate/tally_feed.h"

static void tell_idle_rules(const tally *t, const ttag_evaluate_opts *opts)
{
    uint64_t tags = 0;
    for (size_t i = 0; t->tag_rules && i < t->n_tags; i++)
        tags |= t->tag_rules[i];
    unknown_rules_tell_idle(opts->unknown_where, t->record_rules, tags, opts->monitor);
}

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
    if (status == TTAG_OK) {
        tell_idle_rules(&t, opts);
        evaluation_keep(*out, &t);
    }
    tally_dispose(&t);
    return status;
}
