/* Tries smaller models, the smallest first, until one loses little enough. */
#include "ttag/shrink.h"

#include <math.h>

#include "base/error.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "classify/packed_rows.h"
#include "evaluate/evaluation.h"
#include "evaluate/shrink_card.h"
#include "evaluate/shrink_feed.h"
#include "evaluate/shrink_loss.h"
#include "evaluate/shrink_refit.h"

static const double MOST_PRUNED = 0.999;

/* What --prune auto tries. */
static const double SHARES[] = {0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.92, 0.9, 0.88,
                                0.85, 0.8,  0.75, 0.7,  0.6,  0.5,  0.4,  0.2, 0};
enum { N_SHARES = sizeof SHARES / sizeof *SHARES };

typedef struct shrinking {
    const ttag_model *large;
    const ttag_shrink_opts *opts;
    const char *path;
    ttag_monitor quiet; /* cancels, shows no progress of its own */
    unsigned threads;
    importance matter;
    shrink_feed feed;
    bool measured; /* there is a feed */
    tally large_tally;
    ttag_shrunk facts;
} shrinking;

static ttag_status check(const ttag_model *model, const ttag_shrink_opts *o, ttag_error *err)
{
    const ttag_model_parts *parts = ttag_model_get(model);
    if ((unsigned)o->weights > TTAG_WEIGHT_INT8)
        return fail(err, TTAG_INVALID, "the type of weights %d is unknown", (int)o->weights);
    if (o->prune != TTAG_PRUNE_AUTO && !(o->prune >= 0 && o->prune <= MOST_PRUNED))
        return fail(err, TTAG_INVALID, "the share to prune is %g; expected 0 to %g", o->prune,
                    MOST_PRUNED);
    if (!(o->max_loss >= 0) || !(o->max_macro_loss >= 0))
        return fail(err, TTAG_INVALID, "the largest loss is %g; expected 0 or more",
                    o->max_loss >= 0 ? o->max_macro_loss : o->max_loss);
    if (parts->kernel == TTAG_KERNEL_RBF)
        return fail_at(err, TTAG_INVALID, model->path, 0, 0,
                       "a model of the RBF kernel has support vectors and no weights that could be "
                       "pruned; expected a linear model");
    if (!parts->weights)
        return fail_at(err, TTAG_INVALID, model->path, 0, 0,
                       "the model was shrunk before; expected the one that it was made from");
    if (parts->n_tags > PACKED_MOST_TAGS)
        return fail_at(err, TTAG_INVALID, model->path, 0, 0,
                       "the model has %zu tags; expected at most %d", parts->n_tags,
                       PACKED_MOST_TAGS);
    return TTAG_OK;
}

/* Tags the feed and takes F1 from the evaluation. The tally keeps the scores. */
static ttag_status measure(shrinking *s, ttag_shrink_side *side, tally *t, const ttag_model *model,
                           ttag_error *err)
{
    ttag_evaluation *evaluation = NULL;
    ttag_status status = shrink_feed_tally(t, model, &s->feed, s->threads, &s->quiet, err);
    if (status == TTAG_OK)
        status = evaluation_new(&evaluation, t, s->threads, &s->quiet, err);
    if (status == TTAG_OK) {
        side->micro_f1 = evaluation->micro.f1;
        side->macro_f1 = evaluation->macro.f1;
    }
    ttag_evaluation_free(evaluation);
    return status;
}

static ttag_status save(shrinking *s, small_model *small, ttag_error *err)
{
    buffer card = {0};
    ttag_status status = shrink_card(&card, s->large, &s->facts, s->opts->weights, err);
    if (status == TTAG_OK) {
        small->model.parts.card = buffer_as_view(&card);
        status = ttag_model_save(&small->model.parts, s->path, err);
    }
    buffer_dispose(&card);
    return status;
}

/* Fits the scores and measures. */
static ttag_status fit(shrinking *s, small_model *small, bool pruned, ttag_error *err)
{
    ttag_shrink_side *after = &s->facts.after;
    tally first = {0}, second = {0};
    ttag_status status = TTAG_OK;
    if (pruned)
        status = measure(s, after, &first, &small->model, err);
    if (pruned && status == TTAG_OK)
        s->facts.scale =
            shrink_refit(small, ttag_model_get(s->large), &s->large_tally.results, &first.results);
    if (status == TTAG_OK)
        status = measure(s, after, &second, &small->model, err);
    if (status == TTAG_OK)
        s->facts.loss_error = micro_loss_error(&s->large_tally.results, &second.results);
    tally_dispose(&first);
    tally_dispose(&second);
    return status;
}

/* Whether a loss with this much added to it is within the bounds. */
static bool little_is_lost(const shrinking *s, double loss, double margin)
{
    const ttag_shrunk *f = &s->facts;
    return loss + margin <= s->opts->max_loss &&
           f->before.macro_f1 - f->after.macro_f1 <= s->opts->max_macro_loss;
}

/* What a trial came to. */
typedef struct verdict {
    bool within;  /* the loss is within the bounds */
    bool certain; /* and so is a standard error more, where a gain counts as none: of many models
                     that are tried some are lucky */
    bool quarter; /* the file has a quarter of the size, or less */
} verdict;

