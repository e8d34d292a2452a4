/* ttag bootstrap: articles in, labelled records out, by rules. */
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/process.h"
#include "cli/result_file.h"
#include "cli/rule_table.h"
#include "cli/shared_options.h"
#include "cli/unknown_where.h"
#include "ttag/rules.h"

typedef struct settings {
    common_settings common;
    ttag_reader_opts reader;
    ttag_bootstrap_opts bootstrap;
    string_list unknown_where;
    const char *rules;
    const char *tags;
    const char *output;
    bool measure;
    bool tabbed;
} settings;

static const settings defaults = {.common = COMMON_SETTINGS_INIT,
                                  .reader = TTAG_READER_OPTS_INIT,
                                  .bootstrap = TTAG_BOOTSTRAP_OPTS_INIT};

static const choice existing_choices[] = {{"keep", TTAG_EXISTING_KEEP},
                                          {"merge", TTAG_EXISTING_MERGE},
                                          {"replace", TTAG_EXISTING_REPLACE},
                                          {NULL, 0}};

static const choice format_choices[] = {{"text", false}, {"tsv", true}, {NULL, 0}};

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    {OPTION_STRING, "rules", 0, AT(rules), "FILE", "the rules, as docs/bootstrap.md describes them",
     .standing = "the built-in ones, datasets/rules.json", .flags = OPTION_FILE},
    {OPTION_STRING, "tags", 0, AT(tags), "FILE",
     "the taxonomy that the rules speak of: taxonomy.json's form, or one name a line",
     .standing = "the built-in one", .flags = OPTION_FILE},
    {OPTION_STRING, "output", 'o', AT(output), "FILE",
     "where the records go; a file appears whole or not at all", .standing = "standard output",
     .flags = OPTION_FILE | OPTION_WRITTEN},
    {OPTION_CHOICE, "existing", 0, AT(bootstrap.existing), NULL,
     "articles that are labelled already: write them as they are; let rules speak of the tags that "
     "they call unknown; or drop their labels",
     .choices = existing_choices},
    {OPTION_REAL, "weight", 0, AT(bootstrap.weight), "W",
     "weight of what rules have labelled, in training", .least = 0, .most = TTAG_WEIGHT_MOST},
    {OPTION_SET, "explain", 0, AT(bootstrap.explain), NULL,
     "say in \"because\" which rule decided each tag, and by which phrase", .value = true},

    {OPTION_HEADING, "Measuring", .flags = OPTION_PLAIN},
    {OPTION_SET, "measure", 0, AT(measure), NULL,
     "write no records: count how often the rules agree with the labels that the articles have",
     .value = true},
    UNKNOWN_OPTION(settings, unknown_where),
    {OPTION_CHOICE, "format", 0, AT(tabbed), NULL, "of the figures", .choices = format_choices},

    INPUT_OPTIONS(settings, reader),
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Labels articles by rules, words and phrases that say that a tag is there or that it is not, "
    "as "
    "a beginning where nobody has labelled any. docs/bootstrap.md describes how rules are written.",
    "A tag that no rule speaks of stands in \"unknown\": the record counts neither for nor against "
    "it. Records that rules have labelled bear \"labelled_by\":\"rules\" and weigh less in "
    "training "
    "than those that people have labelled.",
    "With --measure a line for each source and tag tells how many articles there are, how many of "
    "them carry the tag, how many the rules give it to, precision and recall of that, how many the "
    "rules deny it to, and which share of these is right.",
    NULL};

static const char *const examples[] = {
    "labels for a feed, by the built-in rules",
    "ttag bootstrap news.jsonl -o labelled.jsonl",
    "rules of your own, and why they said what",
    "ttag bootstrap --rules rules.json --explain news.jsonl",
    "how good rules are, by articles that people have labelled",
    "ttag bootstrap --measure --unknown-where 'source=kev:Threats*' kev.jsonl vcdb.jsonl",
    NULL};

