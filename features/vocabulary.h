/* Building the flat vocabulary that ttag/features.h shows, and looking terms up in it. */
#ifndef FEATURES_VOCABULARY_H
#define FEATURES_VOCABULARY_H

#include "features/term_hash.h"
#include "ttag/features.h"

#define TERM_NONE UINT32_MAX

enum { TERMS_AT_ONCE = 64, SLOT_OFFSET_BITS = 40 };

/* Bits of a slot's key that say where a long term begins. */
#define SLOT_OFFSET (((uint64_t)1 << SLOT_OFFSET_BITS) - 1)

/* The numbers of those of n <= TERMS_AT_ONCE terms that the vocabulary has, in their order; returns
   how many. `bytes` are those of the article, and SHORT_BYTES can be read from the beginning of
   each term on. What one look-up waits for is fetched for all of them before any needs it; the
   first thing it waits for, best while something else is done, by vocabulary_expect. */
size_t vocabulary_find_all(const ttag_vocabulary *vocabulary, uint32_t numbers[TERMS_AT_ONCE],
                           const text_term *terms, size_t n, const char *bytes);

/* Likewise, but each number stays where its term was: numbers[n], TERM_NONE for those that the
   vocabulary lacks. */
void vocabulary_find_each(const ttag_vocabulary *vocabulary, uint32_t *numbers,
                          const text_term *terms, size_t n, const char *bytes);

void vocabulary_expect(const ttag_vocabulary *vocabulary, const text_term *terms, size_t n);

/* The same for the title's own terms of these n-grams. */
size_t vocabulary_find_title(const ttag_vocabulary *vocabulary, uint32_t numbers[TERMS_AT_ONCE],
                             const text_term *terms, size_t n, const char *bytes);

/* The same for n-grams of characters; `bytes` are those of their word. */
size_t vocabulary_find_chars(const ttag_vocabulary *vocabulary, uint32_t numbers[TERMS_AT_ONCE],
                             const text_term *grams, size_t n, const char *bytes);

/* Owns the arrays of a ttag_vocabulary. Zero-initialise before use. */
typedef struct vocabulary_store {
    uint64_t *offsets;
    char *bytes;
    uint32_t *df;
    float *idf;
    ttag_slot *slots;
    ttag_vocabulary view;
} vocabulary_store;

typedef struct vocabulary_entry {
    ttag_view term;
    uint32_t df;
    uint32_t number; /* the caller's own; not looked at */
    uint32_t hashed; /* with hash_bits: what the term was hashed to */
} vocabulary_entry;

/* Entries must be distinct and in byte order, with hash_bits in that of `hashed`; at most 2^32 - 2.
   The hash table is at most `percent` full. false: no memory. */
bool vocabulary_build(vocabulary_store *out, const vocabulary_entry *entries, size_t n_entries,
                      size_t n_articles, const ttag_text_opts *opts, unsigned percent);
void vocabulary_store_dispose(vocabulary_store *store);

#endif
