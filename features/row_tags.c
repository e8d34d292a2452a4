/* Tags are numbered as they come, and renumbered by name at the end. */
#include "features/row_tags.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/view.h"

bool row_tags_only(row_tags *rows, const ttag_view *given, size_t n_given)
{
    rows->given = given;
    rows->n_given = n_given;
    for (size_t i = 0; i < n_given; i++)
        if (intern_add(&rows->names, given[i]) == INTERN_NONE)
            return false;
    return true;
}

bool row_tags_add(row_tags *rows, const ttag_article *article)
{
    size_t n = rows->n_rows ? rows->starts[rows->n_rows] : 0;
    if (!mem_grow(&rows->starts, &rows->starts_capacity, rows->n_rows + 2, sizeof *rows->starts) ||
        !mem_grow(&rows->numbers, &rows->numbers_capacity, n + article->n_tags,
                  sizeof *rows->numbers))
        return false;
    rows->starts[rows->n_rows] = n;
    for (size_t i = 0; i < article->n_tags; i++) {
        ttag_view name = article->tags[i];
        uint32_t number =
            rows->given ? intern_find(&rows->names, name) : intern_add(&rows->names, name);
        if (number != INTERN_NONE)
            rows->numbers[n++] = number;
        else if (!rows->given)
            return false;
    }
    rows->starts[++rows->n_rows] = n;
    return true;
}

static int by_name(const void *a, const void *b)
{
    return view_compare(*(const ttag_view *)a, *(const ttag_view *)b);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool make_list(row_tags *rows)
{
    rows->n_list = rows->given ? rows->n_given : rows->names.count;
    rows->list = mem_new(rows->n_list, sizeof *rows->list);
    if (!rows->list)
        return false;
    for (size_t i = 0; i < rows->n_list; i++)
        rows->list[i] = rows->given ? rows->given[i] : intern_view(&rows->names, (uint32_t)i);
    if (!rows->given)
        qsort(rows->list, rows->n_list, sizeof *rows->list, by_name);
    return true;
}

bool row_tags_rank(row_tags *rows)
{
    uint32_t *ranks = mem_new(rows->names.count, sizeof *ranks);
    if (!ranks || !make_list(rows)) {
        mem_free(ranks);
        return false;
    }
    for (size_t i = rows->n_list; i-- > 0;) /* downwards: of equal names the first one counts */
        ranks[intern_find(&rows->names, rows->list[i])] = (uint32_t)i + 1;
    for (size_t row = 0; row < rows->n_rows; row++) {
        size_t start = rows->starts[row], n = rows->starts[row + 1] - start;
        for (size_t i = 0; i < n; i++)
            rows->numbers[start + i] = ranks[rows->numbers[start + i]];
        if (n > 1)
            qsort(rows->numbers + start, n, sizeof *rows->numbers, by_number);
    }
    mem_free(ranks);
    return true;
}

void row_tags_dispose(row_tags *rows)
{
    intern_dispose(&rows->names);
    mem_free(rows->numbers);
    mem_free(rows->starts);
    mem_free(rows->list);
    *rows = (row_tags){0};
}
