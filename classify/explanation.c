/* From decisions to the terms and passages that speak for them. */
#include "base/error.h"
#include "classify/decisions.h"
#include "classify/workspace.h"

/* What each term adds to the score of a tag. */
static void find_effects(ttag_workspace *w, const ttag_vector *vector, size_t lane, size_t tag)
{
    if (w->parts->kernel == TTAG_KERNEL_RBF)
        rbf_effects_of_tag(w->evidence.effects, &w->effects, w->parts, vector, tag,
                           w->block.kernel + lane, RBF_LANES);
    else
        linear_effects(w->evidence.effects, w->parts, vector, tag);
}

bool workspace_explain(ttag_workspace *w, const ttag_vector *vector, size_t lane)
{
    size_t n = w->n_listed;
    evidence_pool *pool = &w->evidence;
    pool->size = 0;
    if (!evidence_reserve(pool, vector) || (w->parts->kernel == TTAG_KERNEL_RBF &&
                                            !rbf_effects_prepare(&w->effects, w->parts, vector)))
        return false;
    for (size_t i = 0; i < n; i++) {
        ttag_decision *decision = &w->decisions[i];
        w->because[i] = pool->size;
        if ((decision_is_listed(decision) || w->opts.all) &&
            !w->parts->tags[decision->tag].constant) {
            find_effects(w, vector, lane, decision->tag);
            if (!evidence_add(pool, w->parts, vector, w->opts.explain))
                return false;
        }
        decision->n_because = pool->size - w->because[i];
    }
    for (size_t i = 0; i < n; i++) /* only now the pool stays where it is */
        if (w->decisions[i].n_because > 0)
            w->decisions[i].because = pool->items + w->because[i];
    return true;
}

/* Its best passages, and the terms of the first of them. */
static ttag_status explain_tag(ttag_workspace *w, ttag_decision *decision, ttag_error *err)
{
    by_passage *b = &w->passages;
    ttag_vector vector;
    size_t first = b->n_items;
    if (!by_passage_explain(b, decision->tag, w->opts.explain))
        return fail_memory(err);
    decision->n_passages = b->n_items - first;
    if (w->parts->tags[decision->tag].constant || decision->n_passages == 0)
        return TTAG_OK;
    const ttag_article best = {.text = b->items[first].text,
                               .weight = 1,
                               .dropped = w->dropped,
                               .n_dropped = w->n_dropped};
    ttag_status status = ttag_vectorize(w->vectorizer, &vector, &best, err);
    if (status != TTAG_OK)
        return status;
    if (!evidence_reserve(&w->evidence, &vector))
        return fail_memory(err);
    linear_effects(w->evidence.effects, w->parts, &vector, decision->tag);
    return evidence_add(&w->evidence, w->parts, &vector, w->opts.explain) ? TTAG_OK
                                                                          : fail_memory(err);
}

ttag_status workspace_explain_by_passage(ttag_workspace *w, ttag_error *err)
{
    evidence_pool *pool = &w->evidence;
    ttag_status status = TTAG_OK;
    pool->size = w->passages.n_items = 0;
    for (size_t i = 0; status == TTAG_OK && i < w->n_listed; i++) {
        ttag_decision *decision = &w->decisions[i];
        w->because[i] = pool->size;
        w->best[i] = w->passages.n_items;
        if (decision->given || w->opts.all)
            status = explain_tag(w, decision, err);
        decision->n_because = pool->size - w->because[i];
    }
    for (size_t i = 0; i < w->n_listed; i++) { /* only now the pools stay where they are */
        ttag_decision *decision = &w->decisions[i];
        if (decision->n_because > 0)
            decision->because = pool->items + w->because[i];
        if (decision->n_passages > 0)
            decision->passages = w->passages.items + w->best[i];
    }
    return status;
}
