/* The entries of the terms that are kept, built anew; their idf are the old ones. */
#include "features/vocabulary_part.h"

#include "base/error.h"
#include "base/memory.h"

/* numbers[term]: what the term was hashed to. Only slots tell. */
static void read_hashed(uint32_t *numbers, const ttag_vocabulary *v)
{
    for (size_t i = 0; i < v->n_slots; i++)
        if (v->slots[i].entry > 0 && v->slots[i].entry <= v->n_terms)
            numbers[v->slots[i].entry - 1] = (uint32_t)v->slots[i].key;
}

static bool fill(vocabulary_entry *entries, const ttag_vocabulary *v, const uint32_t *terms,
                 size_t n, const uint32_t *hashed)
{
    for (size_t i = 0; i < n; i++) {
        ttag_view term = ttag_vocabulary_term(v, terms[i]);
        if (term.size == 0)
            return false;
        entries[i] = (vocabulary_entry){term, v->df[terms[i]], (uint32_t)i, hashed[terms[i]]};
    }
    return true;
}

ttag_status vocabulary_part(vocabulary_store *out, const ttag_vocabulary *v, const uint32_t *terms,
                            size_t n, ttag_error *err)
{
    ttag_text_opts opts = {.hash_bits = v->hash_bits};
    vocabulary_entry *entries = mem_new(n, sizeof *entries);
    uint32_t *hashed = mem_zero(v->n_terms, sizeof *hashed);
    ttag_status status = TTAG_OK;
    *out = (vocabulary_store){0};
    if (!entries || !hashed) {
        status = fail_memory(err);
        goto done;
    }
    if (v->hash_bits)
        read_hashed(hashed, v);
    if (!fill(entries, v, terms, n, hashed))
        status = fail(err, TTAG_FORMAT, "a term of the vocabulary is empty or out of bounds");
    else if (!vocabulary_build(out, entries, n, 0, &opts, 75))
        status = fail_memory(err);
    for (size_t i = 0; status == TTAG_OK && i < n; i++)
        out->idf[i] = v->idf[terms[i]];
done:
    mem_free(hashed);
    mem_free(entries);
    return status;
}
