/* Reads labelled articles and tags them in batches. */
#include "evaluate/tally_feed.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "evaluate/article_batch.h"
#include "evaluate/joined.h"

/* A model at work, and what is found with it. */
typedef struct lane {
    article_batch batch;
    tally *t;
} lane;

/* Everything that lives while a feed is read. */
typedef struct run {
    ttag_reader *feed;
    const ttag_monitor *monitor;
    const ttag_unknown_rules *rules;
    ttag_view *unknown; /* names, of the last article to which rules applied */
    size_t unknown_capacity;
    lane *lanes;
    size_t n_lanes;
    joined_taker *row; /* may be NULL */
    void *context;
    bool keep_articles; /* notes go to the first lane's tally */
    bool of_passages;   /* a model scores these */
    joined articles;    /* then: of records that name theirs */
    article_notes joined_notes;
} run;

static ttag_status flush(run *r, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (size_t i = 0; i < r->n_lanes && status == TTAG_OK; i++) {
        lane *l = &r->lanes[i];
        tally *t = l->t;
        status = article_batch_classify(&l->batch, &t->results, r->monitor, err);
        if (status == TTAG_OK)
            status = worst_errors_note(&t->worst, &t->results, &t->labels, l->batch.articles,
                                       l->batch.size, err);
        article_batch_clear(&l->batch);
    }
    tell_progress(r->monitor, "evaluating", (double)r->lanes[0].t->results.n_documents, 0);
    return status;
}

/* Tags of the lane's model that one of the rules is about. */
static void add_unknown(run *r, truth_labels *labels, const tally *t, uint64_t rules)
{
    for (size_t i = 0; i < t->n_tags; i++)
        if (rules & t->tag_rules[i])
            r->unknown[labels->n_unknown++] = t->tags[i].name;
}

/* Adds to the tags that the article calls unknown those that rules say it says nothing about. */
static ttag_status apply_rules(run *r, truth_labels *labels, const ttag_article *article,
                               ttag_error *err)
{
    uint64_t rules = ttag_unknown_rules_of_article(r->rules, article);
    size_t most = article->n_unknown;
    for (size_t i = 0; i < r->n_lanes; i++) {
        r->lanes[i].t->record_rules |= rules;
        most += r->lanes[i].t->n_tags;
    }
    if (!rules)
        return TTAG_OK;
    if (!mem_grow(&r->unknown, &r->unknown_capacity, most, sizeof *r->unknown))
        return fail_memory(err);
    for (size_t i = 0; i < article->n_unknown; i++)
        r->unknown[i] = article->unknown[i];
    for (size_t i = 0; i < r->n_lanes; i++)
        add_unknown(r, labels, r->lanes[i].t, rules);
    labels->unknown = r->unknown;
    return TTAG_OK;
}

static ttag_status take_row(void *context, const ttag_article *article, const truth_labels *labels,
                            ttag_error *err)
{
    run *r = context;
    ttag_status status = r->row ? r->row(r->context, article, labels, err) : TTAG_OK;
    for (size_t i = 0; i < r->n_lanes && status == TTAG_OK; i++) {
        status = truth_add(&r->lanes[i].t->labels, labels, err);
        if (status == TTAG_OK)
            status = article_batch_add(&r->lanes[i].batch, article, err);
    }
    if (status == TTAG_OK && article_batch_full(&r->lanes[0].batch))
        status = flush(r, err);
    return status;
}

static void count_unlabelled(run *r)
{
    for (size_t i = 0; i < r->n_lanes; i++)
        r->lanes[i].t->unlabelled++;
}

static void count_refused(run *r)
{
    for (size_t i = 0; i < r->n_lanes; i++)
        r->lanes[i].t->refused++;
}

static ttag_status take(run *r, const ttag_article *article, ttag_error *err)
{
    if (!article->labelled) {
        count_unlabelled(r);
        return TTAG_OK;
    }
    truth_labels labels = {article->tags, article->n_tags, article->unknown, article->n_unknown,
                           article->unknown_others};
    ttag_status status = apply_rules(r, &labels, article, err);
    if (status != TTAG_OK)
        return status;
    bool joins = r->of_passages && article->article.size > 0;
    size_t before = r->articles.wholes.count;
    status = joins ? joined_add(&r->articles, article, &labels, err)
                   : take_row(r, article, &labels, err);
    bool is_new = !joins || r->articles.wholes.count > before;
    if (status == TTAG_OK && is_new && r->keep_articles)
        status = article_notes_add(joins ? &r->joined_notes : &r->lanes[0].t->notes, article, err);
    return status;
}

