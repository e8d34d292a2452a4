/* What a tag is called elsewhere: datasets/counterparts.json, built in. */
#ifndef CLASSIFY_COUNTERPARTS_H
#define CLASSIFY_COUNTERPARTS_H

#include <stddef.h>

#include "ttag/base.h"

extern const char counterparts_builtin[];
extern const size_t counterparts_builtin_size;

/* The member `system` of the tag's entry, as JSON; absent: there is none. */
ttag_view counterpart_of(ttag_view tag, const char *system);

#endif
