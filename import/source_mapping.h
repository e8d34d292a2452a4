/* A mapping, read: which records there are, what an article is made of, which tags it gets. */
#ifndef IMPORT_SOURCE_MAPPING_H
#define IMPORT_SOURCE_MAPPING_H

#include "base/arena.h"
#include "import/lookup.h"
#include "import/template.h"
#include "ttag/import.h"
#include "ttag/taxonomy.h"

/* The fields of the record that is written, in this order. */
typedef enum mapped_field {
    MAPPED_ID,
    MAPPED_TITLE,
    MAPPED_TEXT,
    MAPPED_DATE,
    MAPPED_URL,
    MAPPED_GROUP,
    MAPPED_FIELDS
} mapped_field;

extern const char *const mapped_names[MAPPED_FIELDS];

typedef struct tag_rule {
    template tag;
    const condition *when; /* NULL: always */
} tag_rule;

typedef struct unknown_rule {
    const ttag_view *tags; /* n_tags, patterns with * and ? */
    size_t n_tags;
    const condition *when; /* NULL: always */
} unknown_rule;

/* A condition that others can call by name. */
typedef struct named_condition {
    ttag_view name;
    const condition *condition;
} named_condition;

struct ttag_mapping {
    ttag_mapping_about about;
    bool is_csv;
    field_path records; /* of JSON documents */
    template fields[MAPPED_FIELDS];
    size_t least_words;
    bool drop_repeated;
    const condition *skip; /* NULL: no record */
    tag_rule *tags;        /* n_tags */
    size_t n_tags;
    unknown_rule *unknown; /* n_unknown */
    size_t n_unknown;
    named_condition *named; /* n_named */
    size_t n_named;
    lookup *lookups;         /* n_lookups: each run fills copies of its own */
    ttag_view *lookup_names; /* n_lookups */
    size_t n_lookups;
    ttag_taxonomy *taxonomy; /* what patterns of unknown tags stand for */
    arena memory;
};

/* Reads a mapping out of its text; `path` is for messages. */
ttag_status mapping_parse(ttag_mapping **out, ttag_view text, const char *path, ttag_error *err);

#endif
