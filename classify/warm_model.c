/* Bounded memory: what is larger stays mapped. */
#include "classify/warm_model.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "base/memory.h"
#include "base/radix.h"

static const size_t WEIGHTS_MOST = (size_t)64 << 20, ROUGH_SOME = (size_t)16 << 20,
                    COLUMNS_MOST = (size_t)4 << 20, VOCABULARY_MOST = (size_t)48 << 20;

typedef struct warm_copy {
    size_t passed; /* up to warm_model_after */
    bool begun, made;
    warm_model model;
    uint32_t *originals;
    void *memory; /* of the vocabulary's copy */
} warm_copy;

struct warm_place {
    pthread_mutex_t lock; /* of what is above `model` */
    warm_copy copies[WARM_USES];
};

warm_place *warm_place_new(void)
{
    warm_place *place = mem_zero(1, sizeof *place);
    if (place)
        pthread_mutex_init(&place->lock, NULL);
    return place;
}

void warm_place_free(warm_place *place)
{
    if (!place)
        return;
    for (size_t i = 0; i < WARM_USES; i++) {
        warm_copy *copy = &place->copies[i];
        sparse_rows_dispose(&copy->model.weights);
        shared_columns_dispose(&copy->model.shared);
        byte_rows_dispose(&copy->model.rough);
        tag_columns_dispose(&copy->model.columns);
        mem_free(copy->originals);
        mem_free(copy->memory);
    }
    pthread_mutex_destroy(&place->lock);
    mem_free(place);
}

/* A stranger's idf may be infinite, and then a weight of zero is not without effect. */
static bool is_bounded(const ttag_vocabulary *v)
{
    const float most = 1e20f;
    bool bounded = true;
    for (size_t i = 0; i < v->n_terms; i++)
        bounded &= fabsf(v->idf[i]) <= most;
    return bounded;
}

/* The place of each term in the order of falling df. */
static uint32_t *rank_terms(const ttag_vocabulary *v)
{
    uint32_t *ranks = mem_new(v->n_terms, sizeof *ranks);
    radix_item *items = mem_new(2 * v->n_terms, sizeof *items); /* n_terms < 2^32 */
    for (size_t i = 0; items && i < v->n_terms; i++)
        items[i] = (radix_item){UINT32_MAX - v->df[i], i};
    if (!items) {
        mem_free(ranks);
        return NULL;
    }
    const radix_item *sorted = radix_sort(items, items + v->n_terms, v->n_terms, UINT32_MAX);
    for (size_t i = 0; ranks && i < v->n_terms; i++)
        ranks[sorted[i].what] = (uint32_t)i;
    mem_free(items);
    return ranks;
}

/* Copies what a look-up reads, numbered by rank. */
static void *copy_vocabulary(ttag_vocabulary *v, const uint32_t *ranks)
{
    size_t slots_size = v->n_slots * sizeof *v->slots, idf_size = v->n_terms * sizeof *v->idf;
    size_t size = slots_size + idf_size + v->n_bytes; /* sections of one file: no overflow */
    unsigned char *memory = size <= VOCABULARY_MOST ? mem_huge(size, 1) : NULL;
    if (!memory)
        return NULL;
    ttag_slot *slots = (ttag_slot *)(void *)memory;
    float *idf = (float *)(void *)(memory + slots_size);
    for (size_t i = 0; i < v->n_slots; i++) {
        ttag_slot slot = v->slots[i];
        if (slot.entry - 1 < v->n_terms) /* else free, or out of bounds; so it stays */
            slot.entry = ranks[slot.entry - 1] + 1;
        slots[i] = slot;
    }
    for (size_t i = 0; i < v->n_terms; i++)
        idf[ranks[i]] = v->idf[i];
    v->slots = slots;
    v->idf = idf;
    v->bytes = memcpy(memory + slots_size + idf_size, v->bytes, v->n_bytes);
    return memory;
}

/* The numbers of terms by their ranks. */
static uint32_t *invert(const uint32_t *ranks, size_t n)
{
    uint32_t *originals = mem_new(n, sizeof *originals);
    for (size_t i = 0; originals && i < n; i++)
        originals[ranks[i]] = (uint32_t)i;
    return originals;
}

/* Rough weights are for values that are not negative. */
static bool may_be_rough(const ttag_model_parts *parts, warm_use use)
{
    bool may = use != WARM_FOR_ALL_TAGS;
    for (size_t i = 0; i < parts->vocabulary.n_terms; i++)
        may &= parts->vocabulary.idf[i] >= 0;
    return may;
}

