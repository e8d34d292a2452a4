/* What training and evaluation have in common about rules for the unknown (ttag/unknown.h). */
#ifndef ARTICLES_UNKNOWN_RULES_H
#define ARTICLES_UNKNOWN_RULES_H

#include "ttag/unknown.h"

/* Names the rules that were of no use: without a bit in `records`, the rules about any record, or
   without one in `tags`, those about any tag. */
void unknown_rules_tell_idle(const ttag_unknown_rules *rules, uint64_t records, uint64_t tags,
                             const ttag_monitor *monitor);

/* Of the texts of all rules in their order; 0: there are none. */
uint32_t unknown_rules_digest(const ttag_unknown_rules *rules);

/* Whether all of the text fits the pattern. */
bool glob_fits(ttag_view pattern, ttag_view text);

#endif
