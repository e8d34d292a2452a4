/* Copies what evaluating asks of an article, and evaluates the copies. */
#include "evaluate/shrink_feed.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "evaluate/article_batch.h"

/* ---- Reading. ---- */

/* NULL: no memory. */
static const ttag_view *copy_names(arena *a, const ttag_view *names, size_t n)
{
    ttag_view *copies = arena_new(a, n ? n : 1, sizeof *copies);
    for (size_t i = 0; copies && i < n; i++) {
        copies[i] = arena_copy(a, names[i]);
        if (!copies[i].bytes)
            return NULL;
    }
    return copies;
}

static ttag_status keep(shrink_feed *f, const ttag_article *article, ttag_error *err)
{
    if (!article->labelled) {
        f->unlabelled++;
        return TTAG_OK;
    }
    ttag_article copy = {.text = arena_copy(&f->texts, article->text),
                         .title = arena_copy(&f->texts, article->title),
                         .tags = copy_names(&f->texts, article->tags, article->n_tags),
                         .n_tags = article->n_tags,
                         .unknown = copy_names(&f->texts, article->unknown, article->n_unknown),
                         .n_unknown = article->n_unknown,
                         .unknown_others = article->unknown_others,
                         .labelled = true,
                         .weight = 1};
    if (!copy.text.bytes || !copy.title.bytes || !copy.tags || !copy.unknown ||
        !mem_grow(&f->articles, &f->capacity, f->size + 1, sizeof *f->articles))
        return fail_memory(err);
    f->articles[f->size++] = copy;
    return TTAG_OK;
}

ttag_status shrink_feed_read(shrink_feed *f, ttag_reader *feed, const ttag_monitor *monitor,
                             ttag_error *err)
{
    for (;;) {
        ttag_article article;
        ttag_error trouble = {0};
        ttag_status status = ttag_reader_next(feed, &article, &trouble);
        if (status == TTAG_END)
            break;
        if (status == TTAG_PARSE || status == TTAG_IO) {
            tell_error(monitor, TTAG_ERROR, &trouble);
            f->refused++;
        } else if (status != TTAG_OK) {
            if (err)
                *err = trouble;
            return status;
        } else if ((status = keep(f, &article, err)) != TTAG_OK) {
            return status;
        }
        if (f->size % 1024 == 0)
            tell_progress(monitor, "reading", (double)f->size, 0);
    }
    if (f->size > 0)
        return TTAG_OK;
    return fail(err, TTAG_EMPTY,
                "no labelled article was read: %zu without tags, %zu refused; "
                "expected records with \"tags\"",
                f->unlabelled, f->refused);
}

void shrink_feed_dispose(shrink_feed *f)
{
    mem_free(f->articles);
    arena_dispose(&f->texts);
    *f = (shrink_feed){0};
}

/* ---- Evaluating. ---- */

static ttag_status tally_all(tally *t, article_batch *batch, const shrink_feed *f,
                             const ttag_monitor *monitor, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (size_t i = 0; status == TTAG_OK && i < f->size; i++) {
        const ttag_article *article = &f->articles[i];
        truth_labels labels = {article->tags, article->n_tags, article->unknown, article->n_unknown,
                               article->unknown_others};
        status = truth_add(&t->labels, &labels, err);
        if (status == TTAG_OK)
            status = article_batch_add(batch, article, err);
        if (status == TTAG_OK && (article_batch_full(batch) || i + 1 == f->size)) {
            status = article_batch_classify(batch, &t->results, monitor, err);
            article_batch_clear(batch);
        }
    }
    return status;
}

ttag_status shrink_feed_tally(tally *t, const ttag_model *model, const shrink_feed *f,
                              unsigned threads, const ttag_monitor *monitor, ttag_error *err)
{
    static const ttag_evaluate_opts opts = TTAG_EVALUATE_OPTS_INIT;
    ttag_classify_opts how = TTAG_CLASSIFY_OPTS_INIT;
    article_batch batch = {0};
    how.threads = 1;
    t->unlabelled = f->unlabelled;
    t->refused = f->refused;
    ttag_status status = tally_start(t, ttag_model_get(model), &opts, err);
    if (status == TTAG_OK)
        status = article_batch_init(&batch, model, &how, threads, err);
    if (status == TTAG_OK)
        status = tally_all(t, &batch, f, monitor, err);
    article_batch_dispose(&batch);
    return status;
}
