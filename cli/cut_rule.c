/* Which tags are given. */
#include "cli/cut_rule.h"

#include <string.h>

#include "cli/number_words.h"
#include "ttag/evaluate.h"

const char *cut_parse(void *evaluate_opts, const char *text)
{
    ttag_evaluate_opts *opts = evaluate_opts;
    double probability;
    if (strcmp(text, "model") == 0) {
        opts->cut = TTAG_CUT_MODEL;
    } else if (strcmp(text, "none") == 0) {
        opts->cut = TTAG_CUT_ZERO;
    } else if (number_parse(text, &probability) && probability >= 0 && probability <= 1) {
        opts->cut = TTAG_CUT_FIXED;
        opts->probability = probability;
    } else {
        return "model, none or a probability from 0 to 1";
    }
    return NULL;
}
