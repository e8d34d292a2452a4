/* The finished evaluation: names, thresholds and figures of every scored tag. */
#include "evaluate/evaluation.h"

#include <math.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/sigmoid.h"
#include "evaluate/by_score.h"
#include "evaluate/metrics.h"

typedef struct evaluation {
    ttag_evaluation shown; /* first, so that a pointer to it is a pointer to the whole */
    ttag_tag_scores *tags;
    ttag_view *unseen;
    arena names;
} evaluation;

/* The probability at which a tag is given. */
static double threshold_of(const ttag_model_tag *tag, const ttag_evaluate_opts *opts)
{
    switch (opts->cut) {
    case TTAG_CUT_ZERO:
        return (double)platt_probability(tag->slope, tag->offset, 0);
    case TTAG_CUT_FIXED:
        return opts->probability;
    default:
        return (double)tag->threshold;
    }
}

/* Model tags first, then unseen ones, each by name. */
static ttag_status name_tags(evaluation *e, const ttag_model_parts *model,
                             const truth_unseen *unseen, size_t n_unseen,
                             const ttag_evaluate_opts *opts, ttag_error *err)
{
    e->tags = mem_zero(model->n_tags + n_unseen, sizeof *e->tags);
    e->unseen = mem_zero(n_unseen, sizeof *e->unseen);
    if (!e->tags || !e->unseen)
        return fail_memory(err);
    for (size_t i = 0; i < model->n_tags + n_unseen; i++) {
        bool known = i < model->n_tags;
        ttag_view name = known ? model->tags[i].name : unseen[i - model->n_tags].name;
        e->tags[i].tag = arena_copy(&e->names, name);
        e->tags[i].threshold = known ? threshold_of(&model->tags[i], opts) : NAN;
        if (!e->tags[i].tag.bytes)
            return fail_memory(err);
        if (!known)
            e->unseen[i - model->n_tags] = e->tags[i].tag;
    }
    e->shown.tags = e->tags;
    e->shown.n_tags = model->n_tags + n_unseen;
    e->shown.unseen = e->unseen;
    e->shown.n_unseen = n_unseen;
    return TTAG_OK;
}

ttag_status evaluation_new(ttag_evaluation **out, const ttag_model_parts *model, const truth *t,
                           outcomes *o, const ttag_evaluate_opts *opts, ttag_error *err)
{
    truth_unseen *unseen = NULL;
    size_t n_unseen = 0;
    ttag_status status = TTAG_OK;
    *out = NULL;
    evaluation *e = mem_zero(1, sizeof *e);
    if (!e)
        return fail_memory(err);
    if ((status = truth_list_unseen(&unseen, &n_unseen, t, err)) != TTAG_OK ||
        (status = name_tags(e, model, unseen, n_unseen, opts, err)) != TTAG_OK ||
        (status = outcomes_widen(o, model->n_tags + n_unseen, err)) != TTAG_OK ||
        (status = truth_mark(t, unseen, n_unseen, o, err)) != TTAG_OK)
        goto done;
    metrics_fill(&e->shown, e->tags, o);
    status = by_score_fill(&e->shown, e->tags, o, thread_count(opts->threads), opts->monitor, err);
done:
    mem_free(unseen);
    if (status == TTAG_OK)
        *out = &e->shown;
    else
        ttag_evaluation_free(&e->shown);
    return status;
}

void ttag_evaluation_free(ttag_evaluation *shown)
{
    evaluation *e = (evaluation *)(void *)shown;
    if (!e)
        return;
    mem_free(e->tags);
    mem_free(e->unseen);
    arena_dispose(&e->names);
    mem_free(e);
}
