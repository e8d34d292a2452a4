/* The commands of ttag; each in its own file. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/cmd_classify.h"
#include "cli/command.h"

extern const command cmd_import;
extern const command cmd_bootstrap;
extern const command cmd_train;
extern const command cmd_evaluate;
extern const command cmd_compare;
extern const command cmd_crossval;
extern const command cmd_curve;
extern const command cmd_audit;
extern const command cmd_merge;
extern const command cmd_calibrate;
extern const command cmd_shrink;
extern const command cmd_pick;
extern const command cmd_inspect;
extern const command cmd_diff;
extern const command cmd_export;
extern const command cmd_help;
extern const command cmd_version;

#endif
