/* Parsing, help, running: the same for all commands. */
#include "cli/command.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/exit.h"
#include "cli/help.h"
#include "cli/manual.h"
#include "cli/nearest.h"
#include "cli/overwrite.h"
#include "cli/process.h"

void command_invoked(const program *prog, const command *cmd, char *out, size_t size)
{
    bool is_self = cmd == prog->self;
    snprintf(out, size, "%s%s%s", prog->name, is_self ? "" : " ", is_self ? "" : cmd->name);
}

const command *command_find(const program *prog, const char *name)
{
    for (const command *const *c = prog->commands; c && *c; c++)
        if (strcmp((*c)->name, name) == 0)
            return *c;
    return NULL;
}

int usage_error(const invocation *call, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    console_say(call->console, TTAG_ERROR, "%s", text);
    fprintf(stderr, "see '%s --help'\n", call->invoked);
    return EXIT_USAGE;
}

int usage_unknown_command(const invocation *call, const char *name)
{
    nearest near = nearest_to(text_view(name));
    for (const command *const *c = call->program->commands; c && *c; c++)
        nearest_look(&near, text_view((*c)->name));
    if (near.best.bytes)
        return usage_error(call, "unknown command '%s'; did you mean '%s'?", name, near.best.bytes);
    return usage_error(call, "unknown command '%s'", name);
}

static int show_version(const program *prog)
{
    printf("%s %s\n", prog->name, ttag_version());
    return EXIT_DONE;
}

static int run_command(const invocation *call)
{
    char why[512];
    if (overwrite_found(call->command->options, call->settings, &call->line, why, sizeof why))
        return usage_error(call, "%s", why);
    return call->command->run(call);
}

static int dispatch(const invocation *call)
{
    const common_settings *common = call->settings;
    call->console->level = common->level;
    switch (common->request) {
    case REQUEST_HELP:
        help_write(stdout, call->program, call->command);
        return EXIT_DONE;
    case REQUEST_VERSION:
        return show_version(call->program);
    case REQUEST_OPTIONS:
        help_write_options(stdout, call->command);
        return EXIT_DONE;
    case REQUEST_MANUAL:
        manual_write(stdout, call->program, call->command);
        return EXIT_DONE;
    default:
        return run_command(call);
    }
}

int command_run(const program *prog, const command *cmd, const common_settings *common, int argc,
                char **argv, console *con)
{
    invocation call = {.program = prog, .command = cmd, .console = con};
    command_invoked(prog, cmd, call.invoked, sizeof call.invoked);
    call.settings = malloc(cmd->settings_size);
    if (!call.settings)
        return console_no_memory(con);
    memcpy(call.settings, cmd->defaults, cmd->settings_size);
    if (common)
        memcpy(call.settings, common, sizeof *common);
    char why[256];
    int code = options_parse(cmd->options, call.settings, &call.line, argc, argv, cmd->leads, why,
                             sizeof why)
                   ? dispatch(&call)
                   : usage_error(&call, "%s", why);
    options_dispose(cmd->options, call.settings);
    free(call.settings);
    return code;
}

int program_run(const program *prog, int argc, char **argv)
{
    process_prepare();
    console con;
    console_open(&con, prog->name);
    con.called = argc > 0 ? argv[0] : NULL;
    int skipped = argc > 0;
    int code = command_run(prog, prog->self, NULL, argc - skipped, argv + skipped, &con);
    int why = process_close_stdout();
    if (why && code != EXIT_RESOURCES) {
        console_say(&con, TTAG_ERROR, "cannot write to standard output: %s", strerror(why));
        code = EXIT_RESOURCES;
    }
    console_close(&con);
    return code;
}
