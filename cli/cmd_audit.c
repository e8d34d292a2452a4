/* ttag audit: labelled articles in, a report out on what is wrong with them; and a repaired copy.
 */
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/report.h"
#include "cli/result_file.h"
#include "cli/train_settings.h"
#include "ttag/audit.h"

typedef struct settings {
    train_settings train; /* first: its rows are shared */
    ttag_audit_opts audit;
    uint32_t most;
    string_list against;
    const char *clean;
    const char *page;
} settings;

static const settings defaults = {.train = {.common = COMMON_SETTINGS_INIT,
                                            .reader = TTAG_READER_OPTS_INIT,
                                            .train = TTAG_AUDIT_TRAIN_OPTS},
                                  .audit = TTAG_AUDIT_OPTS_INIT,
                                  .most = 10};

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    {OPTION_LIST, "against", 0, AT(against), "FEED",
     "name the articles that are also in FEED, a test set; may be given again",
     .flags = OPTION_FILE},
    {OPTION_REAL, "similarity", 0, AT(audit.similarity), "S",
     "articles are near duplicates if they share so much of their runs of three words",
     .least = 0.2, .most = 1},
    {OPTION_COUNT, "passage-words", 0, AT(audit.passage_words), "N",
     "name passages that articles share, with N words or more in common", .least = 16,
     .most = 1000},
    {OPTION_COUNT, "rare", 0, AT(audit.rare), "N", "name tags with fewer than N articles",
     .least = 0, .most = UINT32_MAX},
    {OPTION_SET, "no-labels", 0, AT(audit.no_labels), NULL,
     "do not look for wrong labels: nothing is trained", .value = true},

    {OPTION_HEADING, "Output", .flags = OPTION_PLAIN},
    {OPTION_COUNT, "most", 0, AT(most), "N", "findings shown of each kind in text; 0: all",
     .least = 0, .most = UINT32_MAX},
    {OPTION_CHOICE, "format", 0, AT(train.json), NULL, "text for people, or a JSON object",
     .choices = report_choices},
    {OPTION_STRING, "output", 'o', AT(train.output), "FILE",
     "write to FILE, not to standard output", .flags = OPTION_FILE | OPTION_WRITTEN},
    {OPTION_STRING, "html", 0, AT(page), "FILE", "write a page with all findings as well",
     .flags = OPTION_FILE | OPTION_WRITTEN},
    {OPTION_STRING, "write-clean", 0, AT(clean), "FILE",
     "write the articles once more as JSON Lines, copies joined and blanket tags dropped; and "
     "every "
     "change to FILE.changes.jsonl",
     .flags = OPTION_FILE | OPTION_WRITTEN},
    {OPTION_HEADING, "Training", .flags = OPTION_PLAIN},
    {OPTION_MORE, .more = train_options, .flags = OPTION_PLAIN}};

static const char *const description[] = {
    "Looks at labelled articles before a model is made of them: duplicates and near duplicates, "
    "and "
    "whether their tags disagree; articles that are in a test set as well; articles that carry "
    "nearly all tags; labels that are likely wrong or missing; sources and their words that give a "
    "tag away; passages that articles share and lines that a source repeats; tags too rare to "
    "learn, tags that never go alone; lengths and languages.",
    "Labels are judged by models that have not seen the article, trained with the options of 'ttag "
    "train' on folds that keep a \"group\" together; copies and blanket-tagged articles are left "
    "out of that. They are ranked by the probability of the contrary; the first are the likeliest. "
    "Languages are guessed by script and small words.",
    "--write-clean keeps the first of several copies, with each tag that at least half of the "
    "labelled ones carry, and takes the tags from blanket-tagged articles. Labels that are likely "
    "wrong stay as they are.",
    NULL};

static const char *const examples[] = {
    "what is wrong with these articles?",
    "ttag audit labelled.jsonl",
    "has the test set leaked?",
    "ttag audit train.jsonl --against test.jsonl --no-labels",
    "join copies, then train",
    "ttag audit labelled.jsonl --write-clean clean.jsonl && ttag train clean.jsonl -o news.ttag",
    NULL};

