/* The finished evaluation: names, thresholds and figures of every scored tag. */
#include "evaluate/evaluation.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "evaluate/by_score.h"
#include "evaluate/metrics.h"

/* Model tags first, then unseen ones, each by name. */
static ttag_status name_tags(kept_evaluation *e, const tally *t, const truth_unseen *unseen,
                             size_t n_unseen, ttag_error *err)
{
    const size_t n_tags = t->n_tags + n_unseen;
    e->tags = mem_zero(n_tags, sizeof *e->tags);
    e->unseen = mem_zero(n_unseen, sizeof *e->unseen);
    if (!e->tags || !e->unseen)
        return fail_memory(err);
    for (size_t i = 0; i < n_tags; i++) {
        bool known = i < t->n_tags;
        ttag_view name = known ? t->tags[i].name : unseen[i - t->n_tags].name;
        e->tags[i].tag = arena_copy(&e->names, name);
        e->tags[i].threshold = known ? t->tags[i].threshold : NAN;
        if (!e->tags[i].tag.bytes)
            return fail_memory(err);
        if (!known)
            e->unseen[i - t->n_tags] = e->tags[i].tag;
    }
    e->shown.tags = e->tags;
    e->shown.n_tags = n_tags;
    e->shown.unseen = e->unseen;
    e->shown.n_unseen = n_unseen;
    return TTAG_OK;
}

static ttag_status nothing_labelled(const tally *t, ttag_error *err)
{
    return fail(err, TTAG_EMPTY,
                "no labelled article was read: %zu without tags, %zu refused; "
                "expected records with \"tags\"",
                t->unlabelled, t->refused);
}

ttag_status evaluation_new(ttag_evaluation **out, tally *t, unsigned threads,
                           const ttag_monitor *monitor, ttag_error *err)
{
    truth_unseen *unseen = NULL;
    size_t n_unseen = 0;
    ttag_status status = TTAG_OK;
    *out = NULL;
    if (t->results.n_documents == 0)
        return nothing_labelled(t, err);
    kept_evaluation *e = mem_zero(1, sizeof *e);
    if (!e)
        return fail_memory(err);
    e->shown.unlabelled = t->unlabelled;
    e->shown.refused = t->refused;
    if ((status = truth_list_unseen(&unseen, &n_unseen, &t->labels, err)) != TTAG_OK ||
        (status = name_tags(e, t, unseen, n_unseen, err)) != TTAG_OK ||
        (status = outcomes_widen(&t->results, t->n_tags + n_unseen, err)) != TTAG_OK ||
        (status = truth_mark(&t->labels, unseen, n_unseen, &t->results, err)) != TTAG_OK)
        goto done;
    metrics_fill(&e->shown, e->tags, &t->results);
    status = by_score_fill(&e->shown, e->tags, &t->results, threads, monitor, err);
done:
    mem_free(unseen);
    if (status == TTAG_OK)
        *out = &e->shown;
    else
        ttag_evaluation_free(&e->shown);
    return status;
}

void evaluation_keep(ttag_evaluation *shown, tally *t)
{
    kept_evaluation *e = (kept_evaluation *)(void *)shown;
    e->results = t->results;
    e->notes = t->notes;
    e->worst = t->worst;
    t->results = (outcomes){0};
    t->notes = (article_notes){0};
    t->worst = (worst_errors){0};
}

void ttag_evaluation_free(ttag_evaluation *shown)
{
    kept_evaluation *e = (kept_evaluation *)(void *)shown;
    if (!e)
        return;
    mem_free(e->tags);
    mem_free(e->unseen);
    mem_free(e->tag_intervals);
    arena_dispose(&e->names);
    outcomes_dispose(&e->results);
    article_notes_dispose(&e->notes);
    worst_errors_dispose(&e->worst);
    mem_free(e);
}
