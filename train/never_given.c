/* The warning, and the rule as it is asked for. */
#include "train/never_given.h"

#include "base/json.h"
#include "base/monitor.h"
#include "train/tag_names.h"

enum { BOUND_DIGITS = 9 };

void cut_rule_put(buffer *out, const cut_rule *rule)
{
    static const char *const NAMES[] = {"none",     "f1",         "f1-best",
                                        "f1-count", "precision=", "recall="};
    buffer_text(out, NAMES[rule->rule]);
    if (rule->rule == TTAG_THRESHOLDS_PRECISION || rule->rule == TTAG_THRESHOLDS_RECALL)
        json_put_number(out, rule->bound, BOUND_DIGITS);
}

size_t never_given_tell(const ttag_model_tag *tags, size_t n_tags, const cut_rule *rule,
                        const ttag_monitor *monitor)
{
    tag_names names = {0};
    buffer asked = {0};
    for (size_t t = 0; t < n_tags; t++)
        if (is_never_given(&tags[t]))
            tag_names_add(&names, tags[t].name);
    const size_t count = names.count;
    cut_rule_put(&asked, rule);
    if (count > 0)
        tell(monitor, TTAG_WARNING, NULL,
             "no cut reaches %s out of fold for %zu of %zu tags, which will never be given: %s",
             buffer_ok(&asked) ? asked.bytes : "the bound", count, n_tags, tag_names_text(&names));
    buffer_dispose(&asked);
    tag_names_dispose(&names);
    return count;
}
