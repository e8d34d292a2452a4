/* Any bytes as JSON: read as cJSON reads them, or refused at the same place with the same reason;
   and the tree is the same after writing it and reading it again. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/view.h"
#include "tests/json_tree/json_tree.h"
#include "tests/json_tree/same_reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static tree *parse(ttag_view text)
{
    size_t position = SIZE_MAX;
    const char *reason = NULL;
    tree *value = tree_parse(text, &position, &reason);
    demand(value || (position <= text.size && reason));
    return value;
}

static void write_value(buffer *b, const tree *value)
{
    json_kind kind = tree_kind_of(value);
    if (kind == JSON_NUMBER)
        json_put_number(b, tree_number(value), 17);
    else if (kind == JSON_STRING)
        json_put_string(b, tree_string(value));
    else if (kind < JSON_NUMBER)
        buffer_text(b, json_kind_name(kind));
    if (kind < JSON_ARRAY)
        return;
    buffer_char(b, kind == JSON_ARRAY ? '[' : '{');
    for (const tree *item = tree_first(value); item; item = tree_next(item)) {
        if (item != tree_first(value))
            buffer_char(b, ',');
        if (kind == JSON_OBJECT) {
            json_put_string(b, tree_key(item));
            buffer_char(b, ':');
        }
        write_value(b, item);
    }
    buffer_char(b, kind == JSON_ARRAY ? ']' : '}');
}

static void check_same(const tree *a, const tree *b)
{
    if (tree_kind_of(a) == JSON_NUMBER && !isfinite(tree_number(a)))
        return; /* written as null */
    demand(tree_kind_of(a) == tree_kind_of(b));
    if (tree_kind_of(a) == JSON_NUMBER)
        demand(tree_number(a) == tree_number(b));
    if (tree_kind_of(a) == JSON_STRING)
        demand(view_equal(tree_string(a), tree_string(b)));
    if (tree_kind_of(a) < JSON_ARRAY)
        return;
    const tree *x = tree_first(a), *y = tree_first(b);
    for (; x && y; x = tree_next(x), y = tree_next(y)) {
        if (tree_kind_of(a) == JSON_OBJECT)
            demand(view_equal(tree_key(x), tree_key(y)));
        check_same(x, y);
    }
    demand(!x && !y);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ttag_view text = {(const char *)data, size};
    size_t position;
    const char *reason;
    json_check(text, &position, &reason);
    demand(position <= size);
    if (size && memchr(data, 0, size))
        return 0;
    demand(!json_difference(text));
    tree *value = parse(text);
    if (!value)
        return 0;
    buffer written = {0};
    write_value(&written, value);
    tree *again = parse(buffer_as_view(&written));
    demand(again != NULL);
    check_same(value, again);
    tree_free(again);
    tree_free(value);
    buffer_dispose(&written);
    return 0;
}
