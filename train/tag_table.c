/* Names are the only link between the tags of a feed and those of a taxonomy. */
#include "train/tag_table.h"

#include <math.h>

#include "base/view.h"

/* Position of a name among the tags, which stand in order of name; or TTAG_NO_TAG. */
static uint32_t find_name(const labels *l, ttag_view name)
{
    size_t low = 0;
    size_t high = l->n_tags;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = view_compare(l->names[middle], name);
        if (order == 0)
            return (uint32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return TTAG_NO_TAG;
}

static bool describe(arena *memory, ttag_model_tag *tag, const labels *l,
                     const ttag_taxonomy *taxonomy)
{
    uint32_t position = ttag_taxonomy_find(taxonomy, tag->name);
    if (position == TTAG_NO_TAG)
        return true;
    const ttag_tag *known = ttag_taxonomy_tag(taxonomy, position);
    uint32_t *implies = arena_new(memory, known->n_implies, sizeof *implies);
    tag->description = arena_copy(memory, known->description);
    tag->group = arena_copy(memory, known->group);
    if (!implies || !tag->description.bytes || !tag->group.bytes)
        return false;
    for (size_t i = 0; i < known->n_implies; i++) {
        ttag_view name = ttag_taxonomy_tag(taxonomy, known->implies[i])->name;
        uint32_t implied = find_name(l, name);
        if (implied != TTAG_NO_TAG)
            implies[tag->n_implies++] = implied;
    }
    tag->implies = implies;
    return true;
}

ttag_model_tag *tag_table_new(arena *memory, const labels *l, const ttag_taxonomy *taxonomy)
{
    ttag_model_tag *tags = arena_new(memory, l->n_tags, sizeof *tags);
    for (size_t t = 0; tags && t < l->n_tags; t++) {
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
        if (!tags[t].name.bytes || !describe(memory, &tags[t], l, taxonomy))
            return NULL;
    }
    return tags;
}
