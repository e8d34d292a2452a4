/* Again and again, the rarest tag gives each of its groups to the fold that has least of it. The
   folds are of equal size, so "wants it most" is "has been given least", and whole numbers do. */
#include "train/folds.h"

#include "base/memory.h"
#include "base/random.h"

enum { UNPLACED = UINT8_MAX };

typedef struct parting {
    const labels *labels;
    uint32_t n_folds;
    uint32_t *sizes;      /* n_groups: articles */
    uint32_t *order;      /* n_groups: larger ones first, else as chance has it */
    size_t *starts;       /* n_groups + 1 positions in tags */
    uint32_t *tags;       /* of each group; once for each of its articles */
    size_t *tag_starts;   /* n_tags positions in tag_groups */
    uint32_t *tag_groups; /* groups of each tag, in the order above */
    size_t *remaining;    /* n_tags: articles not yet placed */
    size_t *given;        /* n_tags x n_folds: articles of the tag in the fold */
    size_t *filled;       /* n_folds: articles */
    uint8_t *placed;      /* n_groups: fold, or UNPLACED */
    rng random;
} parting;

static bool parting_reserve(parting *p)
{
    const labels *l = p->labels;
    size_t n_given;
    if (!size_mul(&n_given, l->n_tags, p->n_folds))
        return false;
    p->sizes = mem_zero(l->n_scored_groups, sizeof *p->sizes);
    p->order = mem_new(l->n_scored_groups, sizeof *p->order);
    p->starts = mem_zero(l->n_scored_groups + 1, sizeof *p->starts);
    p->tags = mem_new(l->starts[l->n_tags], sizeof *p->tags);
    p->tag_starts = mem_new(l->n_tags, sizeof *p->tag_starts);
    p->tag_groups = mem_new(l->starts[l->n_tags], sizeof *p->tag_groups);
    p->remaining = mem_new(l->n_tags, sizeof *p->remaining);
    p->given = mem_zero(n_given, sizeof *p->given);
    p->filled = mem_zero(p->n_folds, sizeof *p->filled);
    p->placed = mem_new(l->n_scored_groups, sizeof *p->placed);
    return p->sizes && p->order && p->starts && p->tags && p->tag_starts && p->tag_groups &&
           p->remaining && p->given && p->filled && p->placed;
}

static void parting_dispose(parting *p)
{
    mem_free(p->sizes);
    mem_free(p->order);
    mem_free(p->starts);
    mem_free(p->tags);
    mem_free(p->tag_starts);
    mem_free(p->tag_groups);
    mem_free(p->remaining);
    mem_free(p->given);
    mem_free(p->filled);
    mem_free(p->placed);
}

/* Sorts groups by falling size; a counting sort, so that the order within a size stays. */
static bool order_by_size(parting *p)
{
    size_t n = p->labels->n_scored_groups;
    uint32_t largest = 0;
    for (size_t g = 0; g < n; g++)
        largest = p->sizes[g] > largest ? p->sizes[g] : largest;
    size_t *starts = mem_zero((size_t)largest + 2, sizeof *starts);
    uint32_t *sorted = mem_new(n, sizeof *sorted);
    bool ok = starts && sorted;
    for (size_t g = 0; ok && g < n; g++)
        starts[largest - p->sizes[g] + 1]++;
    for (size_t s = 0; ok && s < largest; s++)
        starts[s + 1] += starts[s];
    for (size_t k = 0; ok && k < n; k++)
        sorted[starts[largest - p->sizes[p->order[k]]]++] = p->order[k];
    mem_free(starts);
    if (ok) {
        mem_free(p->order);
        p->order = sorted;
    } else {
        mem_free(sorted);
    }
    return ok;
}

static bool order_groups(parting *p)
{
    const labels *l = p->labels;
    for (size_t i = 0; i < l->n_scored; i++)
        p->sizes[l->groups[i]]++;
    for (uint32_t g = 0; g < l->n_scored_groups; g++)
        p->order[g] = g;
    rng_shuffle(&p->random, p->order, l->n_scored_groups);
    return order_by_size(p);
}

/* Lists the tags of each group, and the groups of each tag. Both fill from the back: an end that is
   moved down by each entry ends as a start. */
