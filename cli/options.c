/* From a command line to settings, by the table. */
#include "cli/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/nearest.h"
#include "cli/option_store.h"

/* A command line on its way into settings. */
typedef struct parser {
    const option *table;
    char *settings;
    uint64_t given[2];
    bool first_only; /* this pass stores the options marked OPTION_FIRST, and only these */
    bool stopped;
    char *why;
    size_t why_size;
} parser;

static bool complain(parser *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool complain(parser *p, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(p->why, p->why_size, format, arguments);
    va_end(arguments);
    return false;
}

static bool takes_argument(const option *row)
{
    return row->kind != OPTION_SET;
}

static bool is_row(const option *row)
{
    return row->kind != OPTION_HEADING;
}

const option *option_next(const option *row)
{
    row++;
    return row->kind == OPTION_MORE ? row->more : row;
}

/* Which row of the table it is. */
static unsigned option_number(const option *table, const option *row)
{
    unsigned number = 0;
    for (; table != row; table = option_next(table))
        number++;
    return number;
}

const option *option_find(const option *table, const char *name)
{
    for (const option *row = table; row->kind != OPTION_END; row = option_next(row))
        if (is_row(row) && strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

static bool is_marked(const uint64_t given[2], size_t number)
{
    return (given[number / 64] >> number % 64 & 1) != 0;
}

bool option_given(const option *table, const parsed_line *line, const char *name)
{
    const option *row = option_find(table, name);
    return row && is_marked(line->given, option_number(table, row));
}

static const option *find_letter(const option *table, char letter)
{
    for (const option *row = table; row->kind != OPTION_END; row = option_next(row))
        if (is_row(row) && row->letter == letter)
            return row;
    return NULL;
}

static bool store(parser *p, const option *row, const char *text, int value)
{
    const option_target target = {row, p->settings + row->field.offset, p->why, p->why_size};
    const size_t number = option_number(p->table, row);
    p->given[number / 64] |= (uint64_t)1 << number % 64;
    p->stopped = (row->flags & OPTION_STOPS) != 0;
    if (p->first_only != ((row->flags & OPTION_FIRST) != 0))
        return true;
    return option_store(&target, text, value);
}

/* ---- Words of the line ---- */

static bool unknown_long(parser *p, const char *name, size_t size)
{
    nearest near = nearest_to((ttag_view){name, size});
    for (const option *row = p->table; row->kind != OPTION_END; row = option_next(row))
        if (is_row(row) && !(row->flags & OPTION_HIDDEN))
            nearest_look(&near, text_view(row->name));
    if (near.best.bytes)
        return complain(p, "unknown option '--%.*s'; did you mean '--%s'?", (int)size, name,
                        near.best.bytes);
    return complain(p, "unknown option '--%.*s'", (int)size, name);
}

static const option *find_negated(const option *table, const char *name)
{
    if (strncmp(name, "no-", 3) != 0)
        return NULL;
    const option *row = option_find(table, name + 3);
    return row && row->flags & OPTION_NEGATABLE ? row : NULL;
}

/* `word` is "--name" or "--name=value"; `next` the following word or NULL. */
static bool parse_long(parser *p, const char *word, const char *next, int *used)
{
    char name[64];
    const char *equals = strchr(word, '=');
    size_t size = equals ? (size_t)(equals - word) - 2 : strlen(word) - 2;
    if (size >= sizeof name)
        return complain(p, "unknown option '%s'", word);
    memcpy(name, word + 2, size);
    name[size] = '\0';

    const option *row = option_find(p->table, name);
    int value = row ? row->value : 0;
    if (!row)
        row = find_negated(p->table, name);
    if (!row)
        return unknown_long(p, name, size);
    if (!takes_argument(row))
        return equals ? complain(p, "--%s takes no argument", name) : store(p, row, NULL, value);
    const char *argument = equals ? equals + 1 : next;
    if (!argument) {
        char shown[128];
        if (row->choices)
            option_choices(row, shown, sizeof shown);
        else
            option_argument(row, shown, sizeof shown);
        return complain(p, "--%s lacks its argument; expected %s", name, shown);
    }
    *used = equals ? 1 : 2;
    return store(p, row, argument, value);
}

/* `word` is "-x" or "-xvalue". */
static bool parse_short(parser *p, const char *word, const char *next, int *used)
{
    const option *row = find_letter(p->table, word[1]);
    if (word[2] && option_find(p->table, word + 1))
        return complain(p, "unknown option '%s'; did you mean '-%s'?", word, word);
    if (!row)
        return complain(p, "unknown option '%s'", word);
    if (!takes_argument(row))
        return word[2] ? complain(p, "'%s': -%c takes no argument; write options apart", word,
                                  row->letter)
                       : store(p, row, NULL, row->value);
    const char *argument = word[2] ? word + 2 : next;
    if (!argument)
        return complain(p, "-%c lacks its argument; expected %s", row->letter, row->argument);
    *used = word[2] ? 1 : 2;
    return store(p, row, argument, 0);
}

/* One walk over the words. `operands` takes those that are no options; NULL: drops them. */
static bool walk(parser *p, int argc, char **argv, bool commands_follow, parsed_line *line)
{
    bool only_operands = false;
    size_t n = 0;
    int used;
    for (int i = 0; i < argc && !p->stopped; i += used) {
        char *word = argv[i];
        const char *next = i + 1 < argc ? argv[i + 1] : NULL;
        used = 1;
        if (only_operands || word[0] != '-' || !word[1]) {
            only_operands |= commands_follow;
            if (line)
                line->operands[n++] = word;
        } else if (strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (!(word[1] == '-' ? parse_long : parse_short)(p, word, next, &used)) {
            return false;
        }
    }
    if (line)
        line->n_operands = n;
    return true;
}

static bool check_required(parser *p)
{
    for (const option *row = p->table; row->kind != OPTION_END; row = option_next(row)) {
        if (!(row->flags & OPTION_REQUIRED) || is_marked(p->given, option_number(p->table, row)))
            continue;
        char argument[128];
        option_argument(row, argument, sizeof argument);
        if (row->letter)
            return complain(p, "-%c %s is missing", row->letter, argument);
        return complain(p, "--%s %s is missing", row->name, argument);
    }
    return true;
}

bool options_parse(const option *table, void *settings, parsed_line *line, int argc, char **argv,
                   bool commands_follow, char *why, size_t why_size)
{
    *line = (parsed_line){.operands = argv};
    parser first = {table, settings, {0, 0}, true, false, why, why_size};
    bool first_ok = walk(&first, argc, argv, commands_follow, NULL);
    parser p = {table, settings, {0, 0}, false, false, why, why_size};
    bool ok = walk(&p, argc, argv, commands_follow, line);
    memcpy(line->given, p.given, sizeof p.given);
    if (!ok || p.stopped)
        return ok;
    return first_ok && check_required(&p);
}

void options_dispose(const option *table, void *settings)
{
    for (const option *row = table; row->kind != OPTION_END; row = option_next(row)) {
        if (row->kind != OPTION_LIST)
            continue;
        string_list *list = (string_list *)(void *)((char *)settings + row->field.offset);
        free(list->items);
        *list = (string_list){NULL, 0};
    }
}
