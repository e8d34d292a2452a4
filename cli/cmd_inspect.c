/* ttag inspect: what is in a model. */
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/inspect.h"
#include "cli/nearest.h"
#include "cli/shared_options.h"
#include "ttag/model.h"

typedef struct settings {
    common_settings common;
    const char *model;
    uint32_t terms;
    bool json;
    bool verify;
    bool card;
} settings;

static const settings defaults = {.common = COMMON_SETTINGS_INIT, .terms = 20};

static const choice formats[] = {{"text", false}, {"json", true}, {NULL, 0}};

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    READY_MODEL_OPTION(settings, model,
                       "the model to look into; it may stand before TAG without -m as well"),
    {OPTION_COUNT, "terms", 0, AT(terms), "N",
     "with TAG: name the N strongest terms for it and against it", .least = 0, .most = UINT32_MAX},
    {OPTION_CHOICE, "format", 0, AT(json), NULL, "tables for people, or a JSON object",
     .choices = formats},
    {OPTION_SET, "card", 0, AT(card), NULL, "show the card alone, as the JSON it is",
     .value = true},
    {OPTION_SET, "verify", 0, AT(verify), NULL, "check all checksums and show nothing else",
     .value = true},
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Shows what a model was made from, how, and how well its tags did out of fold: in articles "
    "that the scoring model had not seen. With TAG, all about this tag and the terms with the "
    "largest weights for it and against it.",
    MODEL_PATH_TEXT, "The checksums of all sections of the file are verified first.", NULL};

static const char *const examples[] = {
    "what is in this file?",
    "ttag inspect news.ttag",
    "what does the model take for a sign of malware?",
    "ttag inspect -m news.ttag Malware --terms 50",
    "which tags are weak?",
    "ttag inspect -m news.ttag --format json | jq -r '.tags[] | select(.f1 < 0.5) | .tag'",
    NULL};

static const int exits[] = {EXIT_DONE, EXIT_USAGE, EXIT_RESOURCES, EXIT_MODEL, -1};

static int unknown_tag(const invocation *call, const ttag_model_parts *parts, const char *name)
{
    nearest near = nearest_to(text_view(name));
    for (size_t t = 0; t < parts->n_tags; t++)
        nearest_look(&near, parts->tags[t].name);
    if (near.best.bytes)
        return usage_error(call, "the model has no tag '%s'; did you mean '%.*s'?", name,
                           (int)near.best.size, near.best.bytes);
    return usage_error(call, "the model has no tag '%s'", name);
}

static bool find_tag(const ttag_model_parts *parts, const char *name, size_t *position)
{
    ttag_view wanted = text_view(name);
    for (size_t t = 0; t < parts->n_tags; t++) {
        if (same_text(parts->tags[t].name, wanted)) {
            *position = t;
            return true;
        }
    }
    return false;
}

static int show_verified(const char *path)
{
    printf("%s: all checksums are right\n", path);
    return EXIT_DONE;
}

static int show_model(const invocation *call, const inspection *view)
{
    const settings *s = call->settings;
    if (s->card) {
        fwrite(view->parts->card.bytes, 1, view->parts->card.size, stdout);
        fputc('\n', stdout);
    } else if (!s->json) {
        inspect_model_text(stdout, view);
    } else if (!inspect_model_json(stdout, view)) {
        return console_no_memory(call->console);
    }
    return EXIT_DONE;
}

static int show_tag(const invocation *call, const inspection *view, const char *name)
{
    const settings *s = call->settings;
    size_t position;
    if (!find_tag(view->parts, name, &position))
        return unknown_tag(call, view->parts, name);
    bool ok = (s->json ? inspect_tag_json : inspect_tag_text)(stdout, view, position, s->terms);
    if (!ok)
        return console_no_memory(call->console);
    return EXIT_DONE;
}

static int show(const invocation *call, const ttag_model *model, const char *path, const char *tag)
{
    const ttag_model_parts *parts = ttag_model_get(model);
    ttag_error err;
    card_node *card;
    if (card_read(&card, parts->card, path, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    inspection view = {parts, card, path, ttag_model_size(model)};
    int code = tag ? show_tag(call, &view, tag) : show_model(call, &view);
    card_free(card);
    return code;
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    const parsed_line *line = &call->line;
    const size_t first = !s->model && line->n_operands > 0;
    const char *tag = line->n_operands > first ? line->operands[first] : NULL;
    if (line->n_operands > first + 1)
        return usage_error(call, "'%s' is too much; expected one TAG", line->operands[first + 1]);
    if (tag && (s->card || s->verify))
        return usage_error(call, "--%s is about the whole model; expected no TAG",
                           s->card ? "card" : "verify");
    inputs in = {.named = first ? line->operands[0] : s->model, .verify = true};
    int code = inputs_choose(&in, call);
    if (code == EXIT_DONE)
        code = inputs_open(&in, call);
    if (code == EXIT_DONE)
        code = s->verify ? show_verified(in.path) : show(call, in.model, in.path, tag);
    inputs_close(&in);
    return code;
}

const command cmd_inspect = {.name = "inspect",
                             .summary = "show what is in a model",
                             .synopsis = "[[-m] MODEL [TAG]] [options]",
                             .description = description,
                             .examples = examples,
                             .options = options,
                             .defaults = &defaults,
                             .settings_size = sizeof defaults,
                             .exits = exits,
                             .has_page = true,
                             .run = run};
