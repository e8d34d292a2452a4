/* ttag compare: two models and labelled articles in, what changed and whether it is chance out. */
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/cut_rule.h"
#include "cli/exit.h"
#include "cli/figure_name.h"
#include "cli/frame.h"
#include "cli/number_words.h"
#include "cli/report.h"
#include "cli/result_file.h"
#include "cli/shared_options.h"
#include "cli/unknown_where.h"
#include "ttag/compare.h"

typedef enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_MARKDOWN } format;

typedef struct settings {
    common_settings common;
    ttag_reader_opts reader;
    ttag_compare_opts compare;
    string_list unknown_where;
    string_list gates;
    const char *output;
    const char *html;
    format format;
    uint32_t articles;
} settings;

static const settings defaults = {.common = COMMON_SETTINGS_INIT,
                                  .reader = TTAG_READER_OPTS_INIT,
                                  .compare = TTAG_COMPARE_OPTS_INIT,
                                  .articles = 20};

static const choice formats[] = {{"text", FORMAT_TEXT},
                                 {"json", FORMAT_JSON},
                                 {"csv", FORMAT_CSV},
                                 {"markdown", FORMAT_MARKDOWN},
                                 {NULL, 0}};

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    {OPTION_PARSED, "threshold", 0, AT(compare.evaluate), CUT_ARGUMENT,
     "give a tag at score 0 or more, at the model's threshold, or at probability X",
     .parse = cut_parse, .standing = "model"},
    {OPTION_SET, "no-implies", 0, AT(compare.evaluate.no_implies), NULL,
     "do not give the tags that a given tag implies", .value = true},
    {OPTION_SET, "imply-truth", 0, AT(compare.evaluate.imply_truth), NULL,
     "complete the true labels by the tags that they imply in either model", .value = true},
    UNKNOWN_OPTION(settings, unknown_where),
    {OPTION_LIST, "fail-if-worse", 0, AT(gates), "FIGURE[:X]",
     "exit with 6 if B is worse than A by more than X (0 if left out) and the 95 % interval of the "
     "change lies below 0: micro.f1, macro.f1:0.01, Malware.recall, ...; may be given again",
     .flags = OPTION_PLAIN},
    {OPTION_COUNT, "replicates", 0, AT(compare.replicates), "N",
     "draw the articles N times for intervals and p-values", .least = 1, .most = 100000},
    {OPTION_SEED, "seed", 0, AT(compare.seed), "N", "seed of these draws", .flags = OPTION_PLAIN},
    {OPTION_COUNT, "threads", 0, AT(compare.evaluate.threads), "N",
     "threads at work; never changes the result", .least = 1, .most = 1024,
     .standing = "one per core"},

    {OPTION_HEADING, "Output", .flags = OPTION_PLAIN},
    {OPTION_CHOICE, "format", 0, AT(format), NULL,
     "tables for people, a JSON object, a table for programs, or tables to paste",
     .choices = formats},
    {OPTION_COUNT, "articles", 0, AT(articles), "N",
     "name at most N of the articles that are tagged differently; JSON names all", .least = 0,
     .most = UINT32_MAX},
    {OPTION_STRING, "output", 'o', AT(output), "FILE", "write to FILE, not to standard output",
     .flags = OPTION_FILE | OPTION_WRITTEN},
    {OPTION_STRING, "html", 0, AT(html), "FILE", "write a page for people to FILE as well",
     .flags = OPTION_FILE | OPTION_WRITTEN},

    INPUT_OPTIONS(settings, reader),
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Tags the labelled articles of the FEEDs with the model A and with the model B, and says what "
    "changed: "
    "each figure of both, its change with a 95 % interval and a p-value from a paired bootstrap; "
    "for each tag and for whole articles McNemar's test of which model is right more often, "
    "corrected after Holm for there being many tags; and the articles that are tagged differently, "
    "with the tags that B gained and lost, rightly or wrongly.",
    "Without a FEED, A and B are evaluations of one feed, as 'ttag evaluate --part' "
    "writes them; they hold no ids of articles.",
    "A tag that only one of the models knows is never given by the other. Means over tags are over "
    "the tags of both.",
    NULL};

static const char *const examples[] = {
    "is the new model better?",
    "ttag compare old.ttag new.ttag test.jsonl",
    "a gate in a pipeline: no worse, but for half a hundredth or chance",
    "ttag compare old.ttag new.ttag test.jsonl --fail-if-worse micro.f1:0.005 -o changes.txt",
    "of evaluations that are there already",
    "ttag compare old.part new.part --format json",
    NULL};

