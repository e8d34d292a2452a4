/* A function for each shell, and in it a case for each command. */
#include "cli/completion.h"

#include <string.h>

static bool is_shown(const option *row)
{
    return row->kind != OPTION_HEADING && !(row->flags & OPTION_HIDDEN);
}

/* ---- bash ---- */

static void bash_words(FILE *out, const command *cmd)
{
    for (const option *row = cmd->options; row->kind != OPTION_END; row = option_next(row)) {
        if (!is_shown(row))
            continue;
        if (row->letter)
            fprintf(out, " -%c", row->letter);
        fprintf(out, " --%s", row->name);
        if (row->flags & OPTION_NEGATABLE)
            fprintf(out, " --no-%s", row->name);
    }
}

static void bash_pattern(FILE *out, const option *row)
{
    fprintf(out, "        --%s", row->name);
    if (row->letter)
        fprintf(out, "|-%c", row->letter);
}

/* What an option's argument may be: one of some words, a file, or something that only its user
   knows. */
static void bash_argument(FILE *out, const option *row)
{
    if (!is_shown(row) || row->kind == OPTION_SET)
        return;
    bash_pattern(out, row);
    fputs(") ", out);
    if (row->choices) {
        fputs("words='", out);
        for (const choice *c = row->choices; c->name; c++)
            fprintf(out, "%s%s", c == row->choices ? "" : " ", c->name);
        fputs("' ;;\n", out);
    } else {
        fputs(row->flags & OPTION_FILE ? "return ;;\n" : "words=' ' ;;\n", out);
    }
}

static void bash_command(FILE *out, const command *cmd)
{
    fprintf(out, "    %s)\n        words='", cmd->name);
    bash_words(out, cmd);
    fputs("'\n        case $before in\n", out);
    for (const option *row = cmd->options; row->kind != OPTION_END; row = option_next(row))
        bash_argument(out, row);
    fputs("        *) [[ $word == -* ]] || return ;;\n        esac\n        ;;\n", out);
}

static void write_bash(FILE *out, const program *prog)
{
    fprintf(out,
            "# Completes words of %s in bash. Made by '%s help --completion bash'.\n"
            "_%s()\n"
            "{\n"
            "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
            "    local command= words= i\n"
            "    COMPREPLY=()\n"
            "    if [[ $word == = ]]; then\n"
            "        word=\n"
            "    elif [[ $before == = ]]; then\n"
            "        before=${COMP_WORDS[COMP_CWORD-2]}\n"
            "    fi\n"
            "    [[ ${COMP_WORDS[0]##*/} == %s-* ]] && command=${COMP_WORDS[0]##*/%s-} &&\n"
            "        command=${command#%s-}\n"
            "    for ((i = 1; i < COMP_CWORD && ${#command} == 0; i++)); do\n"
            "        [[ ${COMP_WORDS[i]} == -* ]] || command=${COMP_WORDS[i]}\n"
            "    done\n"
            "    case $command in\n",
            prog->name, prog->name, prog->name, prog->name, prog->name, prog->name);
    fputs("    '')\n        words='", out);
    for (const command *const *c = prog->commands; *c; c++)
        fprintf(out, "%s%s", c == prog->commands ? "" : " ", (*c)->name);
    bash_words(out, prog->self);
    fputs("'\n        ;;\n", out);
    for (const command *const *c = prog->commands; *c; c++)
        bash_command(out, *c);
    fprintf(out,
            "    *) return ;;\n"
            "    esac\n"
            "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
            "}\n"
            "complete -o default -F _%s %s",
            prog->name, prog->name);
    for (const command *const *c = prog->commands; *c; c++)
        if ((*c)->alone)
            fprintf(out, " %s", (*c)->alone);
    fputc('\n', out);
}

/* ---- zsh ---- */

/* Within single quotes and within the brackets and colons of _arguments. */
static void zsh_text(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", out);
        else if (strchr("[]:\\", *text))
            fprintf(out, "\\%c", *text);
        else
            fputc(*text, out);
    }
}

static void zsh_argument(FILE *out, const option *row)
{
    char argument[128];
    if (row->kind == OPTION_SET)
        return;
    option_argument(row, argument, sizeof argument);
    fputc(':', out);
    zsh_text(out, argument);
    fputc(':', out);
    if (row->flags & OPTION_FILE)
        fputs("_files", out);
    if (!row->choices)
        return;
    for (const choice *c = row->choices; c->name; c++)
        fprintf(out, "%s%s", c == row->choices ? "(" : " ", c->name);
    fputc(')', out);
}

static void zsh_option(FILE *out, const option *row)
{
    const char *again = row->kind == OPTION_LIST ? "*" : "";
    if (row->letter) {
        fprintf(out, "        '%s-%c[", again, row->letter);
        zsh_text(out, row->help);
        fputc(']', out);
        zsh_argument(out, row);
        fputs("' \\\n", out);
    }
    fprintf(out, "        '%s--%s%s[", again, row->name, row->kind == OPTION_SET ? "" : "=");
    zsh_text(out, row->help);
    fputc(']', out);
    zsh_argument(out, row);
    fputs("' \\\n", out);
    if (row->flags & OPTION_NEGATABLE)
        fprintf(out, "        '--no-%s[not so]' \\\n", row->name);
}

static void zsh_command(FILE *out, const command *cmd)
{
    fprintf(out, "    %s)\n        _arguments \\\n", cmd->name);
    for (const option *row = cmd->options; row->kind != OPTION_END; row = option_next(row))
        if (is_shown(row))
            zsh_option(out, row);
    fputs("        '*:file:_files'\n        ;;\n", out);
}

static void write_zsh(FILE *out, const program *prog)
{
    fprintf(out, "#compdef %s", prog->name);
    for (const command *const *c = prog->commands; *c; c++)
        if ((*c)->alone)
            fprintf(out, " %s", (*c)->alone);
    fprintf(out,
            "\n# Completes words of %s in zsh. Made by '%s help --completion zsh'.\n"
            "local -a commands\n"
            "local command=${${words[1]:t}#%s}\n"
            "commands=(\n",
            prog->name, prog->name, prog->name);
    for (const command *const *c = prog->commands; *c; c++) {
        fprintf(out, "    '%s:", (*c)->name);
        zsh_text(out, (*c)->summary);
        fputs("'\n", out);
    }
    fputs(")\n"
          "if [[ -n $command ]]; then\n"
          "    command=${command#-}\n"
          "elif ((CURRENT == 2)); then\n"
          "    _describe command commands\n"
          "    return\n"
          "else\n"
          "    shift words\n"
          "    ((CURRENT--))\n"
          "    command=$words[1]\n"
          "fi\n"
          "case $command in\n",
          out);
    for (const command *const *c = prog->commands; *c; c++)
        zsh_command(out, *c);
    fputs("esac\n", out);
}

void completion_write(FILE *out, const program *prog, completion_shell shell)
{
    if (shell == COMPLETION_BASH)
        write_bash(out, prog);
    else
        write_zsh(out, prog);
}
