/* ttag merge: the parts of an evaluation in, its report out. */
#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/report.h"
#include "cli/shared_options.h"

typedef struct settings {
    common_settings common;
    uint32_t threads;
    report_settings report;
} settings;

static const settings defaults = {.common = COMMON_SETTINGS_INIT, .report = REPORT_SETTINGS_INIT};

#define AT(member) OPTION_FIELD(settings, member)

static const option options[] = {GATE_OPTION(settings, report),
                                 {OPTION_COUNT, "threads", 0, AT(threads), "N",
                                  "threads at work; never changes the result", .least = 1,
                                  .most = 1024, .standing = "one per core"},

                                 REPORT_OPTIONS(settings, report),
                                 GENERAL_OPTIONS};

static const char *const description[] = {
    "Puts the parts of an evaluation together, made by 'ttag evaluate --shard I/N --part FILE' for "
    "I from 1 to N, and writes the report. It is the one that a single run over the whole feed "
    "gives, byte for byte.",
    "The parts come in any order. A part that is missing, there twice, or made with another model, "
    "another feed or other options is refused.",
    "Parts hold no texts, sources or dates: a page that is made of them leaves out what needs "
    "such.",
    "What 'ttag classify --shard I/N' writes needs no merging: put the outputs one after the "
    "other.",
    NULL};

static const char *const examples[] = {
    "an evaluation in four parts",
    "for i in 1 2 3 4; do ttag evaluate -m news.ttag archive/ --shard $i/4 --part $i.part; done",
    "put together again", "ttag merge [1-4].part --fail-under micro.f1=0.88", NULL};

static const int exits[] = {
    EXIT_DONE,  EXIT_REFUSED, EXIT_USAGE,       EXIT_NOTHING,    EXIT_RESOURCES,
    EXIT_MODEL, EXIT_GATE,    EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

static int run(const invocation *call)
{
    const settings *s = call->settings;
    if (call->line.n_operands == 0)
        return usage_error(call, "no PART is given; expected files of 'ttag evaluate --part'");
    int code = report_check(call, &s->report);
    if (code == EXIT_DONE)
        code = report_ready(call, &s->report);
    if (code != EXIT_DONE)
        return code;
    ttag_error err;
    ttag_evaluation *evaluation = NULL;
    if (ttag_evaluation_merge(&evaluation, (const char *const *)call->line.operands,
                              call->line.n_operands, s->threads, &call->console->monitor,
                              &err) != TTAG_OK)
        code = console_fail(call->console, &err);
    else
        code = report_show(call, &s->report, &(report_origin){NULL, "all parts", s->threads},
                           evaluation);
    ttag_evaluation_free(evaluation);
    return code;
}

const command cmd_merge = {.name = "merge",
                           .summary = "put the parts of an evaluation together",
                           .synopsis = "PART... [options]",
                           .description = description,
                           .examples = examples,
                           .options = options,
                           .defaults = &defaults,
                           .settings_size = sizeof defaults,
                           .exits = exits,
                           .has_page = true,
                           .run = run};
