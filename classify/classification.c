/* One article through one workspace: vector, scores, decisions, implications, order, evidence. */
#include "base/error.h"
#include "base/view.h"
#include "classify/cuts.h"
#include "classify/decisions.h"
#include "classify/model_file.h"
#include "classify/workspace.h"
#include "features/vectorizer.h"

/* Keys of all decisions, or of those that are listed; returns how many. */
static size_t list_keys(ttag_workspace *w, bool given_only)
{
    size_t n = 0;
    for (size_t t = 0; t < w->parts->n_tags; t++)
        if (decision_is_listed(&w->by_tag[t]) || !given_only)
            w->order[n++] = decision_key(&w->by_tag[t]);
    return n;
}

static size_t decide_all(ttag_workspace *w, const float *scores)
{
    decide_tags(w->by_tag, scores, w->parts, &w->opts);
    if (w->implies)
        imply_tags(w->by_tag, w->parts, &w->opts, &w->implied);
    return list_keys(w, w->opts.given_only);
}

/* All are decided about only where a given tag implies others. */
static size_t decide_given(ttag_workspace *w, const float *scores)
{
    size_t n;
    if (w->likely.warm && !w->likely.all)
        return cuts_decide_some(w->by_tag, w->order, w->likely.tags, w->likely.n, scores, w->cuts,
                                w->parts, &w->opts);
    n = cuts_decide(w->by_tag, w->order, scores, w->cuts, w->parts, &w->opts);
    for (size_t i = 0; w->implies && i < n; i++)
        if (w->by_tag[decision_key_tag(w->order[i])].given &&
            w->parts->tags[decision_key_tag(w->order[i])].n_implies > 0)
            return decide_all(w, scores);
    return n;
}

static void decide(ttag_workspace *w, const float *scores)
{
    size_t n = w->opts.given_only ? decide_given(w, scores) : decide_all(w, scores);
    decision_keys_sort(w->order, n);
    for (size_t i = 0; i < n; i++)
        w->decisions[i] = w->by_tag[decision_key_tag(w->order[i])];
    w->n_listed = n;
}

static size_t copy_given(ttag_workspace *w)
{
    size_t n_given = 0;
    for (size_t i = 0; i < w->n_listed; i++)
        if (w->decisions[i].given)
            w->given[n_given++] = w->decisions[i];
    return n_given;
}

/* From the scores of the article in `lane` to its result. vector: NULL where nothing is to be
   explained. */
static ttag_status conclude(ttag_workspace *w, ttag_classification *result, size_t lane,
                            const ttag_vector *vector, ttag_error *err)
{
    const float *scores = w->scores + lane * w->parts->weight_stride;
    decide(w, scores);
    if (vector && w->of_passages) {
        ttag_status status = workspace_explain_by_passage(w, err);
        if (status != TTAG_OK)
            return status;
    } else if (vector && !workspace_explain(w, vector, lane)) {
        return fail_memory(err);
    }
    *result = (ttag_classification){.decisions = w->decisions,
                                    .n_decisions = w->n_listed,
                                    .given = w->given,
                                    .n_given = copy_given(w),
                                    .scores = w->opts.given_only ? NULL : scores};
    if (vector) {
        result->dropped = w->dropped;
        result->n_dropped = w->n_dropped;
    }
    return TTAG_OK;
}

/* ---- Articles. ---- */

/* The article without what is dropped of it, which is remembered until the next one. */
static ttag_status keep(ttag_workspace *w, ttag_article *kept, const ttag_article *article,
                        ttag_error *err)
{
    *kept = *article;
    ttag_status status = w->finder ? ttag_boilerplate_find(w->finder, kept, err) : TTAG_OK;
    w->dropped = kept->dropped;
    w->n_dropped = kept->n_dropped;
    return status;
}

static ttag_status vectorize(ttag_workspace *w, ttag_vector *vector, const ttag_article *article,
                             ttag_error *err)
{
    ttag_article kept;
    ttag_status status = keep(w, &kept, article, err);
    return status == TTAG_OK ? ttag_vectorize(w->vectorizer, vector, &kept, err) : status;
}

static ttag_status score_passages(ttag_workspace *w, const ttag_article *article, ttag_error *err)
{
    ttag_article kept;
    ttag_status status = keep(w, &kept, article, err);
    return status == TTAG_OK ? by_passage_score(&w->passages, w->scores, w->vectorizer, &kept, err)
                             : status;
}

