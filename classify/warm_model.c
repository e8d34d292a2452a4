/* Bounded memory: what is larger stays mapped. */
#include "classify/warm_model.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "base/memory.h"

static const size_t WEIGHTS_MOST = (size_t)64 << 20, VOCABULARY_MOST = (size_t)32 << 20;

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

/* Copies what a look-up reads; leaves all where it is if that is too much. */
static void *copy_vocabulary(ttag_vocabulary *v)
{
    size_t slots = v->n_slots * sizeof *v->slots, idf = v->n_terms * sizeof *v->idf;
    size_t all = slots + idf + v->n_bytes; /* sections of one file: no overflow */
    unsigned char *memory = all <= VOCABULARY_MOST ? mem_huge(all, 1) : NULL;
    if (!memory)
        return NULL;
    v->slots = memcpy(memory, v->slots, slots);
    v->idf = memcpy(memory + slots, v->idf, idf);
    v->bytes = memcpy(memory + slots + idf, v->bytes, v->n_bytes);
    return memory;
}

static bool make(warm_place *place, const ttag_model_parts *parts)
{
    warm_model *m = &place->model;
    if (!parts->weights || !is_bounded(&parts->vocabulary) ||
        !sparse_rows_make(&m->weights, parts->weights, parts->weight_stride, parts->weight_stride,
                          parts->vocabulary.n_terms, WEIGHTS_MOST))
        return false;
    m->vocabulary = parts->vocabulary;
    place->memory = copy_vocabulary(&m->vocabulary);
    return true;
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
