/* ttag evaluate: a model and labelled articles in, a report out; and a gate for pipelines. */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/cut_rule.h"
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/report.h"
#include "cli/result_file.h"
#include "cli/shared_options.h"
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
     "write no report, but what 'ttag merge' needs to make one",
     .flags = OPTION_FILE | OPTION_WRITTEN},

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

/* What goes into a part, and what is found out meanwhile. */
typedef struct part_work {
    const inputs *in;
    const ttag_evaluate_opts *opts;
    ttag_part_counts *counts;
} part_work;

static ttag_status write_part(const void *what, FILE *out, ttag_error *err)
{
    const part_work *w = what;
    return ttag_evaluate_part(out, w->in->model, w->in->feed, w->opts, w->counts, err);
}

/* The part in place of a report. */
static int make_part(const invocation *call, const inputs *in, const ttag_evaluate_opts *opts)
{
    const settings *s = call->settings;
    ttag_error err;
    ttag_part_counts counts;
    const part_work work = {in, opts, &counts};
    if (result_file_write(s->part, write_part, &work, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    report_skipped(call, counts.unlabelled);
    return exit_after(counts.refused);
}

/* "news.ttag on test.jsonl", "news.ttag on 3 feeds" */
static void tell_subject(const invocation *call, const char *path, char *out, size_t size)
{
    const char *model = file_name(path), *feed = call->line.operands[0];
    if (call->line.n_operands > 1)
        snprintf(out, size, "%s on %zu feeds", model, call->line.n_operands);
    else
        snprintf(out, size, "%s on %s", model,
                 strcmp(feed, "-") == 0 ? "standard input" : file_name(feed));
}

static int evaluate_feed(const invocation *call, const inputs *in)
{
    const settings *s = call->settings;
    ttag_evaluate_opts opts = s->evaluate;
    opts.monitor = &call->console->monitor;
    opts.unknown_where = in->rules;
    opts.keep_articles = s->report.html || s->report.data;
    if (s->part)
        return make_part(call, in, &opts);
    ttag_error err;
    ttag_evaluation *evaluation;
    if (ttag_evaluate(&evaluation, in->model, in->feed, &opts, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    char subject[512];
    tell_subject(call, in->path, subject, sizeof subject);
    const report_origin origin = {in->model, subject, opts.threads};
    int code = report_show(call, &s->report, &origin, evaluation);
    ttag_evaluation_free(evaluation);
    return code;
}

static int check_line(const invocation *call)
{
    const settings *s = call->settings;
    static const char *const of_reports[] = {"format",     "output", "html",      "html-data",
                                             "replicates", "seed",   "fail-under"};
    int code = feed_expect(call);
    if (code != EXIT_DONE)
        return code;
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
    inputs in = {.named = s->model, .unknown_where = &s->unknown_where, .reader = &s->reader};
    int code = check_line(call);
    if (code == EXIT_DONE)
        code = inputs_choose(&in, call);
    if (code == EXIT_DONE)
        code = report_ready(call, &s->report);
    if (code == EXIT_DONE)
        code = output_check(call, s->part, false);
    if (code == EXIT_DONE)
        code = inputs_open(&in, call);
    if (code == EXIT_DONE)
        code = report_check_tags(call, &s->report, in.model);
    if (code == EXIT_DONE)
        code = evaluate_feed(call, &in);
    inputs_close(&in);
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
