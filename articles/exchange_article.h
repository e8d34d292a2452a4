/* What the decoders of STIX and MISP share: members by name, text put together, tags. */
#ifndef ARTICLES_EXCHANGE_ARTICLE_H
#define ARTICLES_EXCHANGE_ARTICLE_H

#include "articles/decoder.h"

typedef struct exchange_article {
    ttag_decoder *decoder;
    ttag_article *article;
    const ttag_record *record;
    ttag_error *err;
    json_walk walk;
} exchange_article;

/* Begins to walk over the record's object; the decoder's strings will not move. */
ttag_status exchange_begin(exchange_article *e);

/* Finds the first member of each of n names that are wanted, in one walk; value absent: none, or
   null. A member that is of another kind than `kinds` says is refused. */
ttag_status exchange_find(exchange_article *e, json_walk *walk, const char *const *wanted,
                          const json_kind *kinds, json_item *found, size_t n);

/* A tag of theirs, if it is one of ours. False: no memory. */
bool exchange_add_tag(exchange_article *e, ttag_view tag);

/* Adds a paragraph to the text. */
void exchange_add_text(exchange_article *e, ttag_view text);

/* Text, id and tags are there: checks that there is something to read. */
ttag_status exchange_end(exchange_article *e, const json_item *id);

#endif
