/* Reading JSON where it stands, without a tree, and writing it by hand.

   What is read is RFC 8259 and a little more, as many producers need it: a byte order mark at the
   start, control characters as white space and within strings, numbers such as 01, 1. and -.5. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buffer.h"
#include "base/byte_scan.h"
#include "ttag/base.h"

typedef enum json_kind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
} json_kind;

const char *json_kind_name(json_kind kind); /* "a string", "an array", … */

/* ---- Walking. ---- */

/* What stood before a value in an object that was walked before: a name and what is around it. The
   next object mostly has the same at that place, which then need not be read anew. */
enum { JSON_HABITS = 16, JSON_HABIT_SIZE = 32 };
typedef struct json_habit {
    size_t size; /* 0: none */
    size_t name_at, name_size;
    bool name_escaped;
    int mark; /* what the name means to who walks */
    char bytes[JSON_HABIT_SIZE];
} json_habit; /* zero-initialise before use */

/* A member or an element. */
typedef struct json_item {
    ttag_view name;    /* as it stands, without its quotes; absent: of an array */
    ttag_view value;   /* as it stands, without white space around it */
    ttag_view string;  /* what a string stands for; absent: another kind, or it has escapes and the
                          walk does not undo them */
    bool name_escaped; /* there is a backslash in the name */
    bool as_before;    /* the name is the one that `habit` was marked for */
    json_habit *habit; /* to be marked for this name; or NULL */
} json_item;

/* One value, and how far its text has been passed over. What it contains is checked to the last
   byte, and so is that nothing but white space follows it. */
typedef struct json_walk {
    const byte_scan *scan;
    const char *start, *at, *end;
    size_t block;       /* position of the 64 bytes whose … */
    uint64_t quotes;    /* … quotes and backslashes are known */
    buffer *strings;    /* where escapes are undone, or NULL */
    json_habit *habit;  /* of the next item, or NULL; the caller may set it to the first of
                           JSON_HABITS that outlive the walk */
    size_t place;       /* of the next item, as long as there are habits */
    json_kind kind;     /* of the value; known once json_walk_next was called */
    char close;         /* what ends it: a brace or a bracket */
    bool begun, ended;  /* ended: also where it is refused */
    const char *reason; /* NULL: nothing was wrong so far; else why, and `at` is where */
} json_walk;

/* Puts the walk before the value. The text should be valid UTF-8 without NUL.
   Escapes in strings are undone at the end of `strings` (NULL: they are not); `\u0000` and lone
   surrogates become U+FFFD. In all that takes up at most text.size + JSON_STRING_ROOM of its
   capacity: with so much room made before, no string moves. The caller checks the buffer. */
json_walk json_walk_over(ttag_view text, buffer *strings);
enum { JSON_STRING_ROOM = 64 };

/* Puts a walk before a value that another one has passed over; same `strings`. */
json_walk json_walk_into(const json_walk *outer, ttag_view value);

/* The next member of the object, or element of the array. False: there is none, and all of the text
   was passed over, or it is refused (then walk->reason is set). A value that contains none has
   been passed over after the first call. */
bool json_walk_next(json_walk *walk, json_item *item);

/* How many elements an array has, or members an object. */
size_t json_count_items(ttag_view value);
/* How many elements an array has; 1 of what is none, where one value may stand for such an array.
 */
size_t json_count_one_or_many(ttag_view value);

/* True if the text is exactly one value; else *position and *reason say where and why not. */
bool json_check(ttag_view text, size_t *position, const char **reason);

/* ---- Values as they stand, all of a text that has been checked. ---- */

/* Its first byte tells. */
static inline json_kind json_kind_of(ttag_view value)
{
    if (value.size == 0)
        return JSON_NUMBER; /* none at all; it will not be found to be one */
    char first = value.bytes[0];
    if (first == '"')
        return JSON_STRING;
    if (first == '[' || first == '{')
        return first == '[' ? JSON_ARRAY : JSON_OBJECT;
    if (first == 't' || first == 'f')
        return first == 't' ? JSON_TRUE : JSON_FALSE;
    return first == 'n' ? JSON_NULL : JSON_NUMBER;
}

/* Appends what a string, given with its quotes, stands for. */
void json_put_unescaped(buffer *out, ttag_view string);

/* The first member of that name, or absent. Names are ASCII. */
ttag_view json_member(ttag_view object, const char *name);
bool json_name_is(const json_item *item, const char *name);

/* Bytes from the start that are a number, or 0; whether it is one after RFC 8259. */
size_t json_number_length(ttag_view text, bool *proper);
/* The double next to it; infinite beyond their bounds. */
double json_number(ttag_view number);

/* ---- Writing. ---- */

void json_put_string(buffer *b, ttag_view text); /* quoted, escaped; UTF-8 stays as it is */
void json_put_number(buffer *b, double number, int digits); /* %.<digits>g; null if not finite */
void json_put_float(buffer *b, float number);               /* %.9g; null if not finite */

#endif
