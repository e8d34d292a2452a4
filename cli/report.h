/* The report of an evaluation and its gates. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "cli/command.h"
#include "ttag/evaluate.h"

typedef enum report_format { REPORT_TEXT, REPORT_JSON, REPORT_CSV, REPORT_MARKDOWN } report_format;

typedef struct report_settings {
    const char *output; /* NULL: standard output */
    const char *html;   /* NULL: no page */
    const char *data;   /* NULL: no folder of tables */
    string_list gates;
    uint32_t replicates;
    uint64_t seed;
    report_format format;
} report_settings;

#define REPORT_SETTINGS_INIT                                                                       \
    {                                                                                              \
        .replicates = 1000, .seed = 1                                                              \
    }

extern const choice report_formats[]; /* report_format */
extern const choice report_choices[]; /* false, true */

/* NOLINTBEGIN(bugprone-macro-parentheses): a type and a member can have none */

/* `report` is a report_settings in the settings. */
#define GATE_OPTION(settings, report)                                                              \
    {                                                                                              \
        OPTION_LIST, "fail-under", 0, OPTION_FIELD(settings, report.gates), "FIGURE=X",            \
            "exit with 6 if the figure is under X (hamming_loss and ece: over X): micro.f1, "      \
            "macro.recall, map, Malware.f1, ...; may be given again",                              \
            .flags = OPTION_PLAIN                                                                  \
    }

#define REPORT_OPTIONS(settings, report)                                                           \
    {OPTION_HEADING, "Output", .flags = OPTION_PLAIN},                                             \
        {OPTION_CHOICE,                                                                            \
         "format",                                                                                 \
         0,                                                                                        \
         OPTION_FIELD(settings, report.format),                                                    \
         NULL,                                                                                     \
         "tables for people, a JSON object, or tables as CSV or Markdown",                         \
         .choices = report_formats},                                                               \
        {OPTION_STRING,                                                                            \
         "html",                                                                                   \
         0,                                                                                        \
         OPTION_FIELD(settings, report.html),                                                      \
         "FILE",                                                                                   \
         "also write a page with tables, curves and the worst errors",                             \
         .flags = OPTION_FILE | OPTION_WRITTEN},                                                   \
        {OPTION_STRING,                                                                            \
         "html-data",                                                                              \
         0,                                                                                        \
         OPTION_FIELD(settings, report.data),                                                      \
         "DIR",                                                                                    \
         "also write all of it as CSV tables into DIR, which is made if it is not there",          \
         .flags = OPTION_FILE},                                                                    \
        {OPTION_COUNT,                                                                             \
         "replicates",                                                                             \
         0,                                                                                        \
         OPTION_FIELD(settings, report.replicates),                                                \
         "N",                                                                                      \
         "draw the articles N times to find 95 % intervals; 0: no intervals",                      \
         .least = 0,                                                                               \
         .most = 1000000},                                                                         \
        {OPTION_SEED,                                                                              \
         "seed",                                                                                   \
         0,                                                                                        \
         OPTION_FIELD(settings, report.seed),                                                      \
         "N",                                                                                      \
         "start of the random numbers that draw them",                                             \
         .flags = OPTION_PLAIN},                                                                   \
    {                                                                                              \
        OPTION_STRING, "output", 'o', OPTION_FIELD(settings, report.output), "FILE",               \
            "write to FILE, not to standard output", .flags = OPTION_FILE | OPTION_WRITTEN         \
    }

/* NOLINTEND(bugprone-macro-parentheses) */

/* Whether the gates can be read and are of figures, as far as that is known without the tags;
   EXIT_DONE, or EXIT_USAGE with a message. */
int report_check(const invocation *call, const report_settings *s);

/* Whether the model has the tags whose figures have gates: one that it does not have has no figure
   over 0. Likewise. */
int report_check_tags(const invocation *call, const report_settings *s, const ttag_model *model);

/* Says how many records were left out for want of tags, if any. */
void report_skipped(const invocation *call, size_t unlabelled);

/* Whether all files can be written; EXIT_DONE, or the exit code of what has been said. Makes the
   folder for tables. */
int report_ready(const invocation *call, const report_settings *s);

/* What a report was made of. */
typedef struct report_origin {
    const ttag_model *model; /* NULL: not at hand */
    const char *subject;     /* heading of the page */
    uint32_t threads;
} report_origin;

/* Finds intervals, writes all reports, then looks at the gates; the exit code. */
int report_show(const invocation *call, const report_settings *s, const report_origin *origin,
                ttag_evaluation *evaluation);

#endif
