/* Rows in the order in which training numbers them, so that its scores find their articles. */
#include "audit/label_model.h"

#include <stdlib.h>

#include "articles/blanket.h"
#include "articles/reader.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"
#include "train/labels.h"

typedef struct choosing {
    const audited_feed *feed;
    bool *counts;    /* n_tags: training takes notice of the tag */
    bool *seen;      /* n_tags */
    uint32_t *n_own; /* n of the feed: tags of the article that count */
    bool *chosen;    /* n of the feed */
    size_t n_listed; /* tags that are listed beforehand; 0: those that are seen */
    size_t n_tags;
} choosing;

/* ---- Which articles. ---- */

static void look_at_tags(choosing *c, const ttag_audit_tag *tags, const ttag_taxonomy *only)
{
    for (size_t t = 0; t < c->n_tags; t++) {
        const ttag_article one = {.tags = &tags[t].name, .n_tags = 1};
        c->counts[t] = labels_count(only, &one) > 0;
    }
    c->n_listed = only ? ttag_taxonomy_size(only) : 0;
}

static void choose_fit(choosing *c)
{
    for (uint32_t i = 0; i < c->feed->n; i++) {
        const ttag_audited *a = &c->feed->articles[i];
        c->chosen[i] = a->labelled && !a->blanket && a->copy_of == i && c->feed->weights[i] > 0;
        for (size_t k = 0; k < a->n_tags; k++)
            c->n_own[i] += c->counts[a->tags[k]];
    }
}

static size_t count_seen(choosing *c)
{
    size_t n = 0;
    memset(c->seen, 0, c->n_tags * sizeof *c->seen);
    for (size_t i = 0; i < c->feed->n; i++)
        for (size_t k = 0; c->chosen[i] && k < c->feed->articles[i].n_tags; k++)
            c->seen[c->feed->articles[i].tags[k]] = true;
    for (size_t t = 0; t < c->n_tags; t++)
        n += c->seen[t] && c->counts[t];
    return c->n_listed ? c->n_listed : n;
}

/* With fewer articles there may be fewer tags, of which others then carry more than half: until
   none does, so that training leaves out none. */
static void leave_out_blanket(choosing *c)
{
    for (bool again = true; again;) {
        size_t n_all = count_seen(c);
        again = false;
        for (size_t i = 0; i < c->feed->n; i++)
            if (c->chosen[i] && is_blanket_tagged(c->n_own[i], n_all)) {
                c->chosen[i] = false;
                again = true;
            }
    }
}

static ttag_status choose_rows(label_model *m, const audited_feed *feed, const ttag_audit_tag *tags,
                               size_t n_tags, const ttag_taxonomy *only)
{
    choosing c = {.feed = feed, .n_tags = n_tags};
    c.counts = mem_new(n_tags, sizeof *c.counts);
    c.seen = mem_new(n_tags, sizeof *c.seen);
    c.n_own = mem_zero(feed->n, sizeof *c.n_own);
    c.chosen = mem_new(feed->n, sizeof *c.chosen);
    m->rows = mem_new(feed->n, sizeof *m->rows);
    bool ok = c.counts && c.seen && c.n_own && c.chosen && m->rows;
    if (ok) {
        look_at_tags(&c, tags, only);
        choose_fit(&c);
        leave_out_blanket(&c);
    }
    for (int held = 0; ok && held < 2; held++) /* training holds those with many tags back */
        for (uint32_t i = 0; i < feed->n; i++)
            if (c.chosen[i] && (c.n_own[i] >= BLANKET_LEAST_TAGS) == held)
                m->rows[m->n_rows++] = i;
    mem_free(c.counts);
    mem_free(c.seen);
    mem_free(c.n_own);
    mem_free(c.chosen);
    return ok ? TTAG_OK : TTAG_NOMEM;
}

/* ---- Training. ---- */

static int by_name(const void *a, const void *b)
{
    return view_compare(((const ttag_audit_tag *)a)->name, ((const ttag_audit_tag *)b)->name);
}

static ttag_status name_tags(label_model *m, const ttag_audit_tag *tags, size_t n_tags)
{
    const ttag_model_parts *parts = ttag_trained_parts(m->trained);
    m->tags = mem_new(parts->n_tags, sizeof *m->tags);
    if (!m->tags)
        return TTAG_NOMEM;
    for (size_t t = 0; t < parts->n_tags; t++) {
        const ttag_audit_tag wanted = {.name = parts->tags[t].name};
        const ttag_audit_tag *found = bsearch(&wanted, tags, n_tags, sizeof *tags, by_name);
        m->tags[t] = found ? (uint32_t)(found - tags) : TTAG_NO_TAG; /* of an extra feed alone */
    }
    return TTAG_OK;
}

/* Progress goes on, what training has to say about its data does not: that is said here. */
static ttag_monitor quiet(const ttag_monitor *monitor)
{
    ttag_monitor m = monitor ? *monitor : (ttag_monitor){0};
    m.message = NULL;
    return m;
}

static ttag_status train(label_model *m, const audited_feed *feed, const ttag_train_opts *given,
                         const ttag_taxonomy *taxonomy, ttag_error *err)
{
    ttag_train_opts opts = *given;
    ttag_monitor monitor = quiet(given->monitor);
    ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
    ttag_reader *reader;
    opts.monitor = reading.monitor = &monitor;
    opts.unit = TTAG_UNIT_ARTICLE;
    opts.keep_partial = false;
    opts.budget = 0;
    if (opts.thresholds == TTAG_THRESHOLDS_NONE)
        opts.thresholds = TTAG_THRESHOLDS_F1;
    reading.taxonomy = taxonomy;
    ttag_status status =
        reader_open_list(&reader, &feed->records, m->rows, m->n_rows, &reading, err);
    if (status == TTAG_OK)
        status = train_out_of_fold(&m->trained, &m->kept, reader, &opts, err);
    ttag_reader_free(reader);
    if (status == TTAG_OK && ttag_trained_counts(m->trained)->used != m->n_rows)
        status = fail(err, TTAG_EMPTY, "training left out %zu of %zu articles",
                      m->n_rows - ttag_trained_counts(m->trained)->used, m->n_rows);
    return status;
}

ttag_status label_model_train(label_model *out, const audited_feed *feed,
                              const ttag_audit_tag *tags, size_t n_tags,
                              const ttag_train_opts *opts, const ttag_taxonomy *taxonomy,
                              ttag_error *err)
{
    const ttag_taxonomy *only = opts->only_taxonomy ? opts->taxonomy : NULL;
    ttag_status status = choose_rows(out, feed, tags, n_tags, only);
    if (status != TTAG_OK)
        return fail_memory(err);
    if (out->n_rows == 0)
        return fail(err, TTAG_EMPTY, "no labelled article is left to train on");
    status = train(out, feed, opts, taxonomy, err);
    if (status == TTAG_OK && name_tags(out, tags, n_tags) != TTAG_OK)
        status = fail_memory(err);
    return status;
}

void label_model_dispose(label_model *m)
{
    ttag_trained_free(m->trained);
    out_of_fold_dispose(&m->kept);
    mem_free(m->rows);
    mem_free(m->tags);
    *m = (label_model){0};
}
