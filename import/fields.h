/* The values at a path within a published record: "actor.external.variety". */
#ifndef IMPORT_FIELDS_H
#define IMPORT_FIELDS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "ttag/base.h"

struct lookup;

/* A record, and what its document says of all records: JSON texts, checked. */
typedef struct source_record {
    ttag_view value;
    ttag_view document; /* an object of the document's own members that are neither arrays nor
                           objects: records are asked for these again and again */
    const struct lookup *lookups; /* n_lookups, filled from the document */
    size_t n_lookups;
} source_record;

/* Names of members, from the outside in. An array on the way stands for each of its elements. */
typedef struct field_path {
    const char **names; /* n */
    size_t n;
    bool of_document; /* begins at the document, not at the record */
} field_path;

/* Reads "actor.external.variety", or with "^" before it a path from the document on. Copies the
   names; false: no memory. */
bool field_path_read(field_path *out, ttag_view text, arena *memory);

/* Is given a value: never null, an empty string, object or array. False: no more are wanted. */
typedef bool field_seen(void *context, ttag_view value);

/* Calls `seen` with each value at the path, in their order; false as soon as `seen` says so. */
bool field_each(const source_record *record, const field_path *path, field_seen *seen,
                void *context);

/* Puts what a scalar stands for into `out`, which is cleared first; of others their JSON text. */
ttag_view field_text(ttag_view value, buffer *out);

#endif
