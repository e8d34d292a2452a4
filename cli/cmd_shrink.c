/* ttag shrink: a model in, a smaller one out, and what that cost. */
#include <string.h>

#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/number_words.h"
#include "cli/report.h"
#include "cli/shared_options.h"
#include "cli/shrink_report.h"

typedef struct settings {
    common_settings common;
    ttag_reader_opts reader;
    ttag_shrink_opts shrink;
    const char *model;
    const char *small;
    string_list unknown_where;
    bool json;
} settings;

static const settings defaults = {.common = COMMON_SETTINGS_INIT,
                                  .reader = TTAG_READER_OPTS_INIT,
                                  .shrink = TTAG_SHRINK_OPTS_INIT};

static const choice types[] = {{"float32", TTAG_WEIGHT_FLOAT32},
                               {"float16", TTAG_WEIGHT_FLOAT16},
                               {"int8", TTAG_WEIGHT_INT8},
                               {NULL, 0}};

static const char *parse_prune(void *field, const char *text)
{
    double *share = field;
    if (strcmp(text, "auto") == 0) {
        *share = TTAG_PRUNE_AUTO;
        return NULL;
    }
    if (number_parse(text, share) && *share >= 0 && *share <= 0.999)
        return NULL;
    return "auto or a share from 0 to 0.999";
}

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    {OPTION_STRING, "model", 'm', AT(model), "MODEL", "the model to make smaller; required",
     .flags = OPTION_REQUIRED | OPTION_FILE},
    {OPTION_STRING, "output", 'o', AT(small), "SMALL",
     "the model file to write; an old one is replaced once the new one is whole; required",
     .flags = OPTION_REQUIRED | OPTION_FILE | OPTION_WRITTEN},
    {OPTION_CHOICE, "weights", 0, AT(shrink.weights), NULL,
     "what a weight is kept as; of int8 a scale for each term goes with it", .choices = types},
    {OPTION_PARSED, "prune", 0, AT(shrink.prune), "X|auto",
     "drop this share of the weights, those that matter least, and terms that have none left; "
     "auto: "
     "as many as the losses allow, without a FEED none",
     .parse = parse_prune, .standing = "auto"},
    {OPTION_REAL, "max-loss", 0, AT(shrink.max_loss), "X",
     "write no model that loses more micro-F1 on the FEEDs", .least = 0, .most = 1},
    {OPTION_REAL, "max-macro-loss", 0, AT(shrink.max_macro_loss), "X",
     "write no model that loses more macro-F1", .least = 0, .most = 1},
    {OPTION_CHOICE, "format", 0, AT(json), NULL, "tables for people, or a JSON object",
     .choices = report_choices},
    {OPTION_COUNT, "threads", 0, AT(shrink.threads), "N",
     "threads at work; never changes the result", .least = 1, .most = 1024,
     .standing = "one per core"},

    UNKNOWN_OPTION(settings, unknown_where),
    INPUT_OPTIONS(settings, reader),
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Drops the weights of a model that matter least to its scores, keeps the others as numbers of "
    "one byte, and reports sizes and F1 before and after on the labelled articles of the FEEDs, as "
    "'ttag evaluate' has them. SMALL is a model like any other.",
    "A term without weights leaves the vocabulary. Since the length of an article's vector is then "
    "another, scores are fitted to the old ones on the FEEDs' articles, without a look at their "
    "tags: thresholds and probabilities keep their meaning. Without a FEED nothing is fitted and "
    "nothing measured, and by default only weights that are 0 are dropped.",
    "What is searched for on a feed fits that feed a little: measure SMALL on articles that "
    "neither "
    "training nor shrinking has seen.",
    NULL};

static const char *const examples[] = {
    "the smallest model that loses next to nothing",
    "ttag shrink -m news.ttag -o small.ttag dev.jsonl",
    "every weight as it is, but none that is 0",
    "ttag shrink -m news.ttag -o small.ttag --weights float32",
    "a tenth of the weights, whatever it costs",
    "ttag shrink -m news.ttag -o tiny.ttag dev.jsonl --prune 0.9 --max-loss 1 --max-macro-loss 1",
    NULL};

static const int exits[] = {
    EXIT_DONE,  EXIT_REFUSED, EXIT_USAGE,       EXIT_NOTHING,    EXIT_RESOURCES,
    EXIT_MODEL, EXIT_GATE,    EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

static int show(const invocation *call, const ttag_model *model, const ttag_shrunk *done)
{
    const settings *s = call->settings;
    ttag_error err;
    ttag_model *small = NULL;
    /* The saved file is read back, so that a disk that lies is found out now. */
    if (done->saved && (ttag_model_open(&small, s->small, &err) != TTAG_OK ||
                        ttag_model_verify(small, &err) != TTAG_OK)) {
        ttag_model_close(small);
        return console_fail(call->console, &err);
    }
    shrink_report report = {done, model, s->model, small, s->small};
    report_skipped(call, done->unlabelled);
    (s->json ? shrink_report_json : shrink_report_text)(stdout, &report);
    ttag_model_close(small);
    if (!done->saved) {
        console_say(call->console, TTAG_ERROR,
                    "no model is written: %.4f of the micro-F1 would be lost and %.4f of the "
                    "macro-F1; --max-loss %g and --max-macro-loss %g allow less",
                    done->before.micro_f1 - done->after.micro_f1,
                    done->before.macro_f1 - done->after.macro_f1, s->shrink.max_loss,
                    s->shrink.max_macro_loss);
        return EXIT_GATE;
    }
    return exit_after(done->refused);
}

static int shrink(const invocation *call, const inputs *in)
{
    const settings *s = call->settings;
    ttag_shrink_opts opts = s->shrink;
    ttag_error err;
    ttag_shrunk done;
    opts.monitor = &call->console->monitor;
    opts.unknown_where = in->rules;
    if (ttag_model_shrink(&done, in->model, in->feed, s->small, &opts, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    return show(call, in->model, &done);
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    inputs in = {.named = s->model,
                 .unknown_where = &s->unknown_where,
                 .reader = &s->reader,
                 .feed_optional = true};
    int code = model_name_check(call, s->small);
    if (code == EXIT_DONE)
        code = inputs_choose(&in, call);
    if (code == EXIT_DONE)
        code = output_check(call, s->small, true);
    if (code == EXIT_DONE)
        code = feeds_check(call, NULL);
    if (code == EXIT_DONE)
        code = inputs_open(&in, call);
    if (code == EXIT_DONE)
        code = shrink(call, &in);
    inputs_close(&in);
    return code;
}

const command cmd_shrink = {.name = "shrink",
                            .summary = "make a model smaller",
                            .synopsis = "-m MODEL -o SMALL [FEED...] [options]",
                            .description = description,
                            .examples = examples,
                            .options = options,
                            .defaults = &defaults,
                            .settings_size = sizeof defaults,
                            .exits = exits,
                            .has_page = true,
                            .run = run};
