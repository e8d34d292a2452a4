/* The list of held articles. */
#include "train/held.h"

#include "base/memory.h"

ttag_status held_add(held_list *list, const article_copy *from, size_t n_tags)
{
    held_article held = {.n_tags = n_tags};
    if (!mem_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items) ||
        !article_copy_make(&held.copy, &from->article, &list->memory))
        return TTAG_NOMEM;
    held.copy.unknown_rules = from->unknown_rules;
    list->items[list->count++] = held;
    return TTAG_OK;
}

void held_dispose(held_list *list)
{
    mem_free(list->items);
    arena_dispose(&list->memory);
    *list = (held_list){0};
}
