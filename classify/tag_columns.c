/* Rows are read, which lie one after another; what is written to lies apart, but is little. */
#include "classify/tag_columns.h"

#include <string.h>

#include "base/memory.h"
#include "base/radix.h"

void tag_columns_dispose(tag_columns *c)
{
    mem_free(c->tags);
    mem_free(c->numbers);
    mem_free((void *)c->of_tag);
    *c = (tag_columns){0};
}

bool tags_rank(uint32_t *tags, const ttag_model_parts *parts)
{
    size_t n = parts->n_tags;
    radix_item *items = mem_new(2 * n, sizeof *items);
    for (size_t t = 0; items && t < n; t++)
        items[t] = (radix_item){UINT32_MAX - parts->tags[t].support, t};
    const radix_item *sorted = items ? radix_sort(items, items + n, n, UINT32_MAX) : NULL;
    for (size_t i = 0; sorted && i < n; i++)
        tags[i] = (uint32_t)sorted[i].what;
    mem_free(items);
    return sorted != NULL;
}

bool tag_columns_init(tag_columns *out, const ttag_model_parts *parts, size_t most_bytes)
{
    size_t n_terms = parts->vocabulary.n_terms;
    size_t column_size = n_terms * sizeof *out->numbers; /* as a row has them: no overflow */
    size_t n = column_size > 0 ? most_bytes / column_size : 0;
    n = n < parts->n_tags ? n : parts->n_tags;
    *out = (tag_columns){.n = n,
                         .n_terms = n_terms,
                         .tags = mem_new(parts->n_tags, sizeof *out->tags),
                         .numbers = mem_huge(n, column_size),
                         .of_tag = mem_zero(parts->n_tags, sizeof *out->of_tag)};
    if (!out->tags || !out->numbers || !out->of_tag || !tags_rank(out->tags, parts)) {
        tag_columns_dispose(out);
        return false;
    }
    memset(out->numbers, 0, n * column_size);
    for (size_t k = 0; k < n; k++)
        out->of_tag[out->tags[k]] = out->numbers + k * n_terms;
    return true;
}

void tag_columns_fill(tag_columns *c, const float *rows, size_t stride, const uint32_t *places,
                      size_t n)
{
    for (size_t i = 0; i < n; i++, rows += stride) {
        float *column = c->numbers + places[i];
        for (size_t k = 0; k < c->n; k++, column += c->n_terms)
            if (rows[c->tags[k]] != 0) /* most are, and their places are seldom in the cache */
                *column = rows[c->tags[k]];
    }
}
