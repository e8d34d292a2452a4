/* The parser of command lines, what help shows of a table, and suggestions. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cmd_classify.h"
#include "cli/console.h"
#include "cli/nearest.h"
#include "cli/options.h"
#include "cli/utf8_step.h"
#include "tests/unit/written.h"

/* ---- A table of every kind. ---- */

typedef struct settings {
    bool loud;
    int shape;
    bool round;
    const char *file;
    string_list names;
    uint32_t count;
    uint64_t seed;
    size_t size;
    double share;
    double wait;
    int preset;
    bool stop;
} settings;

static const settings defaults = {.count = 5, .seed = 1, .size = (size_t)3 << 30, .share = 0.5};

static const choice shapes[] = {{"ball", 0}, {"cube", 1}, {"cone", 2}, {NULL, 0}};
static const choice truths[] = {{"yes", true}, {"no", false}, {NULL, 0}};

/* Sets several fields at once, as --preset does. */
static const char *parse_preset(void *field, const char *text)
{
    settings *s = field;
    if (strcmp(text, "big") != 0)
        return "big";
    s->preset = 1;
    s->count = 100;
    return NULL;
}

#define AT(member) OPTION_FIELD(settings, member)

static const option table[] = {
    {OPTION_HEADING, "Things", .flags = OPTION_PLAIN},
    {OPTION_SET, "loud", 'l', AT(loud), NULL, "", .value = true, .flags = OPTION_NEGATABLE},
    {OPTION_CHOICE, "shape", 's', AT(shape), NULL, "", .choices = shapes},
    {OPTION_CHOICE, "round", 0, AT(round), NULL, "", .choices = truths},
    {OPTION_STRING, "file", 'f', AT(file), "FILE", "", .flags = OPTION_REQUIRED},
    {OPTION_LIST, "name", 0, AT(names), "NAME", "", .flags = OPTION_PLAIN},
    {OPTION_COUNT, "count", 'c', AT(count), "N", "", .least = 1, .most = UINT32_MAX},
    {OPTION_SEED, "seed", 0, AT(seed), "N", "", .flags = OPTION_PLAIN},
    {OPTION_SIZE, "size", 0, AT(size), "SIZE", "", .least = 1},
    {OPTION_REAL, "share", 0, AT(share), "X", "", .least = 0, .most = 1},
    {OPTION_DURATION, "wait", 0, AT(wait), "TIME", "", .least = 0.5, .most = 7200},
    {OPTION_PARSED,
     "preset",
     0,
     {0, sizeof(settings)},
     "big",
     "",
     .parse = parse_preset,
     .standing = "small",
     .flags = OPTION_FIRST},
    {OPTION_SET, "stop", 0, AT(stop), NULL, "", .value = true, .flags = OPTION_STOPS},
    {OPTION_SET, "secret", 0, AT(loud), NULL, "", .value = true, .flags = OPTION_HIDDEN},
    {OPTION_END, .flags = OPTION_PLAIN}};

/* A parsed line of up to 15 words. */
typedef struct outcome {
    bool ok;
    settings settings;
    parsed_line line;
    char words[256];
    char *argv[16];
    char why[256];
} outcome;

/* `words` separated by blanks; "''" is an empty one. */
static void parse(outcome *o, const char *words)
{
    memset(o, 0, sizeof *o);
    o->settings = defaults;
    snprintf(o->words, sizeof o->words, "%s", words);
    int argc = 0;
    for (char *word = strtok(o->words, " "); word; word = strtok(NULL, " "))
        o->argv[argc++] = strcmp(word, "''") == 0 ? word + 2 : word;
    o->ok =
        options_parse(table, &o->settings, &o->line, argc, o->argv, false, o->why, sizeof o->why);
    if (!o->ok)
        options_dispose(table, &o->settings);
}

static void accept(outcome *o, const char *words)
{
    parse(o, words);
    if (!o->ok)
        fail_msg("'%s': %s", words, o->why);
}

