/* Names and traces of attacks that are one token each: ids of vulnerabilities and techniques,
   hashes, addresses. */
#ifndef FEATURES_INDICATORS_H
#define FEATURES_INDICATORS_H

#include "features/lookahead.h"

/* What one text has been searched for. Start with {text, 0}. */
typedef struct indicator_search {
    ttag_view text;
    size_t no_host_before; /* up to here no word begins a host */
} indicator_search;

#define INDICATOR_SIZE 32

typedef struct indicator {
    size_t end;                 /* where it ends in the text */
    char token[INDICATOR_SIZE]; /* terminated: `cve-2021-44228`, `#ip`. Never a `:` or a blank */
} indicator;

/* 1 where an indicator can go on with that byte behind its first word; 0xe2: U+2010 and the like.
 */
extern const unsigned char may_go_on[256];

/* Whether an indicator that is no hash may begin at the ASCII word that ends at `word_end`: a quick
   look that leaves out the end of a sentence. */
static inline bool indicator_may_begin(ttag_view text, size_t word_end)
{
    unsigned char next = byte_at(text, word_end);
    return may_go_on[next] && (next != '.' || ascii_word[byte_at(text, word_end + 1)]);
}

/* Is the ASCII word from `at` to `word_end` the beginning of one? Words must be asked about in
   rising order; the time over all words of a text is linear in its size. */
bool indicator_at(indicator_search *search, indicator *found, size_t at, size_t word_end);

#endif
