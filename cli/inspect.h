/* A model and its tags, for people and as JSON. */
#ifndef CLI_INSPECT_H
#define CLI_INSPECT_H

#include <stdio.h>

#include "ttag/model.h"

typedef struct inspection {
    const ttag_model_parts *parts;
    const char *path;
    size_t size; /* of the file, in bytes */
} inspection;

void inspect_model_text(FILE *out, const inspection *view);
void inspect_model_json(FILE *out, const inspection *view);

/* The tag at `position` with its `n` strongest terms for and against; false: out of memory. */
bool inspect_tag_text(FILE *out, const inspection *view, size_t position, size_t n);
bool inspect_tag_json(FILE *out, const inspection *view, size_t position, size_t n);

#endif
