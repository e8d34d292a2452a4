/* Any bytes as a taxonomy file: read or refused with a sentence, and what comes out is whole. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "articles/taxonomy_read.h"
#include "articles/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check_tag(const ttag_taxonomy *t, size_t position)
{
    const ttag_tag *tag = ttag_taxonomy_tag(t, position);
    demand(tag->name.size > 0 && utf8_good(tag->name) == tag->name.size);
    demand(tag->description.bytes && tag->group.bytes);
    demand(ttag_taxonomy_find(t, tag->name) == position);
    for (size_t i = 0; i < tag->n_implies; i++)
        demand(tag->implies[i] < ttag_taxonomy_size(t) && tag->implies[i] != position);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ttag_taxonomy *t;
    ttag_error err;
    memset(&err, 0, sizeof err);
    ttag_status status = taxonomy_parse(&t, (ttag_view){(const char *)data, size}, "fuzz", &err);
    if (status != TTAG_OK) {
        demand(!t && (status == TTAG_PARSE || status == TTAG_EMPTY));
        demand(err.code == status && err.text[0] != '\0');
        return 0;
    }
    demand(ttag_taxonomy_size(t) > 0);
    for (size_t i = 0; i < ttag_taxonomy_size(t); i++)
        check_tag(t, i);
    ttag_taxonomy_free(t);
    return 0;
}
