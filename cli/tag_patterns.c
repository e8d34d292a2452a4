/* A misspelt pattern leaves out every record, or none, without a word. */
#include "cli/tag_patterns.h"

#include "cli/nearest.h"
#include "ttag/classify.h"

static bool fits_one(const char *pattern, const ttag_model_parts *parts)
{
    for (size_t t = 0; t < parts->n_tags; t++)
        if (ttag_tag_fits(pattern, parts->tags[t].name))
            return true;
    return false;
}

void tag_patterns_check(const invocation *call, const char *name, const string_list *patterns,
                        const ttag_model *model)
{
    const ttag_model_parts *parts = ttag_model_get(model);
    for (size_t i = 0; i < patterns->size; i++) {
        const char *pattern = patterns->items[i];
        if (fits_one(pattern, parts))
            continue;
        nearest near = nearest_to(text_view(pattern));
        for (size_t t = 0; t < parts->n_tags; t++)
            nearest_look(&near, parts->tags[t].name);
        console_say(call->console, TTAG_WARNING, "--%s '%s' fits no tag of the model%s%.*s%s", name,
                    pattern, near.best.bytes ? "; did you mean '" : "", (int)near.best.size,
                    near.best.bytes ? near.best.bytes : "", near.best.bytes ? "'?" : "");
    }
}
