/* ttag import: published catalogues in, labelled records out. */

#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/result_file.h"
#include "cli/shared_options.h"
#include "ttag/import.h"

typedef struct settings {
    common_settings common;
    ttag_import_opts import;
    const char *output;
    const char *mapping;
    bool list;
} settings;

static const settings defaults = {.common = COMMON_SETTINGS_INIT, .import = TTAG_IMPORT_OPTS_INIT};

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {
    {OPTION_STRING, "output", 'o', AT(output), "FILE",
     "where the records go; a file appears whole or not at all", .standing = "standard output",
     .flags = OPTION_FILE | OPTION_WRITTEN},
    {OPTION_STRING, "mapping", 0, AT(mapping), "FILE",
     "a mapping of your own, in the place of SOURCE", .flags = OPTION_FILE},
    {OPTION_SET, "list", 0, AT(list), NULL, "name the sources, where they are and their licences",
     .value = true},
    {OPTION_SIZE, "max-document", 0, AT(import.max_document), "SIZE",
     "the largest file that is read", .least = 1, .most = 1e15},
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Makes labelled records out of what public bodies publish: what their people have coded by "
    "hand becomes tags of the taxonomy. SOURCE names a mapping, a list of rules kept as data; "
    "docs/import.md describes how one is written.",
    "A PATH is a file as published (JSON, CSV), a tar archive or a folder of such; each may be "
    "gzipped. Records come in the order of the input. What a source says nothing about stands in "
    "\"unknown\": such a record counts neither for nor against the tag.",
    NULL};

static const char *const examples[] = {
    "known exploited vulnerabilities",
    "ttag import kev known_exploited_vulnerabilities.json -o kev.jsonl",
    "incidents, as they come from the repository",
    "ttag import vcdb VCDB/data/json/validated -o vcdb.jsonl",
    "which sources there are",
    "ttag import --list",
    NULL};

static const int exits[] = {EXIT_DONE,      EXIT_REFUSED,     EXIT_USAGE,      EXIT_NOTHING,
                            EXIT_RESOURCES, EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

static int list_sources(const invocation *call)
{
    ttag_error err;
    for (const char *const *name = ttag_mapping_names(); *name; name++) {
        ttag_mapping *mapping;
        if (ttag_mapping_new_builtin(&mapping, *name, &err) != TTAG_OK)
            return console_fail(call->console, &err);
        ttag_mapping_about about = ttag_mapping_tell(mapping);
        printf("%-12s %s\n%-12s %s\n%-12s %s\n", *name, about.title, "", about.home, "",
               about.licence);
        ttag_mapping_free(mapping);
    }
    return EXIT_DONE;
}

static void summarise(const invocation *call, const ttag_import_counts *counts)
{
    const settings *s = call->settings;
    console_say(call->console, TTAG_NOTE,
                "%zu record%s written to %s, %zu with tags; passed over: %zu by the mapping, %zu "
                "too short, %zu repeated",
                counts->written, counts->written == 1 ? "" : "s",
                s->output ? s->output : "standard output", counts->tagged, counts->passed,
                counts->brief, counts->repeated);
}

/* What is written, and what is found out meanwhile. */
typedef struct import_work {
    const ttag_mapping *mapping;
    const char *const *paths;
    size_t n_paths;
    const ttag_import_opts *opts;
    ttag_import_counts *counts;
} import_work;

static ttag_status write_records(const void *what, FILE *out, ttag_error *err)
{
    const import_work *w = what;
    return ttag_import(out, w->mapping, w->paths, w->n_paths, w->opts, w->counts, err);
}

static int import(const invocation *call, const ttag_mapping *mapping, size_t first)
{
    const settings *s = call->settings;
    ttag_import_opts opts = s->import;
    ttag_import_counts counts;
    ttag_error err;
    opts.monitor = &call->console->monitor;
    const import_work work = {mapping, (const char *const *)call->line.operands + first,
                              call->line.n_operands - first, &opts, &counts};
    if (result_file_write(s->output, write_records, &work, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    summarise(call, &counts);
    return exit_after(counts.refused);
}

/* "kev, nvd, …" */
static void join_names(char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (const char *const *name = ttag_mapping_names(); *name && used + 2 < size; name++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", used ? ", " : "", *name);
}

static int run(const invocation *call)
{
    const settings *s = call->settings;
    const size_t first = s->mapping ? 0 : 1;
    ttag_error err;
    ttag_mapping *mapping;
    char names[160];
    if (s->list)
        return list_sources(call);
    join_names(names, sizeof names);
    if (call->line.n_operands < first)
        return usage_error(call, "no SOURCE is given; expected one of %s", names);
    if (call->line.n_operands == first)
        return usage_error(call, "no PATH is given; expected a file, a folder or '-'");
    ttag_status status = s->mapping
                             ? ttag_mapping_load(&mapping, s->mapping, &err)
                             : ttag_mapping_new_builtin(&mapping, call->line.operands[0], &err);
    if (status == TTAG_INVALID)
        return usage_error(call, "%s; expected one of %s", err.text, names);
    if (status != TTAG_OK)
        return console_fail(call->console, &err);
    int code = output_check(call, s->output, false);
    if (code == EXIT_DONE)
        code = import(call, mapping, first);
    ttag_mapping_free(mapping);
    return code;
}

const command cmd_import = {.name = "import",
                            .summary = "make labelled records of what public bodies publish",
                            .synopsis = "SOURCE PATH... -o FILE [options]",
                            .description = description,
                            .examples = examples,
                            .options = options,
                            .defaults = &defaults,
                            .settings_size = sizeof defaults,
                            .exits = exits,
                            .has_page = true,
                            .run = run};
