/* What reading a mapping's parts has in common: values of JSON, copied, with messages. */
#ifndef IMPORT_MAPPING_READ_H
#define IMPORT_MAPPING_READ_H

#include "import/source_mapping.h"

typedef struct mapping_reader {
    ttag_mapping *mapping;
    const char *path;
    buffer text; /* scratch */
    ttag_error *err;
} mapping_reader;

/* A member that is not there, or null. */
bool is_absent(ttag_view value);

/* "SAID of the mapping is …; expected WANTED" */
ttag_status mapping_refuse(mapping_reader *r, const char *said, ttag_view value,
                           const char *wanted);

/* A string, copied into the mapping; `said` names it in the message. */
ttag_status mapping_read_string(mapping_reader *r, ttag_view *out, const char *said,
                                ttag_view value);

/* A string or an array of strings. */
ttag_status mapping_read_strings(mapping_reader *r, const ttag_view **out, size_t *n,
                                 const char *said, ttag_view value);

/* A condition; of an absent value NULL. */
ttag_status mapping_read_condition(mapping_reader *r, const condition **out, ttag_view value);

/* All members of the mapping whose text this is, each checked. */
ttag_status mapping_read_members(mapping_reader *r, ttag_view text);

#endif
