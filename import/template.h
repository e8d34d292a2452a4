/* Text made of a record's fields: "{year}[-{month|two}[-{day|two}]]". A field in braces stands for
   its first value, which filters may change; what is in brackets is left out if a field within it
   has no value; all else stands for itself. */
#ifndef IMPORT_TEMPLATE_H
#define IMPORT_TEMPLATE_H

#include "base/arena.h"
#include "import/fields.h"
#include "import/filters.h"

typedef struct template_field {
    field_path path;
    filter **filters; /* n_filters, applied in turn; NULL in it: the lookup of the same place */
    size_t *lookups;  /* n_filters, positions in the record's lookups */
    size_t n_filters;
} template_field;

typedef enum template_kind {
    TEMPLATE_TEXT,
    TEMPLATE_FIELD,
    TEMPLATE_OPEN,
    TEMPLATE_CLOSE
} template_kind;

typedef struct template_part {
    template_kind kind;
    ttag_view text; /* of TEMPLATE_TEXT */
    template_field field;
} template_part;

typedef struct template
{
    template_part *parts; /* n */
    size_t n, capacity;
}
template;

/* Zeroed: a template of the empty text. Reads it; what it points to is in `memory`, and `text` must
   live as long. `why` is what is wrong, static, with TTAG_PARSE; TTAG_NOMEM without. */
ttag_status template_read(template *out, ttag_view text, const ttag_view *lookups, size_t n_lookups,
                          arena *memory, const char **why);

/* Appends the text. False: a field outside of brackets has no value. The caller checks `out`. */
bool template_put(const template *t, const source_record *record, buffer *out);

/* Calls `seen` with the text for each value of the template's only field, or once if it has none;
   stops where `seen` says so. An absent text: no memory. */
typedef bool template_seen(void *context, ttag_view text);
void template_each(const template *t, const source_record *record, template_seen *seen,
                   void *context);

#endif
