/* Counting. */
#include "audit/tag_habits.h"

#include <string.h>

#include "articles/blanket.h"
#include "base/memory.h"
#include "base/sized.h"

/* Fewer articles always have something in common. */
enum { PAIR_LEAST_SUPPORT = 5 };

/* ---- Blanket-tagged articles. ---- */

static size_t count_listed(const ttag_audited *a, const bool *listed)
{
    size_t n = 0;
    for (size_t k = 0; k < a->n_tags; k++)
        n += listed[a->tags[k]];
    return n;
}

static ttag_status find_blanket(tag_habits *h, audited_feed *feed, const ttag_audit_tag *tags,
                                size_t n_tags, const ttag_taxonomy *only)
{
    size_t n_all = only ? ttag_taxonomy_size(only) : n_tags;
    bool *listed = mem_new(n_tags, sizeof *listed);
    h->blanket = mem_new(feed->n, sizeof *h->blanket);
    bool ok = listed && h->blanket;
    for (size_t t = 0; ok && t < n_tags; t++)
        listed[t] = !only || ttag_taxonomy_find(only, tags[t].name) != TTAG_NO_TAG;
    for (uint32_t i = 0; ok && i < feed->n; i++) {
        size_t n = count_listed(&feed->articles[i], listed);
        feed->articles[i].blanket = is_blanket_tagged(n, n_all);
        if (feed->articles[i].blanket)
            h->blanket[h->n_blanket++] = i;
    }
    mem_free(listed);
    return ok ? TTAG_OK : TTAG_NOMEM;
}

/* ---- Rare tags. ---- */

static ttag_status find_rare(tag_habits *h, const ttag_audit_tag *tags, size_t n_tags,
                             uint32_t bound)
{
    sized *ranked = mem_new(n_tags, sizeof *ranked);
    h->rare = mem_new(n_tags, sizeof *h->rare);
    bool ok = ranked && h->rare;
    for (uint32_t t = 0; ok && t < n_tags; t++)
        ranked[t] = (sized){tags[t].support, t};
    if (ok)
        sized_sort_rising(ranked, n_tags);
    for (size_t k = 0; ok && k < n_tags && ranked[k].size < bound; k++)
        h->rare[h->n_rare++] = ranked[k].number;
    mem_free(ranked);
    return ok ? TTAG_OK : TTAG_NOMEM;
}

/* ---- Tags that go together. ---- */

/* Which articles carry each tag; blanket-tagged ones aside. */
typedef struct carriers {
    size_t *ends;       /* n_tags: in articles, behind the tag's; they begin at the one before's */
    uint32_t *articles; /* ends[n_tags - 1] */
    uint32_t *together; /* n_tags: articles that have a tag and this one */
    sized *ranked;      /* n_tags, by support */
    size_t n_articles;  /* labelled ones */
} carriers;

static size_t support_of(const carriers *c, uint32_t tag)
{
    return c->ends[tag] - (tag ? c->ends[tag - 1] : 0);
}

static ttag_status find_carriers(carriers *c, const audited_feed *feed, size_t n_tags)
{
    size_t total = 0;
    size_t *at = mem_zero(n_tags, sizeof *at);
    c->ends = mem_zero(n_tags, sizeof *c->ends);
    c->together = mem_new(n_tags, sizeof *c->together);
    c->ranked = mem_new(n_tags, sizeof *c->ranked);
    bool ok = at && c->ends && c->together && c->ranked;
    for (size_t i = 0; ok && i < feed->n; i++)
        for (size_t k = 0; !feed->articles[i].blanket && k < feed->articles[i].n_tags; k++)
            c->ends[feed->articles[i].tags[k]]++;
    for (uint32_t t = 0; ok && t < n_tags; t++) {
        c->ranked[t] = (sized){c->ends[t], t};
        at[t] = total;
        total = c->ends[t] += total;
    }
    c->articles = ok ? mem_new(total, sizeof *c->articles) : NULL;
    ok = c->articles != NULL;
    for (uint32_t i = 0; ok && i < feed->n; i++) {
        c->n_articles += feed->articles[i].labelled && !feed->articles[i].blanket;
        for (size_t k = 0; !feed->articles[i].blanket && k < feed->articles[i].n_tags; k++)
            c->articles[at[feed->articles[i].tags[k]]++] = i;
    }
    mem_free(at);
    return ok ? TTAG_OK : TTAG_NOMEM;
}

/* What goes with the tag in all of its articles; a pair both ways is listed once. */
static ttag_status pairs_of(tag_habits *h, const carriers *c, const audited_feed *feed,
                            uint32_t tag, size_t n_tags)
{
    size_t support = support_of(c, tag);
    if (support < PAIR_LEAST_SUPPORT)
        return TTAG_OK;
    memset(c->together, 0, n_tags * sizeof *c->together);
    for (size_t i = c->ends[tag] - support; i < c->ends[tag]; i++) {
        const ttag_audited *a = &feed->articles[c->articles[i]];
        for (size_t k = 0; k < a->n_tags; k++)
            c->together[a->tags[k]]++;
    }
    for (uint32_t with = 0; with < n_tags; with++) {
        bool both = support_of(c, with) == support;
        if (with == tag || c->together[with] != support || (both && with < tag) ||
            support_of(c, with) == c->n_articles) /* what all have goes with any */
            continue;
        if (!mem_grow(&h->pairs, &h->pairs_capacity, h->n_pairs + 1, sizeof *h->pairs))
            return TTAG_NOMEM;
        h->pairs[h->n_pairs++] = (ttag_audit_pair){tag, with, both};
    }
    return TTAG_OK;
}

static ttag_status find_pairs(tag_habits *h, const audited_feed *feed, size_t n_tags)
{
    carriers c = {0};
    ttag_status status = find_carriers(&c, feed, n_tags);
    if (status == TTAG_OK)
        sized_sort_rising(c.ranked, n_tags);
    for (size_t k = n_tags; status == TTAG_OK && k > 0; k--)
        status = pairs_of(h, &c, feed, c.ranked[k - 1].number, n_tags);
    mem_free(c.ends);
    mem_free(c.articles);
    mem_free(c.together);
    mem_free(c.ranked);
    return status;
}

ttag_status tag_habits_find(tag_habits *out, audited_feed *feed, const ttag_audit_tag *tags,
                            size_t n_tags, const ttag_taxonomy *only, uint32_t rare)
{
    ttag_status status = find_blanket(out, feed, tags, n_tags, only);
    if (status == TTAG_OK)
        status = find_rare(out, tags, n_tags, rare);
    return status == TTAG_OK ? find_pairs(out, feed, n_tags) : status;
}

void tag_habits_dispose(tag_habits *h)
{
    mem_free(h->blanket);
    mem_free(h->rare);
    mem_free(h->pairs);
    *h = (tag_habits){0};
}
