/* Some runs of words of a text, chosen by their hashes, so that two texts that share a long run
   have chosen one in common: winnowing (Schleimer, Wilkerson and Aiken 2003). */
#ifndef AUDIT_FINGERPRINTS_H
#define AUDIT_FINGERPRINTS_H

#include "ttag/base.h"

typedef struct fingerprint {
    uint64_t hash;
    uint32_t at; /* first word of the run */
} fingerprint;

/* Zero-initialise before use. */
typedef struct fingerprint_list {
    fingerprint *items;
    size_t n, capacity;
    uint64_t *hashes; /* room for those of one text */
    size_t hashes_capacity;
} fingerprint_list;

/* Appends the chosen runs of `run` words: of any `window` neighbouring runs one at least, the one
   of the least hash, of equal ones the last. Texts that share run + window - 1 words have one in
   common. A text of fewer than run + window - 1 words gives none. false: no memory. */
bool fingerprints_add(fingerprint_list *out, const uint64_t *words, size_t n, size_t run,
                      size_t window);
void fingerprints_dispose(fingerprint_list *list);

#endif
