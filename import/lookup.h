/* Names for what a record only refers to: ATT&CK's relationships name a technique by its key, which
   another object of the same document explains. */
#ifndef IMPORT_LOOKUP_H
#define IMPORT_LOOKUP_H

#include "base/intern.h"
#include "import/condition.h"
#include "import/fields.h"

typedef struct lookup {
    ttag_view name;        /* as templates call it */
    field_path at;         /* the objects, in the document */
    const condition *when; /* which of them; NULL: all */
    field_path key, value;
    intern keys, values;
    uint32_t *value_of; /* capacity, of a key's number the value's */
    size_t capacity;
    bool failed; /* no memory */
} lookup;

/* Reads keys and values out of the document. */
ttag_status lookup_fill(lookup *l, ttag_view document, ttag_error *err);

/* Absent: no such key. Borrowed until the next fill. */
ttag_view lookup_find(const lookup *l, ttag_view key);

void lookup_dispose(lookup *l);

#endif
