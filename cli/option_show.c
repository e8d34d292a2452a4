/* What is shown of an option. */
#include <stdio.h>
#include <string.h>

#include "cli/options.h"

void option_choices(const option *row, char *out, size_t size)
{
    size_t n = 0;
    out[0] = '\0';
    for (const choice *c = row->choices; c->name && n < size; c++) {
        const char *separator = n == 0 ? "" : c[1].name ? ", " : " or ";
        n += (size_t)snprintf(out + n, size - n, "%s%s", separator, c->name);
    }
}

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
