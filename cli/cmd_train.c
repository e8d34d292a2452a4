/* ttag train: labelled articles in, a model file out. */
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/model_card.h"
#include "cli/number_words.h"
#include "cli/process.h"
#include "cli/result_file.h"
#include "cli/shared_options.h"
#include "cli/threshold_rule.h"
#include "cli/train_settings.h"
#include "cli/unknown_where.h"
#include "ttag/train.h"

static const train_settings defaults = {
    .common = COMMON_SETTINGS_INIT, .reader = TTAG_READER_OPTS_INIT, .train = TTAG_TRAIN_OPTS_INIT};

static const choice solvers[] = {{"auto", TTAG_SOLVER_AUTO},
                                 {"libsvm", TTAG_SOLVER_LIBSVM},
                                 {"linear", TTAG_SOLVER_LINEAR},
                                 {NULL, 0}};

static const choice losses[] = {
    {"hinge", TTAG_LOSS_HINGE}, {"squared-hinge", TTAG_LOSS_SQUARED_HINGE}, {NULL, 0}};

static const choice scalings[] = {{"auto", TTAG_SCALING_AUTO},
                                  {"none", TTAG_SCALING_NONE},
                                  {"ratio", TTAG_SCALING_RATIO},
                                  {NULL, 0}};

static const choice averagings[] = {
    {"none", TTAG_AVERAGING_NONE}, {"blocks", TTAG_AVERAGING_BLOCKS}, {NULL, 0}};

static const choice units[] = {{"article", TTAG_UNIT_ARTICLE},
                               {"sentence", TTAG_UNIT_SENTENCE},
                               {"paragraph", TTAG_UNIT_PARAGRAPH},
                               {NULL, 0}};

static const choice tunings[] = {
    {"none", TTAG_TUNE_NONE}, {"quick", TTAG_TUNE_QUICK}, {"full", TTAG_TUNE_FULL}, {NULL, 0}};

static const choice kernels[] = {
    {"linear", TTAG_KERNEL_LINEAR}, {"rbf", TTAG_KERNEL_RBF}, {NULL, 0}};

static const char *parse_gamma(void *field, const char *text)
{
    double *gamma = field;
    if (strcmp(text, "auto") == 0)
        *gamma = 0;
    else if (!number_parse(text, gamma) || *gamma < 1e-9 || *gamma > 1e9)
        return "auto, or a number from 1e-09 to 1e+09";
    return NULL;
}

static const char *parse_preset(void *field, const char *name)
{
    train_settings *s = field;
    ttag_train_opts *train = &s->train;
    const ttag_train_opts initial = TTAG_TRAIN_OPTS_INIT;
    bool plain = s->plain = strcmp(name, "plain") == 0;
    train->cost = plain ? 1.0 : initial.cost;
    train->term_scaling = plain ? TTAG_SCALING_NONE : initial.term_scaling;
    train->averaging = plain ? TTAG_AVERAGING_NONE : initial.averaging;
    train->boilerplate.patterns = !plain;
    return preset_parse(&train->text, name);
}

static const char *parse_thresholds(void *field, const char *text)
{
    ttag_train_opts *train = field;
    return thresholds_parse(&train->thresholds, &train->bound, text);
}

static const char *parse_cost(void *field, const char *text)
{
    ttag_train_opts *train = field;
    bool search = strcmp(text, "auto") == 0;
    train->cost_choice = search ? TTAG_COST_PER_MODEL : TTAG_COST_GIVEN;
    if (search)
        return NULL;
    return number_parse(text, &train->cost) && train->cost >= 1e-9 && train->cost <= 1e9
               ? NULL
               : "auto, or a number from 1e-09 to 1e+09";
}

static const char *parse_positive_weight(void *field, const char *text)
{
    ttag_train_opts *train = field;
    if (strcmp(text, "auto") == 0) {
        train->positive_weight = 0;
        return NULL;
    }
    return number_parse(text, &train->positive_weight) && train->positive_weight >= 1e-3 &&
                   train->positive_weight <= 1e3
               ? NULL
               : "auto, or a number from 0.001 to 1000";
}

#define AT(member) OPTION_FIELD(train_settings, member)

