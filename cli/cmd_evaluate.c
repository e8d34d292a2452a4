/* ttag evaluate: a model and labelled articles in, a report out; and a gate for pipelines. */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/cut_rule.h"
#include "cli/exit.h"
#include "cli/model_path.h"
#include "cli/report.h"
#include "cli/result_file.h"
#include "cli/shared_options.h"
#include "cli/unknown_where.h"
#include "ttag/evaluate.h"

typedef struct settings {
    common_settings common;
    ttag_reader_opts reader;
    ttag_evaluate_opts evaluate;
    const char *model;
    const char *part;
    report_settings report;
    string_list unknown_where;
} settings;

static const settings defaults = {.common = COMMON_SETTINGS_INIT,
                                  .reader = TTAG_READER_OPTS_INIT,
                                  .evaluate = TTAG_EVALUATE_OPTS_INIT,
                                  .report = REPORT_SETTINGS_INIT};

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    READY_MODEL_OPTION(settings, model, "the model to measure"),
    {OPTION_PARSED, "threshold", 0, AT(evaluate), CUT_ARGUMENT,
     "give a tag at score 0 or more, at the model's threshold, or at probability X",
     .parse = cut_parse, .standing = "model"},
    {OPTION_SET, "no-implies", 0, AT(evaluate.no_implies), NULL,
     "do not give the tags that a given tag implies", .value = true},
    {OPTION_SET, "imply-truth", 0, AT(evaluate.imply_truth), NULL,
     "complete the true labels by the tags that they imply", .value = true},
    UNKNOWN_OPTION(settings, unknown_where),
    GATE_OPTION(settings, report),
    {OPTION_COUNT, "threads", 0, AT(evaluate.threads), "N",
     "threads at work; never changes the result", .least = 1, .most = 1024,
     .standing = "one per core"},

    REPORT_OPTIONS(settings, report),
    {OPTION_STRING, "part", 0, AT(part), "FILE",
     "write no report, but what 'ttag merge' needs to make one", .flags = OPTION_FILE},

    INPUT_OPTIONS(settings, reader),
    SHARD_OPTION(settings, reader),
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Tags the labelled articles of the FEEDs and compares: precision, recall and F1, micro, macro, "
    "weighted and by article, average precision, calibration error, and the figures of each tag.",
    MODEL_PATH_TEXT,
    "Records without tags are skipped and counted. What a record calls unknown counts nowhere. "
    "Undefined ratios are 0. All figures are those of the functions of the same names in "
    "scikit-learn.",
    "Each figure has a 95 % interval, found by drawing the articles again and again with "
    "replacement: other articles of the kind would give a figure within it 95 times in 100.",
    "--html writes one page that needs nothing else: curves of each tag, calibration, what is "
    "confused, sources and months, the worst errors with their evidence. It stays under 5 MB; "
    "--html-data has everything.",
    "With --shard 2/8 the second of eight parts of the feed is evaluated; --part keeps what was "
    "found, "
    "and 'ttag merge' makes of all parts the report that one run gives. A part is made of whole "
    "records "
    "and found by the sizes of the files; standard input has none.",
    NULL};

static const char *const examples[] = {
    "how good is the model?",
    "ttag evaluate -m news.ttag test.jsonl",
    "a page to look at",
    "ttag evaluate -m news.ttag test.jsonl --html report.html",
    "a gate in a pipeline",
    "ttag evaluate -m news.ttag test.jsonl --fail-under micro.f1=0.88 --format json -o report.json",
    "a quarter of the work, for four machines",
    "ttag evaluate -m news.ttag archive/ --shard 1/4 --part 1.part",
    NULL};

