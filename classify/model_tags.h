/* The tag table: ttag_model_tag to the sections "tags" and "strings", and back. */
#ifndef CLASSIFY_MODEL_TAGS_H
#define CLASSIFY_MODEL_TAGS_H

#include "base/buffer.h"
#include "classify/model_file.h"

/* Whether the tags hold together: names in order, figures finite, implications within the table.
   Returns TTAG_OK or `code` with a sentence and `path` (NULL: none). */
ttag_status model_tags_check(const ttag_model_tag *tags, size_t n_tags, bool calibrated,
                             ttag_status code, const char *path, ttag_error *err);

/* Appends the two sections; the caller checks the buffers. */
void model_tags_encode(buffer *records, buffer *strings, const ttag_model_tag *tags, size_t n_tags);

/* Reads model->parts.n_tags tags from the sections of `model` into model->tags and model->implies,
   and checks them. TTAG_OK, TTAG_FORMAT or TTAG_NOMEM. */
ttag_status model_tags_decode(ttag_model *model, ttag_error *err);

#endif
