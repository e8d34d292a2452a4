/* Names and traces of attacks that are one token each: ids of vulnerabilities and techniques,
   hashes, addresses; and artifacts, which have such a token before their words: paths, registry
   keys, names of files. */
#ifndef FEATURES_INDICATORS_H
#define FEATURES_INDICATORS_H

#include "features/lookahead.h"

/* What one text has been searched for. Start with {text, artifacts}. */
typedef struct indicator_search {
    ttag_view text;
    bool artifacts; /* these as well */
    /* Up to here no word begins one. */
    size_t no_host_before, no_artifact_before, no_file_before;
} indicator_search;

#define INDICATOR_SIZE 32

typedef struct indicator {
    size_t end;                 /* where to go on in the text: behind it, or at its words */
    char token[INDICATOR_SIZE]; /* terminated: `cve-2021-44228`, `#ip`. Never a `:` or a blank */
} indicator;

/* 1 where an indicator can go on with that byte behind its first word (0xe2: U+2010 and the like);
   2: an artifact, but no other indicator. */
extern const unsigned char may_go_on[256];

/* Whether an indicator that is neither a hash nor an artifact may begin at the ASCII word from `at`
   to `word_end`: a quick look that leaves out the end of a sentence. */
static inline bool indicator_may_begin(ttag_view text, size_t at, size_t word_end)
{
    (void)at;
    unsigned char next = byte_at(text, word_end);
    return may_go_on[next] == 1 && (next != '.' || ascii_word[byte_at(text, word_end + 1)]);
}

/* The same, or an artifact: some of these are told by what stands before their first word. */
static inline bool artifact_may_begin(ttag_view text, size_t at, size_t word_end)
{
    unsigned char before = at > 0 ? byte_at(text, at - 1) : 0;
    return before == '/' || before == '\\' || before == '.' ||
           may_go_on[byte_at(text, word_end)] == 2 || indicator_may_begin(text, at, word_end);
}

/* Is the ASCII word from `at` to `word_end` the beginning of one? Words must be asked about in
   rising order, and again where `found` says to go on; the time over all words of a text is linear
   in its size. */
bool indicator_at(indicator_search *search, indicator *found, size_t at, size_t word_end);

#endif
