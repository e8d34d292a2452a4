/* Names are the only link between the tags of a feed and those of a taxonomy. */
#include "train/tag_table.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

/* What is needed to follow the implications of one tag. */
typedef struct walk {
    const ttag_taxonomy *taxonomy;
    uint32_t *stack;  /* size of the taxonomy: tags that the model does not have */
    bool *seen;       /* likewise */
    uint32_t *listed; /* n_tags: what the tag implies */
    size_t n_listed;
} walk;

static bool walk_init(walk *w, const ttag_taxonomy *taxonomy, size_t n_tags)
{
    size_t size = ttag_taxonomy_size(taxonomy);
    *w = (walk){taxonomy, mem_new(size, sizeof *w->stack), mem_new(size, sizeof *w->seen),
                mem_new(n_tags, sizeof *w->listed), 0};
    return w->stack && w->seen && w->listed;
}

static void walk_dispose(walk *w)
{
    mem_free(w->stack);
    mem_free(w->seen);
    mem_free(w->listed);
}

/* Lists the tags of the model that a tag of the taxonomy implies. One that is not in the model
   stands for those that it implies itself, or a level that nobody learnt would break the chain. */
static void walk_from(walk *w, const labels *l, uint32_t position)
{
    size_t height = 0;
    memset(w->seen, 0, ttag_taxonomy_size(w->taxonomy) * sizeof *w->seen);
    w->n_listed = 0;
    w->seen[position] = true;
    w->stack[height++] = position;
    while (height > 0) {
        const ttag_tag *tag = ttag_taxonomy_tag(w->taxonomy, w->stack[--height]);
        for (size_t i = 0; i < tag->n_implies; i++) {
            uint32_t next = tag->implies[i];
            uint32_t number = labels_find(l, ttag_taxonomy_tag(w->taxonomy, next)->name);
            if (w->seen[next])
                continue;
            w->seen[next] = true;
            if (number != TTAG_NO_TAG)
                w->listed[w->n_listed++] = number;
            else
                w->stack[height++] = next;
        }
    }
}

static bool describe(arena *memory, ttag_model_tag *tag, const labels *l, walk *w)
{
    uint32_t position = ttag_taxonomy_find(w->taxonomy, tag->name);
    if (position == TTAG_NO_TAG)
        return true;
    const ttag_tag *known = ttag_taxonomy_tag(w->taxonomy, position);
    walk_from(w, l, position);
    uint32_t *implies = arena_new(memory, w->n_listed, sizeof *implies);
    tag->description = arena_copy(memory, known->description);
    tag->group = arena_copy(memory, known->group);
    if (!implies || !tag->description.bytes || !tag->group.bytes)
        return false;
    memcpy(implies, w->listed, w->n_listed * sizeof *implies);
    tag->implies = implies;
    tag->n_implies = w->n_listed;
    return true;
}

static bool fill(ttag_model_tag *tags, arena *memory, const labels *l, walk *w)
{
    for (size_t t = 0; t < l->n_tags; t++) {
        tags[t] = (ttag_model_tag){
            .name = arena_copy(memory, l->names[t]),
            .description = {"", 0},
            .group = {"", 0},
            .support = (uint32_t)l->scored[t],
            .threshold = 0.5f,
            .slope = -1,
            .oof_precision = NAN,
            .oof_recall = NAN,
            .oof_f1 = NAN,
            .cut_spread = NAN,
        };
        if (!tags[t].name.bytes || !describe(memory, &tags[t], l, w))
            return false;
    }
    return true;
}

ttag_model_tag *tag_table_new(arena *memory, const labels *l, const ttag_taxonomy *taxonomy)
{
    walk w;
    ttag_model_tag *tags = arena_new(memory, l->n_tags, sizeof *tags);
    bool ok = walk_init(&w, taxonomy, l->n_tags) && tags && fill(tags, memory, l, &w);
    walk_dispose(&w);
    return ok ? tags : NULL;
}
