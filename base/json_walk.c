/* Walking one JSON value, checking it on the way. What passes over something is given where that
   begins and returns what is behind it, or NULL: refused. */
#include <string.h>

#include "base/json_string.h"

/* Levels of nesting; deeper texts are refused. */
enum { DEEPEST = 1000 };

static const char *refuse(json_walk *w, const char *p, const char *reason)
{
    w->at = p;
    w->ended = true;
    w->reason = reason;
    return NULL;
}

/* Something else should be at p. */
static const char *refuse_here(json_walk *w, const char *p)
{
    return refuse(w, p, p < w->end ? "unexpected characters" : "it ends too early");
}

/* All control characters pass for white space. */
static const char *skip_blanks(const char *p, const char *end)
{
    while (p < end && (unsigned char)*p <= 0x20)
        p++;
    return p;
}

/* A byte that no text holds here, behind the end. */
static char byte_at(const json_walk *w, const char *p)
{
    if (p < w->end)
        return *p;
    return '\0';
}

/* ---- Values that hold no others. ---- */

static const char *pass_word(json_walk *w, const char *p, const char *word, size_t size)
{
    if ((size_t)(w->end - p) < size || memcmp(p, word, size) != 0)
        return refuse_here(w, p);
    return p + size;
}

static const char *pass_word_or_number(json_walk *w, const char *p)
{
    switch (byte_at(w, p)) {
    case 't':
        return pass_word(w, p, "true", 4);
    case 'f':
        return pass_word(w, p, "false", 5);
    case 'n':
        return pass_word(w, p, "null", 4);
    default:
        break;
    }
    bool proper;
    size_t size = json_number_length((ttag_view){p, (size_t)(w->end - p)}, &proper);
    return size > 0 ? p + size : refuse_here(w, p);
}

/* A member's name, as it stands, and the colon behind it. */
static const char *pass_name(json_walk *w, const char *p, ttag_view *name, bool *escaped)
{
    ttag_view string;
    p = skip_blanks(p, w->end);
    if (byte_at(w, p) != '"')
        return p < w->end ? refuse(w, p, "expected a name in double quotes") : refuse_here(w, p);
    p = json_pass_string(w, p, name, &string, NULL);
    if (!p)
        return NULL;
    *escaped = string.bytes == NULL;
    p = skip_blanks(p, w->end);
    return byte_at(w, p) == ':' ? p + 1 : refuse_here(w, p);
}

/* ---- Values that hold others. ---- */

/* What is open: bit d - 1 for depth d, set for an object. Depth 1 is the value that is walked. */
typedef struct nest {
    size_t depth;
    uint64_t objects[(DEEPEST + 63) / 64];
} nest;

static bool within_object(const nest *n)
{
    return n->depth > 1 && (n->objects[(n->depth - 1) / 64] >> (n->depth - 1) % 64 & 1);
}

static bool is_close(const json_walk *w, const char *p, const nest *n)
{
    return byte_at(w, p) == (within_object(n) ? '}' : ']');
}

/* Passes over the brace or bracket that a value begins with. */
static const char *open_level(json_walk *w, const char *p, nest *n)
{
    if (n->depth == DEEPEST)
        return refuse(w, p, "it is nested more than 1000 levels deep");
    uint64_t bit = (uint64_t)1 << n->depth % 64, *word = &n->objects[n->depth / 64];
    if (bit == 1)
        *word = 0;
    *word = *p == '{' ? *word | bit : *word & ~bit;
    n->depth++;
    return skip_blanks(p + 1, w->end);
}

/* Behind a value: passes over the end of each level that ends here, and over the comma behind. */
static const char *close_levels(json_walk *w, const char *p, nest *n)
{
    for (; n->depth > 1; n->depth--, p++) {
        p = skip_blanks(p, w->end);
        if (!is_close(w, p, n))
            return byte_at(w, p) == ',' ? p + 1 : refuse_here(w, p);
    }
    return p;
}

/* p is at a brace or a bracket. */
static const char *pass_nested(json_walk *w, const char *p)
{
    nest n;
    n.depth = 1;
    n.objects[0] = 0;
    do {
        ttag_view name, string;
        bool escaped;
        if (within_object(&n) && !(p = pass_name(w, p, &name, &escaped)))
            return NULL;
        p = skip_blanks(p, w->end);
        char first = byte_at(w, p);
        if (first == '{' || first == '[') {
            p = open_level(w, p, &n);
            if (p && !is_close(w, p, &n))
                continue;
        } else if (first == '"') {
            p = json_pass_string(w, p, &name, &string, NULL);
        } else {
            p = pass_word_or_number(w, p);
        }
        if (!p || !(p = close_levels(w, p, &n)))
            return NULL;
    } while (n.depth > 1);
    return p;
}

/* ---- The walk. ---- */

json_walk json_walk_over(ttag_view text, buffer *strings)
{
    return (json_walk){.scan = byte_scan_best(),
                       .start = text.bytes,
                       .at = text.bytes,
                       .end = text.bytes + text.size,
                       .block = (size_t)0 - BYTE_BLOCK, /* far from all there are */
                       .strings = strings};
}

json_walk json_walk_into(const json_walk *outer, ttag_view value)
{
    return (json_walk){.scan = outer->scan,
                       .start = outer->start,
                       .at = value.bytes,
                       .end = value.bytes + value.size,
                       .block = (size_t)0 - BYTE_BLOCK,
                       .strings = outer->strings};
}

/* Behind the value: nothing may follow. */
static const char *finish(json_walk *w, const char *p)
{
    w->ended = true;
    p = skip_blanks(p, w->end);
    if (p < w->end)
        return refuse_here(w, p);
    w->at = p;
    return NULL;
}

