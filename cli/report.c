/* The report of an evaluation and its gates: what `evaluate` and `merge` have in common. */
#include "cli/report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/exit.h"
#include "cli/figure_name.h"
#include "cli/frame.h"
#include "cli/number_words.h"
#include "cli/result_file.h"

const choice report_formats[] = {{"text", REPORT_TEXT},
                                 {"json", REPORT_JSON},
                                 {"csv", REPORT_CSV},
                                 {"markdown", REPORT_MARKDOWN},
                                 {NULL, 0}};

const choice report_choices[] = {{"text", false}, {"json", true}, {NULL, 0}};

/* ---- Gates ---- */

enum { NAME_SIZE = 256 };

/* "micro.f1=0.88", at the last equals sign. */
static bool gate_split(const char *gate, char *name, double *bound)
{
    const char *equals = strrchr(gate, '=');
    if (!equals || equals == gate || equals - gate >= NAME_SIZE)
        return false;
    memcpy(name, gate, (size_t)(equals - gate));
    name[equals - gate] = '\0';
    return number_parse(equals + 1, bound);
}

static int unknown_figure(const invocation *call, const ttag_evaluation *evaluation,
                          const char *name)
{
    static const char *const figures[] = {"micro",           "macro",        "weighted", "samples",
                                          "per_article",     "jaccard",      "map",      "ece",
                                          "subset_accuracy", "hamming_loss", NULL};
    figure_guess guess = figure_guess_of(name, figures);
    for (size_t t = 0; t < evaluation->n_tags; t++)
        nearest_look(&guess.near, evaluation->tags[t].tag);
    return figure_unknown(call, &guess);
}

int report_check(const invocation *call, const report_settings *s)
{
    static const ttag_evaluation none = {0};
    char name[NAME_SIZE];
    double bound, value;
    for (size_t i = 0; i < s->gates.size; i++) {
        if (!gate_split(s->gates.items[i], name, &bound))
            return usage_error(call, "--fail-under is '%s'; expected FIGURE=X as in micro.f1=0.88",
                               s->gates.items[i]);
        const ttag_tag_scores any = {.tag = figure_subject(name)};
        if (!ttag_evaluation_figure(&(ttag_evaluation){.tags = &any, .n_tags = 1}, name, &value))
            return unknown_figure(call, &none, name);
    }
    return page_check(call, s->html, s->output);
}

/* The first gate whose figure the evaluation does not have; what is said of it, else EXIT_DONE. */
static int look_up_gates(const invocation *call, const report_settings *s,
                         const ttag_evaluation *evaluation)
{
    char name[NAME_SIZE];
    double bound, value;
    for (size_t i = 0; i < s->gates.size; i++) {
        gate_split(s->gates.items[i], name, &bound);
        if (!ttag_evaluation_figure(evaluation, name, &value))
            return unknown_figure(call, evaluation, name);
    }
    return EXIT_DONE;
}

int report_check_tags(const invocation *call, const report_settings *s, const ttag_model *model)
{
    const ttag_model_parts *parts = ttag_model_get(model);
    ttag_tag_scores *tags = calloc(parts->n_tags + 1, sizeof *tags);
    if (!tags)
        return console_no_memory(call->console);
    for (size_t t = 0; t < parts->n_tags; t++)
        tags[t].tag = parts->tags[t].name;
    int code = look_up_gates(call, s, &(ttag_evaluation){.tags = tags, .n_tags = parts->n_tags});
    free(tags);
    return code;
}

/* As many digits as tell the value from the bound. */
static void show_figure(double value, double bound, char *out, size_t size)
{
    double shown = bound;
    for (int digits = 3; shown == bound && digits <= 17; digits++) {
        snprintf(out, size, "%.*f", digits, value);
        if (!number_parse(out, &shown))
            return;
    }
}

/* After look_up_gates. */
static int apply_gates(const invocation *call, const report_settings *s,
                       const ttag_evaluation *evaluation)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < s->gates.size; i++) {
        char name[NAME_SIZE];
        double bound = 0, value = 0;
        gate_split(s->gates.items[i], name, &bound);
        ttag_evaluation_figure(evaluation, name, &value);
        bool rises = ttag_figure_rises(name);
        if (rises ? value >= bound : value <= bound)
            continue;
        char shown[32];
        show_figure(value, bound, shown, sizeof shown);
        console_say(call->console, TTAG_ERROR, "%s is %s, %s %g", name, shown,
                    rises ? "under" : "over", bound);
        code = EXIT_GATE;
    }
    return code;
}

