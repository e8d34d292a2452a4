/* Outputs that would replace an input of the same run, or each other. */
#ifndef CLI_OVERWRITE_H
#define CLI_OVERWRITE_H

#include "cli/options.h"

/* Whether an option of OPTION_WRITTEN names a plain file that an operand or an option of
   OPTION_FILE names as well, by whatever path; `why` then gets a sentence. Files within folders are
   not looked for. */
bool overwrite_found(const option *table, const void *settings, const parsed_line *line, char *why,
                     size_t why_size);

#endif
