/* Reads labelled articles and tags them in batches. */
#include "evaluate/tally_feed.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "evaluate/article_batch.h"
#include "evaluate/joined.h"

/* Everything that lives while a feed is read. */
typedef struct run {
    ttag_reader *feed;
    const ttag_monitor *monitor;
    const ttag_unknown_rules *rules;
    ttag_view *unknown; /* names, of the last article to which rules applied */
    size_t unknown_capacity;
    article_batch batch;
    tally *t;
    bool of_passages; /* the model scores these */
    joined articles;  /* then: of records that name theirs */
} run;

static ttag_status flush(run *r, ttag_error *err)
{
    ttag_status status = article_batch_classify(&r->batch, &r->t->results, r->monitor, err);
    tell_progress(r->monitor, "evaluating", (double)r->t->results.n_documents, 0);
    return status;
}

/* Adds to the tags that the article calls unknown those that rules say it says nothing about. */
static ttag_status apply_rules(run *r, truth_labels *labels, const ttag_article *article,
                               ttag_error *err)
{
    const tally *t = r->t;
    uint64_t rules = ttag_unknown_rules_of_article(r->rules, article);
    r->t->record_rules |= rules;
    if (!rules)
        return TTAG_OK;
    if (!mem_grow(&r->unknown, &r->unknown_capacity, article->n_unknown + t->n_tags,
                  sizeof *r->unknown))
        return fail_memory(err);
    for (size_t i = 0; i < article->n_unknown; i++)
        r->unknown[i] = article->unknown[i];
    for (size_t i = 0; i < t->n_tags; i++)
        if (rules & t->tag_rules[i])
            r->unknown[labels->n_unknown++] = t->tags[i].name;
    labels->unknown = r->unknown;
    return TTAG_OK;
}

static ttag_status take_row(void *context, const ttag_article *article, const truth_labels *labels,
                            ttag_error *err)
{
    run *r = context;
    ttag_status status = truth_add(&r->t->labels, labels, err);
    if (status == TTAG_OK)
        status = article_batch_add(&r->batch, article, err);
    if (status == TTAG_OK && article_batch_full(&r->batch))
        status = flush(r, err);
    return status;
}

static ttag_status take(run *r, const ttag_article *article, ttag_error *err)
{
    if (!article->labelled) {
        r->t->unlabelled++;
        return TTAG_OK;
    }
    truth_labels labels = {article->tags, article->n_tags, article->unknown, article->n_unknown,
                           article->unknown_others};
    ttag_status status = apply_rules(r, &labels, article, err);
    if (status == TTAG_OK && r->of_passages && article->article.size > 0)
        return joined_add(&r->articles, article, &labels, err);
    return status == TTAG_OK ? take_row(r, article, &labels, err) : status;
}

static ttag_status finish(run *r, ttag_error *err)
{
    ttag_status status = joined_each(&r->articles, take_row, r, err);
    return status == TTAG_OK ? flush(r, err) : status;
}

/* Reads to the end; a record or file that cannot be read is told and counted. */
static ttag_status read_all(run *r, ttag_error *err)
{
    for (;;) {
        ttag_article article;
        ttag_error trouble = {0};
        ttag_status status = ttag_reader_next(r->feed, &article, &trouble);
        if (status == TTAG_END)
            return finish(r, err);
        if (status == TTAG_PARSE || status == TTAG_IO) {
            tell_error(r->monitor, TTAG_ERROR, &trouble);
            r->t->refused++;
        } else if (status != TTAG_OK) {
            if (err)
                *err = trouble;
            return status;
        } else if ((status = take(r, &article, err)) != TTAG_OK) {
            return status;
        }
    }
}

ttag_status tally_feed_unverified(tally *t, const ttag_model *model, ttag_reader *feed,
                                  const ttag_evaluate_opts *opts, ttag_error *err)
{
    run r = {.feed = feed, .monitor = opts->monitor, .rules = opts->unknown_where, .t = t};
    ttag_classify_opts how = TTAG_CLASSIFY_OPTS_INIT;
    how.cut = opts->cut;
    how.probability = opts->probability;
    how.no_implies = opts->no_implies;
    how.threads = 1;
    r.of_passages = ttag_model_get(model)->passages.unit != TTAG_UNIT_ARTICLE;
    ttag_status status = tally_start(t, ttag_model_get(model), opts, err);
    if (status == TTAG_OK)
        status = article_batch_init(&r.batch, model, &how, thread_count(opts->threads), err);
    if (status == TTAG_OK)
        status = read_all(&r, err);
    article_batch_dispose(&r.batch);
    mem_free(r.unknown);
    joined_dispose(&r.articles);
    return status;
}

ttag_status tally_feed(tally *t, const ttag_model *model, ttag_reader *feed,
                       const ttag_evaluate_opts *opts, ttag_error *err)
{
    ttag_status status = ttag_model_verify(model, err);
    return status == TTAG_OK ? tally_feed_unverified(t, model, feed, opts, err) : status;
}