static const option options[] = {
    {OPTION_STRING, "output", 'o', AT(model), "MODEL",
     "the model file to write; an old one is replaced once the new one is whole; required",
     .flags = OPTION_REQUIRED | OPTION_FILE | OPTION_WRITTEN},
    {OPTION_STRING, "report", 0, AT(report), "FILE",
     "write the model's card as JSON: data, options, out-of-fold figures",
     .flags = OPTION_FILE | OPTION_WRITTEN},
    {OPTION_MORE, .more = train_options, .flags = OPTION_PLAIN}};

const option train_options[] = {
    {OPTION_PARSED,
     "preset",
     0,
     {0, sizeof(train_settings)},
     NULL,
     "text options, scaling of terms and cost: plain never changes, best is what measured best; "
     "other options override it",
     .choices = preset_choices,
     .parse = parse_preset,
     .standing = "best",
     .flags = OPTION_FIRST},
    {OPTION_STRING, "tags", 0, AT(tags), "FILE",
     "learn the tags in FILE and no others: JSON as datasets/taxonomy.json, or a name a line",
     .flags = OPTION_FILE},
    {OPTION_COUNT, "min-docs", 0, AT(train.min_docs), "N",
     "drop tags with fewer than N positive articles", .least = 1, .most = UINT32_MAX},
    {OPTION_LIST, "extra", 0, AT(extra), "FEED[:WEIGHT]",
     "train on FEED as well, each error on it times WEIGHT, but never score it: thresholds and "
     "figures come from the other FEEDs; may be repeated",
     .flags = OPTION_FILE},
    UNKNOWN_OPTION(train_settings, unknown_where),
    {OPTION_CHOICE, "unit", 0, AT(train.unit), NULL,
     "what is learnt from and scored: whole articles, or passages of them, of which the best make "
     "the article's score; with passages, preset best has --min-df 1 --stem english --loss "
     "squared-hinge --gap 0.05, and n-grams of characters count as much as words",
     .choices = units},
    {OPTION_COUNT, "threads", 0, AT(train.threads), "N",
     "threads at work; never changes the result", .least = 1, .most = 1024,
     .standing = "one per core"},
    {OPTION_SIZE, "memory", 0, AT(train.memory), "SIZE",
     "bytes that the kernel values of a tag's active set may take; with solver auto, of all tags' "
     "sets added up",
     .least = 1},
    {OPTION_CHOICE, "tune", 0, AT(train.tune), NULL,
     "choose n-grams, scaling of terms, cost and threshold rule by folds, and show what was "
     "compared: four settings on a sample, or a dozen; options given beside it stay as they are",
     .choices = tunings},
    {OPTION_DURATION, "budget", 0, AT(train.budget), "TIME",
     "end after TIME (90s, 5m, 2h) with what has been learnt by then; likewise at Ctrl-C",
     .least = 1e-3, .most = 365 * 24 * 3600.0, .standing = "no bound; with --tune full 5 minutes"},

    {OPTION_HEADING, "Learning", .flags = OPTION_PLAIN},
    {OPTION_PARSED, "cost", 'c', AT(train), "X",
     "C of the C-SVC, the price of an error in training; auto: the one of 1/8 to 8 with the best "
     "out-of-fold F1",
     .parse = parse_cost, .standing = "1"},
    {OPTION_SET, "cost-per-tag", 0, AT(cost_per_tag), NULL,
     "search for the cost of each tag by itself", .value = 1},
    {OPTION_PARSED, "positive-weight", 0, AT(train), "X",
     "an error on an article with the tag costs X times as much; auto: 1, 2 or 4 for each tag, "
     "where that raises its out-of-fold F1",
     .parse = parse_positive_weight, .standing = "1"},
    {OPTION_CHOICE, "kernel", 0, AT(train.kernel), NULL,
     "rbf compares articles by exp(-gamma |x - z|^2): slower, and the model keeps all support "
     "vectors",
     .choices = kernels},
    {OPTION_PARSED, "gamma", 0, AT(train.gamma), "X",
     "of the rbf kernel; auto: of five the one with the best out-of-fold F1", .parse = parse_gamma,
     .standing = "auto"},
    {OPTION_CHOICE, "term-scaling", 0, AT(train.term_scaling), NULL,
     "ratio: for each tag, terms count by how well they tell its articles from the others; auto: "
     "ratio, but none with the rbf kernel and with passages",
     .choices = scalings, .standing = "auto; with --preset plain none"},
    {OPTION_CHOICE, "averaging", 0, AT(train.averaging), NULL,
     "blocks: a tag's classifier is the mean of three, of words, of n-grams of characters, and of "
     "both without scaling; wants whole articles, the linear kernel, scaling and such n-grams",
     .choices = averagings, .standing = "blocks; with --preset plain none"},
    {OPTION_CHOICE, "solver", 0, AT(train.solver), NULL,
     "libsvm is exact; linear is for many articles; auto: libsvm where active sets fit",
     .choices = solvers},
    {OPTION_CHOICE, "loss", 0, AT(train.loss), NULL,
     "what an article on the wrong side of the margin costs: its distance, or the square of that "
     "(linear solver only)",
     .choices = losses},
    {OPTION_REAL, "tolerance", 0, AT(train.tolerance), "E",
     "libsvm: stop when the gradient is within E", .least = 1e-9, .most = 1},
    {OPTION_REAL, "gap", 0, AT(train.gap), "E",
     "linear: stop when each tag is within the share E of its optimum", .least = 1e-6, .most = 1},
    {OPTION_PARSED, "thresholds", 0, AT(train), THRESHOLDS_ARGUMENT,
     "cut every tag at score 0; by its out-of-fold F1: where it is best, where as many articles "
     "get the tag as carry it, or (f1) half-way between; or where F1 is best with a precision, or "
     "recall, of P at least: a tag that cannot have that is never given",
     .parse = parse_thresholds, .standing = "f1"},
    {OPTION_CHOICE, "calibration", 0, AT(train.calibration), NULL,
     "scores to probabilities by a sigmoid, or a rising line through a few points; auto: for each "
     "tag the better one, out of fold",
     .choices = calibration_choices},
    {OPTION_COUNT, "folds", 0, AT(train.folds), "K", "folds for the out-of-fold scores", .least = 2,
     .most = 100},
    {OPTION_COUNT, "partitions", 0, AT(train.partitions), "N",
     "part the articles into folds N times", .least = 1, .most = 100,
     .standing = "as the support of a tag asks for"},
    {OPTION_SEED, "seed", 0, AT(train.seed), "N",
     "seed of the partitions and of the order in which articles are visited",
     .flags = OPTION_PLAIN},

    TEXT_OPTIONS(train_settings, train.text),
    BOILERPLATE_OPTION(train_settings, keep_boilerplate),
    INPUT_OPTIONS(train_settings, reader),
    GENERAL_OPTIONS};

