/* A function for each kind of option. */
#include "cli/option_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/number_words.h"

_Static_assert(sizeof(enum option_flag) == sizeof(int), "enumerations are stored as int");

static void store_int(const option *row, char *field, int value)
{
    if (row->field.size == sizeof(bool)) {
        bool truth = value != 0;
        memcpy(field, &truth, sizeof truth);
    } else {
        memcpy(field, &value, sizeof value);
    }
}

static bool expected(const option_target *t, const char *text, const char *what)
{
    snprintf(t->why, t->why_size, "--%s is '%s'; expected %s", t->row->name, text, what);
    return false;
}

static bool store_count(const option_target *t, const char *text)
{
    uint64_t value;
    if (whole_parse(text, &value) && (double)value >= t->row->least &&
        (double)value <= t->row->most) {
        uint32_t count = (uint32_t)value;
        memcpy(t->field, &count, sizeof count);
        return true;
    }
    char what[80];
    snprintf(what, sizeof what, "a whole number from %.0f to %.0f", t->row->least, t->row->most);
    return expected(t, text, what);
}

static bool store_seed(const option_target *t, const char *text)
{
    uint64_t value;
    if (!whole_parse(text, &value))
        return expected(t, text, "a whole number under 2^64");
    memcpy(t->field, &value, sizeof value);
    return true;
}

static bool store_size(const option_target *t, const char *text)
{
    size_t value;
    if (!size_parse(text, &value) || (double)value < t->row->least)
        return expected(t, text, "a size such as 512M or 3G");
    memcpy(t->field, &value, sizeof value);
    return true;
}

static bool store_real(const option_target *t, const char *text)
{
    double value;
    if (number_parse(text, &value) && value >= t->row->least && value <= t->row->most) {
        memcpy(t->field, &value, sizeof value);
        return true;
    }
    char what[80];
    snprintf(what, sizeof what, "a number from %g to %g", t->row->least, t->row->most);
    return expected(t, text, what);
}

static bool store_duration(const option_target *t, const char *text)
{
    double value;
    if (duration_parse(text, &value) && value >= t->row->least && value <= t->row->most) {
        memcpy(t->field, &value, sizeof value);
        return true;
    }
    char what[80];
    snprintf(what, sizeof what, "a time such as 90s, 5m or 2h, from %gs to %gh", t->row->least,
             t->row->most / 3600);
    return expected(t, text, what);
}

static bool store_choice(const option_target *t, const char *text)
{
    for (const choice *c = t->row->choices; c->name; c++) {
        if (strcmp(c->name, text) == 0) {
            store_int(t->row, t->field, c->value);
            return true;
        }
    }
    char names[128];
    option_choices(t->row, names, sizeof names);
    return expected(t, text, names);
}

static bool store_in_list(const option_target *t, const char *text)
{
    string_list list;
    memcpy(&list, t->field, sizeof list);
    const char **items = realloc(list.items, (list.size + 1) * sizeof *items);
    if (!items) {
        snprintf(t->why, t->why_size, "out of memory");
        return false;
    }
    items[list.size] = text;
    list = (string_list){items, list.size + 1};
    memcpy(t->field, &list, sizeof list);
    return true;
}

static bool store_parsed(const option_target *t, const char *text)
{
    const char *what = t->row->parse(t->field, text);
    return what ? expected(t, text, what) : true;
}

bool option_store(const option_target *t, const char *text, int value)
{
    switch (t->row->kind) {
    case OPTION_SET:
        store_int(t->row, t->field, value);
        return true;
    case OPTION_STRING:
        memcpy(t->field, &text, sizeof text);
        return true;
    case OPTION_LIST:
        return store_in_list(t, text);
    case OPTION_COUNT:
        return store_count(t, text);
    case OPTION_SEED:
        return store_seed(t, text);
    case OPTION_SIZE:
        return store_size(t, text);
    case OPTION_REAL:
        return store_real(t, text);
    case OPTION_DURATION:
        return store_duration(t, text);
    case OPTION_CHOICE:
        return store_choice(t, text);
    case OPTION_PARSED:
        return store_parsed(t, text);
    default:
        return true;
    }
}
