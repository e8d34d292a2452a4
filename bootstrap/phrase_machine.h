/* Where any of many phrases stands in a text, in one pass: the automaton of Aho and Corasick,
   "Efficient string matching: an aid to bibliographic search" (CACM 18, 1975), with every
   transition made out beforehand, so that a byte of text is one look-up. */
#ifndef BOOTSTRAP_PHRASE_MACHINE_H
#define BOOTSTRAP_PHRASE_MACHINE_H

#include "ttag/base.h"

enum {
    PHRASE_MACHINE_CELLS = 1 << 24, /* transitions at most, 4 bytes each */
    PHRASE_NONE = UINT32_MAX
};

/* Immutable once built; any number of threads may use it. */
typedef struct phrase_machine {
    unsigned char kinds[256]; /* byte → its column; 0: it is in no phrase */
    size_t n_kinds;           /* columns, the 0 included */
    uint32_t *next;           /* n_states x n_kinds; state 0 is the start */
    uint32_t *phrase;         /* n_states: the phrase that ends there, or PHRASE_NONE */
    uint32_t *shorter;        /* n_states: the longest other state within which a phrase ends, that
                                 the bytes read so far end with; 0: none */
    size_t n_states;
} phrase_machine; /* zero-initialise before use */

/* `phrases` are `n` distinct runs of bytes, none empty. TTAG_OK; TTAG_LIMIT: they are too long in
   all (err says how long); TTAG_NOMEM. */
ttag_status phrase_machine_build(phrase_machine *m, const ttag_view *phrases, size_t n,
                                 ttag_error *err);
void phrase_machine_dispose(phrase_machine *m);

/* The state after one more byte. */
static inline uint32_t phrase_machine_step(const phrase_machine *m, uint32_t state, char byte)
{
    return m->next[(size_t)state * m->n_kinds + m->kinds[(unsigned char)byte]];
}

/* The first state to ask `phrase` of, at or below this one; 0: no phrase ends here. On with
   `shorter`. */
static inline uint32_t phrase_machine_ending(const phrase_machine *m, uint32_t state)
{
    return m->phrase[state] != PHRASE_NONE ? state : m->shorter[state];
}

#endif
