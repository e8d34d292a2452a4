/* ttag classify: articles in, tags out. */
#include "cli/cmd_classify.h"

#include <unistd.h>

#include "cli/exit.h"
#include "cli/model_path.h"
#include "cli/process.h"
#include "cli/result_file.h"
#include "cli/shared_options.h"
#include "cli/tag_patterns.h"
#include "ttag/classify.h"

typedef struct settings {
    common_settings common;
    ttag_reader_opts reader;
    ttag_classify_opts classify;
    const char *model;
    const char *output;
    bool verify;
    string_list only, drop;
} settings;

static const settings defaults = {.common = COMMON_SETTINGS_INIT,
                                  .reader = TTAG_READER_OPTS_INIT,
                                  .classify = TTAG_CLASSIFY_OPTS_INIT};

static const choice formats[] = {
    {"text", TTAG_OUTPUT_TEXT}, {"jsonl", TTAG_OUTPUT_JSONL},     {"tsv", TTAG_OUTPUT_TSV},
    {"csv", TTAG_OUTPUT_CSV},   {"feed", TTAG_OUTPUT_FEED},       {"rss", TTAG_OUTPUT_FEED},
    {"atom", TTAG_OUTPUT_FEED}, {"jsonfeed", TTAG_OUTPUT_FEED},   {"misp", TTAG_OUTPUT_MISP},
    {"stix", TTAG_OUTPUT_STIX}, {"sqlite", TTAG_OUTPUT_DATABASE}, {NULL, 0}};

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    READY_MODEL_OPTION(settings, model, "the model to tag with"),
    {OPTION_SET, "verify", 0, AT(verify), NULL, "check all checksums of the model first",
     .value = true, .flags = OPTION_NEGATABLE},
    {OPTION_SET, "no-implies", 0, AT(classify.no_implies), NULL,
     "do not give the tags that a given tag implies", .value = true},
    {OPTION_COUNT, "threads", 0, AT(classify.threads), "N",
     "threads at work; never changes the result", .least = 1, .most = 1024,
     .standing = "one per core"},

    {OPTION_HEADING, "Output", .flags = OPTION_PLAIN},
    {OPTION_CHOICE, "format", 0, AT(classify.format), NULL,
     "a line for people; a JSON object; a row for each given tag; a row for each record; the feed "
     "again with its tags; MISP events; a STIX 2.1 bundle; a database",
     .choices = formats},
    {OPTION_STRING, "output", 'o', AT(output), "FILE",
     "write to FILE, not to standard output; of --format sqlite the database",
     .flags = OPTION_FILE | OPTION_WRITTEN},
    {OPTION_COUNT, "top", 0, AT(classify.top), "K", "at most K tags for each record", .least = 1,
     .most = UINT32_MAX, .standing = "no bound"},
    {OPTION_SET, "all", 0, AT(classify.all), NULL, "every tag of the model, given or not",
     .value = true, .flags = OPTION_NEGATABLE},
    {OPTION_SET, "keep", 0, AT(classify.keep), NULL,
     "with --format jsonl: keep the fields of the input record", .value = true,
     .flags = OPTION_NEGATABLE},
    {OPTION_COUNT, "explain", 0, AT(classify.explain), "N",
     "name the N terms that speak most for each tag, and what of the text was dropped", .least = 0,
     .most = 1000},
    {OPTION_SET, "keep-boilerplate", 0, AT(classify.keep_boilerplate), NULL,
     "drop nothing of the texts, whatever the model says", .value = true},
    {OPTION_REAL, "unsure", 0, AT(classify.unsure), "BAND",
     "mark for review the tags whose probability is within BAND of their threshold, and show them "
     "even if they are not given",
     .least = 0, .most = 1, .standing = "no marks"},
    {OPTION_LIST, "only", 0, AT(only), "TAGS",
     "write only records with a given tag that fits TAGS, such as 'Threats*'; may be given again",
     .flags = OPTION_PLAIN},
    {OPTION_LIST, "drop", 0, AT(drop), "TAGS",
     "leave out records with a given tag that fits TAGS; may be given again",
     .flags = OPTION_PLAIN},
    {OPTION_SET, "unordered", 0, AT(classify.unordered), NULL,
     "write results as they are finished, not in the order of the input", .value = true,
     .flags = OPTION_NEGATABLE},

    INPUT_OPTIONS(settings, reader),
    SHARD_OPTION(settings, reader),
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Tags articles with a model made by 'ttag train'. For each record read, one is written, in "
    "the order of the input; a record that cannot be read is written as an error in its place.",
    MODEL_PATH_TEXT,
    "A FILE is JSON Lines (.jsonl: an object with \"text\", and \"title\" and \"id\" if it likes), "
    "one article (.txt) or a feed, RSS, Atom or JSON Feed (.rss, .atom, .rdf, .xml, .jsonfeed), "
    "a table (.csv, .tsv), a page (.html) or a message (.eml), packed (.gz, .zst) or not. A DIR is "
    "read to its depth, names in byte "
    "order. '-' is standard input, and so is no FILE at all.",
    "A tag is given if its probability reaches the threshold that training found for it.",
    "Results are written as soon as nothing further is there to be read, so a live feed is "
    "answered "
    "record by record; whoever reads them slowly slows the reading down. With --unordered no "
    "result "
    "waits for a slower one before it: for consumers that go by the id, as a database does. SIGINT "
    "and SIGTERM end the reading; what was read is answered first.",
    "With --shard 2/8 the second of eight parts of the feed is tagged: the outputs for 1/8 to 8/8 "
    "one "
    "after the other are what one run writes. A part is made of whole records and found by the "
    "sizes of "
    "the files; standard input has none.",
    NULL};

