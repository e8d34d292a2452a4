/* How often rules are right, as a table. */
#ifndef CLI_RULE_TABLE_H
#define CLI_RULE_TABLE_H

#include <stdio.h>

#include "ttag/rules.h"

/* With `tabbed` rows of tab-separated values and a head; else columns for people. */
void rule_table_write(FILE *out, const ttag_rule_measure *measure, bool tabbed);

#endif