static void refuse(const char *words, const char *why)
{
    outcome o;
    parse(&o, words);
    if (o.ok)
        fail_msg("'%s' is accepted; expected: %s", words, why);
    assert_string_equal(o.why, why);
}

/* ---- Forms ---- */

static void options_parse__all_forms(void **state)
{
    (void)state;
    static const char *const lines[] = {"--file x", "--file=x",     "-f x",
                                        "-fx",      "a --file x b", "-f y --file x"};
    outcome o;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        accept(&o, lines[i]);
        assert_string_equal(o.settings.file, "x");
        assert_true(option_given(table, &o.line, "file"));
        assert_false(option_given(table, &o.line, "count"));
    }
}

static void options_parse__operands_keep_their_order(void **state)
{
    (void)state;
    outcome o;
    accept(&o, "a -f x - b --loud c");
    assert_int_equal(o.line.n_operands, 4);
    assert_string_equal(o.line.operands[0], "a");
    assert_string_equal(o.line.operands[1], "-");
    assert_string_equal(o.line.operands[3], "c");
    accept(&o, "-f x -- --loud -- -c");
    assert_int_equal(o.line.n_operands, 3);
    assert_string_equal(o.line.operands[0], "--loud");
    assert_string_equal(o.line.operands[1], "--");
    assert_false(o.settings.loud);
}

static void options_parse__an_argument_may_look_like_an_option(void **state)
{
    (void)state;
    outcome o;
    accept(&o, "--file --loud");
    assert_string_equal(o.settings.file, "--loud");
    accept(&o, "-f --");
    assert_string_equal(o.settings.file, "--");
    accept(&o, "--file=");
    assert_string_equal(o.settings.file, "");
    accept(&o, "--file=a=b");
    assert_string_equal(o.settings.file, "a=b");
}

static void options_parse__switches(void **state)
{
    (void)state;
    outcome o;
    accept(&o, "-f x -l");
    assert_true(o.settings.loud);
    accept(&o, "-f x --loud --no-loud");
    assert_false(o.settings.loud);
    accept(&o, "-f x --secret");
    assert_true(o.settings.loud);
    refuse("--loud=yes", "--loud takes no argument");
    refuse("-lf x", "'-lf': -l takes no argument; write options apart");
    refuse("--no-stop", "unknown option '--no-stop'");
}

static void options_parse__stops_at_once(void **state)
{
    (void)state;
    outcome o;
    accept(&o, "--stop --nonsense"); /* and the file is missing */
    assert_true(o.settings.stop);
    refuse("--nonsense --stop", "unknown option '--nonsense'");
}

static void options_parse__commands_follow(void **state)
{
    (void)state;
    char *argv[] = {(char *)(uintptr_t) "--stop", (char *)(uintptr_t) "train",
                    (char *)(uintptr_t) "--nonsense"};
    settings s = defaults;
    parsed_line line;
    char why[100];
    static const option few[] = {
        {OPTION_SET, "stop", 0, AT(stop), NULL, "", .value = true, .flags = OPTION_PLAIN},
        {OPTION_END, .flags = OPTION_PLAIN}};
    assert_true(options_parse(few, &s, &line, 3, argv, true, why, sizeof why));
    assert_true(s.stop);
    assert_int_equal(line.n_operands, 2);
    assert_string_equal(line.operands[0], "train");
    assert_string_equal(line.operands[1], "--nonsense");
}

static void options_parse__first_ones_come_first(void **state)
{
    (void)state;
    outcome o;
    accept(&o, "-f x --count 7 --preset big");
    assert_int_equal(o.settings.preset, 1);
    assert_int_equal(o.settings.count, 7);
    accept(&o, "-f x --preset big");
    assert_int_equal(o.settings.count, 100);
    refuse("-f x --preset huge", "--preset is 'huge'; expected big");
    refuse("-f x --preset huge --nonsense", "unknown option '--nonsense'");
}

