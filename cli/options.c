/* From a command line to settings, by the table. */
#include "cli/options.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/nearest.h"

_Static_assert(sizeof(enum option_flag) == sizeof(int), "enumerations are stored as int");

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

/* ---- Numbers ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool whole_parse(const char **text, uint64_t *value)
{
    const char *c = *text;
    *value = 0;
    if (!is_digit(*c))
        return false;
    for (; is_digit(*c); c++) {
        uint64_t digit = (uint64_t)(*c - '0');
        if (*value > (UINT64_MAX - digit) / 10)
            return false;
        *value = *value * 10 + digit;
    }
    *text = c;
    return true;
}

/* Digits, then nothing, or K, M, G, T (powers of 1024) with or without B or iB. */
static bool size_parse(const char *text, size_t *value)
{
    uint64_t number;
    unsigned shift = 0;
    if (!whole_parse(&text, &number))
        return false;
    const char *unit = *text ? strchr("KMGTkmgt", *text) : NULL;
    if (unit) {
        shift = 10 * ((unsigned)(unit - "KMGTkmgt") % 4 + 1);
        text++;
        if (*text == 'i' && text[1] == 'B')
            text++;
    }
    if (*text == 'B')
        text++;
    if (*text || number > (uint64_t)SIZE_MAX >> shift)
        return false;
    *value = (size_t)(number << shift);
    return true;
}

bool number_parse(const char *text, double *value)
{
    if (text[strspn(text, "0123456789+-.eE")] || !*text)
        return false;
    char *end;
    double number = strtod(text, &end);
    if (*end || end == text || !isfinite(number))
        return false;
    *value = number;
    return true;
}

/* A number, then nothing or s, m, h: seconds. */
static bool duration_parse(const char *text, double *seconds)
{
    enum { MOST_DIGITS = 40 };
    char number[MOST_DIGITS + 1];
    size_t size = strlen(text);
    double unit = 1;
    if (size > 0 && text[size - 1] && strchr("smh", text[size - 1])) {
        size--;
        unit = text[size] == 'h' ? 3600 : text[size] == 'm' ? 60 : 1;
    }
    if (size > MOST_DIGITS)
        return false;
    memcpy(number, text, size);
    number[size] = '\0';
    if (!number_parse(number, seconds))
        return false;
    *seconds *= unit;
    return true;
}

/* ---- Storing one argument ---- */

static void store_int(const option *row, char *field, int value)
{
    if (row->field.size == sizeof(bool)) {
        bool truth = value != 0;
        memcpy(field, &truth, sizeof truth);
    } else {
        memcpy(field, &value, sizeof value);
    }
}

static bool expected(parser *p, const option *row, const char *text, const char *what)
{
    return complain(p, "--%s is '%s'; expected %s", row->name, text, what);
}

static bool store_count(parser *p, const option *row, char *field, const char *text)
{
    uint64_t value;
    const char *rest = text;
    if (whole_parse(&rest, &value) && !*rest && (double)value >= row->least &&
        (double)value <= row->most) {
        uint32_t count = (uint32_t)value;
        memcpy(field, &count, sizeof count);
        return true;
    }
    char what[80];
    snprintf(what, sizeof what, "a whole number from %.0f to %.0f", row->least, row->most);
    return expected(p, row, text, what);
}

static bool store_seed(parser *p, const option *row, char *field, const char *text)
{
    uint64_t value;
    const char *rest = text;
    if (!whole_parse(&rest, &value) || *rest)
        return expected(p, row, text, "a whole number under 2^64");
    memcpy(field, &value, sizeof value);
    return true;
}

static bool store_size(parser *p, const option *row, char *field, const char *text)
{
    size_t value;
    if (!size_parse(text, &value) || (double)value < row->least)
        return expected(p, row, text, "a size such as 512M or 3G");
    memcpy(field, &value, sizeof value);
    return true;
}

static bool store_real(parser *p, const option *row, char *field, const char *text)
{
    double value;
    if (number_parse(text, &value) && value >= row->least && value <= row->most) {
        memcpy(field, &value, sizeof value);
        return true;
    }
    char what[80];
    snprintf(what, sizeof what, "a number from %g to %g", row->least, row->most);
    return expected(p, row, text, what);
}

static bool store_duration(parser *p, const option *row, char *field, const char *text)
{
    double value;
    if (duration_parse(text, &value) && value >= row->least && value <= row->most) {
        memcpy(field, &value, sizeof value);
        return true;
    }
    char what[80];
    snprintf(what, sizeof what, "a time such as 90s, 5m or 2h, from %gs to %gh", row->least,
             row->most / 3600);
    return expected(p, row, text, what);
}

