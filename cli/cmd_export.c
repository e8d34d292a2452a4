/* ttag export: articles in, the matrix that a trainer sees out. */
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/repeats.h"
#include "cli/shared_options.h"
#include "ttag/model.h"

typedef struct settings {
    common_settings common;
    ttag_reader_opts reader;
    ttag_text_opts text;
    bool keep_boilerplate;
    bool plain;
    const char *model;
    const char *svmlight;
} settings;

static const settings defaults = {
    COMMON_SETTINGS_INIT, TTAG_READER_OPTS_INIT, TTAG_TEXT_OPTS_BEST, false, false, NULL, NULL};

/* field: all settings. */
static const char *parse_preset(void *field, const char *name)
{
    settings *s = field;
    s->plain = strcmp(name, "plain") == 0;
    return preset_parse(&s->text, name);
}

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    {OPTION_STRING, "svmlight", 0, AT(svmlight), "FILE",
     "write the matrix to FILE, the names to FILE.tags and FILE.terms; required",
     .flags = OPTION_REQUIRED | OPTION_FILE | OPTION_WRITTEN},
    {OPTION_STRING, "model", 'm', AT(model), "MODEL",
     "take vocabulary, text options and tags from MODEL; without it they come from the FEEDs and "
     "the options below",
     .flags = OPTION_FILE},
    {OPTION_PARSED, "preset", 0, AT(common), NULL,
     "text options: plain never changes, best is what measured best; other options override it",
     .choices = preset_choices, .parse = parse_preset, .standing = "best", .flags = OPTION_FIRST},

    TEXT_OPTIONS(settings, text),
    BOILERPLATE_OPTION(settings, keep_boilerplate),
    INPUT_OPTIONS(settings, reader),
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Writes the articles of the FEEDs as a matrix in LIBSVM's multi-label format, so that other "
    "programs can be run on the very numbers that 'ttag train' sees.",
    "A row for each record, in the order of the input: the numbers of its tags, separated by "
    "commas, then number:value for each of its terms, numbers ascending from 1. A row without tags "
    "begins with a blank. Line n of FILE.tags and of FILE.terms is the name of number n.",
    NULL};

static const char *const examples[] = {
    "training data for another program",
    "ttag export labelled.jsonl --svmlight train.svm --preset plain",
    "test data with the numbers of a model",
    "ttag export test.jsonl --svmlight test.svm -m plain.ttag", NULL};

static const int exits[] = {EXIT_DONE,        EXIT_REFUSED,    EXIT_USAGE,
                            EXIT_NOTHING,     EXIT_RESOURCES,  EXIT_MODEL,
                            EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

/* A text option on the line that the model decides, or NULL. */
static const char *contradiction(const invocation *call)
{
    for (const char *const *name = text_option_names; *name; name++)
        if (option_given(options, &call->line, *name))
            return *name;
    return NULL;
}

static int export_feed(const invocation *call, const ttag_export_opts *opts)
{
    const settings *s = call->settings;
    ttag_error err;
    ttag_reader *feed = NULL;
    size_t rows;
    int code;
    if (feeds_open(&feed, call, 0, &s->reader, NULL, &err) != TTAG_OK ||
        ttag_export_svmlight(feed, s->svmlight, opts, &rows, &err) != TTAG_OK) {
        code = console_fail(call->console, &err);
    } else {
        console_say(call->console, TTAG_NOTE, "wrote %zu row%s to %s", rows, rows == 1 ? "" : "s",
                    s->svmlight);
        code = exit_after(ttag_reader_seen(feed)->refused);
    }
    ttag_reader_free(feed);
    return code;
}

/* NULL: out of memory. */
static ttag_view *tag_names(const ttag_model_parts *parts)
{
    ttag_view *names = calloc(parts->n_tags + 1, sizeof *names);
    for (size_t t = 0; names && t < parts->n_tags; t++)
        names[t] = parts->tags[t].name;
    return names;
}

static int export_with_model(const invocation *call, ttag_export_opts *opts)
{
    const settings *s = call->settings;
    ttag_error err;
    ttag_model *model;
    if (ttag_model_open(&model, s->model, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    int code;
    const ttag_model_parts *parts = ttag_model_get(model);
    ttag_view *names = tag_names(parts);
    if (ttag_model_verify(model, &err) != TTAG_OK) {
        code = console_fail(call->console, &err);
    } else if (!names) {
        code = console_no_memory(call->console);
    } else {
        opts->text = parts->text;
        opts->boilerplate = s->keep_boilerplate ? (ttag_boilerplate){0} : parts->boilerplate;
        opts->vocabulary = &parts->vocabulary;
        opts->tags = names;
        opts->n_tags = parts->n_tags;
        code = export_feed(call, opts);
    }
    free(names);
    ttag_model_close(model);
    return code;
}

static int export_by_itself(const invocation *call, ttag_export_opts *opts)
{
    const settings *s = call->settings;
    ttag_error err;
    ttag_repeat_learner *repeats = NULL;
    opts->boilerplate = (ttag_boilerplate){0};
    int code =
        !s->plain && !s->keep_boilerplate &&
                repeats_learn(&repeats, &opts->boilerplate, call, &s->reader, &err) != TTAG_OK
            ? console_fail(call->console, &err)
            : export_feed(call, opts);
    ttag_repeat_learner_free(repeats);
    return code;
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    ttag_export_opts opts = TTAG_EXPORT_OPTS_INIT;
    opts.text = s->text;
    opts.monitor = &call->console->monitor;
    const char *what = ttag_text_opts_check(&s->text);
    if (what)
        return usage_error(call, "%s", what);
    int code = feed_expect(call);
    if (code != EXIT_DONE)
        return code;
    if (s->model && contradiction(call))
        return usage_error(call, "--%s cannot go with -m: the model says how text is read",
                           contradiction(call));
    if (strcmp(s->svmlight, "-") == 0)
        return usage_error(call, "three files are written; expected a name for --svmlight");
    code = output_check(call, s->svmlight, true);
    if (code != EXIT_DONE)
        return code;
    return s->model ? export_with_model(call, &opts) : export_by_itself(call, &opts);
}

const command cmd_export = {.name = "export",
                            .summary = "write the matrix of a feed for other programs",
                            .synopsis = "FEED... --svmlight FILE [-m MODEL] [options]",
                            .description = description,
                            .examples = examples,
                            .options = options,
                            .defaults = &defaults,
                            .settings_size = sizeof defaults,
                            .exits = exits,
                            .has_page = true,
                            .run = run};