static void options_parse__lists_grow(void **state)
{
    (void)state;
    outcome o;
    accept(&o, "-f x --name a --name=b --name c");
    assert_int_equal(o.settings.names.size, 3);
    assert_string_equal(o.settings.names.items[1], "b");
    options_dispose(table, &o.settings);
    assert_null(o.settings.names.items);
    refuse("--name a --nonsense", "unknown option '--nonsense'");
}

static void options_parse__what_is_missing(void **state)
{
    (void)state;
    refuse("a b", "-f FILE is missing");
    refuse("-f", "-f lacks its argument; expected FILE");
    refuse("--shape", "--shape lacks its argument; expected ball, cube or cone");
}

static void options_parse__unknown_ones(void **state)
{
    (void)state;
    refuse("--shapes x", "unknown option '--shapes'; did you mean '--shape'?");
    refuse("--cuont=3", "unknown option '--cuont'; did you mean '--count'?");
    refuse("--secrets", "unknown option '--secrets'"); /* hidden ones are not suggested */
    refuse("--Things", "unknown option '--Things'");
    refuse("-x", "unknown option '-x'");
    refuse("-count 3", "unknown option '-count'; did you mean '--count'?");
    refuse("--", "-f FILE is missing");
    char word[300] = "--";
    memset(word + 2, 'x', 200);
    outcome o;
    parse(&o, word);
    assert_false(o.ok);
}

/* ---- Arguments ---- */

static void options_parse__counts(void **state)
{
    (void)state;
    outcome o;
    accept(&o, "-f x --count 4294967295");
    assert_int_equal(o.settings.count, UINT32_MAX);
    accept(&o, "-f x -c 007");
    assert_int_equal(o.settings.count, 7);
    static const char *const bad[] = {
        "0",  "-1", "+1", "1.0", "1e3", "0x10", "''", "4294967296", "99999999999999999999999",
        "1 ", "one"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char line[80];
        snprintf(line, sizeof line, "-f x --count %s", bad[i]);
        parse(&o, line);
        /* the blank of "1 " goes lost in the line */
        assert_true(o.ok == (strcmp(bad[i], "1 ") == 0));
    }
}

static void options_parse__seeds(void **state)
{
    (void)state;
    outcome o;
    accept(&o, "-f x --seed 18446744073709551615");
    assert_true(o.settings.seed == UINT64_MAX);
    refuse("--seed 18446744073709551616",
           "--seed is '18446744073709551616'; expected a whole number under 2^64");
}

static void options_parse__sizes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bytes;
    } good[] = {{"1", 1},
                {"512M", (size_t)512 << 20},
                {"3G", (size_t)3 << 30},
                {"3g", (size_t)3 << 30},
                {"2KB", 2048},
                {"2KiB", 2048},
                {"10B", 10},
                {"1T", (size_t)1 << 40}};
    outcome o;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char line[80];
        snprintf(line, sizeof line, "-f x --size %s", good[i].text);
        accept(&o, line);
        assert_true(o.settings.size == good[i].bytes);
    }
    static const char *const bad[] = {"0",   "M",    "1.5G",           "1GG", "1P", "-1M",
                                      "1iB", "1KiX", "17592186044416T"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char line[80], why[160];
        snprintf(line, sizeof line, "--size %s", bad[i]);
        snprintf(why, sizeof why, "--size is '%s'; expected a size such as 512M or 3G", bad[i]);
        refuse(line, why);
    }
}

static void options_parse__reals(void **state)
{
    (void)state;
    outcome o;
    accept(&o, "-f x --share 2.5e-1");
    assert_true(o.settings.share == 0.25);
    accept(&o, "-f x --share 1");
    assert_true(o.settings.share == 1);
    static const char *const bad[] = {"1.1", "-0.1", "nan", "inf",  "0x1", "1e",
                                      ".",   "''",   "0,5", "0.5x", "1e-"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char line[80];
        snprintf(line, sizeof line, "-f x --share %s", bad[i]);
        parse(&o, line);
        assert_false(o.ok);
    }
}

