/* --thresholds, of the commands that choose cuts. */
#ifndef CLI_THRESHOLD_RULE_H
#define CLI_THRESHOLD_RULE_H

#include "ttag/train.h"

#define THRESHOLDS_ARGUMENT "none|f1|precision=P|recall=R"

/* Stores the rule and, of precision and recall, the bound; returns NULL, or what was expected. */
const char *thresholds_parse(ttag_threshold_rule *rule, double *bound, const char *text);

#endif