static const char *const description[] = {
    "Learns one linear classifier (libsvm's C-SVC) for each tag of the labelled articles in the "
    "FEEDs and saves them all, with the vocabulary, in one file.",
    "Where a FEED cannot be opened, nothing is learnt, and MODEL stays as it is. "
    "Records without tags are skipped and counted; an article that carries more than half of all "
    "tags, ten at least, is kept out and named. For each tag a threshold and a calibration are "
    "found from out-of-fold scores: those of models that did not see the article.",
    "The same articles, options and seed give the same model, byte for byte, for any number of "
    "threads.",
    "With --budget the model is saved when time is up, and also when SIGINT (Ctrl-C) or SIGTERM "
    "comes first. Tags that are not finished then have an approximate solution or no threshold of "
    "their own; they are named, and marked in the model's card. Without --budget a signal leaves "
    "MODEL as it is: what there is goes to MODEL.partial. A second signal ends the program at "
    "once. The feeds are always read to their end, and every tag gets a rough solution at least, "
    "however small the budget; a call of libsvm that has begun is not cut short.",
    NULL};

static const char *const examples[] = {
    "learn all tags of a feed",
    "ttag train labelled.jsonl -o news.ttag",
    "learn ten tags, with a report",
    "ttag train archive/ -o news.ttag --tags ten.txt --report news.json",
    "a baseline to compare with",
    "ttag train labelled.jsonl -o plain.ttag --preset plain --thresholds none",
    NULL};

static const int exits[] = {EXIT_DONE,      EXIT_REFUSED,     EXIT_USAGE,      EXIT_NOTHING,
                            EXIT_RESOURCES, EXIT_INTERRUPTED, EXIT_TERMINATED, -1};

/* ---- After training ---- */

static ttag_status write_card(const void *card, FILE *out, ttag_error *err)
{
    (void)err;
    card_write_pretty(out, card, 0);
    fputc('\n', out);
    return TTAG_OK;
}

