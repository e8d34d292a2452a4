/* ttag evaluate: a model and labelled articles in, a report out; and a gate for pipelines. */
#include <string.h>

#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/nearest.h"
#include "cli/result_file.h"
#include "cli/shared_options.h"
#include "ttag/evaluate.h"

typedef struct settings {
    common_settings common;
    ttag_reader_opts reader;
    ttag_evaluate_opts evaluate;
    const char *model;
    const char *output;
    string_list gates;
    bool json;
} settings;

static const settings defaults = {.common = COMMON_SETTINGS_INIT,
                                  .reader = TTAG_READER_OPTS_INIT,
                                  .evaluate = TTAG_EVALUATE_OPTS_INIT};

static const choice formats[] = {{"text", false}, {"json", true}, {NULL, 0}};

static const char *parse_threshold(void *field, const char *text)
{
    ttag_evaluate_opts *opts = field;
    double probability;
    if (strcmp(text, "model") == 0) {
        opts->cut = TTAG_CUT_MODEL;
    } else if (strcmp(text, "none") == 0) {
        opts->cut = TTAG_CUT_ZERO;
    } else if (number_parse(text, &probability) && probability >= 0 && probability <= 1) {
        opts->cut = TTAG_CUT_FIXED;
        opts->probability = probability;
    } else {
        return "model, none or a probability from 0 to 1";
    }
    return NULL;
}

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    {OPTION_STRING, "model", 'm', AT(model), "MODEL", "the model to measure; required",
     .flags = OPTION_REQUIRED | OPTION_FILE},
    {OPTION_PARSED, "threshold", 0, AT(evaluate), "none|model|X",
     "give a tag at score 0 or more, at the model's threshold, or at probability X",
     .parse = parse_threshold, .standing = "model"},
    {OPTION_SET, "no-implies", 0, AT(evaluate.no_implies), NULL,
     "do not give the tags that a given tag implies", .value = true},
    {OPTION_SET, "imply-truth", 0, AT(evaluate.imply_truth), NULL,
     "complete the true labels by the tags that they imply", .value = true},
    {OPTION_LIST, "fail-under", 0, AT(gates), "FIGURE=X",
     "exit with 6 if the figure is under X (hamming_loss and ece: over X): micro.f1, macro.recall, "
     "map, Malware.f1, ...; may be given again",
     .flags = OPTION_PLAIN},
    {OPTION_COUNT, "threads", 0, AT(evaluate.threads), "N",
     "threads at work; never changes the result", .least = 1, .most = 1024,
     .standing = "one per core"},

    {OPTION_HEADING, "Output", .flags = OPTION_PLAIN},
    {OPTION_CHOICE, "format", 0, AT(json), NULL, "tables for people, or a JSON object",
     .choices = formats},
    {OPTION_STRING, "output", 'o', AT(output), "FILE", "write to FILE, not to standard output",
     .flags = OPTION_FILE},

    INPUT_OPTIONS(settings, reader),
    SHARD_OPTION(settings, reader),
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Tags the labelled articles of the FEEDs and compares: precision, recall and F1, micro, macro, "
    "weighted and by article, average precision, calibration error, and the figures of each tag.",
    "Records without tags are skipped and counted. What a record calls unknown counts nowhere. "
    "Undefined ratios are 0. All figures are those of the functions of the same names in "
    "scikit-learn.",
    NULL};

static const char *const examples[] = {
    "how good is the model?", "ttag evaluate -m news.ttag test.jsonl", "a gate in a pipeline",
    "ttag evaluate -m news.ttag test.jsonl --fail-under micro.f1=0.88 --format json -o report.json",
    NULL};

