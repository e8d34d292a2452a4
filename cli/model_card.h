/* The card of a model, read with cJSON. It may be a stranger's: any bytes. */
#ifndef CLI_MODEL_CARD_H
#define CLI_MODEL_CARD_H

#include <stdio.h>

#include "ttag/base.h"

/* The card, or a value within it; wherever one is taken, NULL stands for one that is not there. */
typedef struct cJSON card_node;

/* Refuses what is not a JSON object with TTAG_FORMAT, as trouble in the file `path`; so too what is
   nested more than 1000 deep or longer than 64 MiB. The card is to be freed. */
ttag_status card_read(card_node **out, ttag_view text, const char *path, ttag_error *err);
void card_free(card_node *card);

/* The value at `path`, "out_of_fold.micro_f1", or the element of an array at `position`. */
const card_node *card_find(const card_node *node, const char *path);
const card_node *card_element(const card_node *array, size_t position);

/* What a string says, a number as it stands in the card, "true", "false", "null"; NULL of arrays
   and objects. */
const char *card_text(const card_node *node);

/* Without white space; false: out of memory. */
bool card_write_compact(FILE *out, const card_node *node);

/* With two blanks of indentation; arrays of scalars on one line. The first line is not indented,
   further ones by `indent` blanks more. */
void card_write_pretty(FILE *out, const card_node *node, int indent);

/* For people: each scalar, and each array of scalars, as a line `name.name<pad>value`; `prefix` and
   a point come before the names, unless it is empty. */
void card_write_lines(FILE *out, const card_node *object, const char *prefix);

#endif
