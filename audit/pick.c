/* doubt(x) = Σ over tags of support^-rare · max(0, 1 - |score - cut|); then, again and again, the
   article with the greatest doubt · (1 - diversity · likeness to those picked). */
#include "ttag/pick.h"

#include <math.h>

#include "audit/candidates.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/view.h"
#include "ttag/classify.h"

enum { TIMES = 20, LEAST_CANDIDATES = 2000, MOST_PICKED = 1000000 };

typedef struct picking {
    const ttag_pick_opts *opts;
    const ttag_model_parts *parts;
    ttag_workspace *work;
    ttag_vectorizer *vectorizer;
    ttag_boilerplate_finder *finder;
    double *weights;      /* n_tags */
    ttag_pick_tag *found; /* n_tags */
    candidates candidates;
    size_t number;
} picking;

typedef struct picks {
    ttag_picks shown; /* first, so that a pointer to it is a pointer to the whole */
    ttag_picked *items;
    candidates candidates;
    arena paths;
} picks;

static ttag_status check_opts(const ttag_pick_opts *o, ttag_error *err)
{
    if (o->n < 1 || o->n > MOST_PICKED)
        return fail(err, TTAG_INVALID, "%u articles are to be picked; expected 1 to %d",
                    (unsigned)o->n, MOST_PICKED);
    if (!(o->diversity >= 0 && o->diversity <= 1))
        return fail(err, TTAG_INVALID, "diversity is %g; expected 0 to 1", o->diversity);
    if (!(o->rare >= 0 && o->rare <= 2))
        return fail(err, TTAG_INVALID, "the power for rare tags is %g; expected 0 to 2", o->rare);
    return TTAG_OK;
}

static ttag_status begin(picking *p, const ttag_model *model, ttag_error *err)
{
    const ttag_model_parts *parts = p->parts;
    size_t n = parts->n_tags;
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    p->candidates.most = (size_t)TIMES * p->opts->n;
    if (p->candidates.most < LEAST_CANDIDATES)
        p->candidates.most = LEAST_CANDIDATES;
    p->weights = mem_new(n, sizeof *p->weights);
    p->found = mem_new(n, sizeof *p->found);
    if (!p->weights || !p->found)
        return fail_memory(err);
    for (size_t t = 0; t < n; t++) {
        double support = parts->tags[t].support > 0 ? parts->tags[t].support : 1;
        p->weights[t] = parts->tags[t].constant ? 0 : pow(support, -p->opts->rare);
    }
    ttag_status status = ttag_workspace_new(&p->work, model, &opts, err);
    if (status == TTAG_OK)
        status = ttag_vectorizer_new(&p->vectorizer, &parts->vocabulary, &parts->text, err);
    if (status == TTAG_OK)
        status = ttag_boilerplate_finder_new(&p->finder, &parts->boilerplate, err);
    return status;
}

static void end(picking *p)
{
    ttag_workspace_free(p->work);
    ttag_vectorizer_free(p->vectorizer);
    ttag_boilerplate_finder_free(p->finder);
    mem_free(p->weights);
    mem_free(p->found);
    candidates_dispose(&p->candidates);
}

/* ---- Doubt. ---- */

/* A tag that is never given has no cut of its own. */
static double cut_of(const ttag_model_tag *tag)
{
    return isfinite(tag->cut) ? (double)tag->cut : 0;
}

/* Fills p->found, a place for each tag. */
static double find_doubt(picking *p, const ttag_classification *result)
{
    double sum = 0;
    for (size_t i = 0; i < result->n_decisions; i++) {
        const ttag_decision *d = &result->decisions[i];
        double near = 1 - fabs((double)d->score - cut_of(&p->parts->tags[d->tag]));
        double doubt = near > 0 ? near * p->weights[d->tag] : 0;
        p->found[d->tag] = (ttag_pick_tag){d->tag, d->given, d->probability, (float)doubt};
    }
    for (size_t t = 0; t < p->parts->n_tags; t++)
        sum += (double)p->found[t].doubt;
    return sum;
}

/* ---- Reading. ---- */

static ttag_status keep(picking *p, ttag_article *article, double doubt, ttag_error *err)
{
    candidate c = {.doubt = doubt, .number = p->number};
    ttag_vector vector;
    ttag_status status = ttag_boilerplate_find(p->finder, article, err);
    if (status == TTAG_OK)
        status = ttag_vectorize(p->vectorizer, &vector, article, err);
    if (status != TTAG_OK)
        return status;
    if (!candidate_fill(&c, article, &vector, p->found, p->parts->n_tags, p->opts->suggest)) {
        candidate_dispose(&c);
        return fail_memory(err);
    }
    return candidates_add(&p->candidates, &c) ? TTAG_OK : fail_memory(err);
}

static ttag_status take(picking *p, ttag_article *article, ttag_error *err)
{
    ttag_classification result;
    ttag_status status = ttag_classify(p->work, &result, article, err);
    if (status != TTAG_OK)
        return status;
    double doubt = find_doubt(p, &result);
    if (candidates_want(&p->candidates, doubt))
        status = keep(p, article, doubt, err);
    p->number++;
    return status;
}

static ttag_status read_feed(picking *p, picks *out, ttag_reader *feed, ttag_error *err)
{
    const ttag_monitor *monitor = p->opts->monitor;
    ttag_status status = TTAG_OK;
    while (status == TTAG_OK) {
        ttag_article article;
        ttag_error why = {0};
        if (is_cancelled(monitor))
            return fail(err, TTAG_CANCELLED, "stopped while reading");
        status = ttag_reader_next(feed, &article, &why);
        if (status == TTAG_PARSE || status == TTAG_IO) {
            tell_error(monitor, TTAG_ERROR, &why);
            out->shown.refused++;
            status = TTAG_OK;
        } else if (status == TTAG_OK && article.labelled) {
            out->shown.labelled++;
        } else if (status == TTAG_OK) {
            out->shown.unlabelled++;
            status = take(p, &article, &why);
        }
        if (status != TTAG_OK && status != TTAG_END && err)
            *err = why;
        tell_progress(monitor, "reading", (double)p->number, 0);
    }
    return status == TTAG_END ? TTAG_OK : status;
}

