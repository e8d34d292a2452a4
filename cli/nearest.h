/* The name that somebody probably meant. */
#ifndef CLI_NEAREST_H
#define CLI_NEAREST_H

#include "ttag/base.h"

/* Looks at candidates one by one; `best` is absent as long as none is near enough. */
typedef struct nearest {
    ttag_view word;
    ttag_view best;
    size_t distance;
} nearest;

nearest nearest_to(ttag_view word);
void nearest_look(nearest *n, ttag_view candidate);

/* A terminated string as a view. */
ttag_view text_view(const char *text);

bool same_text(ttag_view a, ttag_view b);

#endif