/* Passes over what is before the first item. NULL: there is none. */
static const char *begin(json_walk *w)
{
    static const char byte_order_mark[] = {'\xef', '\xbb', '\xbf'};
    const char *p = w->at;
    ttag_view raw, string;
    w->begun = true;
    if (p == w->start && w->end - p > 3 && memcmp(p, byte_order_mark, 3) == 0)
        p += 3;
    p = skip_blanks(p, w->end);
    w->kind = json_kind_of((ttag_view){p, (size_t)(w->end - p)});
    if (w->kind != JSON_OBJECT)
        w->habit = NULL;
    if (w->kind < JSON_ARRAY) {
        p = w->kind == JSON_STRING ? json_pass_string(w, p, &raw, &string, NULL)
                                   : pass_word_or_number(w, p);
        return p ? finish(w, p) : NULL;
    }
    p = skip_blanks(p + 1, w->end);
    w->close = w->kind == JSON_OBJECT ? '}' : ']';
    return byte_at(w, p) == w->close ? finish(w, p + 1) : p;
}

/* Passes over what is between two items. NULL: there is no further one. */
static const char *go_on(json_walk *w)
{
    const char *p = skip_blanks(w->at, w->end);
    char c = byte_at(w, p);
    if (c == ',')
        return p + 1;
    return c == w->close ? finish(w, p + 1) : refuse_here(w, p);
}

/* ---- Items. ---- */

/* Whether the text begins as the habit does. */
static inline bool fits_habit(const json_habit *habit, const char *text, size_t size)
{
    enum { WORDS = JSON_HABIT_SIZE / sizeof(uint64_t) };
    static const uint64_t ones[2 * WORDS] = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};
    uint64_t bytes[WORDS], expected[WORDS], mask[WORDS], differ = 0;
    if (size < JSON_HABIT_SIZE)
        return size >= habit->size && memcmp(text, habit->bytes, habit->size) == 0;
    memcpy(bytes, text, sizeof bytes);
    memcpy(expected, habit->bytes, sizeof expected);
    memcpy(mask, (const char *)ones + JSON_HABIT_SIZE - habit->size, sizeof mask);
    for (size_t i = 0; i < WORDS; i++)
        differ |= (bytes[i] ^ expected[i]) & mask[i];
    return differ == 0;
}

/* Passes over the introduction of the next item, which is all that is before its value, if it is
   the same as the last time. NULL: it is not. */
static const char *pass_habit(json_walk *w, json_item *item)
{
    json_habit *habit = w->habit;
    const char *p = w->at;
    if (!habit || habit->size == 0 || !fits_habit(habit, p, (size_t)(w->end - p)))
        return NULL;
    w->begun = true;
    w->kind = JSON_OBJECT;
    w->close = '}';
    item->name.bytes = p + habit->name_at;
    item->name.size = habit->name_size;
    item->name_escaped = habit->name_escaped;
    item->as_before = true;
    item->habit = habit;
    return p + habit->size;
}

/* Notes the introduction, from w->at to the value. */
static void keep_habit(json_walk *w, json_item *item)
{
    json_habit *habit = w->habit;
    size_t size = (size_t)(item->value.bytes - w->at);
    if (!habit || size > JSON_HABIT_SIZE)
        return;
    item->habit = habit;
    habit->size = size;
    memcpy(habit->bytes, w->at, size);
    habit->name_at = (size_t)(item->name.bytes - w->at);
    habit->name_size = item->name.size;
    habit->name_escaped = item->name_escaped;
}

static const char *pass_introduction(json_walk *w, json_item *item)
{
    item->name.bytes = NULL;
    item->name.size = 0;
    item->name_escaped = item->as_before = false;
    item->habit = NULL;
    const char *p = w->begun ? go_on(w) : begin(w);
    if (p && w->kind == JSON_OBJECT)
        p = pass_name(w, p, &item->name, &item->name_escaped);
    return p;
}

bool json_walk_next(json_walk *w, json_item *item)
{
    if (w->ended)
        return false;
    const char *p = pass_habit(w, item);
    if (!p)
        p = pass_introduction(w, item);
    if (!p)
        return false;
    const char *start = p = skip_blanks(p, w->end);
    char first = byte_at(w, p);
    ttag_view raw;
    item->string.bytes = NULL;
    item->string.size = 0;
    if (first == '"')
        p = json_pass_string(w, p, &raw, &item->string, w->strings);
    else if (first == '{' || first == '[')
        p = pass_nested(w, p);
    else
        p = pass_word_or_number(w, p);
    if (!p)
        return false;
    item->value.bytes = start;
    item->value.size = (size_t)(p - start);
    if (!item->as_before) /* only now: who saw no item must not find its habit */
        keep_habit(w, item);
    if (w->habit)
        w->habit = ++w->place < JSON_HABITS ? w->habit + 1 : NULL;
    w->at = p;
    return true;
}

bool json_check(ttag_view text, size_t *position, const char **reason)
{
    json_walk w = json_walk_over(text, NULL);
    json_item item;
    while (json_walk_next(&w, &item))
        continue;
    *position = (size_t)(w.at - w.start);
    *reason = w.reason;
    return !w.reason;
}

size_t json_count_items(ttag_view value)
{
    json_walk walk = json_walk_over(value, NULL);
    json_item item;
    size_t count = 0;
    while (json_walk_next(&walk, &item))
        count++;
    return count;
}

size_t json_count_one_or_many(ttag_view value)
{
    return json_kind_of(value) == JSON_ARRAY ? json_count_items(value) : 1;
}
