/* ttag curve: labelled articles in, how F1 grows with their number out. */
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/report.h"
#include "cli/result_file.h"
#include "cli/train_settings.h"

static const train_settings defaults = {.common = COMMON_SETTINGS_INIT,
                                        .reader = TTAG_READER_OPTS_INIT,
                                        .train = TTAG_TRAIN_OPTS_INIT,
                                        .curve = TTAG_CURVE_OPTS_INIT};

#define AT(member) OPTION_FIELD(train_settings, member)

static const option options[] = {
    {OPTION_COUNT, "points", 0, AT(curve.points), "P",
     "sizes: all articles, half of them, a quarter, … down to 1/2^(P-1)", .least = 2,
     .most = TTAG_CURVE_POINTS_MOST},
    {OPTION_COUNT, "outer-folds", 0, AT(curve.crossval.folds), "K",
     "models of each size, each measured on articles withheld from it", .least = 2, .most = 100},
    {OPTION_COUNT, "replicates", 0, AT(curve.replicates), "N",
     "draws of the bootstrap that intervals come from", .least = 1, .most = 100000},
    {OPTION_SET, "no-implies", 0, AT(curve.crossval.no_implies), NULL,
     "do not give the tags that a given tag implies", .value = true},
    {OPTION_SET, "imply-truth", 0, AT(curve.crossval.imply_truth), NULL,
     "complete the true labels by the tags that they imply", .value = true},
    {OPTION_CHOICE, "format", 0, AT(json), NULL, "tables for people, or a JSON object",
     .choices = report_choices},
    {OPTION_STRING, "output", 'o', AT(output), "FILE", "write to FILE, not to standard output",
     .flags = OPTION_FILE | OPTION_WRITTEN},
    {OPTION_STRING, "html", 0, AT(html), "FILE",
     "write a page with the curve to FILE as well: one file that needs nothing else",
     .flags = OPTION_FILE | OPTION_WRITTEN},
    {OPTION_HEADING, "Training", .flags = OPTION_PLAIN},
    {OPTION_MORE, .more = train_options, .flags = OPTION_PLAIN}};

static const char *const description[] = {
    "Says whether labelling more articles would help, and which tags. It trains models of all "
    "labelled articles of the FEEDs, of half of them, of a quarter and so on, measures each on "
    "articles withheld from it, and prints F1 by the number of articles, over all tags and for "
    "each, with 95 % intervals, and what each doubling gained.",
    "Each of K folds is withheld in turn; the smaller parts are within the larger ones; articles "
    "of "
    "one \"group\" or \"article\" stay together. Training options are those of 'ttag train'; "
    "records "
    "of --extra FEEDs are trained on at every size, and not counted. It takes about twice as long "
    "as 'ttag crossval': --preset plain is faster.",
    NULL};

static const char *const examples[] = {
    "would more labels help?", "ttag curve labelled.jsonl", "a page for others, by fast models",
    "ttag curve labelled.jsonl --preset plain --points 6 --html curve.html", NULL};

static const int exits[] = {EXIT_DONE,      EXIT_REFUSED,     EXIT_USAGE,      EXIT_NOTHING,
                            EXIT_RESOURCES, EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

/* What a writer of results is given. */
typedef struct curve_report {
    const ttag_curve *found;
    const char *subject;
    bool json;
} curve_report;

static ttag_status write_page(const void *what, FILE *out, ttag_error *err)
{
    const curve_report *report = what;
    return ttag_curve_write_html(report->found, out, report->subject, err);
}

static ttag_status write_report(const void *what, FILE *out, ttag_error *err)
{
    const curve_report *report = what;
    return report->json ? ttag_curve_write_json(report->found, out, err)
                        : ttag_curve_write_text(report->found, out, err);
}

static int show(const invocation *call, const ttag_curve *found)
{
    const train_settings *s = call->settings;
    const char *subject = call->line.n_operands == 1 ? call->line.operands[0] : "several feeds";
    const curve_report report = {found, subject, s->json};
    ttag_error err;
    if ((s->html && result_file_write(s->html, write_page, &report, &err) != TTAG_OK) ||
        result_file_write(s->output, write_report, &report, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    report_skipped(call, found->unlabelled);
    return exit_after(found->refused);
}

static int measure(const invocation *call, train_feeds *feeds)
{
    const train_settings *s = call->settings;
    ttag_error err;
    ttag_curve *found = NULL;
    ttag_curve_opts opts = s->curve;
    opts.crossval.train = &feeds->opts;
    int code = ttag_curve_measure(&found, feeds->feed, &opts, &err) == TTAG_OK
                   ? show(call, found)
                   : console_fail(call->console, &err);
    ttag_curve_free(found);
    return code;
}

static int check_outputs(const invocation *call)
{
    const train_settings *s = call->settings;
    int code = output_check(call, s->output, false);
    return code == EXIT_DONE ? output_check(call, s->html, false) : code;
}

static int run(const invocation *call)
{
    return train_feeds_run(call, check_outputs, measure);
}

const command cmd_curve = {.name = "curve",
                           .summary = "say whether labelling more would help",
                           .synopsis = "FEED... [options]",
                           .description = description,
                           .examples = examples,
                           .options = options,
                           .defaults = &defaults,
                           .settings_size = sizeof defaults,
                           .exits = exits,
                           .has_page = true,
                           .run = run};