static const int exits[] = {
    EXIT_DONE,  EXIT_REFUSED, EXIT_USAGE,       EXIT_NOTHING,    EXIT_RESOURCES,
    EXIT_MODEL, EXIT_GATE,    EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

/* ---- Gates ---- */

enum { NAME_SIZE = 256 };

/* "micro.f1=0.88", at the last equals sign. */
static bool gate_split(const char *gate, char *name, double *bound)
{
    const char *equals = strrchr(gate, '=');
    if (!equals || equals == gate || equals - gate >= NAME_SIZE)
        return false;
    memcpy(name, gate, (size_t)(equals - gate));
    name[equals - gate] = '\0';
    return number_parse(equals + 1, bound);
}

static int check_gates(const invocation *call)
{
    const settings *s = call->settings;
    char name[NAME_SIZE];
    double bound;
    for (size_t i = 0; i < s->gates.size; i++)
        if (!gate_split(s->gates.items[i], name, &bound))
            return usage_error(call, "--fail-under is '%s'; expected FIGURE=X as in micro.f1=0.88",
                               s->gates.items[i]);
    return EXIT_DONE;
}

static int unknown_figure(const invocation *call, const ttag_evaluation *evaluation,
                          const char *name)
{
    const char *dot = strrchr(name, '.');
    nearest near = nearest_to((ttag_view){name, dot ? (size_t)(dot - name) : strlen(name)});
    static const char *const figures[] = {"micro",           "macro",        "weighted", "samples",
                                          "per_article",     "jaccard",      "map",      "ece",
                                          "subset_accuracy", "hamming_loss", NULL};
    for (const char *const *figure = figures; *figure; figure++)
        nearest_look(&near, text_view(*figure));
    for (size_t t = 0; t < evaluation->n_tags; t++)
        nearest_look(&near, evaluation->tags[t].tag);
    if (near.best.bytes && near.distance > 0)
        return usage_error(call, "there is no figure '%s'; did you mean '%.*s%s'?", name,
                           (int)near.best.size, near.best.bytes, dot ? dot : "");
    return usage_error(call, "there is no figure '%s'", name);
}

/* As many digits as tell the value from the bound. */
static void show_figure(double value, double bound, char *out, size_t size)
{
    double shown = bound;
    for (int digits = 3; shown == bound && digits <= 17; digits++) {
        snprintf(out, size, "%.*f", digits, value);
        if (!number_parse(out, &shown))
            return;
    }
}

static int apply_gates(const invocation *call, const ttag_evaluation *evaluation)
{
    const settings *s = call->settings;
    int code = EXIT_DONE;
    for (size_t i = 0; i < s->gates.size; i++) {
        char name[NAME_SIZE];
        double bound = 0, value = 0;
        gate_split(s->gates.items[i], name, &bound);
        if (!ttag_evaluation_figure(evaluation, name, &value))
            return unknown_figure(call, evaluation, name);
        bool rises = ttag_figure_rises(name);
        if (rises ? value >= bound : value <= bound)
            continue;
        char shown[32];
        show_figure(value, bound, shown, sizeof shown);
        console_say(call->console, TTAG_ERROR, "%s is %s, %s %g", name, shown,
                    rises ? "under" : "over", bound);
        code = EXIT_GATE;
    }
    return code;
}

/* ---- Report ---- */

static ttag_status write_report(const settings *s, const ttag_evaluation *evaluation,
                                ttag_error *err)
{
    result_file file;
    ttag_status status = result_file_open(&file, s->output, err);
    if (status != TTAG_OK)
        return status;
    status = s->json ? ttag_evaluation_write_json(evaluation, file.stream, err)
                     : ttag_evaluation_write_text(evaluation, file.stream,
                                                  stream_colors(file.stream), err);
    ttag_status closed = result_file_close(&file, status == TTAG_OK, err);
    return status != TTAG_OK ? status : closed;
}

static int report(const invocation *call, const ttag_evaluation *evaluation)
{
    const settings *s = call->settings;
    ttag_error err;
    if (evaluation->unlabelled > 0)
        console_say(call->console, TTAG_NOTE, "%zu record%s without tags skipped",
                    evaluation->unlabelled, evaluation->unlabelled == 1 ? "" : "s");
    if (write_report(s, evaluation, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    int code = apply_gates(call, evaluation);
    if (code != EXIT_DONE)
        return code;
    return evaluation->refused > 0 ? EXIT_REFUSED : EXIT_DONE;
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    if (call->line.n_operands == 0)
        return usage_error(call, "no FEED is given; expected a file, a folder or '-'");
    int code = check_gates(call);
    if (code != EXIT_DONE)
        return code;
    ttag_evaluate_opts opts = s->evaluate;
    opts.monitor = &call->console->monitor;
    ttag_error err;
    ttag_model *model = NULL;
    ttag_reader *feed = NULL;
    ttag_evaluation *evaluation = NULL;
    if (result_file_check(s->output, false, &err) != TTAG_OK ||
        ttag_model_open(&model, s->model, &err) != TTAG_OK ||
        ttag_model_verify(model, &err) != TTAG_OK ||
        feeds_open(&feed, call, 0, &s->reader, NULL, &err) != TTAG_OK ||
        ttag_evaluate(&evaluation, model, feed, &opts, &err) != TTAG_OK)
        code = console_fail(call->console, &err);
    else
        code = report(call, evaluation);
    ttag_evaluation_free(evaluation);
    ttag_reader_free(feed);
    ttag_model_close(model);
    return code;
}

const command cmd_evaluate = {.name = "evaluate",
                              .summary = "measure a model on labelled articles",
                              .synopsis = "-m MODEL FEED... [options]",
                              .description = description,
                              .examples = examples,
                              .options = options,
                              .defaults = &defaults,
                              .settings_size = sizeof defaults,
                              .exits = exits,
                              .has_page = true,
                              .run = run};
