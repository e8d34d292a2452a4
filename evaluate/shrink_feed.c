/* Copies what evaluating asks of an article, and evaluates the copies. */
#include "evaluate/shrink_feed.h"

#include "articles/unknown_rules.h"
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

/* The tags that the article calls unknown, and those about which rules say that it says nothing;
   NULL: no memory. */
static const ttag_view *copy_unknown(shrink_feed *f, const ttag_article *article, size_t *n)
{
    uint64_t rules = ttag_unknown_rules_of_article(f->rules, article);
    size_t n_tags = rules ? f->model->n_tags : 0;
    ttag_view *names = mem_new(article->n_unknown + n_tags, sizeof *names);
    if (!names)
        return NULL;
    *n = article->n_unknown;
    for (size_t i = 0; i < *n; i++)
        names[i] = article->unknown[i];
    for (size_t t = 0; t < n_tags; t++)
        if (rules & f->tag_rules[t])
            names[(*n)++] = f->model->tags[t].name;
    f->record_rules |= rules;
    const ttag_view *copies = copy_names(&f->texts, names, *n);
    mem_free(names);
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
                         .unknown_others = article->unknown_others,
                         .labelled = true,
                         .weight = 1};
    copy.unknown = copy_unknown(f, article, &copy.n_unknown);
    if (!copy.text.bytes || !copy.title.bytes || !copy.tags || !copy.unknown ||
        !mem_grow(&f->articles, &f->capacity, f->size + 1, sizeof *f->articles))
        return fail_memory(err);
    f->articles[f->size++] = copy;
    return TTAG_OK;
}

/* Which rules are about each tag. */
static ttag_status note_rules(shrink_feed *f, ttag_error *err)
{
    if (ttag_unknown_rules_count(f->rules) == 0)
        return TTAG_OK;
    f->tag_rules = mem_new(f->model->n_tags, sizeof *f->tag_rules);
    for (size_t t = 0; f->tag_rules && t < f->model->n_tags; t++)
        f->tag_rules[t] = ttag_unknown_rules_of_tag(f->rules, f->model->tags[t].name);
    return f->tag_rules ? TTAG_OK : fail_memory(err);
}

static void tell_idle_rules(const shrink_feed *f, const ttag_monitor *monitor)
{
    uint64_t tags = 0;
    for (size_t t = 0; f->tag_rules && t < f->model->n_tags; t++)
        tags |= f->tag_rules[t];
    unknown_rules_tell_idle(f->rules, f->record_rules, tags, monitor);
}

static ttag_status read_all(shrink_feed *f, ttag_reader *feed, const ttag_monitor *monitor,
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
    if (f->size > 0) {
        tell_idle_rules(f, monitor);
        return TTAG_OK;
    }
    return fail(err, TTAG_EMPTY,
                "no labelled article was read: %zu without tags, %zu refused; "
                "expected records with \"tags\"",
                f->unlabelled, f->refused);
}

ttag_status shrink_feed_read(shrink_feed *f, ttag_reader *feed, const ttag_monitor *monitor,
                             ttag_error *err)
{
    ttag_status status = note_rules(f, err);
    return status == TTAG_OK ? read_all(f, feed, monitor, err) : status;
}

void shrink_feed_dispose(shrink_feed *f)
{
    mem_free(f->tag_rules);
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
