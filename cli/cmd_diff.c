/* ttag diff: what changed from one model to another. */
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/model_diff.h"
#include "cli/nearest.h"
#include "cli/shared_options.h"

typedef struct settings {
    common_settings common;
    uint32_t terms;
    bool json;
} settings;

static const settings defaults = {.common = COMMON_SETTINGS_INIT, .terms = 5};

static const choice formats[] = {{"text", false}, {"json", true}, {NULL, 0}};

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    {OPTION_COUNT, "terms", 0, AT(terms), "N",
     "name the N terms of each tag whose weights changed most, and of the terms that one model "
     "lacks the N with the largest weights",
     .least = 0, .most = UINT32_MAX},
    {OPTION_CHOICE, "format", 0, AT(json), NULL, "tables for people, or a JSON object",
     .choices = formats},
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Shows what changed from model A to model B: sizes, what their cards say of data, options and "
    "accuracy, tags that came or went, and for each tag in both its threshold, its F1 out of fold, "
    "and its weights: how alike they are (the cosine; 1: the same but for a factor), how many "
    "terms have another weight, and which changed most. With TAG, this tag alone.",
    "What is the same is not shown. JSON names all tags, with bias, cut and calibration.",
    "What such changes do to articles is told by 'ttag compare'.", NULL};

static const char *const examples[] = {
    "what is new in this model?",
    "ttag diff old.ttag new.ttag",
    "which terms make the difference for malware?",
    "ttag diff old.ttag new.ttag Malware --terms 30",
    "tags whose weights have little in common with the old ones",
    "ttag diff old.ttag new.ttag --format json | jq -r '.tags[] | select(.likeness < 0.8) | .tag'",
    NULL};

static const int exits[] = {EXIT_DONE, EXIT_USAGE, EXIT_RESOURCES, EXIT_MODEL, -1};

static int unknown_tag(const invocation *call, const model_diff *d, const char *name)
{
    nearest near = nearest_to(text_view(name));
    for (int side = 0; side < 2; side++)
        for (size_t t = 0; t < d->sides[side]->parts->n_tags; t++)
            nearest_look(&near, d->sides[side]->parts->tags[t].name);
    if (near.best.bytes)
        return usage_error(call, "neither model has a tag '%s'; did you mean '%.*s'?", name,
                           (int)near.best.size, near.best.bytes);
    return usage_error(call, "neither model has a tag '%s'", name);
}

static int show(const invocation *call, const inspection *sides)
{
    const settings *s = call->settings;
    const char *name = call->line.n_operands > 2 ? call->line.operands[2] : NULL;
    model_diff d = {0};
    card_diff cards = {0};
    int code = EXIT_DONE;
    if (!model_diff_make(&d, &sides[0], &sides[1], name ? text_view(name) : (ttag_view){NULL, 0},
                         s->terms) ||
        !card_diff_make(&cards, sides[0].card, sides[1].card))
        code = console_no_memory(call->console);
    else if (name && d.n_tags == 0)
        code = unknown_tag(call, &d, name);
    else
        (s->json ? diff_json : diff_text)(stdout, &d, &cards);
    model_diff_dispose(&d);
    card_diff_dispose(&cards);
    return code;
}

static ttag_status open_side(inspection *side, ttag_model **model, card_node **card,
                             const char *path, ttag_error *err)
{
    ttag_status status = ttag_model_open(model, path, err);
    if (status == TTAG_OK)
        status = ttag_model_verify(*model, err);
    if (status == TTAG_OK)
        status = card_read(card, ttag_model_get(*model)->card, path, err);
    if (status == TTAG_OK)
        *side = (inspection){ttag_model_get(*model), *card, path, ttag_model_size(*model)};
    return status;
}

static int run(const invocation *call)
{
    const parsed_line *line = &call->line;
    if (line->n_operands < 2)
        return usage_error(call, "expected two models");
    if (line->n_operands > 3)
        return usage_error(call, "'%s' is too much; expected two models and one TAG",
                           line->operands[3]);
    ttag_model *models[2] = {NULL, NULL};
    card_node *cards[2] = {NULL, NULL};
    inspection sides[2] = {{0}};
    ttag_error err;
    ttag_status status = open_side(&sides[0], &models[0], &cards[0], line->operands[0], &err);
    if (status == TTAG_OK)
        status = open_side(&sides[1], &models[1], &cards[1], line->operands[1], &err);
    int code = status == TTAG_OK ? show(call, sides) : console_fail(call->console, &err);
    for (int i = 0; i < 2; i++) {
        card_free(cards[i]);
        ttag_model_close(models[i]);
    }
    return code;
}

const command cmd_diff = {.name = "diff",
                          .summary = "show what changed from one model to another",
                          .synopsis = "A.ttag B.ttag [TAG] [options]",
                          .description = description,
                          .examples = examples,
                          .options = options,
                          .defaults = &defaults,
                          .settings_size = sizeof defaults,
                          .exits = exits,
                          .has_page = true,
                          .run = run};
