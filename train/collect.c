/* The one pass over the feeds. */
#include "train/collect.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/monitor.h"
#include "base/view.h"
#include "features/extractor.h"
#include "train/article_rows.h"
#include "train/held.h"
#include "train/intake.h"
#include "train/tag_names.h"

typedef struct collector {
    ttag_extractor *extractor;
    label_log log;
    held_list held;
    digest *digest;
    ttag_train_counts counts;
    bool extra;    /* what is read now is */
    double factor; /* of the weights of what is read now */
    unsigned threads;
    const ttag_train_opts *opts;
    whole_list wholes;
    ttag_boilerplate_finder *finder; /* of the held articles */
    ttag_status row_status;          /* of the row that an extractor did not take */
    ttag_error *row_error;
    const ttag_monitor *monitor;
} collector;

enum { WEIGHT_BYTES = sizeof(uint64_t) };

/* ---- Articles in. ---- */

/* Its bits, lowest byte first. */
static void digest_weight(digest *d, double weight)
{
    unsigned char bytes[WEIGHT_BYTES];
    uint64_t bits;
    memcpy(&bits, &weight, sizeof bits);
    for (unsigned i = 0; i < WEIGHT_BYTES; i++)
        bytes[i] = (unsigned char)(bits >> (8 * i));
    digest_add(d, bytes, sizeof bytes);
}

/* Each row has the article's labels. Passages of an article without a name belong together as well;
   what is never scored belongs to no whole. */
static bool log_rows(collector *c, const ttag_article *article, uint64_t unknown_rules,
                     size_t n_rows)
{
    char name[48];
    ttag_article row = *article;
    bool passages = c->opts->unit != TTAG_UNIT_ARTICLE;
    if (passages && !c->extra && !whole_list_add(&c->wholes, article, n_rows))
        return false;
    if (passages && article->article.size == 0) {
        snprintf(name, sizeof name, "\x01%zu", c->counts.used + c->counts.extra);
        row.article = view_of(name);
    }
    for (size_t i = 0; i < n_rows; i++) {
        if ((c->extra ? label_log_add_extra(&c->log, &row) : label_log_add(&c->log, &row)) !=
            TTAG_OK)
            return false;
        label_log_unknown(&c->log, unknown_rules);
    }
    return true;
}

/* Takes notice of an article whose terms the extractor has or is about to get. */
static ttag_status use_article(collector *c, const article_copy *copy, size_t n_rows,
                               ttag_error *err)
{
    ttag_article article = copy->article;
    article.weight *= c->factor;
    if (!log_rows(c, &article, copy->unknown_rules, n_rows))
        return fail_memory(err);
    digest_add(c->digest, copy->digested.bytes, copy->digested.size);
    if (article.weight != 1)
        digest_weight(c->digest, article.weight);
    c->counts.used += !c->extra;
    c->counts.extra += c->extra;
    return TTAG_OK;
}

/* Whether an article is blanket-tagged shows when all tags are known: until then it is held. */
static ttag_status take_labelled(collector *c, const feed_item *item, ttag_error *err)
{
    const ttag_article *article = &item->copy.article;
    size_t n_tags;
    if (c->extra)
        n_tags = label_log_known(&c->log, article);
    else if (label_log_see(&c->log, article, &n_tags) != TTAG_OK)
        return fail_memory(err);
    if (item->kind == FEED_COUNTED)
        return use_article(c, &item->copy, item->n_rows, err);
    return held_add(&c->held, &item->copy, n_tags) == TTAG_OK ? TTAG_OK : fail_memory(err);
}

static ttag_status take_batch(void *context, feed_batch *batch, ttag_error *err)
{
    collector *c = context;
    ttag_status status = extractor_take(c->extractor, &batch->terms, err);
    for (size_t i = 0; i < batch->n_items && status == TTAG_OK; i++) {
        const feed_item *item = &batch->items[i];
        if (item->kind == FEED_REFUSED)
            c->counts.refused++;
        else if (item->kind == FEED_UNLABELLED)
            c->counts.unlabelled++;
        else if (item->kind == FEED_WEIGHTLESS)
            c->counts.weightless++;
        else
            status = take_labelled(c, item, err);
    }
    return status;
}

