/* Rows are read one after another, so that each is read once. */
#include "classify/tag_columns.h"

#include "base/memory.h"
#include "base/radix.h"

void tag_columns_dispose(tag_columns *c)
{
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

static void fill(tag_columns *c, const ttag_model_parts *parts, const uint32_t *originals,
                 const uint32_t *tags, size_t n)
{
    size_t n_terms = parts->vocabulary.n_terms;
    for (size_t i = 0; i < n_terms; i++) {
        const float *row = parts->weights + originals[i] * parts->weight_stride;
        for (size_t k = 0; k < n; k++)
            c->numbers[k * n_terms + i] = row[tags[k]];
    }
    for (size_t k = 0; k < n; k++)
        c->of_tag[tags[k]] = c->numbers + k * n_terms;
}

bool tag_columns_make(tag_columns *out, const ttag_model_parts *parts, const uint32_t *originals,
                      size_t most_bytes)
{
    size_t column_size = parts->vocabulary.n_terms * sizeof *out->numbers; /* as a row has them */
    size_t n = column_size > 0 ? most_bytes / column_size : 0;
    n = n < parts->n_tags ? n : parts->n_tags;
    uint32_t *tags = mem_new(parts->n_tags, sizeof *tags);
    *out = (tag_columns){.numbers = mem_huge(n, column_size),
                         .of_tag = mem_zero(parts->n_tags, sizeof *out->of_tag)};
    bool ok = tags && out->numbers && out->of_tag && tags_rank(tags, parts);
    if (ok)
        fill(out, parts, originals, tags, n);
    else
        tag_columns_dispose(out);
    mem_free(tags);
    return ok;
}
