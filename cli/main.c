/* ttag: the table of commands, and what the program does by itself. */
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/shared_options.h"

static const common_settings defaults = COMMON_SETTINGS_INIT;

static const option options[] = {GENERAL_OPTIONS};

static const char *const description[] = {
    "Tags security articles with threat categories: learns tags from labelled articles, gives them "
    "to new ones, and measures how well that goes.",
    "Results go to standard output, everything else to standard error. A FEED is a file, a folder "
    "(read to its depth, names in byte order) or '-', standard input.",
    "See 'ttag help COMMAND' for one of the commands.", NULL};

static const char *const feeds[] = {
    "The ending of a file's name says what is in it; --input-format overrides that. A further .gz "
    "or .zst says that it is packed.",
    ".jsonl: JSON Lines, one object a line. \"text\" is required; \"title\", \"id\", \"tags\" (an "
    "array; empty: none of the tags; missing: not labelled), \"date\", \"source\", \"url\", "
    "\"group\" (articles of one story), \"article\" (the article that this one is a passage of) "
    "and \"unknown\" (tags about which the record says nothing; [\"*\"]: all others) are "
    "optional. Other keys are ignored.",
    ".txt: one article. The first line is the title if a blank line follows it, it has at most 200 "
    "characters and no full stop at its end. The next line is the tag line if all of it reads as "
    "tags of the taxonomy, two or more.",
    ".rss, .atom, .rdf, .xml: a feed, an article for each item; .jsonfeed, .feed.json: a JSON "
    "Feed. A "
    "category, or an element of \"tags\", is a tag.",
    ".csv, .tsv: a table, an article for each row but the first, which names the columns: text, "
    "title, id, date, source, url, group and tags, or what --columns says. Tags of a row are "
    "parted "
    "by ';', or by --tag-separator.",
    ".html, .htm: a page, of which the main text is read; .eml: a message.",
    NULL};

static const char *const environment[] = {
    "NO_COLOR: if set and not empty, no colours are used.",
    "TTAG_MODEL: the model of commands that are given no -m; a path that is not there is an error.",
    "XDG_DATA_HOME: the folder whose ttag/threat-tags.ttag is used where TTAG_MODEL is not set; "
    "~/.local/share where it is not set either.",
    "SOURCE_DATE_EPOCH: if set, the date that the card of a trained model bears, without it none; "
    "and "
    "the time at which articles were tagged for MISP, STIX and databases.",
    NULL};

static const section sections[] = {{"FEEDS", feeds}, {"ENVIRONMENT", environment}, {NULL, NULL}};

static const char *const examples[] = {"learn",
                                       "ttag train labelled.jsonl -o news.ttag",
                                       "tag new articles",
                                       "ttag classify -m news.ttag new.jsonl --format jsonl",
                                       "measure",
                                       "ttag evaluate -m news.ttag test.jsonl",
                                       NULL};

static const int exits[] = {
    EXIT_DONE,  EXIT_REFUSED, EXIT_USAGE,       EXIT_NOTHING,    EXIT_RESOURCES,
    EXIT_MODEL, EXIT_GATE,    EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

static int run(const invocation *call)
{
    if (call->line.n_operands == 0)
        return usage_error(call, "no command is given");
    const char *name = call->line.operands[0];
    const command *cmd = command_find(call->program, name);
    if (!cmd)
        return usage_unknown_command(call, name);
    return command_run(call->program, cmd, call->settings, (int)call->line.n_operands - 1,
                       call->line.operands + 1, call->console);
}

static const command self = {.name = "",
                             .summary = "tag security articles with threat categories",
                             .synopsis = "COMMAND [options]",
                             .description = description,
                             .sections = sections,
                             .examples = examples,
                             .options = options,
                             .defaults = &defaults,
                             .settings_size = sizeof defaults,
                             .exits = exits,
                             .leads = true,
                             .has_page = true,
                             .run = run};

int main(int argc, char **argv)
{
    static const command *const commands[] = {
        &cmd_import,    &cmd_bootstrap, &cmd_train,   &cmd_classify, &cmd_evaluate,
        &cmd_compare,   &cmd_crossval,  &cmd_curve,   &cmd_audit,    &cmd_merge,
        &cmd_calibrate, &cmd_shrink,    &cmd_pick,    &cmd_inspect,  &cmd_diff,
        &cmd_export,    &cmd_help,      &cmd_version, NULL};
    static const program ttag = {"ttag", &self, commands, database_out};
    return program_run(&ttag, argc, argv);
}