static void summarise(const invocation *call, const ttag_trained *trained, const card_node *card,
                      const char *path, size_t size)
{
    const ttag_model_parts *parts = ttag_trained_parts(trained);
    const ttag_train_counts *counts = ttag_trained_counts(trained);
    char figure[80] = "", bytes[32], unfinished[64] = "", extra[64] = "";
    const char *found = card_text(card_find(card, "out_of_fold.micro_f1"));
    double f1;
    if (found && number_parse(found, &f1))
        snprintf(figure, sizeof figure, "out-of-fold micro-F1 %s%.3f; ",
                 counts->unfinished > 0 ? "of the others " : "", f1);
    size_show_bytes(size, bytes, sizeof bytes);
    if (counts->unfinished > 0)
        snprintf(unfinished, sizeof unfinished, ", %zu of them unfinished", counts->unfinished);
    if (counts->extra > 0)
        snprintf(extra, sizeof extra, " and %zu extra one%s", counts->extra,
                 counts->extra == 1 ? "" : "s");
    console_say(call->console, TTAG_NOTE, "trained %zu tag%s on %zu articles%s%s; %s%s %s",
                parts->n_tags, parts->n_tags == 1 ? "" : "s", counts->used, extra, unfinished,
                figure, path, bytes);
}

/* report: NULL: none. */
static int save(const invocation *call, const ttag_trained *trained, const char *path,
                const char *report)
{
    const ttag_model_parts *parts = ttag_trained_parts(trained);
    ttag_error err;
    card_node *card = NULL;
    size_t size;
    int code = exit_after(ttag_trained_counts(trained)->refused);
    if (ttag_model_save(parts, path, &err) != TTAG_OK ||
        saved_model_check(path, &size, &err) != TTAG_OK ||
        card_read(&card, parts->card, path, &err) != TTAG_OK ||
        (report && result_file_write(report, write_card, card, &err) != TTAG_OK))
        code = console_fail(call->console, &err);
    else
        summarise(call, trained, card, path, size);
    card_free(card);
    return code;
}

/* Beside MODEL, so that a finished one stays. */
static int save_partial(const invocation *call, const ttag_trained *trained)
{
    static const char SUFFIX[] = ".partial";
    const train_settings *s = call->settings;
    size_t room = strlen(s->model) + sizeof SUFFIX;
    char *path = malloc(room);
    if (!path)
        return console_no_memory(call->console);
    snprintf(path, room, "%s%s", s->model, SUFFIX);
    console_say(call->console, TTAG_NOTE, "stopped: what there is goes to %s, and not to %s", path,
                s->model);
    save(call, trained, path, NULL);
    free(path);
    return process_stopped_code();
}

static int save_trained(const invocation *call, const ttag_trained *trained)
{
    const train_settings *s = call->settings;
    if (s->train.budget == 0 && process_signal() != 0)
        return save_partial(call, trained);
    return save(call, trained, s->model, s->report);
}

static int fail_training(const invocation *call, const ttag_error *err)
{
    int code = console_fail(call->console, err);
    if (err->code == TTAG_CANCELLED)
        console_say(call->console, TTAG_NOTE, "nothing has been learnt yet: no model is written");
    return code;
}

/* ---- Training ---- */

static int train_feed(const invocation *call, train_feeds *feeds)
{
    ttag_error err;
    ttag_trained *trained = NULL;
    feeds->opts.keep_partial = true;
    int code = ttag_train(&trained, feeds->feed, &feeds->opts, &err) == TTAG_OK
                   ? save_trained(call, trained)
                   : fail_training(call, &err);
    ttag_trained_free(trained);
    return code;
}

static int check_outputs(const invocation *call)
{
    const train_settings *s = call->settings;
    int code = model_name_check(call, s->model);
    if (code == EXIT_DONE)
        code = output_check(call, s->model, true);
    return code == EXIT_DONE ? output_check(call, s->report, false) : code;
}

static int run(const invocation *call)
{
    return train_feeds_run(call, check_outputs, train_feed);
}

const command cmd_train = {.name = "train",
                           .summary = "learn tags from labelled articles",
                           .synopsis = "FEED... -o MODEL [options]",
                           .description = description,
                           .examples = examples,
                           .options = options,
                           .defaults = &defaults,
                           .settings_size = sizeof defaults,
                           .exits = exits,
                           .has_page = true,
                           .run = run};
