/* One article through one workspace: vector, scores, decisions, implications, order, evidence. */
#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"
#include "classify/by_passage.h"
#include "classify/cuts.h"
#include "classify/decisions.h"
#include "classify/effects_rbf.h"
#include "classify/evidence.h"
#include "classify/implications.h"
#include "classify/likely_tags.h"
#include "classify/model_file.h"
#include "classify/score.h"
#include "classify/score_rbf.h"
#include "features/vectorizer.h"
#include "ttag/classify.h"

struct ttag_workspace {
    const ttag_model *model;
    const ttag_model_parts *parts;
    ttag_classify_opts opts;
    bool implies; /* some tag does, and it is wanted */
    ttag_vectorizer *vectorizer;
    ttag_boilerplate_finder *finder; /* NULL: nothing is dropped */
    const ttag_dropped *dropped;     /* n_dropped, of the last article */
    size_t n_dropped;
    scorer scorer;
    float *scores;            /* lanes x weight_stride */
    size_t lanes;             /* articles that are scored together */
    size_t unasked;           /* bytes of text since the warm copy of the model was asked for */
    bool is_warm;             /* it is in use */
    rbf_block block;          /* of the RBF kernel */
    rbf_effects effects;      /* likewise */
    float *cuts;              /* n_tags, with given_only */
    likely_tags likely;       /* likewise, once there is a warm copy of the model for it */
    ttag_decision *by_tag;    /* n_tags */
    ttag_decision *decisions; /* n_listed <= n_tags, in order of the result */
    size_t n_listed;
    ttag_decision *given; /* n_tags */
    uint64_t *order;      /* n_tags */
    size_t *because;      /* n_tags: where a decision's evidence begins in the pool */
    implications implied;
    evidence_pool evidence;
    bool of_passages; /* the model scores passages: */
    by_passage passages;
    size_t *best; /* n_tags: where a decision's passages begin */
};

static ttag_status check_opts(const ttag_classify_opts *opts, ttag_error *err)
{
    if ((unsigned)opts->cut > TTAG_CUT_FIXED)
        return fail(err, TTAG_INVALID, "the cut rule %d is unknown", (int)opts->cut);
    if (opts->cut == TTAG_CUT_FIXED && !(opts->probability >= 0 && opts->probability <= 1))
        return fail(err, TTAG_INVALID, "the threshold is %g; expected a probability, 0 to 1",
                    opts->probability);
    if (!(opts->unsure >= 0 && opts->unsure <= 1))
        return fail(err, TTAG_INVALID, "the band of review is %g; expected 0 to 1", opts->unsure);
    return TTAG_OK;
}

static bool any_implies(const ttag_model_parts *parts)
{
    for (size_t t = 0; t < parts->n_tags; t++)
        if (parts->tags[t].n_implies > 0)
            return true;
    return false;
}

static bool allocate(ttag_workspace *w)
{
    size_t n = w->parts->n_tags, n_scores;
    w->lanes = w->parts->kernel == TTAG_KERNEL_RBF ? RBF_LANES : 1;
    if (size_mul(&n_scores, w->parts->weight_stride, w->lanes))
        w->scores = mem_new(n_scores, sizeof *w->scores);
    w->cuts = mem_new(n, sizeof *w->cuts);
    if (w->parts->kernel == TTAG_KERNEL_RBF && rbf_block_init(&w->block, w->parts) != TTAG_OK)
        return false;
    w->by_tag = mem_new(n, sizeof *w->by_tag);
    w->decisions = mem_new(n, sizeof *w->decisions);
    w->given = mem_new(n, sizeof *w->given);
    w->order = mem_new(n, sizeof *w->order);
    w->because = mem_new(n, sizeof *w->because);
    w->best = mem_new(n, sizeof *w->best);
    return implications_init(&w->implied, n) && scorer_init(&w->scorer, w->parts) && w->scores &&
           w->cuts && w->by_tag && w->decisions && w->given && w->order && w->because && w->best &&
           (!w->of_passages || by_passage_init(&w->passages, &w->scorer, w->opts.explain > 0));
}

