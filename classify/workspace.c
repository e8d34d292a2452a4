/* Making a workspace, and letting go of it. */
#include "classify/workspace.h"

#include "base/error.h"
#include "base/memory.h"
#include "classify/cuts.h"
#include "classify/model_file.h"

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
           (!w->of_passages || by_passage_init(&w->passages, &w->scorer, w->opts.explain));
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
