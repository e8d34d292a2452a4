/* What the rules say about an article. */
#ifndef BOOTSTRAP_RULE_MATCH_H
#define BOOTSTRAP_RULE_MATCH_H

#include "base/buffer.h"
#include "bootstrap/label_rules.h"

enum {
    RULE_NONE = UINT32_MAX,
    WORD_RING = 512 /* words of which it is known whether they deny: over twice the largest window,
                       and the longest phrases */
};

/* How often a phrase stands in each field. */
typedef struct phrase_count {
    uint32_t affirmed[RULE_FIELDS];
    uint32_t denied[RULE_FIELDS];
    bool touched;
} phrase_count;

/* A phrase where it stands: its first and last word. Words are numbered so that those of different
   sentences are farther apart than the window. */
typedef struct phrase_hit {
    uint32_t phrase;
    size_t first, last;
} phrase_hit;

/* Some of the last WORD_RING words: each at its number modulo that. */
typedef struct word_ring {
    size_t words[WORD_RING];
} word_ring;

/* What was decided about a tag. */
typedef struct tag_verdict {
    rule_says says;
    uint32_t rule;    /* that decided; RULE_NONE: none did */
    uint32_t phrase;  /* of the rule's, the one that spoke the loudest; PHRASE_NONE: it has none */
    uint32_t through; /* the tag that implies this one, or denies it; TTAG_NO_TAG: none */
} tag_verdict;

/* One thread's. */
typedef struct rule_matcher {
    const ttag_rules *rules;
    buffer folded;
    phrase_count *counts; /* by phrase */
    uint32_t *touched;    /* n_touched: phrases with counts */
    size_t n_touched;
    phrase_hit *hits; /* n_hits, by where they end; those before `settled` are counted */
    size_t n_hits, hits_capacity, settled;
    word_ring denied_behind; /* last words of phrases that deny what follows */
    word_ring denied_before; /* first words of those that deny what stands before them */
    size_t words;            /* of title and text */
    tag_verdict *verdicts;   /* by tag of the taxonomy */
} rule_matcher;

/* TTAG_OK or TTAG_NOMEM; either way rule_matcher_dispose may follow. */
ttag_status rule_matcher_init(rule_matcher *m, const ttag_rules *rules, ttag_error *err);
void rule_matcher_dispose(rule_matcher *m);

/* Fills in the verdicts. false: no memory. */
bool rule_match(rule_matcher *m, const ttag_article *article);

#endif
