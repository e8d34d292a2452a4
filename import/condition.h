/* When a rule of a mapping holds for a record. */
#ifndef IMPORT_CONDITION_H
#define IMPORT_CONDITION_H

#include "articles/names.h"
#include "import/fields.h"

typedef enum condition_kind {
    CONDITION_PRESENT, /* a field has a value */
    CONDITION_IS,      /* a value is one of the words */
    CONDITION_HAS,     /* a value has one of the words within it, ASCII letters of either case */
    CONDITION_BEFORE,  /* a value comes before the word in byte order, as dates do */
    CONDITION_OTHER,   /* a value is none of the words */
    CONDITION_TAGGED,  /* a tag given by the rules before fits one of the words, with * and ? */
    CONDITION_ALL,     /* of its parts */
    CONDITION_ANY,
    CONDITION_NOT /* of its only part */
} condition_kind;

typedef struct condition condition;
struct condition {
    condition_kind kind;
    const field_path *fields; /* n_fields: of any of them */
    size_t n_fields;
    const ttag_view *words; /* n_words; of HAS in lower case */
    size_t n_words;
    const condition *const *parts; /* n_parts */
    size_t n_parts;
};

typedef struct condition_input {
    const source_record *record;
    const names *tags; /* given so far; NULL: none */
} condition_input;

bool condition_holds(const condition *c, const condition_input *input);

#endif
