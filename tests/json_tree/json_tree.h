/* JSON as a tree, read by cJSON: the independent reader that ours is held against, and a help to
   tests that look into what was written. */
#ifndef TESTS_JSON_TREE_H
#define TESTS_JSON_TREE_H

#include "base/json.h"

typedef struct cJSON tree; /* opaque outside json_tree.c */

/* Parses exactly one value, white space around it allowed. The text must be valid UTF-8 without
   NUL. `\u0000` and lone surrogates become U+FFFD. On failure NULL; *position is the byte the
   parser stopped at, and *reason a static sentence. */
tree *tree_parse(ttag_view text, size_t *position, const char **reason);
void tree_free(tree *value);

json_kind tree_kind_of(const tree *value);
ttag_view tree_string(const tree *value); /* of a string; lives as the document */
double tree_number(const tree *value);    /* of a number */
const tree *tree_member(const tree *object, const char *name); /* NULL: absent */
const tree *tree_first(const tree *container); /* first element or member; NULL: none */
const tree *tree_next(const tree *element);
ttag_view tree_key(const tree *member); /* name of an object's member */

/* The bytes of a top-level member's value in `text`, which tree_parse has accepted as an object;
   absent if there is no such member. */
ttag_view tree_raw_member(ttag_view text, const char *name);
/* Walks the top-level members as raw bytes: start with *position = 0; false after the last. `name`
   is the raw key without its quotes. */
bool tree_raw_next(ttag_view text, size_t *position, ttag_view *name, ttag_view *value);

#endif
