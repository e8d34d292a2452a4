/* Articles counted by source and tag, and by source and term. */
#include "audit/giveaways.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"
#include "features/term_hash.h"

enum {
    LEAST_ARTICLES = 5,
    STRONG_TERMS = 20, /* of each tag, by weight */
    OF = 100,
    TERM_SHARE = 90, /* per cent of the term's articles that are the source's */
    TAG_SHARE = 95,  /* per cent, both of the source's articles and of the tag's */
    MOST_SHARE = 50  /* per cent of all articles: a source with more is the feed itself */
};

typedef struct sources {
    intern names;
    uint32_t *of;    /* n articles: number of the source, or INTERN_NONE */
    size_t *sizes;   /* names.count: labelled articles of the source */
    size_t n_named;  /* labelled articles that name a source */
    uint32_t *cells; /* source x whatever is counted */
} sources;

static bool is_witness(const ttag_audited *a)
{
    return a->labelled && !a->blanket;
}

static ttag_status find_sources(sources *s, const audited_feed *feed)
{
    s->of = mem_new(feed->n, sizeof *s->of);
    if (!s->of)
        return TTAG_NOMEM;
    for (size_t i = 0; i < feed->n; i++) {
        const ttag_audited *a = &feed->articles[i];
        s->of[i] = INTERN_NONE;
        if (!is_witness(a) || a->source.size == 0)
            continue;
        s->of[i] = intern_add(&s->names, a->source);
        if (s->of[i] == INTERN_NONE)
            return TTAG_NOMEM;
    }
    s->sizes = mem_zero(s->names.count, sizeof *s->sizes);
    for (size_t i = 0; s->sizes && i < feed->n; i++)
        if (s->of[i] != INTERN_NONE) {
            s->sizes[s->of[i]]++;
            s->n_named++;
        }
    return s->sizes ? TTAG_OK : TTAG_NOMEM;
}

/* Room to count n things by source. */
static ttag_status clear_cells(sources *s, size_t n)
{
    size_t count;
    mem_free(s->cells);
    s->cells = size_mul(&count, s->names.count, n) ? mem_zero(count, sizeof *s->cells) : NULL;
    return s->cells ? TTAG_OK : TTAG_NOMEM;
}

static bool is_feed_itself(const sources *s, uint32_t source)
{
    return s->sizes[source] * OF > s->n_named * MOST_SHARE;
}

static ttag_status add(giveaways *out, const sources *s, uint32_t source, ttag_audit_giveaway g)
{
    g.source = arena_copy(&out->texts, intern_view(&s->names, source));
    if (g.term.bytes)
        g.term = arena_copy(&out->texts, g.term);
    if (!g.source.bytes || !mem_grow(&out->items, &out->capacity, out->n + 1, sizeof *out->items))
        return TTAG_NOMEM;
    out->items[out->n++] = g;
    return TTAG_OK;
}

/* ---- Sources that always carry a tag. ---- */

static ttag_status look_at_tag(giveaways *out, const sources *s, uint32_t tag, size_t n_tags)
{
    size_t all = 0;
    ttag_status status = TTAG_OK;
    for (size_t k = 0; k < s->names.count; k++)
        all += s->cells[k * n_tags + tag];
    for (uint32_t k = 0; status == TTAG_OK && k < s->names.count; k++) {
        size_t own = s->cells[k * n_tags + tag];
        if (own >= LEAST_ARTICLES && own * OF >= s->sizes[k] * TAG_SHARE &&
            own * OF >= all * TAG_SHARE && !is_feed_itself(s, k))
            status =
                add(out, s, k,
                    (ttag_audit_giveaway){.tag = tag, .articles = own, .elsewhere = all - own});
    }
    return status;
}

static ttag_status find_tags(giveaways *out, sources *s, const audited_feed *feed, size_t n_tags)
{
    ttag_status status = clear_cells(s, n_tags);
    for (size_t i = 0; status == TTAG_OK && i < feed->n; i++)
        for (size_t k = 0; s->of[i] != INTERN_NONE && k < feed->articles[i].n_tags; k++)
            s->cells[s->of[i] * n_tags + feed->articles[i].tags[k]]++;
    for (uint32_t t = 0; status == TTAG_OK && t < n_tags; t++)
        status = look_at_tag(out, s, t, n_tags);
    return status;
}

/* ---- Terms. ---- */

/* A term that is strong for a tag; `place` among the distinct ones. */
typedef struct strong_term {
    uint32_t term, tag, place;
    float weight;
} strong_term;

