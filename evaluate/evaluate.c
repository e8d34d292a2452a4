/* Reads labelled articles, tags them in batches, and has the outcome measured. */
#include "ttag/evaluate.h"

#include "base/error.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "evaluate/article_batch.h"
#include "evaluate/evaluation.h"

/* Everything that lives while a feed is read. */
typedef struct run {
    ttag_reader *feed;
    const ttag_monitor *monitor;
    article_batch batch;
    outcomes results;
    truth labels;
    size_t unlabelled, refused;
} run;

static ttag_status start(run *r, const ttag_model *model, const ttag_evaluate_opts *opts,
                         ttag_error *err)
{
    const ttag_model_parts *parts = ttag_model_get(model);
    ttag_classify_opts how = TTAG_CLASSIFY_OPTS_INIT;
    how.cut = opts->cut;
    how.probability = opts->probability;
    how.no_implies = opts->no_implies;
    how.threads = 1;
    r->results.n_tags = r->results.n_scored = parts->n_tags;
    ttag_status status = truth_init(&r->labels, parts, opts->imply_truth, err);
    if (status != TTAG_OK)
        return status;
    return article_batch_init(&r->batch, model, &how, thread_count(opts->threads), err);
}

static ttag_status flush(run *r, ttag_error *err)
{
    ttag_status status = article_batch_classify(&r->batch, &r->results, r->monitor, err);
    tell_progress(r->monitor, "evaluating", (double)r->results.n_documents, 0);
    return status;
}

static ttag_status take(run *r, const ttag_article *article, ttag_error *err)
{
    if (!article->labelled) {
        r->unlabelled++;
        return TTAG_OK;
    }
    ttag_status status = truth_add(&r->labels, article, err);
    if (status == TTAG_OK)
        status = article_batch_add(&r->batch, article, err);
    if (status == TTAG_OK && article_batch_full(&r->batch))
        status = flush(r, err);
    return status;
}

/* Reads to the end; a record or file that cannot be read is told and counted. */
static ttag_status read_all(run *r, ttag_error *err)
{
    for (;;) {
        ttag_article article;
        ttag_error trouble = {0};
        ttag_status status = ttag_reader_next(r->feed, &article, &trouble);
        if (status == TTAG_END)
            return flush(r, err);
        if (status == TTAG_PARSE || status == TTAG_IO) {
            tell_error(r->monitor, TTAG_ERROR, &trouble);
            r->refused++;
        } else if (status != TTAG_OK) {
            if (err)
                *err = trouble;
            return status;
        } else if ((status = take(r, &article, err)) != TTAG_OK) {
            return status;
        }
    }
}

ttag_status ttag_evaluate(ttag_evaluation **out, const ttag_model *model, ttag_reader *feed,
                          const ttag_evaluate_opts *opts, ttag_error *err)
{
    const ttag_evaluate_opts defaults = TTAG_EVALUATE_OPTS_INIT;
    if (!opts)
        opts = &defaults;
    run r = {.feed = feed, .monitor = opts->monitor};
    *out = NULL;
    ttag_status status = ttag_model_verify(model, err);
    if (status != TTAG_OK)
        return status;
    if ((status = start(&r, model, opts, err)) != TTAG_OK ||
        (status = read_all(&r, err)) != TTAG_OK)
        goto done;
    if (r.results.n_documents == 0) {
        status = fail(err, TTAG_EMPTY,
                      "no labelled article was read: %zu without tags, %zu refused; "
                      "expected records with \"tags\"",
                      r.unlabelled, r.refused);
        goto done;
    }
    status = evaluation_new(out, ttag_model_get(model), &r.labels, &r.results, opts, err);
    if (status == TTAG_OK) {
        (*out)->unlabelled = r.unlabelled;
        (*out)->refused = r.refused;
    }
done:
    article_batch_dispose(&r.batch);
    outcomes_dispose(&r.results);
    truth_dispose(&r.labels);
    return status;
}
