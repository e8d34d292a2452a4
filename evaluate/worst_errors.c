/* Keeps the worst errors of each tag, by how far the probability was off. */
#include "evaluate/worst_errors.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

ttag_status worst_errors_start(worst_errors *w, size_t n_tags, size_t per_tag, ttag_error *err)
{
    size_t lists, slots;
    w->n_tags = n_tags;
    w->per_tag = per_tag;
    if (!size_mul(&lists, n_tags, ERROR_KINDS) || !size_mul(&slots, lists, per_tag))
        return fail_memory(err);
    w->items = mem_zero(slots, sizeof *w->items);
    w->counts = mem_zero(lists, sizeof *w->counts);
    w->known = mem_zero(n_tags, 1);
    return w->items && w->counts && w->known ? TTAG_OK : fail_memory(err);
}

/* badness = probability of what is not true, 1 - probability of what is */
static float badness(const worst_error *e)
{
    return e->kind == ERROR_GIVEN ? e->probability : 1 - e->probability;
}

static void error_dispose(worst_error *e)
{
    mem_free(e->title);
    mem_free(e->text);
}

static bool copy_article(worst_error *e, const ttag_article *article)
{
    e->text = mem_copy(article->text.bytes, article->text.size);
    e->text_size = article->text.size;
    if (article->title.size > 0) {
        e->title = mem_copy(article->title.bytes, article->title.size);
        e->title_size = article->title.size;
    }
    return e->text && (e->title || article->title.size == 0);
}

/* Earlier articles stand before equally bad ones. */
static bool insert(worst_errors *w, worst_error e, const ttag_article *article)
{
    uint32_t *count = &w->counts[e.tag * ERROR_KINDS + e.kind];
    worst_error *list = w->items + (e.tag * ERROR_KINDS + e.kind) * w->per_tag;
    size_t at = *count;
    while (at > 0 && badness(&e) > badness(&list[at - 1]))
        at--;
    if (at == w->per_tag)
        return true;
    if (!copy_article(&e, article)) {
        error_dispose(&e);
        return false;
    }
    if (*count == w->per_tag)
        error_dispose(&list[w->per_tag - 1]);
    else
        ++*count;
    memmove(&list[at + 1], &list[at], (*count - at - 1) * sizeof *list);
    list[at] = e;
    return true;
}

/* What the record says of the model's tags: PAIR_TRUE, PAIR_UNKNOWN. */
static void read_truth(unsigned char *known, size_t n_tags, const truth *t, const truth_row *row)
{
    memset(known, row->unknown_others ? PAIR_UNKNOWN : 0, n_tags);
    const uint32_t *items = t->items + row->start;
    for (size_t i = 0; i < row->n_true + row->n_unknown; i++)
        if (items[i] < n_tags)
            known[items[i]] = i < row->n_true ? PAIR_TRUE : PAIR_UNKNOWN;
}

ttag_status worst_errors_note(worst_errors *w, const outcomes *o, const truth *labels,
                              const ttag_article *articles, size_t count, ttag_error *err)
{
    for (size_t i = 0; i < count && w->per_tag > 0; i++) {
        size_t row = o->n_documents - count + i;
        read_truth(w->known, w->n_tags, labels, &labels->rows[row]);
        for (size_t tag = 0; tag < w->n_tags; tag++) {
            bool given = o->pairs[row * o->n_tags + tag] & PAIR_GIVEN;
            if (given == (w->known[tag] == PAIR_TRUE) || w->known[tag] == PAIR_UNKNOWN)
                continue;
            worst_error e = {.row = row,
                             .tag = tag,
                             .kind = given ? ERROR_GIVEN : ERROR_MISSED,
                             .probability = o->probabilities[row * o->n_scored + tag]};
            if (!insert(w, e, &articles[i]))
                return fail_memory(err);
        }
    }
    return TTAG_OK;
}

static int by_badness(const void *a, const void *b)
{
    const worst_error *x = *(worst_error *const *)a, *y = *(worst_error *const *)b;
    float p = badness(x), q = badness(y);
    if (p < q || p > q)
        return p < q ? 1 : -1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

ttag_status worst_errors_list(worst_error ***out, size_t *count, const worst_errors *w,
                              error_kind kind, size_t limit, ttag_error *err)
{
    size_t n = 0;
    *count = 0;
    *out = mem_new(w->n_tags * w->per_tag, sizeof **out);
    if (!*out)
        return fail_memory(err);
    for (size_t tag = 0; tag < w->n_tags; tag++) {
        size_t list = tag * ERROR_KINDS + kind;
        for (size_t i = 0; w->counts && i < w->counts[list]; i++)
            (*out)[n++] = &w->items[list * w->per_tag + i];
    }
    if (n > 0)
        qsort(*out, n, sizeof **out, by_badness);
    *count = n < limit ? n : limit;
    return TTAG_OK;
}

static ttag_status explain(worst_errors *w, worst_error *e, ttag_workspace *workspace,
                           ttag_error *err)
{
    const ttag_article article = {
        .text = {e->text, e->text_size}, .title = {e->title, e->title_size}, .weight = 1};
    ttag_classification result;
    ttag_status status = ttag_classify(workspace, &result, &article, err);
    for (size_t i = 0; status == TTAG_OK && i < result.n_decisions; i++) {
        const ttag_decision *d = &result.decisions[i];
        if (d->tag != e->tag)
            continue;
        for (size_t k = 0; k < d->n_because && e->n_terms < ERROR_TERMS; k++) {
            ttag_view term = arena_copy(&w->terms, d->because[k].term);
            if (!term.bytes)
                return fail_memory(err);
            e->terms[e->n_terms++] = (error_term){term, d->because[k].weight};
        }
    }
    return status;
}

ttag_status worst_errors_explain(worst_errors *w, const ttag_model *model, size_t limit,
                                 ttag_error *err)
{
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    opts.explain = ERROR_TERMS;
    opts.cut = TTAG_CUT_FIXED; /* what was missed is explained as well */
    opts.probability = 0;
    opts.no_implies = true;
    opts.threads = 1;
    ttag_workspace *workspace;
    ttag_status status = ttag_workspace_new(&workspace, model, &opts, err);
    if (status != TTAG_OK)
        return status;
    for (int kind = 0; kind < ERROR_KINDS && status == TTAG_OK; kind++) {
        worst_error **list = NULL;
        size_t count;
        status = worst_errors_list(&list, &count, w, (error_kind)kind, limit, err);
        for (size_t i = 0; i < count && status == TTAG_OK; i++)
            status = explain(w, list[i], workspace, err);
        mem_free(list);
    }
    ttag_workspace_free(workspace);
    return status;
}

void worst_errors_dispose(worst_errors *w)
{
    for (size_t list = 0; w->counts && list < w->n_tags * ERROR_KINDS; list++)
        for (size_t i = 0; i < w->counts[list]; i++)
            error_dispose(&w->items[list * w->per_tag + i]);
    mem_free(w->items);
    mem_free(w->counts);
    mem_free(w->known);
    arena_dispose(&w->terms);
    *w = (worst_errors){0};
}
