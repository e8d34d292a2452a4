/* Bounded memory: what is larger stays mapped. */
#include "classify/warm_model.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "base/memory.h"
#include "base/radix.h"

static const size_t WEIGHTS_MOST = (size_t)64 << 20, VOCABULARY_MOST = (size_t)48 << 20;

struct warm_place {
    pthread_mutex_t lock;
    bool begun, made;
    warm_model model;
    void *memory; /* of the vocabulary's copy */
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
    sparse_rows_dispose(&place->model.weights);
    mem_free(place->memory);
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

static bool make(warm_place *place, const ttag_model_parts *parts)
{
    warm_model *m = &place->model;
    size_t stride = parts->weight_stride, n = parts->vocabulary.n_terms;
    if (!parts->weights || !is_bounded(&parts->vocabulary))
        return false;
    m->vocabulary = parts->vocabulary;
    uint32_t *ranks = rank_terms(&parts->vocabulary);
    place->memory = ranks ? copy_vocabulary(&m->vocabulary, ranks) : NULL;
    bool ok = place->memory &&
              sparse_rows_make(&m->weights, parts->weights, stride, stride, ranks, n, WEIGHTS_MOST);
    mem_free(ranks);
    return ok;
}

const warm_model *warm_model_get(warm_place *place, const ttag_model_parts *parts)
{
    pthread_mutex_lock(&place->lock);
    bool mine = !place->begun, made = place->made;
    place->begun = true;
    pthread_mutex_unlock(&place->lock);
    if (mine) {
        made = make(place, parts);
        pthread_mutex_lock(&place->lock);
        place->made = made;
        pthread_mutex_unlock(&place->lock);
    }
    return made ? &place->model : NULL;
}
