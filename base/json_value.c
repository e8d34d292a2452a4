/* JSON values as they stand: their kinds, members by name. */

#include "base/json.h"
#include "base/json_string.h"
#include "base/view.h"

const char *json_kind_name(json_kind kind)
{
    static const char *const names[] = {"null",     "false",    "true",     "a number",
                                        "a string", "an array", "an object"};
    return names[kind];
}

bool json_name_is(const json_item *item, const char *name)
{
    const char *p = item->name.bytes, *end = p + item->name.size;
    if (!item->name_escaped)
        return view_equal(item->name, view_of(name));
    for (; p < end && *name; name++) {
        long unit = json_unit_at(p, end);
        if (unit < 0 && *p == '\\')
            return false; /* a quote, a slash, a control character */
        if (unit < 0 ? *p != *name : unit != *name)
            return false;
        p += unit < 0 ? 1 : 6;
    }
    return p == end && !*name;
}

ttag_view json_member(ttag_view object, const char *name)
{
    json_walk w = json_walk_over(object, NULL);
    json_item item;
    while (json_walk_next(&w, &item))
        if (w.kind == JSON_OBJECT && json_name_is(&item, name))
            return item.value;
    return (ttag_view){NULL, 0};
}
