/* Who joins. */
#include "train/working_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { LEAST_GROWTH = 256 }; /* articles that may join at once, however small the set */

bool working_set_reserve(working_set *s, const kernel_source *source)
{
    size_t n_articles = source->x->n_rows;
    s->is_member = mem_new(n_articles, sizeof *s->is_member);
    s->candidates = mem_new(n_articles, sizeof *s->candidates);
    s->lacks = mem_new(n_articles, sizeof *s->lacks);
    return s->is_member && s->candidates && s->lacks && kernel_scratch_init(&s->scratch, source);
}

void working_set_dispose(working_set *s)
{
    compact_kernel_dispose(&s->kernel);
    kernel_scratch_dispose(&s->scratch);
    mem_free(s->is_member);
    mem_free(s->candidates);
    mem_free(s->lacks);
    *s = (working_set){0};
}

bool working_set_size(size_t *bytes, size_t n)
{
    enum { EACH = 4 + 16 + 4 }; /* our own value, libsvm's node, and its cache */
    return size_mul(bytes, n, n) && size_mul(bytes, *bytes, EACH);
}

bool working_set_fits(size_t n, size_t memory)
{
    size_t bytes;
    return working_set_size(&bytes, n) && bytes <= memory;
}

void working_set_clear(working_set *s, size_t n_articles, size_t memory)
{
    s->memory = memory;
    compact_kernel_clear(&s->kernel);
    memset(s->is_member, 0, n_articles);
    s->n_candidates = 0;
}

ttag_status working_set_add(working_set *s, const kernel_source *source, const uint32_t *articles,
                            size_t count)
{
    if (!working_set_fits(s->kernel.n + count, s->memory))
        return TTAG_LIMIT;
    if (!compact_kernel_add(&s->kernel, source, &s->scratch, articles, count))
        return TTAG_NOMEM;
    for (size_t k = 0; k < count; k++)
        s->is_member[articles[k]] = 1;
    return TTAG_OK;
}

typedef struct violator {
    float lack;
    uint32_t article;
} violator;

static int by_falling_lack(const void *a, const void *b)
{
    const violator *x = a;
    const violator *y = b;
    if (x->lack != y->lack)
        return x->lack < y->lack ? 1 : -1;
    return (x->article > y->article) - (x->article < y->article);
}

static bool keep_worst(working_set *s, size_t most)
{
    violator *list = mem_new(s->n_candidates, sizeof *list);
    if (!list)
        return false;
    for (size_t k = 0; k < s->n_candidates; k++)
        list[k] = (violator){s->lacks[k], s->candidates[k]};
    qsort(list, s->n_candidates, sizeof *list, by_falling_lack);
    for (size_t k = 0; k < most; k++)
        s->candidates[k] = list[k].article;
    s->n_candidates = most;
    mem_free(list);
    return true;
}

ttag_status working_set_join(working_set *s, const kernel_source *source)
{
    size_t most = s->kernel.n / 2 > LEAST_GROWTH ? s->kernel.n / 2 : LEAST_GROWTH;
    ttag_status status = TTAG_NOMEM;
    if (s->n_candidates <= most || keep_worst(s, most))
        status = working_set_add(s, source, s->candidates, s->n_candidates);
    s->n_candidates = 0;
    return status;
}
