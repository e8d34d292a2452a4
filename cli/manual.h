/* The manual page of a command, as roff, made from its tables. */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include "cli/command.h"

void manual_write(FILE *out, const program *prog, const command *cmd);

#endif
