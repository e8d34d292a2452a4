/* Rules by their names, with a bound behind some. */
#include "cli/threshold_rule.h"

#include <string.h>

#include "cli/number_words.h"

const choice calibration_choices[] = {{"auto", TTAG_CALIBRATION_AUTO},
                                      {"platt", TTAG_CALIBRATION_PLATT},
                                      {"isotonic", TTAG_CALIBRATION_ISOTONIC},
                                      {NULL, 0}};

const char *thresholds_parse(ttag_threshold_rule *rule, double *bound, const char *text)
{
    static const char *const names[] = {
        [TTAG_THRESHOLDS_NONE] = "none",           [TTAG_THRESHOLDS_F1] = "f1",
        [TTAG_THRESHOLDS_F1_BEST] = "f1-best",     [TTAG_THRESHOLDS_F1_COUNT] = "f1-count",
        [TTAG_THRESHOLDS_PRECISION] = "precision", [TTAG_THRESHOLDS_RECALL] = "recall"};
    size_t size = strcspn(text, "=");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        bool bounded = i >= TTAG_THRESHOLDS_PRECISION;
        if (strlen(names[i]) != size || memcmp(names[i], text, size) != 0)
            continue;
        if (bounded != (text[size] == '=') ||
            (bounded && (!number_parse(text + size + 1, bound) || !(*bound > 0) || *bound > 1)))
            break;
        *rule = (ttag_threshold_rule)i;
        return NULL;
    }
    return "none, f1, f1-best, f1-count, precision=P or recall=R, where P and R are over 0 and at "
           "most 1";
}
