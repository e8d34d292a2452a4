/* Patterns of tags on the command line beside the tags that a model has. */
#ifndef CLI_TAG_PATTERNS_H
#define CLI_TAG_PATTERNS_H

#include "cli/command.h"
#include "ttag/model.h"

/* Warns of each pattern of the option --NAME that fits no tag of the model, and says which tag was
   meant perhaps. */
void tag_patterns_check(const invocation *call, const char *name, const string_list *patterns,
                        const ttag_model *model);

#endif
