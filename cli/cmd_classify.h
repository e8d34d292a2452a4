/* The one command that is also a program. */
#ifndef CLI_CMD_CLASSIFY_H
#define CLI_CMD_CLASSIFY_H

#include "cli/command.h"

extern const command cmd_classify;

#endif