static const int exits[] = {
    EXIT_DONE,  EXIT_REFUSED, EXIT_USAGE,       EXIT_NOTHING,    EXIT_RESOURCES,
    EXIT_MODEL, EXIT_GATE,    EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

/* Writes the part in place of a report. */
static int write_part(const invocation *call, const ttag_model *model, ttag_reader *feed,
                      const ttag_evaluate_opts *opts)
{
    const settings *s = call->settings;
    ttag_error err;
    result_file file;
    ttag_part_counts counts;
    ttag_status status = result_file_open(&file, s->part, &err);
    if (status == TTAG_OK)
        status = ttag_evaluate_part(file.stream, model, feed, opts, &counts, &err);
    ttag_error late;
    ttag_status closed = result_file_close(&file, status == TTAG_OK, &late);
    if (status != TTAG_OK || closed != TTAG_OK)
        return console_fail(call->console, status != TTAG_OK ? &err : &late);
    report_skipped(call, counts.unlabelled);
    return counts.refused > 0 ? EXIT_REFUSED : EXIT_DONE;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

/* "news.ttag on test.jsonl", "news.ttag on 3 feeds" */
static void tell_subject(const invocation *call, const char *path, char *out, size_t size)
{
    const char *model = name_of(path), *feed = call->line.operands[0];
    if (call->line.n_operands > 1)
        snprintf(out, size, "%s on %zu feeds", model, call->line.n_operands);
    else
        snprintf(out, size, "%s on %s", model,
                 strcmp(feed, "-") == 0 ? "standard input" : name_of(feed));
}

static int evaluate_feed(const invocation *call, const ttag_model *model, const char *path,
                         ttag_reader *feed, const ttag_unknown_rules *unknown_where)
{
    const settings *s = call->settings;
    ttag_evaluate_opts opts = s->evaluate;
    opts.monitor = &call->console->monitor;
    opts.unknown_where = unknown_where;
    opts.keep_articles = s->report.html || s->report.data;
    if (s->part)
        return write_part(call, model, feed, &opts);
    ttag_error err;
    ttag_evaluation *evaluation;
    if (ttag_evaluate(&evaluation, model, feed, &opts, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    char subject[512];
    tell_subject(call, path, subject, sizeof subject);
    const report_origin origin = {model, subject, opts.threads};
    int code = report_show(call, &s->report, &origin, evaluation);
    ttag_evaluation_free(evaluation);
    return code;
}

static int check_line(const invocation *call)
{
    const settings *s = call->settings;
    if (call->line.n_operands == 0)
        return usage_error(call, "no FEED is given; expected a file, a folder or '-'");
    static const char *const of_reports[] = {"format",     "output", "html",      "html-data",
                                             "replicates", "seed",   "fail-under"};
    for (size_t i = 0; s->part && i < sizeof of_reports / sizeof *of_reports; i++)
        if (option_given(call->command->options, &call->line, of_reports[i]))
            return usage_error(call,
                               "--%s is for reports; with --part there is none, 'ttag merge' "
                               "makes it",
                               of_reports[i]);
    return report_check(call, &s->report);
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    int code = check_line(call);
    if (code != EXIT_DONE)
        return code;
    ttag_error err;
    ttag_model *model = NULL;
    ttag_reader *feed = NULL;
    ttag_unknown_rules *rules;
    model_path ready;
    const char *path;
    code = model_path_choose(&path, &ready, call, s->model);
    if (code != EXIT_DONE)
        return code;
    code = unknown_where_read(&rules, call, &s->unknown_where);
    if (code != EXIT_DONE)
        return code;
    if (report_ready(&s->report, &err) != TTAG_OK ||
        result_file_check(s->part, false, &err) != TTAG_OK ||
        ttag_model_open(&model, path, &err) != TTAG_OK ||
        feeds_open(&feed, call, 0, &s->reader, NULL, &err) != TTAG_OK)
        code = console_fail(call->console, &err);
    else
        code = evaluate_feed(call, model, path, feed, rules);
    ttag_unknown_rules_free(rules);
    ttag_reader_free(feed);
    ttag_model_close(model);
    return code;
}

const command cmd_evaluate = {.name = "evaluate",
                              .summary = "measure a model on labelled articles",
                              .synopsis = "[-m MODEL] FEED... [options]",
                              .description = description,
                              .examples = examples,
                              .options = options,
                              .defaults = &defaults,
                              .settings_size = sizeof defaults,
                              .exits = exits,
                              .has_page = true,
                              .run = run};