static void options_parse__durations(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double seconds;
    } good[] = {{"1", 1},       {"0.5", 0.5}, {"90s", 90},      {"5m", 300},
                {"0.25h", 900}, {"2h", 7200}, {"7.2e3s", 7200}, {"1e2m", 6000}};
    outcome o;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char line[80];
        snprintf(line, sizeof line, "-f x --wait %s", good[i].text);
        accept(&o, line);
        assert_true(o.settings.wait == good[i].seconds);
    }
    static const char *const bad[] = {"0",   "0.4s", "2.1h", "m",   "5M", "5min", "1d",    "-5m",
                                      "nan", "infh", "0x1",  "5mm", "''", "sm",   "1e400h"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char line[80];
        snprintf(line, sizeof line, "-f x --wait %s", bad[i]);
        parse(&o, line);
        assert_false(o.ok);
    }
    refuse("--wait 3h", "--wait is '3h'; expected a time such as 90s, 5m or 2h, from 0.5s to 2h");
    refuse("--wait 0000000000000000000000000000000000000000000000001",
           "--wait is '0000000000000000000000000000000000000000000000001'; expected a time such as "
           "90s, 5m or 2h, from 0.5s to 2h");
}

static void options_parse__choices(void **state)
{
    (void)state;
    outcome o;
    accept(&o, "-f x --shape cone --round yes");
    assert_int_equal(o.settings.shape, 2);
    assert_true(o.settings.round);
    refuse("--shape Cone", "--shape is 'Cone'; expected ball, cube or cone");
    refuse("--round maybe", "--round is 'maybe'; expected yes or no");
}

/* ---- What help shows ---- */

static const char *shown_default(const char *name, char *out, size_t size)
{
    return option_default(option_find(table, name), &defaults, out, size) ? out : NULL;
}

static void option_default__reads_the_settings(void **state)
{
    (void)state;
    char out[64];
    assert_string_equal(shown_default("count", out, sizeof out), "5");
    assert_string_equal(shown_default("size", out, sizeof out), "3G");
    assert_string_equal(shown_default("share", out, sizeof out), "0.5");
    assert_string_equal(shown_default("shape", out, sizeof out), "ball");
    assert_string_equal(shown_default("round", out, sizeof out), "no");
    assert_string_equal(shown_default("preset", out, sizeof out), "small");
    assert_null(shown_default("loud", out, sizeof out));
    assert_null(shown_default("file", out, sizeof out));
}

static void option_argument__shows_choices(void **state)
{
    (void)state;
    char out[64];
    option_argument(option_find(table, "shape"), out, sizeof out);
    assert_string_equal(out, "ball|cube|cone");
    option_argument(option_find(table, "count"), out, sizeof out);
    assert_string_equal(out, "N");
    option_argument(option_find(table, "loud"), out, sizeof out);
    assert_string_equal(out, "");
    option_argument(option_find(table, "shape"), out, 8);
    assert_string_equal(out, "ball|cu");
}

/* The parser stores by size: what a table says must fit what the field is. */
static void command_table__fields_fit_their_kinds(void **state)
{
    (void)state;
    for (const option *row = cmd_classify.options; row->kind != OPTION_END; row++) {
        size_t size = row->field.size;
        assert_true(row->field.offset + size <= cmd_classify.settings_size);
        if (row->kind == OPTION_COUNT)
            assert_int_equal(size, sizeof(uint32_t));
        if (row->kind == OPTION_SIZE || row->kind == OPTION_REAL || row->kind == OPTION_STRING)
            assert_int_equal(size, 8);
        if (row->kind == OPTION_SET || row->kind == OPTION_CHOICE)
            assert_true(size == sizeof(bool) || size == sizeof(int));
    }
}

/* ---- Suggestions ---- */

static const char *suggest(const char *word, const char *const *candidates)
{
    nearest near = nearest_to(text_view(word));
    for (; *candidates; candidates++)
        nearest_look(&near, text_view(*candidates));
    return near.best.bytes;
}

