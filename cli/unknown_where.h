/* --unknown-where RULE: which records say nothing about which tags. */
#ifndef CLI_UNKNOWN_WHERE_H
#define CLI_UNKNOWN_WHERE_H

#include "cli/command.h"
#include "ttag/unknown.h"

/* `rules` is a string_list in the settings. */
#define UNKNOWN_OPTION(settings, rules)                                                            \
    {                                                                                              \
        OPTION_LIST, "unknown-where", 0, OPTION_FIELD(settings, rules), "FIELD=VALUE:TAGS",        \
            "records whose source, id or file fits VALUE say nothing about the TAGS that they do " \
            "not carry, as in 'source=kev:Threats*'; @FILE: a rule a line; may be repeated",       \
            .flags = OPTION_PLAIN                                                                  \
    }

/* EXIT_DONE and rules, NULL where none are given; else the exit code of what has been said. */
int unknown_where_read(ttag_unknown_rules **out, const invocation *call, const string_list *given);

#endif
