/* ttag pick: articles without tags in, those that are worth labelling out. */
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/result_file.h"
#include "cli/shared_options.h"
#include "ttag/pick.h"

typedef struct settings {
    common_settings common;
    ttag_reader_opts reader;
    ttag_pick_opts pick;
    const char *model;
    const char *output;
} settings;

static const settings defaults = {COMMON_SETTINGS_INIT, TTAG_READER_OPTS_INIT, TTAG_PICK_OPTS_INIT,
                                  NULL, NULL};

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    {OPTION_STRING, "model", 'm', AT(model), "MODEL", "the model that is to get better; required",
     .flags = OPTION_REQUIRED | OPTION_FILE},
    {OPTION_COUNT, "number", 'n', AT(pick.n), "N", "articles to pick", .least = 1, .most = 1000000},
    {OPTION_REAL, "diversity", 0, AT(pick.diversity), "SHARE",
     "1: an article that is like one picked before counts for nothing; 0: likeness does not matter",
     .least = 0, .most = 1},
    {OPTION_REAL, "rare", 0, AT(pick.rare), "POWER",
     "a tag counts by its number of articles to the power of minus POWER: 0 all tags alike, more: "
     "rare tags first",
     .least = 0, .most = 2},
    {OPTION_COUNT, "suggest", 0, AT(pick.suggest), "K", "suggest at most K tags for an article",
     .least = 0, .most = 1000},
    {OPTION_STRING, "output", 'o', AT(output), "FILE", "write to FILE, not to standard output",
     .flags = OPTION_FILE | OPTION_WRITTEN},

    INPUT_OPTIONS(settings, reader),
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Picks from the FEEDs the N articles without tags that are worth labelling most: those that "
    "MODEL is unsure about, rare tags first, and no two that are much alike. It writes them as "
    "JSON "
    "Lines, the one to begin with first: the record's own fields, \"suggested\" (the tags that "
    "MODEL "
    "would give) and \"picked\" (why: its doubt, which is the sum over tags of how near the score "
    "lies to the cut, its likeness to those before it, and the tags that MODEL is most unsure "
    "about).",
    "Put \"tags\" in, add the records to the training feed, train, and pick again: some tens of "
    "articles a round are better than all at once. Records that have \"tags\" are passed over.",
    NULL};

static const char *const examples[] = {
    "the next fifty to look at", "ttag pick -m news.ttag -n 50 archive/ -o to-label.jsonl",
    "only by doubt", "ttag pick -m news.ttag --diversity 0 --rare 0 unlabelled.jsonl", NULL};

static const int exits[] = {EXIT_DONE,        EXIT_REFUSED,    EXIT_USAGE,
                            EXIT_NOTHING,     EXIT_RESOURCES,  EXIT_MODEL,
                            EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

static ttag_status write_picks(const void *picks, FILE *out, ttag_error *err)
{
    return ttag_picks_write_jsonl(picks, out, err);
}

static int show(const invocation *call, const ttag_picks *picks)
{
    const settings *s = call->settings;
    ttag_error err;
    if (result_file_write(s->output, write_picks, picks, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    console_say(call->console, TTAG_NOTE, "picked %zu of %zu articles without tags%s", picks->n,
                picks->unlabelled, picks->labelled > 0 ? "; passed over those with tags" : "");
    return exit_after(picks->refused);
}

static int pick(const invocation *call, const inputs *in)
{
    const settings *s = call->settings;
    ttag_error err;
    ttag_picks *picks = NULL;
    ttag_pick_opts opts = s->pick;
    opts.monitor = &call->console->monitor;
    int code = ttag_pick(&picks, in->model, in->feed, &opts, &err) == TTAG_OK
                   ? show(call, picks)
                   : console_fail(call->console, &err);
    ttag_picks_free(picks);
    return code;
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    inputs in = {.named = s->model, .reader = &s->reader, .verify = true};
    int code = feed_expect(call);
    if (code == EXIT_DONE)
        code = inputs_choose(&in, call);
    if (code == EXIT_DONE)
        code = output_check(call, s->output, false);
    if (code == EXIT_DONE)
        code = inputs_open(&in, call);
    if (code == EXIT_DONE)
        code = pick(call, &in);
    inputs_close(&in);
    return code;
}

const command cmd_pick = {.name = "pick",
                          .summary = "say which articles to label next",
                          .synopsis = "FEED... -m MODEL [options]",
                          .description = description,
                          .examples = examples,
                          .options = options,
                          .defaults = &defaults,
                          .settings_size = sizeof defaults,
                          .exits = exits,
                          .has_page = true,
                          .run = run};