static const char *const formats_text[] = {
    "text: the id of the record, a tab, the given tags with their probabilities; '-' where there "
    "is none.",
    "jsonl: an object for each record, with \"id\" as it was and \"tags\", each with \"tag\", "
    "\"probability\" and \"score\"; a tag that another one implies has \"implied_by\", with --all "
    "each has \"given\", with --unsure also, and \"review\" where it is marked, with --explain "
    "\"because\", and \"dropped\" where parts of the text were passed over. A refused record has "
    "\"error\", \"file\" and "
    "\"line\".",
    "feed (rss, atom and jsonfeed are the same): the feed that was read, with a <category> in each "
    "item for "
    "each given tag that it does not carry already, or of a JSON Feed the tags added to its "
    "\"tags\". Everything else stays byte for byte as it was, "
    "items that cannot be read and feeds without items included.",
    "tsv: id, tag, probability and score, a row for each given tag; one row with an empty tag "
    "where there is none. --all adds a field, 1 where the tag is given, --unsure this and one that "
    "is 1 where it is marked.",
    "csv: a row for each record: id, title, url, date, source, then tags, probabilities and scores "
    "as "
    "lists joined by semicolons, then the reason why a record was refused. A first line names the "
    "fields.",
    "misp: events for MISP's import, one for each record, with machine tags "
    "(threattag:category=\"…\"), misp:automation-level=\"unsupervised\" and a "
    "misp:confidence-level.",
    "stix: a STIX 2.1 bundle with a report for each record, its tags as labels, and an identity "
    "for "
    "the program. In both a record has the same UUID each time, times are those of the records or "
    "of "
    "SOURCE_DATE_EPOCH, and refused records are named on standard error alone.",
    "sqlite: a database, with -o, of articles, tags, runs, refused records and a full-text index; "
    "made "
    "where there is none, else brought up to date: the same records again change rows and add "
    "none. "
    "Tags are a run's, and a run is named after the model's file.",
    NULL};

static const section sections[] = {{"OUTPUT FORMATS", formats_text}, {NULL, NULL}};

static const char *const examples[] = {
    "tag one article, with the model that comes with the program",
    "ttag classify article.txt",
    "a filter: feed in, tagged feed out",
    "curl -s $FEED | ttag classify -m news.ttag --format jsonl --keep > tagged.jsonl",
    "the threats of a feed, for a reader of feeds",
    "curl -s $FEED | ttag classify -m news.ttag --format rss --only 'Threats*' > threats.rss",
    "reports for a platform that takes STIX",
    "ttag classify -m news.ttag --format stix --drop Uncategorized feed.rss > bundle.json",
    "a database of a feed, to be run again and again",
    "ttag classify -m news.ttag --format sqlite -o news.db feed.rss",
    "which tags should somebody look at?",
    "ttag classify -m news.ttag --unsure 0.1 --format jsonl feed.jsonl | grep '\"review\":true'",
    "why were these tags given?",
    "ttag classify -m news.ttag --explain 5 article.txt",
    NULL};

