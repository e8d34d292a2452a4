/* --thresholds and --calibration, of the commands that choose them. */
#ifndef CLI_THRESHOLD_RULE_H
#define CLI_THRESHOLD_RULE_H

#include "cli/options.h"
#include "ttag/train.h"

/* --calibration */
extern const choice calibration_choices[];

#define THRESHOLDS_ARGUMENT "none|f1|f1-best|f1-count|precision=P|recall=R"

/* Stores the rule and, of precision and recall, the bound; returns NULL, or what was expected. */
const char *thresholds_parse(ttag_threshold_rule *rule, double *bound, const char *text);

#endif