/* As many columns as one cache line has, for every so many tags. */
static size_t columns_for(size_t n_tags, warm_use use)
{
    const size_t together = 8 * BYTE_COLUMNS;
    return use == WARM_FOR_EACH_TAG ? n_tags : (n_tags + together - 1) / together * BYTE_COLUMNS;
}

/* A row of the model is read by both while it is in the cache. */
static bool fill_rough(warm_model *m, const ttag_model_parts *parts, const uint32_t *ranks)
{
    enum { ROWS = 64 };
    size_t n = parts->vocabulary.n_terms, stride = parts->weight_stride;
    for (size_t at = 0; at < n; at += ROWS) {
        const float *rows = parts->weights + at * stride;
        size_t some = n - at < ROWS ? n - at : ROWS;
        if (!byte_rows_fill(&m->rough, &m->shared, rows, stride, ranks + at, some))
            return false;
        tag_columns_fill(&m->columns, rows, stride, ranks + at, some);
    }
    return true;
}

static bool make_rough(warm_model *m, const ttag_model_parts *parts, const uint32_t *ranks,
                       warm_use use, size_t most_bytes)
{
    const byte_rows_way *way = byte_rows_way_at(0);
    m->is_rough = way && shared_columns_make(&m->shared, parts, columns_for(parts->n_tags, use)) &&
                  byte_rows_init(&m->rough, m->shared.n_columns, parts->vocabulary.n_terms, way,
                                 most_bytes) &&
                  tag_columns_init(&m->columns, parts, COLUMNS_MOST) && fill_rough(m, parts, ranks);
    if (!m->is_rough) {
        shared_columns_dispose(&m->shared);
        byte_rows_dispose(&m->rough);
        tag_columns_dispose(&m->columns);
    }
    return m->is_rough;
}

/* Where rough weights are many, those without zeros take no more room, if they can be had. */
static bool make_weights(warm_model *m, const ttag_model_parts *parts, const uint32_t *ranks,
                         warm_use use)
{
    size_t stride = parts->weight_stride, n = parts->vocabulary.n_terms;
    bool may = may_be_rough(parts, use);
    return (may && make_rough(m, parts, ranks, use, ROUGH_SOME)) ||
           sparse_rows_make(&m->weights, parts->weights, stride, stride, ranks, n, WEIGHTS_MOST) ||
           (may && make_rough(m, parts, ranks, use, WEIGHTS_MOST));
}

static bool make(warm_copy *copy, const ttag_model_parts *parts, warm_use use)
{
    warm_model *m = &copy->model;
    size_t n = parts->vocabulary.n_terms;
    if (!parts->weights || n == 0 || !is_bounded(&parts->vocabulary))
        return false;
    m->vocabulary = parts->vocabulary;
    uint32_t *ranks = rank_terms(&parts->vocabulary);
    copy->memory = ranks ? copy_vocabulary(&m->vocabulary, ranks) : NULL;
    copy->originals = copy->memory ? invert(ranks, n) : NULL;
    m->originals = copy->originals;
    bool ok = copy->originals && make_weights(m, parts, ranks, use);
    mem_free(ranks);
    return ok;
}

size_t warm_model_after(const ttag_model_parts *parts)
{
    const size_t most = WARM_AFTER / WARM_BYTES_A_TERM, least = WARM_AFTER_LEAST;
    size_t n = parts->vocabulary.n_terms, after = WARM_BYTES_A_TERM * (n < most ? n : most);
    return after > least ? after : least;
}

const warm_model *warm_model_get(warm_place *place, const ttag_model_parts *parts, warm_use use,
                                 size_t passed, bool may_make)
{
    warm_copy *copy = &place->copies[use];
    size_t after = warm_model_after(parts);
    pthread_mutex_lock(&place->lock);
    size_t left = after - copy->passed;
    copy->passed += passed < left ? passed : left;
    bool mine = copy->passed == after && !copy->begun && may_make, made = copy->made;
    copy->begun |= mine;
    pthread_mutex_unlock(&place->lock);
    if (mine) {
        made = make(copy, parts, use);
        pthread_mutex_lock(&place->lock);
        copy->made = made;
        pthread_mutex_unlock(&place->lock);
    }
    return made ? &copy->model : NULL;
}
