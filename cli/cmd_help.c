/* ttag help: what --help says, and completions for shells. */
#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/exit.h"
#include "cli/help.h"
#include "cli/shared_options.h"

typedef struct settings {
    common_settings common;
    int shell; /* completion_shell, or NO_SHELL */
} settings;

enum { NO_SHELL = -1 };

static const settings defaults = {COMMON_SETTINGS_INIT, NO_SHELL};

static const choice shells[] = {{"bash", COMPLETION_BASH}, {"zsh", COMPLETION_ZSH}, {NULL, 0}};

static const option options[] = {
    {OPTION_CHOICE, "completion", 0, OPTION_FIELD(settings, shell), NULL,
     "write a script that completes words of ttag and ttag-classify", .choices = shells},
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Shows what a command does, its options, examples and exit codes: the same as 'ttag COMMAND "
    "--help'. Without COMMAND, what commands there are.",
    NULL};

static const char *const examples[] = {"all about training", "ttag help train",
                                       "complete words in this shell",
                                       "source <(ttag help --completion bash)", NULL};

static const int exits[] = {EXIT_DONE, EXIT_USAGE, EXIT_RESOURCES, -1};

static int run(const invocation *call)
{
    const settings *s = call->settings;
    const parsed_line *line = &call->line;
    if (s->shell != NO_SHELL) {
        completion_write(stdout, call->program, (completion_shell)s->shell);
        return EXIT_DONE;
    }
    if (line->n_operands > 1)
        return usage_error(call, "'%s' is too much; expected one command", line->operands[1]);
    const command *cmd = call->program->self;
    if (line->n_operands == 1)
        cmd = command_find(call->program, line->operands[0]);
    if (!cmd)
        return usage_unknown_command(call, line->operands[0]);
    help_write(stdout, call->program, cmd);
    return EXIT_DONE;
}

const command cmd_help = {.name = "help",
                          .summary = "show how to use a command",
                          .synopsis = "[COMMAND]",
                          .description = description,
                          .examples = examples,
                          .options = options,
                          .defaults = &defaults,
                          .settings_size = sizeof defaults,
                          .exits = exits,
                          .run = run};