/* "text, jsonl or tsv" */
static void choices_show(const option *row, char *out, size_t size)
{
    size_t n = 0;
    out[0] = '\0';
    for (const choice *c = row->choices; c->name && n < size; c++) {
        const char *separator = n == 0 ? "" : c[1].name ? ", " : " or ";
        n += (size_t)snprintf(out + n, size - n, "%s%s", separator, c->name);
    }
}

static bool store_choice(parser *p, const option *row, char *field, const char *text)
{
    for (const choice *c = row->choices; c->name; c++) {
        if (strcmp(c->name, text) == 0) {
            store_int(row, field, c->value);
            return true;
        }
    }
    char names[128];
    choices_show(row, names, sizeof names);
    return expected(p, row, text, names);
}

static bool store_in_list(parser *p, char *field, const char *text)
{
    string_list list;
    memcpy(&list, field, sizeof list);
    const char **items = realloc(list.items, (list.size + 1) * sizeof *items);
    if (!items)
        return complain(p, "out of memory");
    items[list.size] = text;
    list = (string_list){items, list.size + 1};
    memcpy(field, &list, sizeof list);
    return true;
}

static bool store_parsed(parser *p, const option *row, char *field, const char *text)
{
    const char *what = row->parse(field, text);
    return what ? expected(p, row, text, what) : true;
}

static bool store(parser *p, const option *row, const char *text, int value)
{
    char *field = p->settings + row->field.offset;
    const size_t number = option_number(p->table, row);
    p->given[number / 64] |= (uint64_t)1 << number % 64;
    p->stopped = (row->flags & OPTION_STOPS) != 0;
    if (p->first_only != ((row->flags & OPTION_FIRST) != 0))
        return true;
    switch (row->kind) {
    case OPTION_SET:
        store_int(row, field, value);
        return true;
    case OPTION_STRING:
        memcpy(field, &text, sizeof text);
        return true;
    case OPTION_LIST:
        return store_in_list(p, field, text);
    case OPTION_COUNT:
        return store_count(p, row, field, text);
    case OPTION_SEED:
        return store_seed(p, row, field, text);
    case OPTION_SIZE:
        return store_size(p, row, field, text);
    case OPTION_REAL:
        return store_real(p, row, field, text);
    case OPTION_DURATION:
        return store_duration(p, row, field, text);
    case OPTION_CHOICE:
        return store_choice(p, row, field, text);
    case OPTION_PARSED:
        return store_parsed(p, row, field, text);
    default:
        return true;
    }
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
            choices_show(row, shown, sizeof shown);
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

/* ---- What the help shows ---- */

void option_argument(const option *row, char *out, size_t size)
{
    size_t n = 0;
    if (size)
        out[0] = '\0';
    if (row->argument || !row->choices) {
        snprintf(out, size, "%s", row->argument ? row->argument : "");
        return;
    }
    for (const choice *c = row->choices; c->name && n < size; c++)
        n += (size_t)snprintf(out + n, size - n, "%s%s", n ? "|" : "", c->name);
}

static void size_show(size_t value, char *out, size_t size)
{
    static const char *const units[] = {"", "K", "M", "G", "T"};
    size_t unit = 0;
    while (value && value % 1024 == 0 && unit < 4) {
        value /= 1024;
        unit++;
    }
    snprintf(out, size, "%zu%s", value, units[unit]);
}

static bool choice_show(const option *row, const char *field, char *out, size_t size)
{
    int value = 0;
    if (row->field.size == sizeof(bool))
        value = *(const bool *)(const void *)field;
    else
        memcpy(&value, field, sizeof value);
    for (const choice *c = row->choices; c->name; c++)
        if (c->value == value)
            return snprintf(out, size, "%s", c->name) > 0;
    return false;
}

bool option_default(const option *row, const void *defaults, char *out, size_t size)
{
    const char *field = (const char *)defaults + row->field.offset;
    uint32_t count;
    uint64_t seed;
    size_t bytes;
    double real;
    if (row->standing)
        return snprintf(out, size, "%s", row->standing) > 0;
    switch (row->kind) {
    case OPTION_COUNT:
        memcpy(&count, field, sizeof count);
        return snprintf(out, size, "%u", (unsigned)count) > 0;
    case OPTION_SEED:
        memcpy(&seed, field, sizeof seed);
        return snprintf(out, size, "%llu", (unsigned long long)seed) > 0;
    case OPTION_SIZE:
        memcpy(&bytes, field, sizeof bytes);
        size_show(bytes, out, size);
        return true;
    case OPTION_REAL:
        memcpy(&real, field, sizeof real);
        return snprintf(out, size, "%g", real) > 0;
    case OPTION_CHOICE:
        return choice_show(row, field, out, size);
    default:
        return false;
    }
}
