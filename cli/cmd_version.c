/* ttag version */
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/shared_options.h"

static const common_settings defaults = COMMON_SETTINGS_INIT;

static const option options[] = {GENERAL_OPTIONS};

static const char *const description[] = {"Shows the version of the program.", NULL};

static const char *const examples[] = {"which version is this?", "ttag version", NULL};

static const int exits[] = {EXIT_DONE, EXIT_USAGE, EXIT_RESOURCES, -1};

static int run(const invocation *call)
{
    if (call->line.n_operands > 0)
        return usage_error(call, "'%s' is too much; expected nothing", call->line.operands[0]);
    printf("%s %s\n", call->program->name, ttag_version());
    return EXIT_DONE;
}

const command cmd_version = {.name = "version",
                             .summary = "show the version",
                             .synopsis = "",
                             .description = description,
                             .examples = examples,
                             .options = options,
                             .defaults = &defaults,
                             .settings_size = sizeof defaults,
                             .exits = exits,
                             .run = run};
