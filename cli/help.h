/* Help for the screen, made from a command's tables. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

/* All there is to say about a command, 80 columns wide. */
void help_write(FILE *out, const program *prog, const command *cmd);

/* The option table for other programs: long, short, argument, default, help; tab-separated. */
void help_write_options(FILE *out, const command *cmd);

/* The sentence about an exit code. */
const char *help_exit_code(int code);

#endif
