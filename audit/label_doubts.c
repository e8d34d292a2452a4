/* doubt = p where the tag is missing, 1 - p where it is there */
#include "audit/label_doubts.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"
#include "features/term_hash.h"

/* So many get their evidence. */
enum { EXPLAINED_MOST = 1000 };

static bool carries(const ttag_audited *a, uint32_t tag)
{
    size_t low = 0, high = a->n_tags;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->tags[middle] < tag)
            low = middle + 1;
        else
            high = middle;
    }
    return low < a->n_tags && a->tags[low] == tag;
}

/* ---- Doubts. ---- */

/* Mean probability of carriers and mean of the contrary of the others. */
typedef struct means {
    double present, absent;
} means;

static means means_of(const audited_feed *feed, const label_model *m, const float *probabilities,
                      uint32_t tag)
{
    double sums[2] = {0}, counts[2] = {0};
    for (size_t r = 0; r < m->n_rows; r++) {
        if (isnan(probabilities[r]))
            continue;
        bool has = carries(&feed->articles[m->rows[r]], tag);
        double p = (double)probabilities[r];
        sums[has] += has ? p : 1 - p;
        counts[has]++;
    }
    return (means){counts[1] > 0 ? sums[1] / counts[1] : 1,
                   counts[0] > 0 ? sums[0] / counts[0] : 1};
}

static ttag_status doubt_tag(label_doubts *out, const audited_feed *feed, const label_model *m,
                             size_t column, double counts[3])
{
    const float *probabilities = m->kept.probabilities + column * m->kept.n_articles;
    double threshold = (double)ttag_trained_parts(m->trained)->tags[column].threshold;
    uint32_t tag = m->tags[column];
    means mean = means_of(feed, m, probabilities, tag);
    for (size_t r = 0; r < m->n_rows; r++) {
        if (isnan(probabilities[r]))
            continue;
        double p = (double)probabilities[r];
        bool has = carries(&feed->articles[m->rows[r]], tag), given = p >= threshold;
        counts[0] += has && given;
        counts[1] += !has && given;
        counts[2] += has && !given;
        double doubt = has ? 1 - p : p;
        if (doubt < (has ? mean.absent : mean.present) || doubt <= 0.5)
            continue;
        if (!mem_grow(&out->items, &out->capacity, out->n + 1, sizeof *out->items))
            return TTAG_NOMEM;
        out->items[out->n++] = (ttag_audit_label){
            .article = m->rows[r], .tag = tag, .missing = !has, .probability = p, .doubt = doubt};
        out->wrong += has;
        out->missing += !has;
    }
    return TTAG_OK;
}

static int by_doubt(const void *a, const void *b)
{
    const ttag_audit_label *x = a, *y = b;
    if (x->missing != y->missing)
        return x->missing ? 1 : -1;
    if (x->doubt < y->doubt || x->doubt > y->doubt)
        return x->doubt < y->doubt ? 1 : -1;
    if (x->article != y->article)
        return x->article < y->article ? -1 : 1;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

/* Wrong ones and missing ones in turn: what is wrong is nearly certain to be, as few articles carry
   a tag, and would leave no room for what is missing. */
static ttag_status rank(label_doubts *out)
{
    ttag_audit_label *sorted = out->items;
    ttag_audit_label *ranked = mem_new(out->n, sizeof *ranked);
    if (!ranked)
        return TTAG_NOMEM;
    if (out->n)
        qsort(sorted, out->n, sizeof *sorted, by_doubt);
    size_t n = 0;
    for (size_t i = 0; n < out->n; i++) {
        if (i < out->wrong)
            ranked[n++] = sorted[i];
        if (i < out->missing)
            ranked[n++] = sorted[out->wrong + i];
    }
    mem_free(sorted);
    out->items = ranked;
    return TTAG_OK;
}

/* ---- Evidence. ---- */

/* Puts the term among the label's, the greatest first, if it is great enough. */
static void offer_term(ttag_audit_label *label, ttag_view term, double weight, double sign)
{
    size_t at = label->n_terms;
    while (at > 0 && sign * weight > sign * label->terms[at - 1].weight)
        at--;
    if (at >= TTAG_AUDIT_TERMS)
        return;
    size_t n = label->n_terms < TTAG_AUDIT_TERMS ? ++label->n_terms : label->n_terms;
    for (size_t k = n - 1; k > at; k--)
        label->terms[k] = label->terms[k - 1];
    label->terms[at] = (ttag_audit_term){term, weight};
}

static ttag_status explain(label_doubts *out, ttag_audit_label *label, const audited_feed *feed,
                           const label_model *m, size_t column, ttag_vectorizer *vectorizer,
                           ttag_error *err)
{
    const ttag_model_parts *parts = ttag_trained_parts(m->trained);
    const ttag_audited *a = &feed->articles[label->article];
    const ttag_article article = {
        .title = a->title, .text = a->text, .source = a->source, .weight = 1};
    ttag_vector vector;
    ttag_status status = ttag_vectorize(vectorizer, &vector, &article, err);
    for (size_t i = 0; status == TTAG_OK && i < vector.size; i++) {
        float weight = parts->weights[vector.terms[i] * parts->weight_stride + column];
        double adds = (double)weight * (double)vector.values[i];
        ttag_view term = ttag_vocabulary_term(&parts->vocabulary, vector.terms[i]);
        if (!is_char_term(term) && (label->missing ? adds > 0 : adds < 0))
            offer_term(label, term, adds, label->missing ? 1 : -1);
    }
    for (size_t k = 0; status == TTAG_OK && k < label->n_terms; k++) {
        label->terms[k].term = arena_copy(&out->texts, label->terms[k].term);
        if (!label->terms[k].term.bytes)
            status = fail_memory(err);
    }
    return status;
}

static ttag_status explain_all(label_doubts *out, const audited_feed *feed, const label_model *m,
                               ttag_error *err)
{
    const ttag_model_parts *parts = ttag_trained_parts(m->trained);
    ttag_vectorizer *vectorizer;
    if (!parts->weights)
        return TTAG_OK; /* the RBF kernel adds no terms up */
    ttag_status status = ttag_vectorizer_new(&vectorizer, &parts->vocabulary, &parts->text, err);
    for (size_t i = 0; status == TTAG_OK && i < out->n && i < EXPLAINED_MOST; i++) {
        size_t column = 0;
        while (m->tags[column] != out->items[i].tag)
            column++;
        status = explain(out, &out->items[i], feed, m, column, vectorizer, err);
    }
    ttag_vectorizer_free(vectorizer);
    return status;
}

ttag_status label_doubts_find(label_doubts *out, const audited_feed *feed, const label_model *m,
                              ttag_error *err)
{
    double counts[3] = {0}; /* right, too many, too few */
    for (size_t t = 0; t < m->kept.n_tags; t++)
        if (m->tags[t] != TTAG_NO_TAG && doubt_tag(out, feed, m, t, counts) != TTAG_OK)
            return fail_memory(err);
    if (rank(out) != TTAG_OK)
        return fail_memory(err);
    double all = 2 * counts[0] + counts[1] + counts[2];
    out->micro_f1 = all > 0 ? 2 * counts[0] / all : 0;
    return explain_all(out, feed, m, err);
}

void label_doubts_dispose(label_doubts *d)
{
    mem_free(d->items);
    arena_dispose(&d->texts);
    *d = (label_doubts){0};
}
