/* The report of an evaluation and its gates. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "cli/command.h"
#include "ttag/evaluate.h"

typedef struct report_settings {
    const char *output; /* NULL: standard output */
    string_list gates;
    bool json;
} report_settings;

extern const choice report_choices[];

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
         OPTION_FIELD(settings, report.json),                                                      \
         NULL,                                                                                     \
         "tables for people, or a JSON object",                                                    \
         .choices = report_choices},                                                               \
    {                                                                                              \
        OPTION_STRING, "output", 'o', OPTION_FIELD(settings, report.output), "FILE",               \
            "write to FILE, not to standard output", .flags = OPTION_FILE                          \
    }

/* NOLINTEND(bugprone-macro-parentheses) */

/* Whether the gates can be read; EXIT_DONE, or EXIT_USAGE with a message. */
int report_check(const invocation *call, const report_settings *s);

/* Says how many records were left out for want of tags, if any. */
void report_skipped(const invocation *call, size_t unlabelled);

/* Writes the report, then looks at the gates; the exit code. */
int report_show(const invocation *call, const report_settings *s,
                const ttag_evaluation *evaluation);

#endif
