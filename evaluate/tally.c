/* The beginning and the end of a tally. */
#include "evaluate/tally.h"

#include "base/error.h"
#include "base/memory.h"
#include "classify/decisions.h"

/* The probability at which a tag is given. */
static double threshold_of(const ttag_model_tag *tag, const ttag_evaluate_opts *opts)
{
    switch (opts->cut) {
    case TTAG_CUT_ZERO:
        return (double)tag_probability(tag, 0);
    case TTAG_CUT_FIXED:
        return opts->probability;
    default:
        return (double)tag->threshold;
    }
}

static ttag_status allocate(tally *t, size_t n_tags, ttag_error *err)
{
    t->tags = mem_zero(n_tags, sizeof *t->tags);
    t->n_tags = t->results.n_tags = t->results.n_scored = n_tags;
    return t->tags ? TTAG_OK : fail_memory(err);
}

static ttag_status name_tags(tally *t, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (size_t i = 0; i < t->n_tags && status == TTAG_OK; i++)
        status = truth_add_tag(&t->labels, t->tags[i].name, err);
    return status;
}

static ttag_status note_rules(tally *t, const ttag_unknown_rules *rules, ttag_error *err)
{
    if (ttag_unknown_rules_count(rules) == 0)
        return TTAG_OK;
    t->tag_rules = mem_new(t->n_tags, sizeof *t->tag_rules);
    if (!t->tag_rules)
        return fail_memory(err);
    for (size_t i = 0; i < t->n_tags; i++)
        t->tag_rules[i] = ttag_unknown_rules_of_tag(rules, t->tags[i].name);
    return TTAG_OK;
}

ttag_status tally_start(tally *t, const ttag_model_parts *model, const ttag_evaluate_opts *opts,
                        ttag_error *err)
{
    ttag_status status = allocate(t, model->n_tags, err);
    if (status != TTAG_OK)
        return status;
    for (size_t i = 0; i < model->n_tags; i++)
        t->tags[i] = (scored_tag){model->tags[i].name, threshold_of(&model->tags[i], opts)};
    t->labels.implied = opts->imply_truth ? model->tags : NULL;
    status = name_tags(t, err);
    return status == TTAG_OK ? note_rules(t, opts->unknown_where, err) : status;
}

ttag_status tally_start_with(tally *t, const scored_tag *tags, size_t n_tags, ttag_error *err)
{
    ttag_status status = allocate(t, n_tags, err);
    if (status != TTAG_OK)
        return status;
    for (size_t i = 0; i < n_tags; i++)
        t->tags[i] = tags[i];
    return name_tags(t, err);
}

void tally_dispose(tally *t)
{
    mem_free(t->tags);
    mem_free(t->tag_rules);
    outcomes_dispose(&t->results);
    truth_dispose(&t->labels);
    article_notes_dispose(&t->notes);
    worst_errors_dispose(&t->worst);
    *t = (tally){0};
}
