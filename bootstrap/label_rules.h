/* Rules, read: phrases by number, tags by position in the taxonomy. */
#ifndef BOOTSTRAP_LABEL_RULES_H
#define BOOTSTRAP_LABEL_RULES_H

#include "base/arena.h"
#include "base/intern.h"
#include "bootstrap/phrase_machine.h"
#include "ttag/rules.h"

enum { PHRASE_WORDS_MOST = 16, WINDOW_MOST = 100 };

/* Where phrases are looked for. */
typedef enum rule_field {
    FIELD_TITLE,
    FIELD_TEXT,
    FIELD_URL,
    FIELD_SOURCE,
    RULE_FIELDS
} rule_field;

extern const char *const rule_field_names[RULE_FIELDS];

typedef enum rule_says { SAYS_UNKNOWN, SAYS_PRESENT, SAYS_ABSENT } rule_says;

extern const char *const rule_says_names[3];

/* A phrase as rules look for it, " in folded words " (phrase_fold); without the last blank it fits
   whatever begins so. */
typedef struct rule_phrase {
    uint32_t words;
    bool negates_behind; /* what follows within the window is denied */
    bool negates_before; /* what stands before it is */
} rule_phrase;

typedef struct weighted_phrase {
    uint32_t phrase;
    double weight;
} weighted_phrase;

typedef struct phrase_group {
    const weighted_phrase *items; /* n */
    size_t n;
} phrase_group;

/* Positions in the taxonomy. */
typedef struct tag_set {
    const uint32_t *items; /* n, ascending */
    size_t n;
} tag_set;

typedef struct label_rule {
    ttag_view name;
    tag_set tags;
    rule_says says;
    unsigned fields;     /* bit 1 << rule_field: where phrases count */
    phrase_group any;    /* their weights must add up to … */
    double least;        /* … so much; 0 only if there are none */
    bool distinct;       /* each counts once */
    double title_weight; /* of what stands in the title */
    phrase_group *all;   /* n_all: of each a phrase must be there */
    size_t n_all;
    phrase_group none;                /* none of these may be there, be it denied */
    bool has_tagged;                  /* one of … */
    tag_set tagged;                   /* … these must have been given */
    tag_set untagged;                 /* none of these may have been given */
    bool negatable;                   /* what is denied does not count */
    uint32_t least_words, most_words; /* of title and text */
} label_rule;

struct ttag_rules {
    const ttag_taxonomy *taxonomy;
    ttag_taxonomy *own_taxonomy; /* the built-in one, if none was given */
    label_rule *rules;           /* n_rules, in order */
    size_t n_rules;
    phrase_group *lists; /* n_lists */
    size_t n_lists;
    uint32_t window;      /* words between a phrase and what denies it */
    intern texts;         /* of the phrases, folded: their numbers */
    rule_phrase *phrases; /* texts.count */
    size_t phrases_capacity;
    phrase_machine machine;
    arena memory;
};

/* Reads rules out of their text; `path` is for messages. */
ttag_status label_rules_parse(ttag_rules **out, ttag_view text, const char *path,
                              const ttag_taxonomy *taxonomy, ttag_error *err);

#endif
