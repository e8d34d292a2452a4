/* The argument of one option into its field. */
#ifndef CLI_OPTION_STORE_H
#define CLI_OPTION_STORE_H

#include "cli/options.h"

typedef struct option_target {
    const option *row;
    char *field;
    char *why; /* gets a sentence where this fails */
    size_t why_size;
} option_target;

/* value: of an option without argument. */
bool option_store(const option_target *t, const char *text, int value);

#endif
