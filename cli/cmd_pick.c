/* ttag pick: articles without tags in, those that are worth labelling out. */
#include "cli/commands.h"
#include "cli/exit.h"
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
     .flags = OPTION_FILE},

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

static int write_picks(const invocation *call, const ttag_picks *picks)
{
    const settings *s = call->settings;
    ttag_error err, late;
    result_file file;
    if (result_file_open(&file, s->output, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    ttag_status status = ttag_picks_write_jsonl(picks, file.stream, &err);
    ttag_status closed = result_file_close(&file, status == TTAG_OK, &late);
    if (status != TTAG_OK || closed != TTAG_OK)
        return console_fail(call->console, status != TTAG_OK ? &err : &late);
    console_say(call->console, TTAG_NOTE, "picked %zu of %zu articles without tags%s", picks->n,
                picks->unlabelled, picks->labelled > 0 ? "; passed over those with tags" : "");
    return picks->refused > 0 ? EXIT_REFUSED : EXIT_DONE;
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    ttag_error err;
    ttag_model *model = NULL;
    ttag_reader *feed = NULL;
    ttag_picks *picks = NULL;
    ttag_pick_opts opts = s->pick;
    int code;
    opts.monitor = &call->console->monitor;
    if (call->line.n_operands == 0)
        return usage_error(call, "no FEED is given; expected a file, a folder or '-'");
    if (result_file_check(s->output, false, &err) != TTAG_OK ||
        ttag_model_open(&model, s->model, &err) != TTAG_OK ||
        ttag_model_verify(model, &err) != TTAG_OK ||
        feeds_open(&feed, call, 0, &s->reader, NULL, &err) != TTAG_OK ||
        ttag_pick(&picks, model, feed, &opts, &err) != TTAG_OK)
        code = console_fail(call->console, &err);
    else
        code = write_picks(call, picks);
    ttag_picks_free(picks);
    ttag_reader_free(feed);
    ttag_model_close(model);
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
