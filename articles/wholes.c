/* Texts by article, as they come. */
#include "articles/wholes.h"

#include <string.h>

#include "base/memory.h"
#include "base/view.h"

/* Number of the article that the record belongs to, in `*at`. */
static bool find_whole(whole_list *l, const ttag_article *record, size_t *at)
{
    uint32_t name = INTERN_NONE;
    *at = l->count;
    if (record->article.size > 0) {
        size_t known = l->names.count;
        if (!mem_grow(&l->of_name, &l->of_name_capacity, known + 1, sizeof *l->of_name))
            return false;
        name = intern_add(&l->names, record->article);
        if (name == INTERN_NONE)
            return false;
        if (name < known)
            *at = l->of_name[name];
        else
            l->of_name[name] = (uint32_t)l->count;
    }
    if (*at < l->count)
        return true;
    if (l->count >= UINT32_MAX || !mem_grow(&l->items, &l->capacity, *at + 1, sizeof *l->items))
        return false;
    l->items[l->count++] =
        (whole_article){.name = name, .row = (uint32_t)l->n_rows, .split = name == INTERN_NONE};
    return true;
}

static bool add_text(whole_list *l, whole_article *w, ttag_view text)
{
    whole_text item = {.text = arena_copy(&l->memory, text)};
    if (!item.text.bytes ||
        !mem_grow(&l->texts, &l->texts_capacity, l->n_texts + 1, sizeof *l->texts))
        return false;
    l->texts[l->n_texts++] = item;
    if (w->last > 0)
        l->texts[w->last - 1].next = l->n_texts;
    else
        w->first = l->n_texts;
    w->last = l->n_texts;
    return true;
}

bool whole_list_add(whole_list *l, const ttag_article *record, size_t n_rows)
{
    size_t at, n;
    if (!find_whole(l, record, &at) || !add_text(l, &l->items[at], record->text) ||
        !size_add(&n, l->n_rows, n_rows) ||
        !mem_grow(&l->of_row, &l->rows_capacity, n, sizeof *l->of_row))
        return false;
    if (l->items[at].title.size == 0 && record->title.size > 0) {
        l->items[at].title = arena_copy(&l->memory, record->title);
        if (!l->items[at].title.bytes)
            return false;
    }
    while (l->n_rows < n)
        l->of_row[l->n_rows++] = (uint32_t)at;
    return true;
}

ttag_article whole_list_get(const whole_list *l, size_t i, buffer *scratch)
{
    buffer_clear(scratch);
    for (size_t at = l->items[i].first; at > 0; at = l->texts[at - 1].next) {
        if (scratch->size > 0)
            buffer_text(scratch, "\n\n");
        buffer_view(scratch, l->texts[at - 1].text);
    }
    const whole_article *whole = &l->items[i];
    ttag_article article = {.text = buffer_as_view(scratch), .title = whole->title, .weight = 1};
    if (whole->name != INTERN_NONE)
        article.article = intern_view(&l->names, whole->name);
    return article;
}

void whole_list_truth(const whole_list *l, const signed char *rows, signed char *truth)
{
    memset(truth, -1, l->count);
    for (size_t i = 0; i < l->n_rows; i++) {
        signed char *whole = &truth[l->of_row[i]];
        if (rows[i] > 0 || (rows[i] == 0 && *whole < 0))
            *whole = rows[i];
    }
}

void whole_list_dispose(whole_list *l)
{
    intern_dispose(&l->names);
    mem_free(l->of_name);
    mem_free(l->items);
    mem_free(l->texts);
    mem_free(l->of_row);
    arena_dispose(&l->memory);
    *l = (whole_list){0};
}
