/* Scripts that complete words for shells, made from the tables. */
#ifndef CLI_COMPLETION_H
#define CLI_COMPLETION_H

#include "cli/command.h"

typedef enum completion_shell { COMPLETION_BASH, COMPLETION_ZSH } completion_shell;

/* One script for the program and for the programs that are one of its commands alone. */
void completion_write(FILE *out, const program *prog, completion_shell shell);

#endif