static const int exits[] = {EXIT_DONE,        EXIT_REFUSED,    EXIT_USAGE,
                            EXIT_NOTHING,     EXIT_RESOURCES,  EXIT_MODEL,
                            EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

/* Into a file that appears when it is whole, or what there is of it at a signal. */
static ttag_status classify_into_file(const settings *s, const ttag_model *model, ttag_reader *feed,
                                      const ttag_classify_opts *opts, ttag_classify_counts *counts,
                                      ttag_error *err)
{
    result_file out;
    ttag_error closing;
    ttag_status status = result_file_open(&out, s->output, err);
    if (status != TTAG_OK)
        return status;
    status = ttag_classify_stream(model, feed, out.stream, opts, counts, err);
    const bool keep = status == TTAG_OK || status == TTAG_CANCELLED;
    if (result_file_close(&out, keep, &closing) != TTAG_OK && status == TTAG_OK) {
        *err = closing;
        return closing.code;
    }
    return status;
}

/* path: of the model, whoever named it. */
static int classify_feed(const invocation *call, const ttag_model *model, const char *path)
{
    const settings *s = call->settings;
    console *con = call->console;
    ttag_classify_opts opts = s->classify;
    opts.monitor = &con->monitor;
    opts.only = s->only.items;
    opts.n_only = s->only.size;
    opts.drop = s->drop.items;
    opts.n_drop = s->drop.size;
    ttag_error err;
    ttag_reader *feed;
    ttag_classify_counts counts;
    if (feeds_open(&feed, call, 0, &s->reader, NULL, &err) != TTAG_OK)
        return console_fail(con, &err);
    ttag_status status =
        opts.format == TTAG_OUTPUT_DATABASE
            ? call->program->database_out(model, path, feed, s->output, &opts, &counts, &err)
            : classify_into_file(s, model, feed, &opts, &counts, &err);
    const size_t read = ttag_reader_seen(feed)->records;
    ttag_reader_free(feed);
    if (status != TTAG_OK)
        return console_fail(con, &err);
    const bool may_be_empty = read == 0 && (s->reader.shards > 0 || counts.bare_feeds > 0);
    if (counts.refused == read && !may_be_empty && !process_stdout_is_gone()) {
        console_say(con, TTAG_ERROR, "nothing usable could be read");
        return EXIT_NOTHING;
    }
    return counts.refused > 0 ? EXIT_REFUSED : EXIT_DONE;
}

/* Options that say something about a format other than the one that is written. */
static void warn_of_idle(const invocation *call)
{
    const settings *s = call->settings;
    const ttag_output_format format = s->classify.format;
    const bool explains = format == TTAG_OUTPUT_TEXT || format == TTAG_OUTPUT_JSONL;
    const bool given_only =
        format == TTAG_OUTPUT_FEED || format == TTAG_OUTPUT_MISP || format == TTAG_OUTPUT_STIX;
    const struct {
        const char *name;
        bool is_idle;
    } rows[] = {{"explain", !explains && s->classify.explain > 0},
                {"all", given_only && s->classify.all},
                {"unsure", given_only && s->classify.unsure > 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].is_idle)
            console_say(call->console, TTAG_WARNING, "--%s changes nothing in this --format",
                        rows[i].name);
}

/* What the options say together; EXIT_DONE: nothing against it. */
static int check_format(const invocation *call)
{
    const settings *s = call->settings;
    const bool is_database = s->classify.format == TTAG_OUTPUT_DATABASE;
    ttag_error err;
    if (s->classify.keep && s->classify.format != TTAG_OUTPUT_JSONL)
        return usage_error(call, "--keep wants --format jsonl; the other formats have no fields");
    if (s->classify.unordered && s->classify.format == TTAG_OUTPUT_FEED)
        return usage_error(call,
                           "--unordered would tear the feed apart; expected another --format");
    warn_of_idle(call);
    if (is_database && !call->program->database_out)
        return usage_error(call, "this program writes no databases; 'ttag classify' does");
    if (is_database && !s->output)
        return usage_error(call, "--format sqlite wants -o FILE, the database");
    return result_file_check(s->output, is_database, &err) == TTAG_OK
               ? EXIT_DONE
               : console_fail(call->console, &err);
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    ttag_error err;
    ttag_model *model;
    model_path ready;
    const char *path;
    int code = check_format(call);
    if (code == EXIT_DONE)
        code = model_path_choose(&path, &ready, call, s->model);
    if (code != EXIT_DONE)
        return code;
    if (ttag_model_open(&model, path, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    tag_patterns_check(call, "only", &s->only, model);
    tag_patterns_check(call, "drop", &s->drop, model);
    if (call->line.n_operands == 0 && isatty(STDIN_FILENO))
        console_say(call->console, TTAG_NOTE, "reading from the terminal; Ctrl-D ends the article");
    code = s->verify && ttag_model_verify(model, &err) != TTAG_OK
               ? console_fail(call->console, &err)
               : classify_feed(call, model, path);
    ttag_model_close(model);
    return code;
}

const command cmd_classify = {.name = "classify",
                              .alone = "ttag-classify",
                              .summary = "tag articles with a model",
                              .synopsis = "[-m MODEL] [FILE|DIR|-]... [options]",
                              .description = description,
                              .sections = sections,
                              .examples = examples,
                              .options = options,
                              .defaults = &defaults,
                              .settings_size = sizeof defaults,
                              .exits = exits,
                              .has_page = true,
                              .run = run};