ttag_status ttag_workspace_new(ttag_workspace **out, const ttag_model *model,
                               const ttag_classify_opts *opts, ttag_error *err)
{
    static const ttag_classify_opts defaults = TTAG_CLASSIFY_OPTS_INIT;
    *out = NULL;
    ttag_status status = check_opts(opts ? opts : &defaults, err);
    if (status != TTAG_OK)
        return status;
    ttag_workspace *w = mem_zero(1, sizeof *w);
    if (!w)
        return fail_memory(err);
    w->model = model;
    w->parts = ttag_model_get(model);
    w->opts = opts ? *opts : defaults;
    w->of_passages = w->parts->passages.unit != TTAG_UNIT_ARTICLE;
    w->implies = !w->opts.no_implies && any_implies(w->parts);
    status = allocate(w) ? TTAG_OK : fail_memory(err);
    if (status == TTAG_OK)
        status = ttag_vectorizer_new(&w->vectorizer, &w->parts->vocabulary, &w->parts->text, err);
    if (status == TTAG_OK && w->parts->boilerplate.patterns && !w->opts.keep_boilerplate)
        status = ttag_boilerplate_finder_new(&w->finder, &w->parts->boilerplate, err);
    if (status != TTAG_OK) {
        ttag_workspace_free(w);
        return status;
    }
    if (w->opts.given_only)
        cuts_find(w->cuts, w->parts, &w->opts);
    *out = w;
    return TTAG_OK;
}

void ttag_workspace_free(ttag_workspace *w)
{
    if (!w)
        return;
    ttag_vectorizer_free(w->vectorizer);
    ttag_boilerplate_finder_free(w->finder);
    rbf_effects_dispose(&w->effects);
    rbf_block_dispose(&w->block);
    evidence_dispose(&w->evidence);
    implications_dispose(&w->implied);
    by_passage_dispose(&w->passages);
    mem_free(w->best);
    mem_free(w->because);
    mem_free(w->order);
    mem_free(w->given);
    mem_free(w->decisions);
    mem_free(w->by_tag);
    likely_tags_dispose(&w->likely);
    mem_free(w->cuts);
    mem_free(w->scores);
    scorer_dispose(&w->scorer);
    mem_free(w);
}

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

/* What each term adds to the score of a tag. */
static void find_effects(ttag_workspace *w, const ttag_vector *vector, size_t lane, size_t tag)
{
    if (w->parts->kernel == TTAG_KERNEL_RBF)
        rbf_effects_of_tag(w->evidence.effects, &w->effects, w->parts, vector, tag,
                           w->block.kernel + lane, RBF_LANES);
    else
        linear_effects(w->evidence.effects, w->parts, vector, tag);
}

/* Evidence for the listed tags, or for all where all are wanted. */
static bool explain(ttag_workspace *w, const ttag_vector *vector, size_t lane)
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

static ttag_status explain_by_passage(ttag_workspace *w, ttag_error *err)
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
        ttag_status status = explain_by_passage(w, err);
        if (status != TTAG_OK)
            return status;
    } else if (vector && !explain(w, vector, lane)) {
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

/* Goes on with the warm copy of the model once enough text has passed. */
static ttag_status warm_up(ttag_workspace *w, const ttag_article *article, ttag_error *err)
{
    size_t size = article->title.size + article->text.size;
    bool is_done = w->is_warm && !w->likely.crowded;
    if (is_done || w->opts.explain > 0 || !w->model->warm) /* not of a file */
        return TTAG_OK;
    w->unasked += size;
    if (w->unasked < WARM_STEP)
        return TTAG_OK;
    size_t passed = w->unasked;
    w->unasked = 0;
    const warm_model *warm =
        w->likely.crowded ? warm_model_get(w->model->warm, w->parts, WARM_FOR_EACH_TAG, WARM_AFTER)
                          : warm_model_get(w->model->warm, w->parts, warm_use_of(w), passed);
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
