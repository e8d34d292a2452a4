/* The tags that a warning names: the first twenty, and how many more there are. */
#ifndef TRAIN_TAG_NAMES_H
#define TRAIN_TAG_NAMES_H

#include "base/buffer.h"

/* Zero-initialise before use. */
typedef struct tag_names {
    buffer text;
    size_t count; /* of all, shown or not */
} tag_names;

/* "Malware" */
void tag_names_add(tag_names *names, ttag_view name);
/* "Malware (12)" */
void tag_names_add_support(tag_names *names, ttag_view name, size_t support);

/* "Malware, VulnerabilitiesOS and 3 more", to be called once, after the last; "…": no memory. As
   long as the names. */
const char *tag_names_text(tag_names *names);
void tag_names_dispose(tag_names *names);

#endif
