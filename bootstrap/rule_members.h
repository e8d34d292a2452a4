/* One rule of a file, read and checked. */
#ifndef BOOTSTRAP_RULE_MEMBERS_H
#define BOOTSTRAP_RULE_MEMBERS_H

#include "bootstrap/rule_read.h"

ttag_status rule_read_members(rule_reader *r, label_rule *rule, ttag_view value);

#endif
