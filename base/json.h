/* Reading JSON through cJSON (json.c is the only file that sees it), and writing it by hand. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buffer.h"
#include "ttag/base.h"

/* ---- Reading: one document per parse. ---- */

typedef struct cJSON json; /* opaque outside json.c */

typedef enum json_kind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
} json_kind;

/* Parses exactly one value, white space around it allowed. The text must be valid UTF-8 without
   NUL. `\u0000` and lone surrogates become U+FFFD. On failure NULL; *position is the byte the
   parser stopped at, and *reason a static sentence. */
json *json_parse(ttag_view text, size_t *position, const char **reason);
void json_free(json *value);

json_kind json_kind_of(const json *value);
const char *json_kind_name(json_kind kind); /* "a string", "an array", … */
ttag_view json_string(const json *value);   /* of a string; lives as the document */
double json_number(const json *value);      /* of a number */
const json *json_member(const json *object, const char *name); /* NULL: absent */
const json *json_first(const json *container); /* first element or member; NULL: none */
const json *json_next(const json *element);
ttag_view json_key(const json *member); /* name of an object's member */

/* The bytes of a top-level member's value in `text`, which json_parse has accepted as an object;
   absent if there is no such member. Numbers keep all their digits this way. */
ttag_view json_raw_member(ttag_view text, const char *name);
/* Walks the top-level members as raw bytes: start with *position = 0; false after the last. `name`
   is the raw key without its quotes. */
bool json_raw_next(ttag_view text, size_t *position, ttag_view *name, ttag_view *value);

/* ---- Writing. ---- */

void json_put_string(buffer *b, ttag_view text); /* quoted, escaped; UTF-8 stays as it is */
void json_put_number(buffer *b, double number, int digits); /* %.<digits>g; null if not finite */

#endif
