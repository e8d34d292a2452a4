/* Reading JSON through cJSON. */
#include "tests/json_tree/json_tree.h"

#include <cjson/cJSON.h>

#include "base/memory.h"
#include "base/view.h"
#include "tests/json_tree/tree_mend.h"

/* Position behind the string that begins at `at`; over text.size if it is not closed. */
static size_t after_string(ttag_view text, size_t at)
{
    for (at++; at < text.size && text.bytes[at] != '"'; at++)
        if (text.bytes[at] == '\\')
            at++;
    return at + 1;
}

/* Opening quote of a string that is not closed, or text.size. */
static size_t open_string(ttag_view text)
{
    for (size_t i = 0; i < text.size;) {
        size_t next = text.bytes[i] == '"' ? after_string(text, i) : i + 1;
        if (next > text.size)
            return i;
        i = next;
    }
    return text.size;
}

/* Whether a member's name should stand at `at`: in an object, behind `{` or `,`. */
static bool awaits_name(ttag_view text, size_t at)
{
    char open[CJSON_NESTING_LIMIT + 1], last = '\0';
    size_t depth = 0;
    for (size_t i = 0; i < at;) {
        char c = text.bytes[i];
        if ((unsigned char)c > 0x20)
            last = c;
        if ((c == '{' || c == '[') && depth < sizeof open)
            open[depth++] = c;
        if ((c == '}' || c == ']') && depth > 0)
            depth--;
        i = c == '"' ? after_string(text, i) : i + 1;
    }
    bool closes = last == '{' && text.bytes[at] == '}';
    return depth > 0 && open[depth - 1] == '{' && (last == '{' || last == ',') && !closes;
}

/* Says in words why cJSON stopped at *position, and corrects that: it points behind the quote of an
   open string and behind the first byte of a bad name. */
static const char *explain(ttag_view text, size_t *position)
{
    size_t at = *position;
    if (at > 0 && open_string(text) == at - 1) {
        *position = at - 1;
        return "a string is not closed";
    }
    unsigned char before = at > 0 ? (unsigned char)text.bytes[at - 1] : ' ';
    if (before > 0x20 && before != '"' && awaits_name(text, at - 1)) {
        *position = at - 1;
        return "expected a name in double quotes";
    }
    if (at < text.size)
        return "unexpected characters";
    *position = text.size;
    return "it ends too early";
}

tree *tree_parse(ttag_view text, size_t *position, const char **reason)
{
    *position = 0;
    *reason = "out of memory";
    char *copy = mem_new(text.size + 1, 1);
    if (!copy)
        return NULL;
    if (text.size)
        memcpy(copy, text.bytes, text.size);
    copy[text.size] = '\0';
    tree_mend_escapes(copy, text.size);
    const char *stopped = copy;
    cJSON *value = cJSON_ParseWithLengthOpts(copy, text.size + 1, &stopped, 1);
    if (!value) {
        *position = (size_t)(stopped - copy);
        *reason = explain(text, position);
    }
    mem_free(copy);
    return value;
}

void tree_free(tree *value)
{
    cJSON_Delete(value);
}

json_kind tree_kind_of(const tree *value)
{
    switch (value->type & 0xff) {
    case cJSON_False:
        return JSON_FALSE;
    case cJSON_True:
        return JSON_TRUE;
    case cJSON_Number:
        return JSON_NUMBER;
    case cJSON_String:
        return JSON_STRING;
    case cJSON_Array:
        return JSON_ARRAY;
    case cJSON_Object:
        return JSON_OBJECT;
    default:
        return JSON_NULL;
    }
}

ttag_view tree_string(const tree *value)
{
    return view_of(value->valuestring);
}

double tree_number(const tree *value)
{
    return value->valuedouble;
}

const tree *tree_member(const tree *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

const tree *tree_first(const tree *container)
{
    return container->child;
}

const tree *tree_next(const tree *element)
{
    return element->next;
}

ttag_view tree_key(const tree *member)
{
    return view_of(member->string);
}