static void tell_blanket(const collector *c, const held_article *held)
{
    buffer place = {0};
    buffer_printf(&place, "%s:%zu", held->copy.article.path ? held->copy.article.path : "?",
                  held->copy.article.line);
    tell(c->monitor, TTAG_WARNING, buffer_ok(&place) ? place.bytes : NULL,
         "carries %zu of %zu tags: blanket-tagged, kept out of training", held->n_tags,
         c->log.n_seen);
    buffer_dispose(&place);
}

static bool add_row(void *context, const ttag_text_opts *text, const ttag_article *row)
{
    collector *c = context;
    (void)text; /* the extractor's */
    c->row_status = ttag_extractor_add(c->extractor, row, c->row_error);
    return c->row_status == TTAG_OK;
}

/* The held articles come last, in input order. */
static ttag_status release_held(collector *c, ttag_error *err)
{
    for (size_t i = 0; i < c->held.count; i++) {
        const held_article *held = &c->held.items[i];
        if (2 * held->n_tags > c->log.n_seen) {
            c->counts.blanket++;
            tell_blanket(c, held);
            continue;
        }
        size_t n_rows;
        ttag_article article = held->copy.article;
        if (ttag_boilerplate_find(c->finder, &article, NULL) != TTAG_OK)
            return fail_memory(err);
        if (!article_rows_each(&article, &c->opts->text, c->opts->unit, add_row, c, &n_rows))
            return c->row_status;
        ttag_status status = use_article(c, &held->copy, n_rows, err);
        if (status != TTAG_OK)
            return status;
    }
    return TTAG_OK;
}

/* ---- What was read. ---- */

static void tell_dropped(const collector *c, const labels *l, uint32_t min_docs)
{
    if (l->n_dropped == 0)
        return;
    tag_names names = {0};
    for (size_t i = 0; i < l->n_dropped; i++)
        tag_names_add_support(&names, l->dropped[i].name, l->dropped[i].support);
    tell(c->monitor, TTAG_WARNING, NULL,
         "%zu %s fewer than %u positive articles and %s dropped: %s", l->n_dropped,
         l->n_dropped == 1 ? "tag has" : "tags have", (unsigned)(min_docs ? min_docs : 1),
         l->n_dropped == 1 ? "is" : "are", tag_names_text(&names));
    tag_names_dispose(&names);
}

static void tell_rest(const collector *c)
{
    if (c->log.foreign.count)
        tell(c->monitor, TTAG_NOTE, NULL, "ignored tags that the taxonomy does not list: %zu",
             c->log.foreign.count);
    if (c->log.unfit.count)
        tell(c->monitor, TTAG_WARNING, NULL,
             "ignored tag names that are empty or hold control characters: %zu",
             c->log.unfit.count);
    if (c->counts.weightless)
        tell(c->monitor, TTAG_NOTE, NULL, "left out, as their weight is 0: %zu",
             c->counts.weightless);
}

static ttag_status fail_empty(const collector *c, uint32_t min_docs, ttag_error *err)
{
    const ttag_train_counts *n = &c->counts;
    size_t records = n->used + n->extra + n->unlabelled + n->weightless + n->blanket;
    buffer parts = {0};
    if (n->refused)
        buffer_printf(&parts, ", %zu refused", n->refused);
    if (n->unlabelled)
        buffer_printf(&parts, ", %zu without tags", n->unlabelled);
    if (n->weightless)
        buffer_printf(&parts, ", %zu of weight 0", n->weightless);
    if (n->blanket)
        buffer_printf(&parts, ", %zu blanket-tagged", n->blanket);
    if (n->used)
        buffer_printf(&parts, ", %zu labelled but no tag with %u positive articles", n->used,
                      (unsigned)(min_docs ? min_docs : 1));
    fail(err, TTAG_EMPTY,
         "nothing to learn: %zu %s read%s; expected articles with a `tags` array, a tag line or a "
         "column `tags`",
         records, records == 1 ? "record" : "records",
         buffer_ok(&parts) && parts.bytes ? parts.bytes : "");
    buffer_dispose(&parts);
    return TTAG_EMPTY;
}

