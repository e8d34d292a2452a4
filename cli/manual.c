/* The sections of man(7), one after the other. */
#include "cli/manual.h"

#include <string.h>

#include "cli/help.h"

/* Of the last change to the words of the manual; pages carry no date of the build. */
static const char manual_date[] = "2026-11-22";

/* Text for roff: backslashes and leading dots are made harmless, dashes of options kept. */
static void write_text(FILE *out, const char *text)
{
    char before = '\n';
    for (const char *c = text; *c; before = *c++) {
        bool word_starts = before == '\n' || strchr(" ('[|-", before);
        if (*c == '\\')
            fputs("\\e", out);
        else if (*c == '-' && word_starts)
            fputs("\\-", out);
        else if ((*c == '.' || *c == '\'') && before == '\n')
            fprintf(out, "\\&%c", *c);
        else
            fputc(*c, out);
    }
}

/* Lines of at most some 75 bytes, as roff readers like them; a new line after each sentence. */
static void write_paragraph(FILE *out, const char *text)
{
    char word[128];
    size_t column = 0;
    while (*text) {
        size_t size = strcspn(text, " ");
        snprintf(word, sizeof word, "%.*s", (int)size, text);
        if (column > 0 && column + 1 + size > 75) {
            fputc('\n', out);
            column = 0;
        }
        if (column > 0)
            fputc(' ', out);
        write_text(out, word);
        column += size + 1;
        text += size;
        text += strspn(text, " ");
        if (size > 1 && strchr(".?", word[strlen(word) - 1]))
            column = 80;
    }
    fputc('\n', out);
}

static void write_paragraphs(FILE *out, const char *const *paragraphs)
{
    for (const char *const *text = paragraphs; *text; text++) {
        if (text != paragraphs)
            fputs(".PP\n", out);
        write_paragraph(out, *text);
    }
}

static char upper(char c)
{
    if (c >= 'a' && c <= 'z')
        return (char)(c - 'a' + 'A');
    return c;
}

static void write_title(FILE *out, const command *cmd)
{
    char page[48];
    snprintf(page, sizeof page, "ttag%s%s", cmd->name[0] ? "-" : "", cmd->name);
    fputs(".TH ", out);
    for (const char *c = page; *c; c++)
        fputc(upper(*c), out);
    fprintf(out, " 1 %s \"ThreatTag %s\" \"ThreatTag manual\"\n.SH NAME\n", manual_date,
            TTAG_VERSION);
    write_text(out, page);
    fputs(" \\- ", out);
    write_text(out, cmd->summary);
    fputc('\n', out);
}

static void write_synopsis(FILE *out, const command *cmd)
{
    char name[48];
    snprintf(name, sizeof name, "ttag%s%s", cmd->name[0] ? " " : "", cmd->name);
    fprintf(out, ".SH SYNOPSIS\n.B %s\n", name);
    write_text(out, cmd->synopsis);
    fputc('\n', out);
    if (cmd->alone) {
        fputs(".br\n.B ", out);
        write_text(out, cmd->alone);
        fputc('\n', out);
        write_text(out, cmd->synopsis);
        fputc('\n', out);
    }
}

static void write_commands(FILE *out, const command *const *commands)
{
    fputs(".SH COMMANDS\n", out);
    for (const command *const *c = commands; *c; c++) {
        fprintf(out, ".TP\n.B %s\n", (*c)->name);
        write_paragraph(out, (*c)->summary);
    }
}

static void write_option(FILE *out, const option *row, const void *defaults)
{
    char argument[128], standing[64], text[512];
    option_argument(row, argument, sizeof argument);
    bool has_default = option_default(row, defaults, standing, sizeof standing);
    snprintf(text, sizeof text, "%s%s%s.", row->help, has_default ? "; default: " : "",
             has_default ? standing : "");
    fputs(".TP\n", out);
    if (row->letter)
        fprintf(out, "\\fB\\-%c\\fR, ", row->letter);
    fprintf(out, "\\fB\\-\\-%s", row->flags & OPTION_NEGATABLE ? "[no\\-]" : "");
    for (const char *c = row->name; *c; c++)
        fprintf(out, "%s%c", *c == '-' ? "\\" : "", *c);
    fputs("\\fR", out);
    if (argument[0])
        fprintf(out, " \\fI%s\\fR", argument);
    fputc('\n', out);
    write_paragraph(out, text);
}

static void write_options(FILE *out, const command *cmd)
{
    fputs(".SH OPTIONS\n", out);
    for (const option *row = cmd->options; row->kind != OPTION_END; row = option_next(row)) {
        if (row->kind == OPTION_HEADING)
            fprintf(out, ".SS %s\n", row->name);
        else if (!(row->flags & OPTION_HIDDEN))
            write_option(out, row, cmd->defaults);
    }
}

static void write_sections(FILE *out, const section *sections)
{
    for (const section *s = sections; s && s->title; s++) {
        fprintf(out, ".SH %s\n", s->title);
        write_paragraphs(out, s->paragraphs);
    }
}

static void write_exits(FILE *out, const int *exits)
{
    fputs(".SH EXIT STATUS\n", out);
    for (const int *code = exits; *code >= 0; code++) {
        fprintf(out, ".TP\n.B %d\n", *code);
        write_paragraph(out, help_exit_code(*code));
    }
}

static void write_examples(FILE *out, const char *const *examples)
{
    fputs(".SH EXAMPLES\n", out);
    for (const char *const *line = examples; *line; line += 2) {
        fputs(line == examples ? "" : ".PP\n", out);
        write_paragraph(out, line[0]);
        fputs(".PP\n.RS 4\n.EX\n", out);
        for (const char *c = line[1]; *c; c++)
            fprintf(out, "%s%c", *c == '-' ? "\\" : "", *c);
        fputs("\n.EE\n.RE\n", out);
    }
}

static void write_see_also(FILE *out, const program *prog, const command *cmd)
{
    const char *separator = "";
    fputs(".SH SEE ALSO\n", out);
    if (cmd->name[0]) {
        fputs(".BR ttag (1)", out);
        separator = ",\n";
    }
    for (const command *const *c = prog->commands; c && *c; c++) {
        if (*c == cmd || !(*c)->has_page)
            continue;
        fprintf(out, "%s.BR ttag\\-%s (1)", separator, (*c)->name);
        separator = ",\n";
    }
    fputc('\n', out);
}

void manual_write(FILE *out, const program *prog, const command *cmd)
{
    fprintf(out, ".\\\" Made by 'ttag%s%s --dump-man'; do not edit.\n", cmd->name[0] ? " " : "",
            cmd->name);
    write_title(out, cmd);
    write_synopsis(out, cmd);
    fputs(".SH DESCRIPTION\n", out);
    write_paragraphs(out, cmd->description);
    if (cmd->leads && prog->commands)
        write_commands(out, prog->commands);
    write_options(out, cmd);
    write_sections(out, cmd->sections);
    write_exits(out, cmd->exits);
    write_examples(out, cmd->examples);
    write_see_also(out, prog, cmd);
}