/* ---- Report ---- */

static ttag_status write_format(const report_settings *s, const ttag_evaluation *evaluation,
                                FILE *out, ttag_error *err)
{
    switch (s->format) {
    case REPORT_JSON:
        return ttag_evaluation_write_json(evaluation, out, err);
    case REPORT_CSV:
        return ttag_evaluation_write_csv(evaluation, out, err);
    case REPORT_MARKDOWN:
        return ttag_evaluation_write_markdown(evaluation, out, err);
    default:
        return ttag_evaluation_write_text(evaluation, out, stream_colors(out), err);
    }
}

/* One file of the report. */
typedef struct report_part {
    const report_settings *settings;
    const ttag_evaluation *evaluation;
    const ttag_page_opts *page; /* not NULL: the page */
    int table;                  /* at least 0: that table */
} report_part;

static ttag_status write_part(const void *what, FILE *out, ttag_error *err)
{
    const report_part *part = what;
    if (part->page)
        return ttag_evaluation_write_html(part->evaluation, part->page, out, err);
    if (part->table >= 0)
        return ttag_evaluation_write_table(part->evaluation, (ttag_evaluation_table)part->table,
                                           out, err);
    return write_format(part->settings, part->evaluation, out, err);
}

/* A table of articles that were not kept is left out: parts hold none. */
static ttag_status write_tables(const report_settings *s, const ttag_evaluation *evaluation,
                                ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (int table = 0; s->data && table < TTAG_TABLE_COUNT && status == TTAG_OK; table++) {
        const char *name = ttag_evaluation_table_name((ttag_evaluation_table)table);
        size_t size = strlen(s->data) + strlen(name) + 2;
        char *path = malloc(size);
        if (!path) {
            *err = (ttag_error){.code = TTAG_NOMEM, .text = "out of memory"};
            return TTAG_NOMEM;
        }
        snprintf(path, size, "%s/%s", s->data, name);
        const report_part part = {s, evaluation, NULL, table};
        status = result_file_write(path, write_part, &part, err);
        free(path);
        if (status == TTAG_INVALID)
            status = TTAG_OK;
    }
    return status;
}

static ttag_status write_all(const report_settings *s, const report_origin *origin,
                             const ttag_evaluation *evaluation, ttag_error *err)
{
    const ttag_page_opts page = {origin->subject, origin->model, s->data};
    const report_part parts[] = {{s, evaluation, NULL, -1}, {s, evaluation, &page, -1}};
    ttag_status status = result_file_write(s->output, write_part, &parts[0], err);
    if (status == TTAG_OK && s->html)
        status = result_file_write(s->html, write_part, &parts[1], err);
    return status == TTAG_OK ? write_tables(s, evaluation, err) : status;
}

static int make_folder(const invocation *call, const char *path)
{
    struct stat info;
    if (mkdir(path, 0777) == 0)
        return EXIT_DONE;
    int why = errno;
    if (why == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return EXIT_DONE;
    ttag_error err = {.code = TTAG_IO};
    snprintf(err.path, sizeof err.path, "%s", path);
    snprintf(err.text, sizeof err.text, "cannot make the folder: %s", strerror(why));
    return console_fail(call->console, &err);
}

int report_ready(const invocation *call, const report_settings *s)
{
    int code = output_check(call, s->output, false);
    if (code == EXIT_DONE)
        code = output_check(call, s->html, false);
    if (code == EXIT_DONE && s->data)
        code = make_folder(call, s->data);
    return code;
}

void report_skipped(const invocation *call, size_t unlabelled)
{
    if (unlabelled > 0)
        console_say(call->console, TTAG_NOTE, "%zu record%s without tags skipped", unlabelled,
                    unlabelled == 1 ? "" : "s");
}

int report_show(const invocation *call, const report_settings *s, const report_origin *origin,
                ttag_evaluation *evaluation)
{
    ttag_error err;
    int code = look_up_gates(call, s, evaluation);
    if (code != EXIT_DONE)
        return code;
    report_skipped(call, evaluation->unlabelled);
    if (ttag_evaluation_resample(evaluation, s->replicates, s->seed, origin->threads,
                                 &call->console->monitor, &err) != TTAG_OK ||
        write_all(s, origin, evaluation, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    code = apply_gates(call, s, evaluation);
    return code == EXIT_DONE ? exit_after(evaluation->refused) : code;
}