static void tell_hashing(const collector *c, const ttag_features *features, uint32_t bits)
{
    ttag_hashing h = ttag_features_hashing(features);
    if (h.n_numbers > 0)
        tell(c->monitor, TTAG_NOTE, NULL,
             "%s%zu distinct terms were hashed to %zu of %u numbers: %zu of them (%.3g %%) share "
             "theirs",
             h.exact ? "" : "about ", h.n_terms, h.n_numbers, 1u << bits, h.n_shared,
             100.0 * (double)h.n_shared / (double)h.n_terms);
}

static ttag_status finish(corpus *out, collector *c, uint32_t min_docs, ttag_error *err)
{
    if (labels_make(&out->labels, &c->log, c->opts->unknown_where, min_docs) != TTAG_OK)
        return fail_memory(err);
    c->counts.dropped_tags = out->labels.n_dropped;
    out->counts = c->counts;
    digest_hex(c->digest, out->digest);
    tell_rest(c);
    if (out->labels.n_tags == 0)
        return fail_empty(c, min_docs, err);
    tell_dropped(c, &out->labels, min_docs);
    labels_tell_idle_rules(&out->labels, c->opts->unknown_where, c->monitor);
    ttag_status status = extractor_finish(&out->features, c->extractor, c->threads, err);
    if (status == TTAG_OK)
        tell_hashing(c, out->features, c->opts->text.hash_bits);
    return status;
}

static ttag_status read_feed(collector *c, ttag_reader *feed, ttag_error *err)
{
    const intake_task task = {
        feed,
        {&c->opts->text, c->log.only, c->opts->unknown_where, c->opts->unit, &c->opts->boilerplate},
        c->threads,
        c->monitor};
    ttag_status status = intake_read(&task, take_batch, c, err);
    if (status == TTAG_OK)
        status = release_held(c, err);
    held_dispose(&c->held);
    return status;
}

static ttag_status read_extra(collector *c, ttag_error *err)
{
    ttag_status status = c->opts->n_extra > 0 ? extractor_begin_extra(c->extractor, err) : TTAG_OK;
    c->extra = true;
    for (size_t i = 0; status == TTAG_OK && i < c->opts->n_extra; i++) {
        c->factor = c->opts->extra[i].weight;
        status = read_feed(c, c->opts->extra[i].feed, err);
    }
    return status;
}

ttag_status corpus_collect(corpus *out, ttag_reader *feed, const ttag_train_opts *opts,
                           const ttag_taxonomy *only, unsigned threads, ttag_error *err)
{
    collector c = {
        .factor = 1, .threads = threads, .opts = opts, .row_error = err, .monitor = opts->monitor};
    *out = (corpus){0};
    ttag_status status = ttag_extractor_new(&c.extractor, &opts->text, err);
    if (status == TTAG_OK)
        status = ttag_boilerplate_finder_new(&c.finder, &opts->boilerplate, err);
    if (status != TTAG_OK)
        goto done;
    c.digest = digest_new();
    if (!c.digest || label_log_init(&c.log, only) != TTAG_OK) {
        status = fail_memory(err);
        goto done;
    }
    status = read_feed(&c, feed, err);
    if (status == TTAG_OK)
        status = read_extra(&c, err);
    if (status == TTAG_OK)
        status = finish(out, &c, opts->min_docs, err);
done:
    ttag_extractor_free(c.extractor);
    ttag_boilerplate_finder_free(c.finder);
    label_log_dispose(&c.log);
    digest_free(c.digest);
    out->wholes = c.wholes;
    if (status != TTAG_OK)
        corpus_dispose(out);
    return status;
}

void corpus_dispose(corpus *c)
{
    ttag_features_free(c->features);
    labels_dispose(&c->labels);
    whole_list_dispose(&c->wholes);
    *c = (corpus){0};
}
