/* What a line of JSON Lines means, found out by way of cJSON: slow, and independent of ours. */
#ifndef TESTS_TREE_ARTICLE_H
#define TESTS_TREE_ARTICLE_H

#include "articles/names.h"
#include "tests/json_tree/json_tree.h"
#include "ttag/articles.h"

typedef struct tree_decoder {
    buffer text;
    tree *document;
    buffer id;
    names tags, unknown;
} tree_decoder; /* zero-initialise before use */

/* As ttag_decode does it, for a record that is a line. */
ttag_status tree_decode(tree_decoder *d, ttag_article *article, const ttag_record *record,
                        ttag_error *err);
void tree_decoder_dispose(tree_decoder *d);

#endif