static const int exits[] = {
    EXIT_DONE,  EXIT_REFUSED, EXIT_USAGE,       EXIT_NOTHING,    EXIT_RESOURCES,
    EXIT_MODEL, EXIT_GATE,    EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

/* ---- Gates. ---- */

enum { NAME_SIZE = 256, SUBJECT_SIZE = 1024 };

/* "micro.f1:0.01" at its last colon, if a number follows; a tag may hold colons. */
static bool gate_split(const char *gate, char *name, double *delta)
{
    const char *colon = strrchr(gate, ':');
    size_t size = strlen(gate);
    *delta = 0;
    if (colon && number_parse(colon + 1, delta))
        size = (size_t)(colon - gate);
    if (size == 0 || size >= NAME_SIZE || *delta < 0)
        return false;
    memcpy(name, gate, size);
    name[size] = '\0';
    return true;
}

static int unknown_figure(const invocation *call, const ttag_comparison *found, const char *name)
{
    static const char *const figures[] = {"micro",       "macro",   "weighted",        "samples",
                                          "per_article", "jaccard", "subset_accuracy", NULL};
    figure_guess guess = figure_guess_of(name, figures);
    for (size_t t = 0; t < found->n_tags; t++)
        nearest_look(&guess.near, found->tags[t].tag);
    return figure_unknown(call, &guess);
}

/* As far as gates can be checked without the tags. */
static int check_gates(const invocation *call)
{
    static const ttag_comparison none = {0};
    const settings *s = call->settings;
    char name[NAME_SIZE];
    double delta;
    for (size_t i = 0; i < s->gates.size; i++) {
        if (!gate_split(s->gates.items[i], name, &delta))
            return usage_error(call,
                               "--fail-if-worse is '%s'; expected FIGURE or FIGURE:X as in "
                               "micro.f1:0.01, X not under 0",
                               s->gates.items[i]);
        const ttag_compared_tag any = {.tag = figure_subject(name)};
        if (!ttag_comparison_figure(&(ttag_comparison){.tags = &any, .n_tags = 1}, name))
            return unknown_figure(call, &none, name);
    }
    return EXIT_DONE;
}

/* The first gate whose figure the comparison does not have; what is said of it, else EXIT_DONE. */
static int look_up_gates(const invocation *call, const ttag_comparison *found)
{
    const settings *s = call->settings;
    char name[NAME_SIZE];
    double delta;
    for (size_t i = 0; i < s->gates.size; i++) {
        gate_split(s->gates.items[i], name, &delta);
        if (!ttag_comparison_figure(found, name))
            return unknown_figure(call, found, name);
    }
    return EXIT_DONE;
}

/* Whether either model has the tags whose figures have gates: else nothing of them can change. */
static int check_gate_tags(const invocation *call, ttag_model *const models[2])
{
    const ttag_model_parts *parts[2] = {ttag_model_get(models[0]), ttag_model_get(models[1])};
    ttag_compared_tag *tags = calloc(parts[0]->n_tags + parts[1]->n_tags + 1, sizeof *tags);
    size_t n = 0;
    if (!tags)
        return console_no_memory(call->console);
    for (int m = 0; m < 2; m++)
        for (size_t t = 0; t < parts[m]->n_tags; t++)
            tags[n++].tag = parts[m]->tags[t].name;
    int code = look_up_gates(call, &(ttag_comparison){.tags = tags, .n_tags = n});
    free(tags);
    return code;
}

/* After look_up_gates. */
static int apply_gates(const invocation *call, const ttag_comparison *found)
{
    const settings *s = call->settings;
    int code = EXIT_DONE;
    for (size_t i = 0; i < s->gates.size; i++) {
        char name[NAME_SIZE];
        double delta;
        gate_split(s->gates.items[i], name, &delta);
        const ttag_change *c = ttag_comparison_figure(found, name);
        if (c->a - c->b <= delta || c->change.high >= 0)
            continue;
        console_say(call->console, TTAG_ERROR,
                    "%s is worse: %.4f after %.4f; the change is from %+.4f to %+.4f", name, c->b,
                    c->a, c->change.low, c->change.high);
        code = EXIT_GATE;
    }
    return code;
}

/* ---- Report. ---- */

/* What a writer of results is given. */
typedef struct comparison_report {
    const settings *settings;
    const ttag_comparison *found;
    const char *subject;
} comparison_report;

static ttag_status write_report(const void *what, FILE *out, ttag_error *err)
{
    const comparison_report *report = what;
    const ttag_comparison *found = report->found;
    const uint32_t articles = report->settings->articles;
    switch (report->settings->format) {
    case FORMAT_JSON:
        return ttag_comparison_write_json(found, out, err);
    case FORMAT_CSV:
        return ttag_comparison_write_csv(found, out, err);
    case FORMAT_MARKDOWN:
        return ttag_comparison_write_markdown(found, out, articles, err);
    default:
        return ttag_comparison_write_text(found, out, stream_colors(out), articles, err);
    }
}

static ttag_status write_page(const void *what, FILE *out, ttag_error *err)
{
    const comparison_report *report = what;
    return ttag_comparison_write_html(report->found, report->subject, out, err);
}

/* "old.ttag → new.ttag on test.jsonl" */
static void put_subject(const invocation *call, char *out, size_t size)
{
    char **names = call->line.operands;
    const size_t n = call->line.n_operands;
    const char *a = file_name(names[0]), *b = file_name(names[1]);
    if (strcmp(a, b) == 0) { /* of two folders */
        a = names[0];
        b = names[1];
    }
    if (n > 2)
        snprintf(out, size, "%s → %s on %s%s", a, b, file_name(names[2]), n > 3 ? ", …" : "");
    else
        snprintf(out, size, "%s → %s", a, b);
}

static int show(const invocation *call, const ttag_comparison *found)
{
    const settings *s = call->settings;
    int code = look_up_gates(call, found);
    if (code != EXIT_DONE)
        return code;
    ttag_error err;
    char subject[SUBJECT_SIZE];
    put_subject(call, subject, sizeof subject);
    const comparison_report report = {s, found, subject};
    report_skipped(call, found->unlabelled);
    if (result_file_write(s->output, write_report, &report, &err) != TTAG_OK ||
        (s->html && result_file_write(s->html, write_page, &report, &err) != TTAG_OK))
        return console_fail(call->console, &err);
    code = apply_gates(call, found);
    return code == EXIT_DONE ? exit_after(found->refused) : code;
}

/* ---- Command. ---- */

/* What the comparison is made of, and with. */
typedef struct sides {
    ttag_model *models[2];
    ttag_reader *feed;
    ttag_compare_opts opts;
} sides;

static void sides_close(sides *of)
{
    ttag_reader_free(of->feed);
    ttag_model_close(of->models[0]);
    ttag_model_close(of->models[1]);
}

static int sides_open(sides *of, const invocation *call)
{
    const settings *s = call->settings;
    char **names = call->line.operands;
    ttag_error err;
    if (ttag_model_open(&of->models[0], names[0], &err) != TTAG_OK ||
        ttag_model_open(&of->models[1], names[1], &err) != TTAG_OK ||
        feeds_open(&of->feed, call, 2, &s->reader, NULL, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    return check_gate_tags(call, of->models);
}

static int compare(const invocation *call, const ttag_unknown_rules *rules)
{
    sides of = {.opts = ((const settings *)call->settings)->compare};
    of.opts.evaluate.monitor = &call->console->monitor;
    of.opts.evaluate.unknown_where = rules;
    ttag_error err;
    ttag_comparison *found = NULL;
    char **names = call->line.operands;
    const bool is_of_models = call->line.n_operands > 2;
    int code = is_of_models ? sides_open(&of, call) : EXIT_DONE;
    if (code == EXIT_DONE) {
        ttag_status status =
            is_of_models ? ttag_compare(&found, of.models[0], of.models[1], of.feed, &of.opts, &err)
                         : ttag_compare_parts(&found, names[0], names[1], &of.opts, &err);
        code = status == TTAG_OK ? show(call, found) : console_fail(call->console, &err);
    }
    ttag_comparison_free(found);
    sides_close(&of);
    return code;
}

/* Options that say how articles are tagged: parts say that themselves. */
static int check_line(const invocation *call)
{
    const settings *s = call->settings;
    static const char *const of_feeds[] = {"threshold",     "no-implies",   "imply-truth",
                                           "unknown-where", "input-format", "max-record"};
    if (call->line.n_operands < 2)
        return usage_error(call, "expected two models and a FEED, or two parts");
    for (size_t i = 0; call->line.n_operands == 2 && i < sizeof of_feeds / sizeof *of_feeds; i++)
        if (option_given(call->command->options, &call->line, of_feeds[i]))
            return usage_error(call, "--%s is for models and a FEED, of which there is none",
                               of_feeds[i]);
    int code = page_check(call, s->html, s->output);
    return code == EXIT_DONE ? check_gates(call) : code;
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    ttag_unknown_rules *rules = NULL;
    int code = check_line(call);
    if (code == EXIT_DONE)
        code = unknown_where_read(&rules, call, &s->unknown_where);
    if (code == EXIT_DONE)
        code = output_check(call, s->output, false);
    if (code == EXIT_DONE)
        code = output_check(call, s->html, false);
    if (code == EXIT_DONE)
        code = compare(call, rules);
    ttag_unknown_rules_free(rules);
    return code;
}

const command cmd_compare = {.name = "compare",
                             .summary = "say whether one model tags better than another",
                             .synopsis = "A B [FEED...] [options]",
                             .description = description,
                             .examples = examples,
                             .options = options,
                             .defaults = &defaults,
                             .settings_size = sizeof defaults,
                             .exits = exits,
                             .has_page = true,
                             .run = run};
