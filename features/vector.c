/* From counts to a weighed vector. */
#include "features/vector.h"

#include "base/memory.h"

bool vector_make(ttag_vector *vector, vector_store *store, const term_count *items, size_t n_words,
                 size_t n, const float *idf, const ttag_text_opts *opts)
{
    if (!mem_grow(&store->terms, &store->terms_capacity, n, sizeof *store->terms) ||
        !mem_grow(&store->values, &store->values_capacity, n, sizeof *store->values))
        return false;
    for (size_t i = 0; i < n; i++)
        store->terms[i] = items[i].term;
    tfidf_weigh(store->values, items, n_words, n, idf, opts, &store->tf);
    *vector = (ttag_vector){n, store->terms, store->values};
    return true;
}

void vector_dispose(vector_store *store)
{
    mem_free(store->terms);
    mem_free(store->values);
    *store = (vector_store){0};
}