static ttag_status finish(run *r, ttag_error *err)
{
    ttag_status status = joined_each(&r->articles, take_row, r, err);
    if (status == TTAG_OK)
        status = article_notes_append(&r->lanes[0].t->notes, &r->joined_notes, err);
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
            count_refused(r);
        } else if (status != TTAG_OK) {
            if (err)
                *err = trouble;
            return status;
        } else if ((status = take(r, &article, err)) != TTAG_OK) {
            return status;
        }
    }
}

static ttag_status start_lane(run *r, lane *l, const ttag_model *model,
                              const ttag_evaluate_opts *opts, ttag_error *err)
{
    const ttag_model_parts *parts = ttag_model_get(model);
    ttag_classify_opts how = TTAG_CLASSIFY_OPTS_INIT;
    how.cut = opts->cut;
    how.probability = opts->probability;
    how.no_implies = opts->no_implies;
    how.threads = 1;
    r->of_passages = r->of_passages || parts->passages.unit != TTAG_UNIT_ARTICLE;
    ttag_status status = tally_start(l->t, parts, opts, err);
    if (status == TTAG_OK && opts->keep_articles)
        status = worst_errors_start(&l->t->worst, l->t->n_tags, WORST_OF_TAG, err);
    if (status == TTAG_OK)
        status = article_batch_init(&l->batch, model, &how, thread_count(opts->threads), err);
    return status;
}

static ttag_status feed_each(tally *tallies, const ttag_model *const *models, run *r,
                             const ttag_evaluate_opts *opts, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    r->monitor = opts->monitor;
    r->rules = opts->unknown_where;
    r->keep_articles = opts->keep_articles;
    for (size_t i = 0; i < r->n_lanes && status == TTAG_OK; i++) {
        r->lanes[i].t = &tallies[i];
        status = start_lane(r, &r->lanes[i], models[i], opts, err);
    }
    if (status == TTAG_OK)
        status = read_all(r, err);
    for (size_t i = 0; i < r->n_lanes && status == TTAG_OK && r->keep_articles; i++)
        status = worst_errors_explain(&tallies[i].worst, models[i], ERRORS_EXPLAINED, err);
    for (size_t i = 0; i < r->n_lanes; i++)
        article_batch_dispose(&r->lanes[i].batch);
    mem_free(r->unknown);
    joined_dispose(&r->articles);
    article_notes_dispose(&r->joined_notes);
    return status;
}

ttag_status tally_feed_unverified(tally *t, const ttag_model *model, ttag_reader *feed,
                                  const ttag_evaluate_opts *opts, ttag_error *err)
{
    lane only = {.t = t};
    run r = {.feed = feed, .lanes = &only, .n_lanes = 1};
    return feed_each(t, &model, &r, opts, err);
}

ttag_status tally_feed(tally *t, const ttag_model *model, ttag_reader *feed,
                       const ttag_evaluate_opts *opts, ttag_error *err)
{
    ttag_status status = ttag_model_verify(model, err);
    return status == TTAG_OK ? tally_feed_unverified(t, model, feed, opts, err) : status;
}

ttag_status tally_feed_each(tally *tallies, const ttag_model *const *models, size_t n,
                            ttag_reader *feed, const ttag_evaluate_opts *opts, joined_taker *row,
                            void *context, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (size_t i = 0; i < n && status == TTAG_OK; i++)
        status = ttag_model_verify(models[i], err);
    if (status != TTAG_OK)
        return status;
    lane *lanes = mem_zero(n, sizeof *lanes);
    run r = {.feed = feed, .lanes = lanes, .n_lanes = n, .row = row, .context = context};
    status = lanes ? feed_each(tallies, models, &r, opts, err) : fail_memory(err);
    mem_free(lanes);
    return status;
}
