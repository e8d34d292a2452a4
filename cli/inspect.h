/* A model and its tags, for people and as JSON. */
#ifndef CLI_INSPECT_H
#define CLI_INSPECT_H

#include <stdio.h>

#include "cli/model_card.h"
#include "ttag/model.h"

typedef struct inspection {
    const ttag_model_parts *parts;
    const card_node *card;
    const char *path;
    size_t size; /* of the file, in bytes */
} inspection;

void inspect_model_text(FILE *out, const inspection *view);
/* The settings that were compared, if any were: a part of the former. */
void inspect_tune_text(FILE *out, const card_node *card);

/* false, here and below: out of memory. */
bool inspect_model_json(FILE *out, const inspection *view);

/* The tag at `position` with its `n` strongest terms for and against. */
bool inspect_tag_text(FILE *out, const inspection *view, size_t position, size_t n);
bool inspect_tag_json(FILE *out, const inspection *view, size_t position, size_t n);

#endif