static void nearest__finds_what_was_meant(void **state)
{
    (void)state;
    static const char *const commands[] = {"train",  "classify", "evaluate", "inspect",
                                           "export", "help",     "version",  NULL};
    assert_string_equal(suggest("trian", commands), "train");
    assert_string_equal(suggest("Train", commands), "train");
    assert_string_equal(suggest("evalute", commands), "evaluate");
    assert_string_equal(suggest("clasify", commands), "classify");
    assert_string_equal(suggest("hlep", commands), "help");
    assert_null(suggest("frobnicate", commands));
    assert_null(suggest("x", commands));
    assert_null(suggest("bogus", (const char *const[]){"tags", "folds", NULL}));
    assert_null(suggest("", commands));
    char word[200];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_null(suggest(word, commands));
}

/* ---- Text on a terminal ---- */

static void write_shown__disarms_control_characters(void **state)
{
    (void)state;
    written w;
    written_start(&w);
    write_shown(w.stream, text_view("a\x1b[2J\x7f\xc2\x9b\t\xe2\x82\xac\xff"));
    written_expect(&w, "a\\x1b[2J\\x7f\\x9b\\x09\xe2\x82\xac\xef\xbf\xbd");
}

static void utf8_step__knows_utf8(void **state)
{
    (void)state;
    uint32_t point;
    assert_int_equal(utf8_step("a", 1, &point), 1);
    assert_int_equal(point, 'a');
    assert_int_equal(utf8_step("\xe2\x82\xac", 3, &point), 3);
    assert_int_equal(point, 0x20ac);
    assert_int_equal(utf8_step("\xf0\x9f\x98\x80", 4, &point), 4);
    assert_int_equal(point, 0x1f600);
    /* cut short, overlong, a surrogate, over U+10FFFF, a lone continuation */
    static const char *const bad[] = {
        "\xe2\x82", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80", "\xff"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(utf8_step(bad[i], strlen(bad[i]), &point), 1);
        assert_true(point == UTF8_BAD);
    }
}

static void size_show_bytes__three_digits(void **state)
{
    (void)state;
    static const struct {
        size_t bytes;
        const char *shown;
    } sizes[] = {{0, "0 bytes"},        {999, "999 bytes"},
                 {1000, "1.0 kB"},      {15078, "15.1 kB"},
                 {99949, "99.9 kB"},    {99951, "100 kB"},
                 {999499, "999 kB"},    {999500, "1.0 MB"},
                 {12345678, "12.3 MB"}, {3 * (size_t)1000000000, "3.0 GB"}};
    char out[32];
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_show_bytes(sizes[i].bytes, out, sizeof out);
        assert_string_equal(out, sizes[i].shown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_parse__all_forms),
        cmocka_unit_test(options_parse__operands_keep_their_order),
        cmocka_unit_test(options_parse__an_argument_may_look_like_an_option),
        cmocka_unit_test(options_parse__switches),
        cmocka_unit_test(options_parse__stops_at_once),
        cmocka_unit_test(options_parse__commands_follow),
        cmocka_unit_test(options_parse__first_ones_come_first),
        cmocka_unit_test(options_parse__lists_grow),
        cmocka_unit_test(options_parse__what_is_missing),
        cmocka_unit_test(options_parse__unknown_ones),
        cmocka_unit_test(options_parse__counts),
        cmocka_unit_test(options_parse__seeds),
        cmocka_unit_test(options_parse__sizes),
        cmocka_unit_test(options_parse__reals),
        cmocka_unit_test(options_parse__durations),
        cmocka_unit_test(options_parse__choices),
        cmocka_unit_test(option_default__reads_the_settings),
        cmocka_unit_test(option_argument__shows_choices),
        cmocka_unit_test(command_table__fields_fit_their_kinds),
        cmocka_unit_test(nearest__finds_what_was_meant),
        cmocka_unit_test(write_shown__disarms_control_characters),
        cmocka_unit_test(utf8_step__knows_utf8),
        cmocka_unit_test(size_show_bytes__three_digits),
    };
    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
