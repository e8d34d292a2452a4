/* Copies text, title and tags in the form in which they are digested, and the rest behind them. */
#include "train/article_copy.h"

#include <string.h>

#include "base/memory.h"

enum { SIZE_BYTES = 8 };

static char *put_size(char *to, size_t size)
{
    for (int i = 0; i < SIZE_BYTES; i++)
        *to++ = (char)(unsigned char)((uint64_t)size >> (8 * i));
    return to;
}

/* The view's size and bytes; *view is then the copy. */
static char *put_view(char *to, ttag_view *view)
{
    to = put_size(to, view->size);
    if (view->size)
        memcpy(to, view->bytes, view->size);
    if (view->bytes)
        view->bytes = to;
    return to + view->size;
}

static bool digested_size(size_t *size, const ttag_article *a)
{
    bool ok = size_add(size, 3 * (size_t)SIZE_BYTES, a->text.size) &&
              size_add(size, *size, a->title.size);
    for (size_t i = 0; ok && i < a->n_tags; i++)
        ok = size_add(size, *size, SIZE_BYTES + a->tags[i].size);
    return ok;
}

static bool copy_digested(article_copy *copy, arena *memory)
{
    ttag_article *a = &copy->article;
    size_t size;
    if (!digested_size(&size, a))
        return false;
    ttag_view *tags = arena_new(memory, a->n_tags, sizeof *tags);
    char *bytes = arena_new(memory, size, 1);
    if (!tags || !bytes)
        return false;
    copy->digested = (ttag_view){bytes, size};
    bytes = put_view(bytes, &a->text);
    bytes = put_view(bytes, &a->title);
    bytes = put_size(bytes, a->n_tags);
    for (size_t i = 0; i < a->n_tags; i++) {
        tags[i] = a->tags[i];
        bytes = put_view(bytes, &tags[i]);
    }
    a->tags = tags;
    return true;
}

static bool copy_view(ttag_view *view, arena *memory)
{
    if (!view->bytes)
        return true;
    *view = arena_copy(memory, *view);
    return view->bytes;
}

static bool copy_unknown(ttag_article *a, arena *memory)
{
    ttag_view *unknown = arena_new(memory, a->n_unknown, sizeof *unknown);
    bool ok = unknown;
    for (size_t i = 0; ok && i < a->n_unknown; i++) {
        unknown[i] = a->unknown[i];
        ok = copy_view(&unknown[i], memory);
    }
    a->unknown = unknown;
    return ok;
}

bool article_copy_make(article_copy *copy, const ttag_article *article, arena *memory)
{
    static const ttag_view absent = {NULL, 0};
    copy->article = *article;
    ttag_article *a = &copy->article;
    a->id = a->date = a->source = a->url = a->record = absent;
    a->dropped = NULL; /* of the original's text */
    a->n_dropped = 0;
    return copy_digested(copy, memory) && copy_view(&a->group, memory) &&
           copy_view(&a->article, memory) && copy_unknown(a, memory);
}