static const int exits[] = {EXIT_DONE,      EXIT_REFUSED,     EXIT_USAGE,      EXIT_NOTHING,
                            EXIT_RESOURCES, EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

static void summarise(const invocation *call, const ttag_bootstrap_counts *counts)
{
    const settings *s = call->settings;
    size_t by_rules = counts->written - counts->kept;
    console_say(call->console, TTAG_NOTE,
                "%zu record%s written to %s; rules labelled %zu of them: %zu with a tag, %zu of "
                "which they say nothing",
                counts->written, counts->written == 1 ? "" : "s",
                s->output ? s->output : "standard output", by_rules, counts->tagged,
                counts->silent);
}

/* What the records, or the figures, are made of. */
typedef struct rule_work {
    const invocation *call;
    const ttag_rules *rules;
    const ttag_unknown_rules *unknown;
    ttag_reader *reader;
} rule_work;

static ttag_status write_records(const void *what, FILE *out, ttag_error *err)
{
    const rule_work *w = what;
    const settings *s = w->call->settings;
    ttag_bootstrap_opts opts = s->bootstrap;
    ttag_bootstrap_counts counts;
    opts.monitor = &w->call->console->monitor;
    ttag_status status = ttag_bootstrap(out, w->rules, w->reader, &opts, &counts, err);
    if (status == TTAG_OK)
        summarise(w->call, &counts);
    return status;
}

static ttag_status write_figures(const void *what, FILE *out, ttag_error *err)
{
    const rule_work *w = what;
    const settings *s = w->call->settings;
    ttag_rule_measure *measure;
    ttag_status status = ttag_rules_measure(&measure, w->rules, w->reader, w->unknown,
                                            &w->call->console->monitor, err);
    if (status == TTAG_OK)
        rule_table_write(out, measure, s->tabbed);
    ttag_rule_measure_free(measure);
    return status;
}

static int apply(const invocation *call, const ttag_rules *rules, const ttag_taxonomy *taxonomy,
                 const ttag_unknown_rules *unknown)
{
    const settings *s = call->settings;
    ttag_error err;
    rule_work work = {.call = call, .rules = rules, .unknown = unknown};
    int code = output_check(call, s->output, false);
    if (code != EXIT_DONE)
        return code;
    if (feeds_open(&work.reader, call, 0, &s->reader, taxonomy, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    ttag_status status =
        result_file_write(s->output, s->measure ? write_figures : write_records, &work, &err);
    const size_t refused = ttag_reader_seen(work.reader)->refused;
    ttag_reader_free(work.reader);
    if (!s->output && process_stdout_is_gone())
        return EXIT_DONE; /* whoever read has had enough */
    return status == TTAG_OK ? exit_after(refused) : console_fail(call->console, &err);
}

static int run_with(const invocation *call, const ttag_taxonomy *taxonomy,
                    const ttag_unknown_rules *unknown)
{
    const settings *s = call->settings;
    ttag_error err;
    ttag_rules *rules;
    ttag_status status = s->rules ? ttag_rules_load(&rules, s->rules, taxonomy, &err)
                                  : ttag_rules_new_builtin(&rules, taxonomy, &err);
    if (status != TTAG_OK)
        return console_fail(call->console, &err);
    int code = apply(call, rules, taxonomy, unknown);
    ttag_rules_free(rules);
    return code;
}

/* An option on the line that only the other way of working takes, or NULL. */
static const char *stray_option(const invocation *call)
{
    static const char *const of_records[] = {"existing", "weight", "explain", NULL};
    static const char *const of_figures[] = {"unknown-where", "format", NULL};
    const settings *s = call->settings;
    for (const char *const *name = s->measure ? of_records : of_figures; *name; name++)
        if (option_given(options, &call->line, *name))
            return *name;
    return NULL;
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    ttag_error err;
    ttag_taxonomy *taxonomy = NULL;
    ttag_unknown_rules *unknown = NULL;
    int code = feed_expect(call);
    if (code != EXIT_DONE)
        return code;
    if (stray_option(call))
        return usage_error(call, "--%s %s --measure", stray_option(call),
                           s->measure ? "cannot go with" : "needs");
    if (s->tags && ttag_taxonomy_load(&taxonomy, s->tags, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    code = unknown_where_read(&unknown, call, &s->unknown_where);
    if (code == EXIT_DONE)
        code = run_with(call, taxonomy, unknown);
    ttag_unknown_rules_free(unknown);
    ttag_taxonomy_free(taxonomy);
    return code;
}

const command cmd_bootstrap = {.name = "bootstrap",
                               .summary = "make first labels by rules of words and phrases",
                               .synopsis = "FEED... [--rules FILE] [-o FILE] [options]",
                               .description = description,
                               .examples = examples,
                               .options = options,
                               .defaults = &defaults,
                               .settings_size = sizeof defaults,
                               .exits = exits,
                               .has_page = true,
                               .run = run};
