/* Any bytes as JSON: refused with a place and a reason, or a tree that is the same after writing it
   and reading it again, and whose raw members are its members. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static json *parse(ttag_view text)
{
    size_t position = SIZE_MAX;
    const char *reason = NULL;
    json *value = json_parse(text, &position, &reason);
    demand(value || (position <= text.size && reason));
    return value;
}

static void write_value(buffer *b, const json *value)
{
    json_kind kind = json_kind_of(value);
    if (kind == JSON_NUMBER)
        json_put_number(b, json_number(value), 17);
    else if (kind == JSON_STRING)
        json_put_string(b, json_string(value));
    else if (kind < JSON_NUMBER)
        buffer_text(b, json_kind_name(kind));
    if (kind < JSON_ARRAY)
        return;
    buffer_char(b, kind == JSON_ARRAY ? '[' : '{');
    for (const json *item = json_first(value); item; item = json_next(item)) {
        if (item != json_first(value))
            buffer_char(b, ',');
        if (kind == JSON_OBJECT) {
            json_put_string(b, json_key(item));
            buffer_char(b, ':');
        }
        write_value(b, item);
    }
    buffer_char(b, kind == JSON_ARRAY ? ']' : '}');
}

static void check_same(const json *a, const json *b)
{
    if (json_kind_of(a) == JSON_NUMBER && !isfinite(json_number(a)))
        return; /* written as null */
    demand(json_kind_of(a) == json_kind_of(b));
    if (json_kind_of(a) == JSON_NUMBER)
        demand(json_number(a) == json_number(b));
    if (json_kind_of(a) == JSON_STRING)
        demand(view_equal(json_string(a), json_string(b)));
    if (json_kind_of(a) < JSON_ARRAY)
        return;
    const json *x = json_first(a), *y = json_first(b);
    for (; x && y; x = json_next(x), y = json_next(y)) {
        if (json_kind_of(a) == JSON_OBJECT)
            demand(view_equal(json_key(x), json_key(y)));
        check_same(x, y);
    }
    demand(!x && !y);
}

static void check_raw_members(const json *object, ttag_view text)
{
    size_t position = 0;
    ttag_view name, value;
    const json *member = json_first(object);
    for (; json_raw_next(text, &position, &name, &value); member = json_next(member)) {
        demand(member && position <= text.size);
        json *again = parse(value);
        demand(again != NULL);
        check_same(member, again);
        json_free(again);
    }
    demand(!member);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ttag_view text = {(const char *)data, size}, name, raw;
    for (size_t position = 0; json_raw_next(text, &position, &name, &raw);)
        demand(position <= size);
    json_raw_member(text, "id");
    json *value = parse(text);
    if (!value || (size && memchr(data, 0, size))) {
        json_free(value);
        return 0;
    }
    buffer written = {0};
    write_value(&written, value);
    json *again = parse(buffer_as_view(&written));
    demand(again != NULL);
    check_same(value, again);
    if (json_kind_of(value) == JSON_OBJECT)
        check_raw_members(value, text);
    json_free(again);
    json_free(value);
    buffer_dispose(&written);
    return 0;
}
