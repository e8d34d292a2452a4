/* Words wrapped to the width of a screen, options in two columns. */
#include "cli/help.h"

#include <string.h>

#include "cli/exit.h"

enum { WIDTH = 80, HELP_COLUMN = 30 };

/* Words of `text`, broken so that no line passes WIDTH. Begins at `column`; further lines are
   indented by `indent`. */
static void write_wrapped(FILE *out, const char *text, int column, int indent)
{
    bool first = true;
    while (*text) {
        int size = (int)strcspn(text, " ");
        if (!first && column + 1 + size >= WIDTH) {
            fprintf(out, "\n%*s", indent, "");
            column = indent;
            first = true;
        }
        fprintf(out, "%s%.*s", first ? "" : " ", size, text);
        column += size + !first;
        first = false;
        text += size;
        text += strspn(text, " ");
    }
    fputc('\n', out);
}

/* "-c, --cost X"; "    --seed N". */
static void name_option(const option *row, char *out, size_t size)
{
    char argument[128];
    char letter[5] = "    ";
    option_argument(row, argument, sizeof argument);
    if (row->letter)
        snprintf(letter, sizeof letter, "-%c, ", row->letter);
    snprintf(out, size, "%s--%s%s%s%s", letter, row->flags & OPTION_NEGATABLE ? "[no-]" : "",
             row->name, argument[0] ? " " : "", argument);
}

static void write_option(FILE *out, const option *row, const void *defaults)
{
    char names[160], standing[64], text[512];
    name_option(row, names, sizeof names);
    bool has_default = option_default(row, defaults, standing, sizeof standing);
    snprintf(text, sizeof text, "%s%s%s%s", row->help, has_default ? " (default " : "",
             has_default ? standing : "", has_default ? ")" : "");
    int column = fprintf(out, "  %s", names);
    if (column > HELP_COLUMN - 2) {
        fputc('\n', out);
        column = 0;
    }
    fprintf(out, "%*s", HELP_COLUMN - column, "");
    write_wrapped(out, text, HELP_COLUMN, HELP_COLUMN);
}

static void write_options(FILE *out, const command *cmd)
{
    bool open = false;
    for (const option *row = cmd->options; row->kind != OPTION_END; row = option_next(row)) {
        if (row->flags & OPTION_HIDDEN)
            continue;
        if (row->kind == OPTION_HEADING) {
            fprintf(out, "\n%s:\n", row->name);
            open = true;
            continue;
        }
        if (!open)
            fputs("\nOptions:\n", out);
        open = true;
        write_option(out, row, cmd->defaults);
    }
}

const char *help_exit_code(int code)
{
    switch (code) {
#define EXIT_SENTENCE(name, number, text)                                                          \
    case number:                                                                                   \
        return text;
        EXIT_CODES(EXIT_SENTENCE)
#undef EXIT_SENTENCE
    default:
        return "";
    }
}

static void write_commands(FILE *out, const program *prog)
{
    fputs("\nCommands:\n", out);
    for (const command *const *c = prog->commands; *c; c++)
        fprintf(out, "  %-10s %s\n", (*c)->name, (*c)->summary);
}

/* An example as it is typed in this program: `ttag classify` is `ttag-classify` there. */
static void write_example(FILE *out, const char *line, const program *prog, const command *cmd)
{
    char general[48];
    snprintf(general, sizeof general, "ttag %s ", cmd->name);
    const char *place = prog->commands ? NULL : strstr(line, general);
    if (!place)
        fprintf(out, "    %s\n", line);
    else
        fprintf(out, "    %.*s%s %s\n", (int)(place - line), line, prog->name,
                place + strlen(general));
}

void help_write(FILE *out, const program *prog, const command *cmd)
{
    char invoked[48];
    command_invoked(prog, cmd, invoked, sizeof invoked);
    fprintf(out, "usage: %s%s%s\n", invoked, *cmd->synopsis ? " " : "", cmd->synopsis);
    for (const char *const *text = cmd->description; *text; text++) {
        fputc('\n', out);
        write_wrapped(out, *text, 0, 0);
    }
    if (cmd->leads && prog->commands)
        write_commands(out, prog);
    write_options(out, cmd);
    fputs("\nExamples:\n", out);
    for (const char *const *line = cmd->examples; *line; line += 2) {
        fprintf(out, "  # %s\n", line[0]);
        write_example(out, line[1], prog, cmd);
    }
    fputs("\nExit codes:\n", out);
    for (const int *code = cmd->exits; *code >= 0; code++)
        fprintf(out, "  %3d  %s\n", *code, help_exit_code(*code));
}

void help_write_options(FILE *out, const command *cmd)
{
    for (const option *row = cmd->options; row->kind != OPTION_END; row = option_next(row)) {
        char argument[128], standing[64] = "";
        if (row->kind == OPTION_HEADING || row->flags & OPTION_HIDDEN)
            continue;
        option_argument(row, argument, sizeof argument);
        option_default(row, cmd->defaults, standing, sizeof standing);
        fprintf(out, "--%s%s\t%s%.1s\t%s\t%s\t%s\n", row->flags & OPTION_NEGATABLE ? "[no-]" : "",
                row->name, row->letter ? "-" : "", &row->letter, argument, standing, row->help);
    }
}
