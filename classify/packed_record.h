/* A classified record as bytes of our own, from the thread that tagged it to the one that keeps it.
 */
#ifndef CLASSIFY_PACKED_RECORD_H
#define CLASSIFY_PACKED_RECORD_H

#include "ttag/base.h"

/* The fields of an article, in their order. */
enum { FIELD_UUID, FIELD_ID, FIELD_TITLE, FIELD_TEXT, FIELD_URL, FIELD_DATE, FIELD_SOURCE, FIELDS };

typedef struct packed_record {
    bool refused;
    ttag_view fields[FIELDS]; /* absent: the article has none */
    size_t n_tags;            /* to be taken by packed_tag_next */
    ttag_view file, reason;   /* of a refused one … */
    uint64_t line;            /* … 0: the file as a whole */
} packed_record;

typedef struct packed_tag {
    ttag_view name, implied_by; /* absent: it stands by itself */
    float probability, score;
    bool given, review;
} packed_tag;

/* Takes the next record off the front of `rest`, then each of its tags. False: it is empty. */
bool packed_record_next(ttag_view *rest, packed_record *out);
void packed_tag_next(ttag_view *rest, packed_tag *out);

#endif
