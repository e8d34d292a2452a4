/* ttag crossval: labelled articles in, a report out on models that have not seen what they tag. */
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/report.h"
#include "cli/result_file.h"
#include "cli/train_settings.h"

static const train_settings defaults = {.common = COMMON_SETTINGS_INIT,
                                        .reader = TTAG_READER_OPTS_INIT,
                                        .train = TTAG_TRAIN_OPTS_INIT,
                                        .crossval = TTAG_CROSSVAL_OPTS_INIT};

static const choice ways[] = {
    {"folds", TTAG_CROSSVAL_BY_FOLDS}, {"date", TTAG_CROSSVAL_BY_DATE}, {NULL, 0}};

#define AT(member) OPTION_FIELD(train_settings, member)

static const option options[] = {
    {OPTION_COUNT, "outer-folds", 0, AT(crossval.folds), "K",
     "models, each measured on articles withheld from it", .least = 2, .most = 100},
    {OPTION_CHOICE, "by", 0, AT(crossval.by), NULL,
     "folds: K parts with the tags spread evenly, each withheld once; date: K + 1 parts one after "
     "the other, each but the first tagged by a model of all before it",
     .choices = ways},
    {OPTION_SET, "no-implies", 0, AT(crossval.no_implies), NULL,
     "do not give the tags that a given tag implies", .value = true},
    {OPTION_SET, "imply-truth", 0, AT(crossval.imply_truth), NULL,
     "complete the true labels by the tags that they imply", .value = true},
    {OPTION_CHOICE, "format", 0, AT(json), NULL, "tables for people, or a JSON object",
     .choices = report_choices},
    {OPTION_STRING, "output", 'o', AT(output), "FILE", "write to FILE, not to standard output",
     .flags = OPTION_FILE | OPTION_WRITTEN},
    {OPTION_HEADING, "Training", .flags = OPTION_PLAIN},
    {OPTION_MORE, .more = train_options, .flags = OPTION_PLAIN}};

static const char *const description[] = {
    "Trains K models with the options of 'ttag train', each on a part of the labelled articles, "
    "and "
    "tags with each the articles that were withheld from it, at its own thresholds. Of every "
    "figure of 'ttag evaluate' it prints the mean over the models, their standard deviation, and "
    "the figure of all withheld articles together.",
    "Articles of one \"group\" or \"article\" stay together. --folds and the like are of the "
    "folds within a training part, which choose thresholds. Records of --extra FEEDs are never "
    "measured; one is withheld where one of its \"group\" or \"article\" is.",
    NULL};

static const char *const examples[] = {
    "how good will a model of these articles be?", "ttag crossval labelled.jsonl",
    "and one of the past, in the future?",
    "ttag crossval labelled.jsonl --by date --outer-folds 4 --format json -o drift.json", NULL};

static const int exits[] = {EXIT_DONE,      EXIT_REFUSED,     EXIT_USAGE,      EXIT_NOTHING,
                            EXIT_RESOURCES, EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

/* What a writer of results is given. */
typedef struct crossval_report {
    const ttag_crossval *found;
    bool json;
} crossval_report;

static ttag_status write_report(const void *what, FILE *out, ttag_error *err)
{
    const crossval_report *report = what;
    return report->json ? ttag_crossval_write_json(report->found, out, err)
                        : ttag_crossval_write_text(report->found, out, err);
}

static int show(const invocation *call, const ttag_crossval *found)
{
    const train_settings *s = call->settings;
    const crossval_report report = {found, s->json};
    ttag_error err;
    if (result_file_write(s->output, write_report, &report, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    report_skipped(call, found->unlabelled);
    if (found->undated > 0)
        console_say(call->console, TTAG_NOTE, "%zu article%s no date: never withheld",
                    found->undated, found->undated == 1 ? " has" : "s have");
    return exit_after(found->refused);
}

static int measure(const invocation *call, train_feeds *feeds)
{
    const train_settings *s = call->settings;
    ttag_error err;
    ttag_crossval *found = NULL;
    ttag_crossval_opts opts = s->crossval;
    opts.train = &feeds->opts;
    int code = ttag_crossvalidate(&found, feeds->feed, &opts, &err) == TTAG_OK
                   ? show(call, found)
                   : console_fail(call->console, &err);
    ttag_crossval_free(found);
    return code;
}

static int check_output(const invocation *call)
{
    const train_settings *s = call->settings;
    return output_check(call, s->output, false);
}

static int run(const invocation *call)
{
    return train_feeds_run(call, check_output, measure);
}

const command cmd_crossval = {.name = "crossval",
                              .summary = "measure training on articles withheld from it",
                              .synopsis = "FEED... [options]",
                              .description = description,
                              .examples = examples,
                              .options = options,
                              .defaults = &defaults,
                              .settings_size = sizeof defaults,
                              .exits = exits,
                              .has_page = true,
                              .run = run};
