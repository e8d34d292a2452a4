/* Which tags share a block. */
#include "train/tag_blocks.h"

#include "base/memory.h"
#include "base/sized.h"

static ttag_status list_tags(tag_blocks *b, const labels *l, const bool *constant)
{
    sized *list = mem_new(l->n_tags, sizeof *list);
    b->tags = mem_new(l->n_tags, sizeof *b->tags);
    if (!list || !b->tags) {
        mem_free(list);
        return TTAG_NOMEM;
    }
    for (uint32_t t = 0; t < l->n_tags; t++)
        if (!constant[t])
            list[b->n_tags++] = (sized){labels_support(l, t), t};
    sized_sort_falling(list, b->n_tags);
    for (size_t k = 0; k < b->n_tags; k++)
        b->tags[k] = list[k].number;
    b->n_blocks = (b->n_tags + LANES - 1) / LANES;
    mem_free(list);
    return TTAG_OK;
}

ttag_status tag_blocks_make(tag_blocks *out, const labels *l, const bool *constant,
                            const ttag_matrix *x, unsigned threads)
{
    *out = (tag_blocks){0};
    ttag_status status = list_tags(out, l, constant);
    if (status != TTAG_OK || out->n_blocks == 0)
        goto done;
    out->n_threads = threads < out->n_blocks ? threads : (unsigned)out->n_blocks;
    out->descents = mem_zero(out->n_threads, sizeof *out->descents);
    status = out->descents ? TTAG_OK : TTAG_NOMEM;
    for (unsigned k = 0; status == TTAG_OK && k < out->n_threads; k++)
        if (!descent_reserve(&out->descents[k], x))
            status = TTAG_NOMEM;
done:
    if (status != TTAG_OK)
        tag_blocks_dispose(out);
    return status;
}

ttag_status tag_blocks_reserve_factors(tag_blocks *b, const factor_source *source)
{
    for (unsigned k = 0; source && k < b->n_threads; k++)
        if (!descent_reserve_factors(&b->descents[k], source))
            return TTAG_NOMEM;
    return TTAG_OK;
}

void tag_blocks_dispose(tag_blocks *b)
{
    for (unsigned k = 0; b->descents && k < b->n_threads; k++)
        descent_dispose(&b->descents[k]);
    mem_free(b->descents);
    mem_free(b->tags);
    *b = (tag_blocks){0};
}
