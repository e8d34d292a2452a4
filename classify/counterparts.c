/* A few tags only, so they are walked. */
#include "classify/counterparts.h"

#include "base/json.h"
#include "base/view.h"

ttag_view counterpart_of(ttag_view tag, const char *system)
{
    json_walk walk =
        json_walk_over((ttag_view){counterparts_builtin, counterparts_builtin_size}, NULL);
    json_item item;
    while (json_walk_next(&walk, &item))
        if (view_equal(item.name, tag))
            return json_member(item.value, system);
    return (ttag_view){NULL, 0};
}