static verdict judge(const shrinking *s, const small_model *small)
{
    const ttag_shrunk *f = &s->facts;
    double loss = f->before.micro_f1 - f->after.micro_f1;
    if (!s->measured)
        return (verdict){true, true, true};
    return (verdict){.within = little_is_lost(s, loss, 0),
                     .certain = little_is_lost(s, loss > 0 ? loss : 0, f->loss_error),
                     .quarter = small_model_bytes(small, s->large) <= f->before.file_size / 4};
}

/* Makes the model without this share of the weights; saves it, if asked and little is lost. */
static ttag_status try_share(shrinking *s, verdict *found, double share, bool saving,
                             ttag_error *err)
{
    small_model small;
    ttag_shrunk *facts = &s->facts;
    facts->prune = share;
    facts->scale = 1;
    ttag_status status = small_model_init(&small, &s->matter, importance_cut(&s->matter, share),
                                          s->opts->weights, share == 0, err);
    if (status == TTAG_OK && s->measured)
        status = fit(s, &small, share > 0, err);
    if (status == TTAG_OK) {
        facts->after.terms = small.model.parts.vocabulary.n_terms;
        facts->after.weights = packed_count(&small.model.parts);
        *found = judge(s, &small);
        facts->saved = saving && found->within;
    }
    if (status == TTAG_OK && facts->saved)
        status = save(s, &small, err);
    small_model_dispose(&small);
    return status;
}

/* The largest share that is certain to lose little, if that makes it a quarter of the size or less.
   Else, since the feed is too small to be certain: the least share that does and loses little as
   far as one can see; else the largest that loses little. */
static ttag_status find_share(shrinking *s, double *share, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    double quarter = -1, largest = -1;
    *share = -1;
    for (int i = 0; status == TTAG_OK && *share < 0 && i < N_SHARES; i++) {
        verdict found = {false, false, false};
        tell_progress(s->opts->monitor, "shrinking", i, N_SHARES);
        if (is_cancelled(s->opts->monitor))
            return fail(err, TTAG_CANCELLED, "stopped before a smaller model was found");
        status = try_share(s, &found, SHARES[i], false, err);
        if (status == TTAG_INVALID) /* nothing is left of a tiny model */
            status = TTAG_OK;
        if (found.certain && found.quarter)
            *share = SHARES[i];
        if (found.within && found.quarter)
            quarter = SHARES[i];
        if (found.within && largest < 0)
            largest = SHARES[i];
    }
    if (*share < 0)
        *share = quarter >= 0 ? quarter : largest >= 0 ? largest : 0;
    return status;
}

static ttag_status search(shrinking *s, ttag_error *err)
{
    verdict found;
    double share = s->opts->prune;
    ttag_status status = TTAG_OK;
    if (share == TTAG_PRUNE_AUTO && !s->measured)
        share = 0;
    else if (share == TTAG_PRUNE_AUTO)
        status = find_share(s, &share, err);
    return status == TTAG_OK ? try_share(s, &found, share, true, err) : status;
}

static ttag_status shrink(shrinking *s, ttag_reader *feed, ttag_error *err)
{
    const ttag_model_parts *parts = ttag_model_get(s->large);
    ttag_status status = ttag_model_verify(s->large, err);
    if (status == TTAG_OK)
        status = importance_init(&s->matter, parts, err);
    s->facts.before = (ttag_shrink_side){s->large->size, parts->vocabulary.n_terms,
                                         (size_t)s->matter.total, NAN, NAN};
    s->facts.after = (ttag_shrink_side){.micro_f1 = NAN, .macro_f1 = NAN};
    if (feed && status == TTAG_OK) {
        s->feed.rules = s->opts->unknown_where;
        s->feed.model = parts;
        status = shrink_feed_read(&s->feed, feed, s->opts->monitor, err);
        s->measured = true;
        s->facts.documents = s->feed.size;
        s->facts.unlabelled = s->feed.unlabelled;
        s->facts.refused = s->feed.refused;
    }
    if (s->measured && status == TTAG_OK)
        status = measure(s, &s->facts.before, &s->large_tally, s->large, err);
    if (status == TTAG_OK)
        status = search(s, err);
    return status;
}

/* Of the file that was saved. */
static ttag_status find_size(shrinking *s, ttag_error *err)
{
    ttag_model *saved;
    ttag_status status = ttag_model_open(&saved, s->path, err);
    if (status == TTAG_OK)
        s->facts.after.file_size = ttag_model_size(saved);
    ttag_model_close(saved);
    return status;
}

ttag_status ttag_model_shrink(ttag_shrunk *out, const ttag_model *model, ttag_reader *feed,
                              const char *path, const ttag_shrink_opts *opts, ttag_error *err)
{
    static const ttag_shrink_opts defaults = TTAG_SHRINK_OPTS_INIT;
    *out = (ttag_shrunk){0};
    shrinking s = {.large = model, .opts = opts ? opts : &defaults, .path = path};
    ttag_status status = check(model, s.opts, err);
    if (status != TTAG_OK)
        return status;
    s.threads = thread_count(s.opts->threads);
    if (s.opts->monitor)
        s.quiet = (ttag_monitor){.cancelled = s.opts->monitor->cancelled,
                                 .payload = s.opts->monitor->payload};
    status = shrink(&s, feed, err);
    if (status == TTAG_OK && s.facts.saved)
        status = find_size(&s, err);
    if (status == TTAG_OK)
        *out = s.facts;
    tally_dispose(&s.large_tally);
    shrink_feed_dispose(&s.feed);
    importance_dispose(&s.matter);
    return status;
}
