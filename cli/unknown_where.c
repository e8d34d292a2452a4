/* One rule after the other. */
#include "cli/unknown_where.h"

#include "cli/exit.h"

int unknown_where_read(ttag_unknown_rules **out, const invocation *call, const string_list *given)
{
    ttag_error err;
    *out = NULL;
    if (given->size == 0)
        return EXIT_DONE;
    ttag_status status = ttag_unknown_rules_new(out, &err);
    for (size_t i = 0; status == TTAG_OK && i < given->size; i++)
        status = ttag_unknown_rules_add(*out, given->items[i], &err);
    if (status == TTAG_OK)
        return EXIT_DONE;
    ttag_unknown_rules_free(*out);
    *out = NULL;
    return status == TTAG_INVALID ? usage_error(call, "--unknown-where: %s", err.text)
                                  : console_fail(call->console, &err);
}
