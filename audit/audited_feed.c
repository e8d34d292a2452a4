/* Reading, copying, numbering. */
#include "audit/audited_feed.h"

#include <stdlib.h>

#include "articles/each_article.h"
#include "audit/language_guess.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/view.h"

enum { BLOCK = 64 /* articles that a worker takes at once */ };

/* ---- Reading. ---- */

/* false: no memory. */
static bool copy_view(audited_feed *f, ttag_view *out, ttag_view from)
{
    *out = (ttag_view){0};
    if (!from.bytes)
        return true;
    *out = arena_copy(&f->texts, from);
    return out->bytes != NULL;
}

/* The reader's paths go with the reader: a file's is copied once. */
static const char *keep_path(audited_feed *f, const char *path)
{
    const char *last = f->n ? f->articles[f->n - 1].path : NULL;
    if (last && strcmp(last, path) == 0)
        return last;
    return arena_copy(&f->texts, view_of(path)).bytes;
}

static bool copy_tags(audited_feed *f, ttag_audited *to, const ttag_article *article)
{
    uint32_t *tags = arena_new(&f->texts, article->n_tags, sizeof *tags);
    if (!tags)
        return false;
    for (size_t i = 0; i < article->n_tags; i++) {
        tags[i] = intern_add(&f->names, article->tags[i]);
        if (tags[i] == INTERN_NONE)
            return false;
    }
    to->tags = tags;
    to->n_tags = article->n_tags;
    return true;
}

/* false: no memory. */
static bool keep(audited_feed *f, const ttag_record *record, const ttag_article *article)
{
    if (f->n >= UINT32_MAX - 1 ||
        !mem_grow(&f->articles, &f->capacity, f->n + 1, sizeof *f->articles) ||
        !mem_grow(&f->weights, &f->weights_capacity, f->n + 1, sizeof *f->weights))
        return false;
    ttag_audited *to = &f->articles[f->n];
    *to = (ttag_audited){.line = article->line, .labelled = article->labelled};
    to->path = keep_path(f, article->path ? article->path : "-");
    if (!to->path || !copy_view(f, &to->id, article->id) ||
        !copy_view(f, &to->title, article->title) || !copy_view(f, &to->text, article->text) ||
        !copy_view(f, &to->source, article->source) || !copy_tags(f, to, article) ||
        !record_list_add(&f->records, record))
        return false;
    f->records.items[f->records.count - 1].record.path = to->path;
    f->weights[f->n++] = article->weight;
    f->labelled += article->labelled;
    return true;
}

static ttag_status take(void *context, const ttag_record *record, const ttag_article *article,
                        ttag_error *err)
{
    return keep(context, record, article) ? TTAG_OK : fail_memory(err);
}

ttag_status audited_feed_read(audited_feed *f, ttag_reader *feed, const ttag_monitor *monitor,
                              ttag_error *err)
{
    return each_article(feed, take, f, monitor, &f->refused, err);
}

/* ---- Tags. ---- */

typedef struct named_tag {
    ttag_view name;
    uint32_t number;
} named_tag;

static int by_name(const void *a, const void *b)
{
    return view_compare(((const named_tag *)a)->name, ((const named_tag *)b)->name);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Gives the articles' tags their places in order of name, and counts. */
static void renumber(audited_feed *f, const uint32_t *place, ttag_audit_tag *tags)
{
    for (size_t i = 0; i < f->n; i++) {
        uint32_t *own = (uint32_t *)(uintptr_t)f->articles[i].tags;
        for (size_t k = 0; k < f->articles[i].n_tags; k++) {
            own[k] = place[own[k]];
            tags[own[k]].support++;
        }
        qsort(own, f->articles[i].n_tags, sizeof *own, by_number);
    }
}

ttag_status audited_feed_number_tags(audited_feed *f, ttag_audit_tag **tags, size_t *n)
{
    size_t count = f->names.count;
    named_tag *sorted = mem_new(count, sizeof *sorted);
    uint32_t *place = mem_new(count, sizeof *place);
    *tags = mem_zero(count, sizeof **tags);
    *n = count;
    bool ok = sorted && place && *tags;
    for (uint32_t i = 0; ok && i < count; i++)
        sorted[i] = (named_tag){intern_view(&f->names, i), i};
    if (ok)
        qsort(sorted, count, sizeof *sorted, by_name);
    for (uint32_t i = 0; ok && i < count; i++) {
        place[sorted[i].number] = i;
        (*tags)[i].name = sorted[i].name;
    }
    if (ok)
        renumber(f, place, *tags);
    mem_free(sorted);
    mem_free(place);
    return ok ? TTAG_OK : TTAG_NOMEM;
}

/* ---- Words. ---- */

typedef struct words_task {
    audited_feed *feed;
    language_words small;
} words_task;

static ttag_status look_at_block(void *context, size_t block, unsigned worker)
{
    const words_task *task = context;
    audited_feed *f = task->feed;
    size_t end = (block + 1) * BLOCK < f->n ? (block + 1) * BLOCK : f->n;
    (void)worker;
    for (size_t i = block * BLOCK; i < end; i++) {
        ttag_audited *a = &f->articles[i];
        if (!article_words_make(&f->words[i], a->title, a->text))
            return TTAG_NOMEM;
        a->words = f->words[i].n;
        a->language = language_guess(&task->small, a->text);
    }
    return TTAG_OK;
}

ttag_status audited_feed_words(audited_feed *f, unsigned threads, const ttag_monitor *monitor)
{
    words_task task = {.feed = f};
    language_words_init(&task.small);
    f->words = mem_zero(f->n, sizeof *f->words);
    if (!f->words)
        return TTAG_NOMEM;
    return parallel_for(threads, (f->n + BLOCK - 1) / BLOCK, look_at_block, &task, monitor, NULL);
}

void audited_feed_dispose(audited_feed *f)
{
    for (size_t i = 0; f->words && i < f->n; i++)
        article_words_dispose(&f->words[i]);
    mem_free(f->words);
    mem_free(f->weights);
    mem_free(f->articles);
    record_list_dispose(&f->records);
    intern_dispose(&f->names);
    arena_dispose(&f->texts);
    *f = (audited_feed){0};
}