/* ---- Picking. ---- */

/* A candidate, and its worth as far as it has been compared: with the first so many that were
   picked. The worth falls with each of them, so only the greatest one has to be up to date. */
typedef struct prospect {
    double worth, alike;
    size_t at, compared;
} prospect;

static bool goes_before(const prospect *a, const prospect *b)
{
    return a->worth > b->worth || (a->worth >= b->worth && a->at < b->at);
}

/* Of a heap whose first item is the only one out of place. */
static void sift_down(prospect *heap, size_t count)
{
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && goes_before(&heap[child + 1], &heap[child]))
            child++;
        if (!goes_before(&heap[child], &heap[at]))
            return;
        prospect kept = heap[at];
        heap[at] = heap[child];
        heap[child] = kept;
    }
}

/* Compares the first prospects with what has been picked until the first one is up to date. */
static void find_best(prospect *heap, size_t count, const candidates *c, const size_t *picked,
                      size_t n_picked, double diversity)
{
    while (diversity > 0 && heap->compared < n_picked) {
        const candidate *item = &c->items[heap->at];
        for (; heap->compared < n_picked; heap->compared++) {
            double near = candidate_likeness(item, &c->items[picked[heap->compared]]);
            heap->alike = near > heap->alike ? near : heap->alike;
        }
        heap->worth = item->doubt * (1 - diversity * heap->alike);
        sift_down(heap, count);
    }
}

static ttag_status pick_all(picks *out, prospect *heap, size_t *picked, size_t n,
                            const ttag_pick_opts *opts, ttag_error *err)
{
    const candidates *c = &out->candidates;
    for (size_t i = 0; i < c->count; i++) /* by falling doubt: a heap */
        heap[i] = (prospect){.worth = c->items[i].doubt, .at = i};
    for (size_t k = 0; k < n; k++) {
        const size_t count = c->count - k;
        find_best(heap, count, c, picked, k, opts->diversity);
        picked[k] = heap->at;
        candidate_show(&out->items[k], &c->items[heap->at]);
        out->items[k].likeness = heap->alike;
        heap[0] = heap[count - 1];
        sift_down(heap, count - 1);
        if (is_cancelled(opts->monitor))
            return fail(err, TTAG_CANCELLED, "stopped while picking");
        tell_progress(opts->monitor, "picking", (double)k, (double)n);
    }
    return TTAG_OK;
}

/* The candidates are the picks' from now on. */
static ttag_status choose(picks *out, picking *p, ttag_error *err)
{
    candidates_sort(&p->candidates);
    out->candidates = p->candidates;
    p->candidates = (candidates){0};
    const size_t count = out->candidates.count, n = count < p->opts->n ? count : p->opts->n;
    prospect *heap = mem_new(count, sizeof *heap);
    size_t *picked = mem_new(n, sizeof *picked);
    out->items = mem_new(n, sizeof *out->items);
    ttag_status status = heap && picked && out->items ? TTAG_OK : fail_memory(err);
    if (status == TTAG_OK)
        status = pick_all(out, heap, picked, n, p->opts, err);
    out->shown.items = out->items;
    out->shown.n = n;
    mem_free(heap);
    mem_free(picked);
    return status;
}

/* Paths are the reader's, which may go before the picks do. */
static ttag_status copy_paths(picks *out, ttag_error *err)
{
    const char *last = NULL, *copied = NULL;
    for (size_t i = 0; i < out->shown.n; i++) {
        const char *path = out->items[i].path;
        if (path != last) {
            last = path;
            copied = arena_copy(&out->paths, view_of(path)).bytes;
            if (!copied)
                return fail_memory(err);
        }
        out->items[i].path = copied;
    }
    return TTAG_OK;
}

ttag_status ttag_pick(ttag_picks **out, const ttag_model *model, ttag_reader *feed,
                      const ttag_pick_opts *opts, ttag_error *err)
{
    static const ttag_pick_opts DEFAULTS = TTAG_PICK_OPTS_INIT;
    *out = NULL;
    picking p = {.opts = opts ? opts : &DEFAULTS, .parts = ttag_model_get(model)};
    ttag_status status = check_opts(p.opts, err);
    if (status != TTAG_OK)
        return status;
    picks *found = mem_zero(1, sizeof *found);
    if (!found)
        return fail_memory(err);
    found->shown.model = model;
    status = begin(&p, model, err);
    if (status == TTAG_OK)
        status = read_feed(&p, found, feed, err);
    if (status == TTAG_OK && p.candidates.count == 0)
        status =
            fail(err, TTAG_EMPTY,
                 "no article to pick from: %zu labelled, %zu refused; expected records without "
                 "`tags`",
                 found->shown.labelled, found->shown.refused);
    if (status == TTAG_OK)
        status = choose(found, &p, err);
    if (status == TTAG_OK)
        status = copy_paths(found, err);
    end(&p);
    if (status == TTAG_OK)
        *out = &found->shown;
    else
        ttag_picks_free(&found->shown);
    return status;
}

void ttag_picks_free(ttag_picks *shown)
{
    picks *p = (picks *)(void *)shown;
    if (!p)
        return;
    candidates_dispose(&p->candidates);
    mem_free(p->items);
    arena_dispose(&p->paths);
    mem_free(p);
}
