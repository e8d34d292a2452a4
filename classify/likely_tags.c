/* Where many tags are likely, all scores at once take less time. */
#include "classify/likely_tags.h"

#include "base/memory.h"

enum { MANY = 12 };

/* With columns that tags share, so many tags an article make it slower than without. */
enum { CROWD = 4, CROWD_ARTICLES = 256 };

bool likely_tags_init(likely_tags *l, const warm_model *warm, const ttag_model_parts *parts,
                      const float *cuts)
{
    *l = (likely_tags){.tags = mem_new(parts->n_tags, sizeof *l->tags)};
    if (!l->tags || !tag_screen_init(&l->screen, &warm->rough, &warm->shared, parts, cuts))
        return false;
    l->warm = warm;
    return true;
}

void likely_tags_dispose(likely_tags *l)
{
    tag_screen_dispose(&l->screen);
    mem_free(l->tags);
    mem_free(l->terms);
    *l = (likely_tags){0};
}

/* The vector by the model's numbers. false: no memory. */
static bool renumber(likely_tags *l, ttag_vector *original, const ttag_vector *vector)
{
    if (!mem_grow(&l->terms, &l->capacity, vector->size + 1, sizeof *l->terms))
        return false;
    for (size_t j = 0; j < vector->size; j++)
        l->terms[j] = l->warm->originals[vector->terms[j]];
    *original = (ttag_vector){vector->size, l->terms, vector->values};
    return true;
}

static bool score_all(likely_tags *l, float *scores, const scorer *s, const ttag_vector *vector)
{
    ttag_vector original;
    if (!renumber(l, &original, vector))
        return false;
    score_tags(scores, s, &original);
    return true;
}

static void note_crowd(likely_tags *l)
{
    l->n_likely += l->n < 2 * MANY ? l->n : 2 * MANY;
    if (++l->n_articles < CROWD_ARTICLES)
        return;
    l->crowded = l->warm->shared.n_shared > 0 && l->n_likely > CROWD * CROWD_ARTICLES;
    l->n_articles = l->n_likely = 0;
}

bool likely_tags_score(likely_tags *l, float *scores, const scorer *s, const ttag_vector *vector)
{
    ttag_vector original = {0};
    l->n = tag_screen_find(&l->screen, l->tags, vector);
    l->all = l->n > MANY;
    note_crowd(l);
    if (l->all)
        return score_all(l, scores, s, vector);
    for (size_t i = 0; i < l->n; i++) {
        uint32_t tag = l->tags[i];
        const float *column = l->warm->columns.of_tag[tag], *row = s->parts->weights;
        if (!column && !original.terms && !renumber(l, &original, vector))
            return false;
        scores[tag] = column ? score_tag(s, vector, tag, column, 1)
                             : score_tag(s, &original, tag, row + tag, s->parts->weight_stride);
    }
    return true;
}