static const int exits[] = {EXIT_DONE,      EXIT_REFUSED,     EXIT_USAGE,      EXIT_NOTHING,
                            EXIT_RESOURCES, EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

/* ---- Output. ---- */

/* What a writer of results is given. */
typedef struct audit_report {
    const ttag_audit *audit;
    const char *subject;
    uint32_t most;
    bool json;
} audit_report;

static ttag_status write_report(const void *what, FILE *out, ttag_error *err)
{
    const audit_report *report = what;
    return report->json ? ttag_audit_write_json(report->audit, out, err)
                        : ttag_audit_write_text(report->audit, out, report->most, err);
}

static ttag_status write_page(const void *what, FILE *out, ttag_error *err)
{
    const audit_report *report = what;
    return ttag_audit_write_html(report->audit, out, report->subject, err);
}

/* The copy appears with its list of changes only. */
static ttag_status write_clean(const char *path, const ttag_audit *audit, ttag_error *err)
{
    char notes_path[4096];
    result_file file, notes;
    if ((size_t)snprintf(notes_path, sizeof notes_path, "%s.changes.jsonl", path) >=
        sizeof notes_path) {
        *err = (ttag_error){.code = TTAG_INVALID};
        snprintf(err->text, sizeof err->text, "the name after --write-clean is too long");
        return TTAG_INVALID;
    }
    ttag_status status = result_file_open(&file, path, err);
    if (status != TTAG_OK)
        return status;
    status = result_file_open(&notes, notes_path, err);
    if (status != TTAG_OK) {
        result_file_close(&file, false, &(ttag_error){0});
        return status;
    }
    status = ttag_audit_write_clean(audit, file.stream, notes.stream, err);
    ttag_error late;
    ttag_status closed = result_file_close(&notes, status == TTAG_OK, &late);
    bool good = status == TTAG_OK && closed == TTAG_OK;
    ttag_error later;
    ttag_status ended = result_file_close(&file, good, &later);
    if (status == TTAG_OK && !(good && ended == TTAG_OK))
        *err = good ? later : late;
    return status != TTAG_OK ? status : closed != TTAG_OK ? closed : ended;
}

static int show(const invocation *call, const ttag_audit *audit)
{
    const settings *s = call->settings;
    const audit_report report = {audit, call->line.operands[0], s->most, s->train.json};
    ttag_error err;
    if (result_file_write(s->train.output, write_report, &report, &err) != TTAG_OK ||
        (s->page && result_file_write(s->page, write_page, &report, &err) != TTAG_OK) ||
        (s->clean && write_clean(s->clean, audit, &err) != TTAG_OK))
        return console_fail(call->console, &err);
    return exit_after(audit->refused);
}

/* ---- Running. ---- */

static int audit_feeds(const invocation *call, train_feeds *feeds)
{
    const settings *s = call->settings;
    ttag_error err;
    ttag_audit *audit;
    ttag_audit_opts opts = s->audit;
    ttag_reader_opts reading = s->train.reader;
    reading.monitor = &call->console->monitor;
    opts.train = &feeds->opts;
    if (s->against.size && ttag_reader_open(&opts.against, s->against.items, s->against.size,
                                            &reading, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    int code = ttag_audit_feed(&audit, feeds->feed, &opts, &err) == TTAG_OK
                   ? show(call, audit)
                   : console_fail(call->console, &err);
    ttag_audit_free(audit);
    ttag_reader_free(opts.against);
    return code;
}

static int check_outputs(const invocation *call)
{
    const settings *s = call->settings;
    if (s->clean && (s->clean[0] == '\0' || (s->clean[0] == '-' && s->clean[1] == '\0')))
        return usage_error(call, "--write-clean is '%s'; expected the name of a file", s->clean);
    int code = output_check(call, s->train.output, false);
    if (code == EXIT_DONE)
        code = output_check(call, s->page, false);
    return code == EXIT_DONE ? output_check(call, s->clean, true) : code;
}

static int run(const invocation *call)
{
    return train_feeds_run(call, check_outputs, audit_feeds);
}

const command cmd_audit = {.name = "audit",
                           .summary = "find what is wrong with labelled articles",
                           .synopsis = "FEED... [options]",
                           .description = description,
                           .examples = examples,
                           .options = options,
                           .defaults = &defaults,
                           .settings_size = sizeof defaults,
                           .exits = exits,
                           .has_page = true,
                           .run = run};
