/* What a file of rules consists of, checked: objects by a table of their members, strings, phrases
   and sets of tags. Every refusal says line and column. */
#ifndef BOOTSTRAP_RULE_READ_H
#define BOOTSTRAP_RULE_READ_H

#include "base/buffer.h"
#include "bootstrap/label_rules.h"

typedef struct rule_reader {
    ttag_rules *rules;
    ttag_view whole;   /* of which all values are parts */
    const char *path;  /* for messages */
    buffer text;       /* what a string stands for, until the next is read */
    buffer folded;     /* a phrase as it is looked for */
    intern list_names; /* numbers are positions in rules->lists */
    uint64_t *seen;    /* by phrase: the group that it was last put into */
    size_t seen_capacity;
    uint64_t group;         /* number of the one that is being read */
    size_t expanded;        /* phrases in all groups so far */
    weighted_phrase *items; /* of the group that is being read */
    size_t n_items, items_capacity;
    bool *fits; /* by tag of the taxonomy: whether it is in the set being read */
    ttag_error *err;
} rule_reader;

ttag_status rule_reader_init(rule_reader *r, ttag_rules *rules, ttag_view whole, const char *path,
                             ttag_error *err);
void rule_reader_dispose(rule_reader *r);

/* TTAG_PARSE at the place of `value`, which is a part of the whole. */
ttag_status rule_refuse(rule_reader *r, ttag_view value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* How many bytes of a text a message shows: no part of a code point at its end. */
int rule_shown(ttag_view text);

typedef ttag_status rule_member_read(rule_reader *r, void *target, ttag_view value);

typedef struct rule_member {
    const char *name;
    rule_member_read *read;
    bool required;
} rule_member;

/* Reads the members that are there in the order of the table; others are refused. `what` is said
   of the object: "a rule". */
ttag_status rule_read_object(rule_reader *r, const rule_member *members, size_t n, void *target,
                             const char *what, ttag_view object);

/* Calls `read` for each element of an array, or once for what is no array. */
ttag_status rule_read_each(rule_reader *r, void *target, ttag_view value, rule_member_read *read);

/* A copy that lives as long as the rules. */
ttag_status rule_read_string(rule_reader *r, ttag_view *out, ttag_view value);
/* What a string stands for, until the next one is read. */
ttag_status rule_read_text(rule_reader *r, ttag_view *out, ttag_view value);
ttag_status rule_read_bool(rule_reader *r, bool *out, ttag_view value);
ttag_status rule_read_number(rule_reader *r, double *out, ttag_view value, double least,
                             double most);

/* Phrases, names of lists behind an @, and, if `weighted`, objects of one of these and a weight;
   one or an array. Each phrase is taken once. */
ttag_status rule_read_group(rule_reader *r, phrase_group *out, bool weighted, ttag_view value);

/* Names of tags, with * and ? as in globs; each has to fit one. */
ttag_status rule_read_tags(rule_reader *r, tag_set *out, ttag_view value);

#endif