static void list_tags_and_groups(parting *p)
{
    const labels *l = p->labels;
    for (size_t k = 0; k < l->starts[l->n_tags]; k++)
        if (l->articles[k] < l->n_scored)
            p->starts[l->groups[l->articles[k]]]++;
    for (size_t g = 0; g < l->n_scored_groups; g++)
        p->starts[g + 1] += p->starts[g];
    size_t listed = 0;
    for (uint32_t t = 0; t < l->n_tags; t++) {
        for (size_t k = l->starts[t]; k < l->starts[t] + l->scored[t]; k++)
            p->tags[--p->starts[l->groups[l->articles[k]]]] = t;
        listed += l->scored[t];
        p->tag_starts[t] = listed;
        p->remaining[t] = l->scored[t];
    }
    for (size_t k = l->n_scored_groups; k-- > 0;) {
        uint32_t group = p->order[k];
        for (size_t e = p->starts[group]; e < p->starts[group + 1]; e++)
            p->tag_groups[--p->tag_starts[p->tags[e]]] = group;
    }
}

/* The tag with fewest articles left, or n_tags. */
static size_t rarest_tag(const parting *p)
{
    size_t rarest = p->labels->n_tags;
    for (size_t t = 0; t < p->labels->n_tags; t++)
        if (p->remaining[t] > 0 &&
            (rarest == p->labels->n_tags || p->remaining[t] < p->remaining[rarest]))
            rarest = t;
    return rarest;
}

/* The fold with least of a tag (given: n_folds counts, or NULL for no tag), then with fewest
   articles, then by chance. */
static uint8_t neediest_fold(parting *p, const size_t *given)
{
    uint32_t best = 0;
    size_t ties = 1;
    for (uint32_t f = 1; f < p->n_folds; f++) {
        size_t mine = given ? given[f] : 0;
        size_t other = given ? given[best] : 0;
        if (mine == other) {
            mine = p->filled[f];
            other = p->filled[best];
        }
        if (mine < other) {
            best = f;
            ties = 1;
        } else if (mine == other && rng_below(&p->random, ++ties) == 0) {
            best = f;
        }
    }
    return (uint8_t)best;
}

static void place(parting *p, uint32_t group, uint8_t fold)
{
    p->placed[group] = fold;
    p->filled[fold] += p->sizes[group];
    for (size_t e = p->starts[group]; e < p->starts[group + 1]; e++) {
        p->remaining[p->tags[e]]--;
        p->given[p->tags[e] * p->n_folds + fold]++;
    }
}

static void place_all(parting *p)
{
    const labels *l = p->labels;
    for (size_t g = 0; g < l->n_scored_groups; g++)
        p->placed[g] = UNPLACED;
    for (size_t t = rarest_tag(p); t < l->n_tags; t = rarest_tag(p))
        for (size_t k = p->tag_starts[t]; k < p->tag_starts[t] + l->scored[t]; k++)
            if (p->placed[p->tag_groups[k]] == UNPLACED)
                place(p, p->tag_groups[k], neediest_fold(p, p->given + t * p->n_folds));
    for (size_t k = 0; k < l->n_scored_groups; k++)
        if (p->placed[p->order[k]] == UNPLACED)
            place(p, p->order[k], neediest_fold(p, NULL));
}

uint32_t folds_possible(const labels *l, uint32_t asked)
{
    return l->n_scored_groups < asked ? (uint32_t)l->n_scored_groups : asked;
}

ttag_status folds_assign(uint8_t *fold, const labels *l, uint32_t n_folds, uint64_t seed)
{
    ttag_status status = TTAG_NOMEM;
    parting p = {.labels = l, .n_folds = n_folds};
    rng_seed(&p.random, seed);
    if (!parting_reserve(&p) || !order_groups(&p))
        goto done;
    list_tags_and_groups(&p);
    place_all(&p);
    for (size_t i = 0; i < l->n_articles; i++)
        fold[i] = l->groups[i] < l->n_scored_groups ? p.placed[l->groups[i]] : FOLD_NONE;
    status = TTAG_OK;
done:
    parting_dispose(&p);
    return status;
}
