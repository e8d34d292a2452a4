/* ttag calibrate: a model and labelled articles of another source in, the model with new thresholds
   out. */
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/report.h"
#include "cli/shared_options.h"
#include "cli/threshold_rule.h"
#include "ttag/calibrate.h"
#include "ttag/classify.h"

typedef struct settings {
    common_settings common;
    ttag_reader_opts reader;
    ttag_calibrate_opts calibrate;
    const char *model;
    const char *output;
    string_list unknown_where;
} settings;

static const settings defaults = {.common = COMMON_SETTINGS_INIT,
                                  .reader = TTAG_READER_OPTS_INIT,
                                  .calibrate = TTAG_CALIBRATE_OPTS_INIT};

static const char *parse_thresholds(void *field, const char *text)
{
    ttag_calibrate_opts *opts = field;
    const char *what = thresholds_parse(&opts->thresholds, &opts->bound, text);
    if (what || opts->thresholds == TTAG_THRESHOLDS_NONE)
        return "f1, precision=P or recall=R, where P and R are over 0 and at most 1";
    return NULL;
}

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    READY_MODEL_OPTION(settings, model, "the model whose weights are kept"),
    {OPTION_STRING, "output", 'o', AT(output), "MODEL2",
     "the model file to write; an old one is replaced once the new one is whole; required",
     .flags = OPTION_REQUIRED | OPTION_FILE | OPTION_WRITTEN},
    {OPTION_PARSED, "thresholds", 0, AT(calibrate), "f1|precision=P|recall=R",
     "cut every tag where its F1 is best; or where it is best with a precision, or recall, of P at "
     "least: a tag that cannot have that is never given",
     .parse = parse_thresholds, .standing = "f1"},
    {OPTION_CHOICE, "calibration", 0, AT(calibrate.calibration), NULL,
     "scores to probabilities by a sigmoid, or a rising line through a few points; auto: for each "
     "tag the better one, on articles that it was not fitted on",
     .choices = calibration_choices},
    {OPTION_COUNT, "min-docs", 0, AT(calibrate.least), "N",
     "a tag that fewer than N articles carry, or do not carry, keeps its threshold", .least = 2,
     .most = UINT32_MAX},
    {OPTION_COUNT, "folds", 0, AT(calibrate.folds), "K",
     "folds by which the new thresholds are measured", .least = 2, .most = 100},
    {OPTION_SEED, "seed", 0, AT(calibrate.seed), "N", "seed of the folds", .flags = OPTION_PLAIN},

    UNKNOWN_OPTION(settings, unknown_where),
    INPUT_OPTIONS(settings, reader),
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Gives a model new thresholds and probabilities from the labelled articles of the FEEDs, and "
    "keeps its weights. Sources differ more in where a tag begins than in what speaks for it: a "
    "few "
    "hundred articles of the source that is to be tagged make much of the difference.",
    MODEL_PATH_TEXT,
    "The articles must be others than those the model was trained on, or their scores are too "
    "good. All of them choose the cuts; what these are worth is measured by folds, and 'ttag "
    "inspect' shows it. A tag with too few articles keeps what it has, and is named. The card says "
    "from what the thresholds are, under \"recalibration\".",
    NULL};

static const char *const examples[] = {
    "a model for another feed", "ttag calibrate -m news.ttag labelled-here.jsonl -o here.ttag",
    "nine of ten given tags right, on this feed",
    "ttag calibrate -m news.ttag labelled-here.jsonl -o sure.ttag --thresholds precision=0.9",
    NULL};

