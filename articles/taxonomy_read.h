/* The inside of a taxonomy, and how it comes out of text. */
#ifndef ARTICLES_TAXONOMY_READ_H
#define ARTICLES_TAXONOMY_READ_H

#include "base/arena.h"
#include "base/intern.h"
#include "ttag/taxonomy.h"

struct ttag_taxonomy {
    ttag_tag *tags; /* n_tags */
    size_t n_tags, capacity;
    intern positions; /* of names: a name's number is its position in `tags` */
    arena memory;     /* texts and `implies` of the tags */
};

/* Reads either form. `path` is for messages only. */
ttag_status taxonomy_parse(ttag_taxonomy **out, ttag_view text, const char *path, ttag_error *err);

/* A tag that leads back to itself through what it implies, or TTAG_NO_TAG, into *tag.
   TTAG_OK or TTAG_NOMEM. */
ttag_status taxonomy_find_cycle(const ttag_taxonomy *taxonomy, uint32_t *tag, ttag_error *err);

#endif
