/* ttag compare: two models and labelled articles in, what changed and whether it is chance out. */
#include <string.h>

#include "cli/commands.h"
#include "cli/cut_rule.h"
#include "cli/exit.h"
#include "cli/nearest.h"
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
     .flags = OPTION_FILE},
    {OPTION_STRING, "html", 0, AT(html), "FILE", "write a page for people to FILE as well",
     .flags = OPTION_FILE},

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

static int check_gates(const invocation *call)
{
    const settings *s = call->settings;
    char name[NAME_SIZE];
    double delta;
    for (size_t i = 0; i < s->gates.size; i++)
        if (!gate_split(s->gates.items[i], name, &delta))
            return usage_error(call,
                               "--fail-if-worse is '%s'; expected FIGURE or FIGURE:X as in "
                               "micro.f1:0.01, X not under 0",
                               s->gates.items[i]);
    return EXIT_DONE;
}

static int unknown_figure(const invocation *call, const ttag_comparison *found, const char *name)
{
    const char *dot = strrchr(name, '.');
    nearest near = nearest_to((ttag_view){name, dot ? (size_t)(dot - name) : strlen(name)});
    static const char *const figures[] = {"micro",       "macro",   "weighted",        "samples",
                                          "per_article", "jaccard", "subset_accuracy", NULL};
    for (const char *const *figure = figures; *figure; figure++)
        nearest_look(&near, text_view(*figure));
    for (size_t t = 0; t < found->n_tags; t++)
        nearest_look(&near, found->tags[t].tag);
    if (near.best.bytes && near.distance > 0)
        return usage_error(call, "there is no figure '%s'; did you mean '%.*s%s'?", name,
                           (int)near.best.size, near.best.bytes, dot ? dot : "");
    return usage_error(call, "there is no figure '%s'", name);
}

static int apply_gates(const invocation *call, const ttag_comparison *found)
{
    const settings *s = call->settings;
    int code = EXIT_DONE;
    for (size_t i = 0; i < s->gates.size; i++) {
        char name[NAME_SIZE];
        double delta;
        gate_split(s->gates.items[i], name, &delta);
        const ttag_change *c = ttag_comparison_figure(found, name);
        if (!c)
            return unknown_figure(call, found, name);
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

static ttag_status write_as(const settings *s, const ttag_comparison *found, FILE *out,
                            ttag_error *err)
{
    switch (s->format) {
    case FORMAT_JSON:
        return ttag_comparison_write_json(found, out, err);
    case FORMAT_CSV:
        return ttag_comparison_write_csv(found, out, err);
    case FORMAT_MARKDOWN:
        return ttag_comparison_write_markdown(found, out, s->articles, err);
    default:
        return ttag_comparison_write_text(found, out, stream_colors(out), s->articles, err);
    }
}

static ttag_status write_report(const settings *s, const ttag_comparison *found, ttag_error *err)
{
    result_file file;
    ttag_status status = result_file_open(&file, s->output, err);
    if (status != TTAG_OK)
        return status;
    status = write_as(s, found, file.stream, err);
    ttag_error late;
    ttag_status closed = result_file_close(&file, status == TTAG_OK, &late);
    if (status == TTAG_OK && closed != TTAG_OK)
        *err = late;
    return status != TTAG_OK ? status : closed;
}

/* Without its folders. */
static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
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

static ttag_status write_html(const invocation *call, const ttag_comparison *found, ttag_error *err)
{
    const settings *s = call->settings;
    result_file file;
    char subject[SUBJECT_SIZE];
    if (!s->html)
        return TTAG_OK;
    put_subject(call, subject, sizeof subject);
    ttag_status status = result_file_open(&file, s->html, err);
    if (status != TTAG_OK)
        return status;
    status = ttag_comparison_write_html(found, subject, file.stream, err);
    ttag_error late;
    ttag_status closed = result_file_close(&file, status == TTAG_OK, &late);
    if (status == TTAG_OK && closed != TTAG_OK)
        *err = late;
    return status != TTAG_OK ? status : closed;
}

static int show(const invocation *call, const ttag_comparison *found)
{
    ttag_error err;
    if (found->unlabelled > 0)
        console_say(call->console, TTAG_NOTE, "%zu record%s without tags skipped",
                    found->unlabelled, found->unlabelled == 1 ? "" : "s");
    if (write_report(call->settings, found, &err) != TTAG_OK ||
        write_html(call, found, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    int code = apply_gates(call, found);
    if (code != EXIT_DONE)
        return code;
    return found->refused > 0 ? EXIT_REFUSED : EXIT_DONE;
}

/* ---- Command. ---- */

static ttag_status compare_models(ttag_comparison **found, const invocation *call,
                                  const ttag_compare_opts *opts, ttag_error *err)
{
    const settings *s = call->settings;
    ttag_model *models[2] = {NULL, NULL};
    ttag_reader *feed = NULL;
    ttag_status status = ttag_model_open(&models[0], call->line.operands[0], err);
    if (status == TTAG_OK)
        status = ttag_model_open(&models[1], call->line.operands[1], err);
    if (status == TTAG_OK)
        status = feeds_open(&feed, call, 2, &s->reader, NULL, err);
    if (status == TTAG_OK)
        status = ttag_compare(found, models[0], models[1], feed, opts, err);
    ttag_reader_free(feed);
    ttag_model_close(models[0]);
    ttag_model_close(models[1]);
    return status;
}

static int compare(const invocation *call, const ttag_unknown_rules *rules)
{
    const settings *s = call->settings;
    ttag_compare_opts opts = s->compare;
    opts.evaluate.monitor = &call->console->monitor;
    opts.evaluate.unknown_where = rules;
    ttag_error err;
    ttag_comparison *found = NULL;
    char **names = call->line.operands;
    ttag_status status = result_file_check(s->output, false, &err);
    if (status == TTAG_OK)
        status = result_file_check(s->html, false, &err);
    if (status == TTAG_OK)
        status = call->line.n_operands > 2
                     ? compare_models(&found, call, &opts, &err)
                     : ttag_compare_parts(&found, names[0], names[1], &opts, &err);
    int code = status == TTAG_OK ? show(call, found) : console_fail(call->console, &err);
    ttag_comparison_free(found);
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
    bool page_there = s->html && strcmp(s->html, "-") == 0;
    if (page_there && (!s->output || strcmp(s->output, "-") == 0))
        return usage_error(call, "the page and the report would both go to standard output; "
                                 "expected -o FILE beside --html -");
    return check_gates(call);
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    ttag_unknown_rules *rules;
    int code = check_line(call);
    if (code != EXIT_DONE)
        return code;
    code = unknown_where_read(&rules, call, &s->unknown_where);
    if (code != EXIT_DONE)
        return code;
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