static int by_weight(const void *a, const void *b)
{
    const strong_term *x = a, *y = b;
    if (x->weight < y->weight || x->weight > y->weight)
        return x->weight < y->weight ? 1 : -1;
    if (x->term != y->term)
        return x->term < y->term ? -1 : 1;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

/* The heaviest terms of the tag in `column`, to strong[0 … ]; how many. */
static size_t heaviest(strong_term *strong, const ttag_model_parts *parts, size_t column,
                       uint32_t tag)
{
    size_t n = 0;
    for (uint32_t term = 0; term < parts->vocabulary.n_terms; term++) {
        float weight = parts->weights[term * parts->weight_stride + column];
        if (!(weight > 0) || (n == STRONG_TERMS && weight <= strong[n - 1].weight) ||
            is_char_term(ttag_vocabulary_term(&parts->vocabulary, term)))
            continue;
        size_t at = n < STRONG_TERMS ? n++ : n - 1;
        for (; at > 0 && strong[at - 1].weight < weight; at--)
            strong[at] = strong[at - 1];
        strong[at] = (strong_term){term, tag, 0, weight};
    }
    return n;
}

/* How many articles of each source have each of the wanted terms. */
static ttag_status count_terms(sources *s, const audited_feed *feed, const ttag_model_parts *parts,
                               const uint32_t *place_of, size_t n_places, ttag_error *err)
{
    ttag_vectorizer *vectorizer;
    if (clear_cells(s, n_places) != TTAG_OK)
        return fail_memory(err);
    ttag_status status = ttag_vectorizer_new(&vectorizer, &parts->vocabulary, &parts->text, err);
    for (size_t i = 0; status == TTAG_OK && i < feed->n; i++) {
        const ttag_audited *a = &feed->articles[i];
        const ttag_article article = {
            .title = a->title, .text = a->text, .source = a->source, .weight = 1};
        ttag_vector v = {0};
        if (s->of[i] != INTERN_NONE)
            status = ttag_vectorize(vectorizer, &v, &article, err);
        for (size_t k = 0; status == TTAG_OK && k < v.size; k++)
            if (place_of[v.terms[k]] != UINT32_MAX)
                s->cells[s->of[i] * n_places + place_of[v.terms[k]]]++;
    }
    ttag_vectorizer_free(vectorizer);
    return status;
}

static ttag_status look_at_term(giveaways *out, const sources *s, const strong_term *strong,
                                size_t n_places, const ttag_vocabulary *vocabulary)
{
    size_t all = 0;
    uint32_t most = 0;
    for (uint32_t k = 0; k < s->names.count; k++) {
        all += s->cells[k * n_places + strong->place];
        if (s->cells[k * n_places + strong->place] > s->cells[most * n_places + strong->place])
            most = k;
    }
    size_t own = s->cells[most * n_places + strong->place];
    if (own < LEAST_ARTICLES || own * OF < all * TERM_SHARE || is_feed_itself(s, most))
        return TTAG_OK;
    return add(out, s, most,
               (ttag_audit_giveaway){.tag = strong->tag,
                                     .term = ttag_vocabulary_term(vocabulary, strong->term),
                                     .articles = own,
                                     .elsewhere = all - own,
                                     .weight = (double)strong->weight});
}

static ttag_status find_terms(giveaways *out, sources *s, const audited_feed *feed,
                              const label_model *m, ttag_error *err)
{
    const ttag_model_parts *parts = ttag_trained_parts(m->trained);
    size_t n = 0, room, n_places = 0, n_terms = parts->vocabulary.n_terms;
    if (!parts->weights)
        return TTAG_OK;
    strong_term *strong =
        size_mul(&room, parts->n_tags, STRONG_TERMS) ? mem_new(room, sizeof *strong) : NULL;
    uint32_t *place_of = mem_new(n_terms, sizeof *place_of);
    ttag_status status = strong && place_of ? TTAG_OK : fail_memory(err);
    for (size_t t = 0; status == TTAG_OK && t < parts->n_tags; t++)
        if (m->tags[t] != TTAG_NO_TAG && !parts->tags[t].constant)
            n += heaviest(strong + n, parts, t, m->tags[t]);
    for (size_t k = 0; status == TTAG_OK && k < n_terms; k++)
        place_of[k] = UINT32_MAX;
    for (size_t k = 0; status == TTAG_OK && k < n; k++) {
        if (place_of[strong[k].term] == UINT32_MAX)
            place_of[strong[k].term] = (uint32_t)n_places++;
        strong[k].place = place_of[strong[k].term];
    }
    if (status == TTAG_OK)
        status = count_terms(s, feed, parts, place_of, n_places, err);
    if (status == TTAG_OK && n)
        qsort(strong, n, sizeof *strong, by_weight);
    for (size_t k = 0; status == TTAG_OK && k < n; k++)
        if (look_at_term(out, s, &strong[k], n_places, &parts->vocabulary) != TTAG_OK)
            status = fail_memory(err);
    mem_free(strong);
    mem_free(place_of);
    return status;
}

ttag_status giveaways_find(giveaways *out, const audited_feed *feed, size_t n_tags,
                           const label_model *model, ttag_error *err)
{
    sources s = {0};
    ttag_status status = TTAG_OK;
    if (find_sources(&s, feed) != TTAG_OK ||
        (s.names.count > 1 && find_tags(out, &s, feed, n_tags) != TTAG_OK))
        status = fail_memory(err);
    if (status == TTAG_OK && s.names.count > 1 && model)
        status = find_terms(out, &s, feed, model, err);
    intern_dispose(&s.names);
    mem_free(s.of);
    mem_free(s.sizes);
    mem_free(s.cells);
    return status;
}

void giveaways_dispose(giveaways *g)
{
    mem_free(g->items);
    arena_dispose(&g->texts);
    *g = (giveaways){0};
}