static ttag_status score_together(ttag_workspace *w, const ttag_article *articles, size_t n,
                                  ttag_vector *vector, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    rbf_block_clear(&w->block);
    for (size_t i = 0; status == TTAG_OK && i < n; i++) {
        status = vectorize(w, vector, &articles[i], err);
        if (status == TTAG_OK && !rbf_block_add(&w->block, w->parts, vector))
            status = fail_memory(err);
    }
    if (status == TTAG_OK && !rbf_block_score(&w->block, w->scores, w->parts))
        status = fail_memory(err);
    return status;
}

/* What a given tag implies needs the others' scores. */
static warm_use warm_use_of(const ttag_workspace *w)
{
    return w->opts.given_only && !w->implies ? WARM_FOR_GIVEN_TAGS : WARM_FOR_ALL_TAGS;
}

/* Nothing of the model's to be copied is left to this workspace. */
static bool is_warmed_up(const ttag_workspace *w)
{
    bool is_done = w->is_warm && !w->likely.crowded;
    return is_done || w->opts.explain > 0 || !w->model->warm; /* not of a file */
}

/* Goes on with the warm copy of the model, if there is one by now. */
static ttag_status take_warm_copy(ttag_workspace *w, bool may_make, ttag_error *err)
{
    warm_use use = w->likely.crowded ? WARM_FOR_EACH_TAG : warm_use_of(w);
    size_t passed = w->likely.crowded ? WARM_AFTER : w->unasked;
    const warm_model *warm = warm_model_get(w->model->warm, w->parts, use, passed, may_make);
    w->unasked = 0;
    if (!warm)
        return TTAG_OK;
    likely_tags_dispose(&w->likely);
    if (warm->is_rough && !likely_tags_init(&w->likely, warm, w->parts, w->cuts))
        return fail_memory(err);
    vectorizer_use(w->vectorizer, &warm->vocabulary);
    w->scorer.sparse = warm->is_rough ? NULL : &warm->weights;
    w->is_warm = true;
    return TTAG_OK;
}

/* Once enough text has passed. */
static ttag_status warm_up(ttag_workspace *w, const ttag_article *article, ttag_error *err)
{
    if (is_warmed_up(w))
        return TTAG_OK;
    w->unasked += article->title.size + article->text.size;
    return w->unasked < WARM_STEP ? TTAG_OK : take_warm_copy(w, !w->leaves_warming, err);
}

void workspace_warm_up(ttag_workspace *w)
{
    if (!is_warmed_up(w))
        (void)take_warm_copy(w, true, NULL);
}

/* Scores of n articles, at most w->lanes; *vector is that of the last. */
static ttag_status score(ttag_workspace *w, const ttag_article *articles, size_t n,
                         ttag_vector *vector, ttag_error *err)
{
    if (w->parts->kernel == TTAG_KERNEL_RBF)
        return score_together(w, articles, n, vector, err);
    if (w->of_passages)
        return score_passages(w, articles, err);
    ttag_status status = warm_up(w, articles, err);
    if (status == TTAG_OK)
        status = vectorize(w, vector, articles, err);
    if (status != TTAG_OK)
        return status;
    if (!w->likely.warm)
        score_tags(w->scores, &w->scorer, vector);
    else if (!likely_tags_score(&w->likely, w->scores, &w->scorer, vector))
        return fail_memory(err);
    return TTAG_OK;
}

ttag_status ttag_classify_many(ttag_workspace *w, const ttag_article *articles, size_t n,
                               ttag_classified_each *each, void *payload, ttag_error *err)
{
    ttag_classification result;
    ttag_vector vector;
    ttag_status status = TTAG_OK;
    bool explained = w->opts.explain > 0;
    for (size_t i = 0; status == TTAG_OK && i < n; i++) {
        size_t lane = i % w->lanes;
        if (lane == 0)
            status = score(w, articles + i, n - i < w->lanes ? n - i : w->lanes, &vector, err);
        if (status == TTAG_OK && explained && w->lanes > 1) /* not that of the last one scored */
            status = vectorize(w, &vector, &articles[i], err);
        if (status == TTAG_OK)
            status = conclude(w, &result, lane, explained ? &vector : NULL, err);
        if (status == TTAG_OK)
            status = each(payload, i, &result);
    }
    return status;
}

ttag_status ttag_classify(ttag_workspace *w, ttag_classification *result,
                          const ttag_article *article, ttag_error *err)
{
    ttag_vector vector;
    *result = (ttag_classification){0};
    ttag_status status = score(w, article, 1, &vector, err);
    if (status == TTAG_OK)
        status = conclude(w, result, 0, w->opts.explain > 0 ? &vector : NULL, err);
    return status;
}

ttag_status ttag_classify_text(ttag_workspace *workspace, ttag_classification *result,
                               const char *text, ttag_error *err)
{
    ttag_article article = {.text = view_of(text), .weight = 1};
    return ttag_classify(workspace, result, &article, err);
}
