/* Copies of articles. */
#include "train/held.h"

#include "base/memory.h"
#include "base/view.h"

static bool copy_view(arena *memory, ttag_view *view)
{
    if (!view->bytes)
        return true;
    *view = arena_copy(memory, *view);
    return view->bytes;
}

static bool copy_views(arena *memory, const ttag_view **views, size_t count)
{
    ttag_view *copies = arena_new(memory, count, sizeof *copies);
    if (!copies)
        return false;
    for (size_t i = 0; i < count; i++) {
        copies[i] = (*views)[i];
        if (!copy_view(memory, &copies[i]))
            return false;
    }
    *views = copies;
    return true;
}

static bool article_copy(arena *memory, ttag_article *a)
{
    ttag_view *views[] = {&a->text, &a->title, &a->id,      &a->date,  &a->source,
                          &a->url,  &a->group, &a->article, &a->record};
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (!copy_view(memory, views[i]))
            return false;
    ttag_view path = view_of(a->path);
    if (!copy_view(memory, &path))
        return false;
    a->path = path.bytes;
    return copy_views(memory, &a->tags, a->n_tags) && copy_views(memory, &a->unknown, a->n_unknown);
}

ttag_status held_add(held_list *list, const ttag_article *article, size_t n_tags)
{
    held_article held = {*article, n_tags};
    held.article.record = (ttag_view){NULL, 0}; /* training has no use for it */
    if (!mem_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items) ||
        !article_copy(&list->memory, &held.article))
        return TTAG_NOMEM;
    list->items[list->count++] = held;
    return TTAG_OK;
}

void held_dispose(held_list *list)
{
    mem_free(list->items);
    arena_dispose(&list->memory);
    *list = (held_list){0};
}
