/* Tags batches of articles into the table of outcomes. */
#include "evaluate/article_batch.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"

enum {
    BATCH_ARTICLES = 1024,
    BATCH_BYTES = 8 << 20,
    TOGETHER = 8 /* articles that a worker tags at a time */
};

ttag_status article_batch_init(article_batch *b, const ttag_model *model,
                               const ttag_classify_opts *opts, unsigned threads, ttag_error *err)
{
    if (threads > BATCH_ARTICLES / TOGETHER) /* more could not find work */
        threads = BATCH_ARTICLES / TOGETHER;
    b->workers = mem_zero(threads, sizeof *b->workers);
    if (!b->workers)
        return fail_memory(err);
    for (; b->n_workers < threads; b->n_workers++) {
        ttag_status status =
            ttag_workspace_new(&b->workers[b->n_workers].workspace, model, opts, err);
        if (status != TTAG_OK)
            return status;
    }
    return TTAG_OK;
}

ttag_status article_batch_add(article_batch *b, const ttag_article *article, ttag_error *err)
{
    ttag_article copy = {.text = arena_copy(&b->texts, article->text),
                         .title = arena_copy(&b->texts, article->title),
                         .weight = 1};
    if (!copy.text.bytes || !copy.title.bytes ||
        !mem_grow(&b->articles, &b->capacity, b->size + 1, sizeof *b->articles))
        return fail_memory(err);
    b->articles[b->size++] = copy;
    b->n_bytes += copy.text.size + copy.title.size;
    return TTAG_OK;
}

bool article_batch_full(const article_batch *b)
{
    return b->size >= BATCH_ARTICLES || b->n_bytes >= BATCH_BYTES;
}

/* Articles that a worker tags at a time. */
typedef struct batch_part {
    const article_batch *batch;
    size_t first;
    size_t done;
} batch_part;

/* Writes the row of one article. */
static ttag_status keep(void *payload, size_t index, const ttag_classification *result)
{
    batch_part *part = payload;
    outcomes *o = part->batch->o;
    size_t row = part->batch->first_row + part->first + index;
    unsigned char *pairs = o->pairs + row * o->n_tags;
    float *scores = o->scores + row * o->n_scored;
    float *probabilities = o->probabilities + row * o->n_scored;
    for (size_t i = 0; i < result->n_decisions; i++) {
        const ttag_decision *decision = &result->decisions[i];
        scores[decision->tag] = decision->score;
        probabilities[decision->tag] = decision->probability;
        pairs[decision->tag] = decision->given ? PAIR_GIVEN : 0;
    }
    part->done++;
    return TTAG_OK;
}

static ttag_status classify_part(void *context, size_t index, unsigned worker)
{
    article_batch *b = context;
    batch_worker *w = &b->workers[worker];
    batch_part part = {.batch = b, .first = index * TOGETHER};
    size_t left = b->size - part.first;
    ttag_status status =
        ttag_classify_many(w->workspace, b->articles + part.first,
                           left < TOGETHER ? left : TOGETHER, keep, &part, &w->error);
    if (status != TTAG_OK && w->status == TTAG_OK) {
        w->status = status;
        w->failed_row = part.first + part.done;
    }
    return status;
}

/* Why the first article that failed did. */
static ttag_status explain(const article_batch *b, ttag_status status, ttag_error *err)
{
    const batch_worker *first = NULL;
    for (unsigned i = 0; i < b->n_workers; i++) {
        const batch_worker *w = &b->workers[i];
        if (w->status != TTAG_OK && (!first || w->failed_row < first->failed_row))
            first = w;
    }
    if (status == TTAG_CANCELLED || !first)
        return fail(err, status, "stopped before all articles were tagged");
    if (err)
        *err = first->error;
    return first->status;
}

ttag_status article_batch_classify(article_batch *b, outcomes *o, const ttag_monitor *monitor,
                                   ttag_error *err)
{
    b->o = o;
    b->first_row = o->n_documents;
    ttag_status status = outcomes_extend(o, b->size, err);
    if (status != TTAG_OK)
        return status;
    status = parallel_for(b->n_workers, (b->size + TOGETHER - 1) / TOGETHER, classify_part, b,
                          monitor, NULL);
    return status == TTAG_OK ? TTAG_OK : explain(b, status, err);
}

void article_batch_clear(article_batch *b)
{
    b->size = b->n_bytes = 0;
    arena_clear(&b->texts);
}

void article_batch_dispose(article_batch *b)
{
    for (unsigned i = 0; i < b->n_workers; i++)
        ttag_workspace_free(b->workers[i].workspace);
    mem_free(b->workers);
    mem_free(b->articles);
    arena_dispose(&b->texts);
    *b = (article_batch){0};
}