static const int exits[] = {EXIT_DONE,        EXIT_REFUSED,    EXIT_USAGE,
                            EXIT_NOTHING,     EXIT_RESOURCES,  EXIT_MODEL,
                            EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

/* An article's score comes from all of its passages; a record that holds one has but that. */
static void warn_of_passages(const invocation *call, const ttag_article *article, bool *told)
{
    if (*told || article->article.size == 0)
        return;
    *told = true;
    console_say(call->console, TTAG_WARNING,
                "%s:%zu: is a passage of an article; the model scores whole articles by their "
                "passages: expected them whole, or the thresholds are those of single passages",
                article->path, article->line);
}

/* Scores the articles one by one; refused ones are named. */
static ttag_status take_feed(const invocation *call, ttag_calibrator *calibrator,
                             ttag_workspace *work, ttag_reader *feed, bool of_passages,
                             ttag_error *err)
{
    bool told = !of_passages;
    ttag_article article;
    ttag_classification result;
    for (;;) {
        ttag_status status = ttag_reader_next(feed, &article, err);
        if (status == TTAG_END)
            return TTAG_OK;
        if (status == TTAG_PARSE || status == TTAG_IO) {
            char text[1024];
            ttag_error_format(err, text, sizeof text);
            console_say(call->console, TTAG_WARNING, "%s", text);
            continue;
        }
        if (status == TTAG_OK)
            warn_of_passages(call, &article, &told);
        if (status == TTAG_OK && article.labelled)
            status = ttag_classify(work, &result, &article, err);
        else if (status == TTAG_OK)
            result.scores = NULL; /* it is but counted */
        if (status == TTAG_OK)
            status = ttag_calibrator_add(calibrator, &article, result.scores, err);
        if (status != TTAG_OK)
            return status;
    }
}

static void summarise(const invocation *call, const ttag_calibrate_counts *counts)
{
    const settings *s = call->settings;
    report_skipped(call, counts->unlabelled);
    console_say(call->console, TTAG_NOTE,
                "%zu tag%s with new thresholds from %zu articles; micro-F1 %.3f with the old ones, "
                "%.3f with new ones that other folds chose; %s",
                counts->changed, counts->changed == 1 ? "" : "s", counts->used,
                counts->micro_f1_before, counts->micro_f1_after, s->output);
}

static int calibrate(const invocation *call, const inputs *in)
{
    const settings *s = call->settings;
    ttag_calibrate_opts opts = s->calibrate;
    ttag_error err;
    ttag_workspace *work = NULL;
    ttag_calibrator *calibrator = NULL;
    int code;
    opts.monitor = &call->console->monitor;
    opts.unknown_where = in->rules;
    const ttag_model_parts *parts = ttag_model_get(in->model);
    const bool of_passages = parts->passages.unit != TTAG_UNIT_ARTICLE;
    if (ttag_workspace_new(&work, in->model, NULL, &err) != TTAG_OK ||
        ttag_calibrator_new(&calibrator, parts, &opts, &err) != TTAG_OK ||
        take_feed(call, calibrator, work, in->feed, of_passages, &err) != TTAG_OK ||
        ttag_calibrator_finish(calibrator, &err) != TTAG_OK ||
        ttag_model_save(ttag_calibrator_parts(calibrator), s->output, &err) != TTAG_OK ||
        saved_model_check(s->output, NULL, &err) != TTAG_OK) {
        code = console_fail(call->console, &err);
    } else {
        summarise(call, ttag_calibrator_counts(calibrator));
        code = exit_after(ttag_reader_seen(in->feed)->refused);
    }
    ttag_calibrator_free(calibrator);
    ttag_workspace_free(work);
    return code;
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    inputs in = {.named = s->model,
                 .unknown_where = &s->unknown_where,
                 .reader = &s->reader,
                 .verify = true};
    int code = feed_expect(call);
    if (code == EXIT_DONE)
        code = model_name_check(call, s->output);
    if (code == EXIT_DONE)
        code = inputs_choose(&in, call);
    if (code == EXIT_DONE)
        code = output_check(call, s->output, true);
    if (code == EXIT_DONE)
        code = feeds_check(call, NULL);
    if (code == EXIT_DONE)
        code = inputs_open(&in, call);
    if (code == EXIT_DONE)
        code = calibrate(call, &in);
    inputs_close(&in);
    return code;
}

const command cmd_calibrate = {.name = "calibrate",
                               .summary = "fit thresholds to another source",
                               .synopsis = "[-m MODEL] FEED... -o MODEL2 [options]",
                               .description = description,
                               .examples = examples,
                               .options = options,
                               .defaults = &defaults,
                               .settings_size = sizeof defaults,
                               .exits = exits,
                               .has_page = true,
                               .run = run};
