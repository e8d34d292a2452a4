/* A list that grows no longer than a line can bear. */
#include "train/tag_names.h"

enum { SHOWN = 20 };

/* Whether the name is to be shown; if so, the comma before it is. */
static bool is_shown(tag_names *names)
{
    if (names->count++ >= SHOWN)
        return false;
    if (names->count > 1)
        buffer_text(&names->text, ", ");
    return true;
}

void tag_names_add(tag_names *names, ttag_view name)
{
    if (is_shown(names))
        buffer_view(&names->text, name);
}

void tag_names_add_support(tag_names *names, ttag_view name, size_t support)
{
    if (is_shown(names))
        buffer_printf(&names->text, "%.*s (%zu)", (int)name.size, name.bytes, support);
}

const char *tag_names_text(tag_names *names)
{
    if (names->count > SHOWN)
        buffer_printf(&names->text, " and %zu more", names->count - SHOWN);
    return buffer_ok(&names->text) ? buffer_as_view(&names->text).bytes : "…";
}

void tag_names_dispose(tag_names *names)
{
    buffer_dispose(&names->text);
    *names = (tag_names){0};
}
