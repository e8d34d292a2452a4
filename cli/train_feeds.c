/* Feeds, extra feeds, tags and rules of a training. */
#include "cli/exit.h"
#include "cli/frame.h"
#include "cli/repeats.h"
#include "cli/shared_options.h"
#include "cli/train_settings.h"
#include "cli/unknown_where.h"

static const struct {
    const char *option;
    ttag_tune_keep what;
} KEPT[] = {{"word-ngrams", TTAG_KEEP_WORD_NGRAMS},   {"char-ngrams", TTAG_KEEP_CHAR_NGRAMS},
            {"term-scaling", TTAG_KEEP_TERM_SCALING}, {"cost", TTAG_KEEP_COST},
            {"cost-per-tag", TTAG_KEEP_COST},         {"thresholds", TTAG_KEEP_THRESHOLDS}};

/* What tuning has to leave as it was given. */
static uint32_t given_settings(const invocation *call)
{
    uint32_t keep = 0;
    for (size_t i = 0; i < sizeof KEPT / sizeof *KEPT; i++)
        if (option_given(call->command->options, &call->line, KEPT[i].option))
            keep |= (uint32_t)KEPT[i].what;
    return keep;
}

/* What leaves --averaging blocks nothing to average, and what would not; NULL: nothing does. Tuning
   may find other terms and scalings than those of the line. */
static const char *blocks_lack(const ttag_train_opts *train)
{
    const bool may_change = train->tune != TTAG_TUNE_NONE;
    if (train->kernel != TTAG_KERNEL_LINEAR)
        return "the linear kernel; expected --averaging none with --kernel rbf";
    if (train->unit != TTAG_UNIT_ARTICLE)
        return "whole articles; expected --averaging none with --unit sentence or paragraph";
    if (train->term_scaling == TTAG_SCALING_NONE && !may_change)
        return "scaled terms; expected --term-scaling ratio as well";
    if (train->text.char_most == 0 && !may_change)
        return "n-grams of characters; expected --char-ngrams A-B as well";
    return NULL;
}

static int check_averaging(const invocation *call)
{
    const ttag_train_opts *train = &((const train_settings *)call->settings)->train;
    if (train->averaging != TTAG_AVERAGING_BLOCKS ||
        !option_given(call->command->options, &call->line, "averaging"))
        return EXIT_DONE;
    const char *what = blocks_lack(train);
    return what ? usage_error(call, "--averaging blocks is for %s", what) : EXIT_DONE;
}

static int check_line(const invocation *call)
{
    const train_settings *s = call->settings;
    const char *what = ttag_train_opts_check(&s->train);
    if (what)
        return usage_error(call, "%s", what);
    if (s->train.kernel != TTAG_KERNEL_RBF &&
        option_given(call->command->options, &call->line, "gamma"))
        return usage_error(call, "--gamma is of the RBF kernel; expected --kernel rbf as well");
    int code = check_averaging(call);
    if (code == EXIT_DONE)
        code = extra_feeds_check(call, &s->extra);
    return code == EXIT_DONE ? feed_expect(call) : code;
}

/* The tags that a tag line may hold: the built-in ones, unless --tags names others. With a mere
   selection of the built-in ones, lines with further tags would be taken for text. */
static ttag_status tag_line_taxonomy(const ttag_taxonomy **out, const ttag_taxonomy *given,
                                     ttag_error *err)
{
    ttag_taxonomy *builtin;
    *out = NULL;
    if (!given)
        return TTAG_OK;
    ttag_status status = ttag_taxonomy_new_builtin(&builtin, err);
    if (status != TTAG_OK)
        return status;
    for (size_t i = 0; i < ttag_taxonomy_size(given); i++)
        if (ttag_taxonomy_find(builtin, ttag_taxonomy_tag(given, i)->name) == TTAG_NO_TAG)
            *out = given;
    ttag_taxonomy_free(builtin);
    return TTAG_OK;
}

static ttag_status open_feeds(train_feeds *f, const invocation *call, ttag_error *err)
{
    const train_settings *s = call->settings;
    const ttag_taxonomy *tag_line;
    ttag_status status = tag_line_taxonomy(&tag_line, f->taxonomy, err);
    if (status == TTAG_OK)
        status = feeds_open(&f->feed, call, 0, &s->reader, tag_line, err);
    if (status == TTAG_OK)
        status = extra_feeds_open(&f->extra, call, &s->extra, &s->reader, tag_line, err);
    return status;
}

/* What of the texts is dropped. */
static ttag_status find_boilerplate(train_feeds *f, const invocation *call, ttag_error *err)
{
    const train_settings *s = call->settings;
    if (s->keep_boilerplate || !f->opts.boilerplate.patterns) {
        f->opts.boilerplate = (ttag_boilerplate){0};
        return TTAG_OK;
    }
    return repeats_learn(&f->repeats, &f->opts.boilerplate, call, &s->reader, err);
}

/* What measured best where passages are scored, unless the line says otherwise. */
static void prefer_passages(ttag_train_opts *opts, const invocation *call)
{
    static const ttag_text_opts best = TTAG_TEXT_OPTS_PASSAGES;
    const option *table = call->command->options;
    if (!option_given(table, &call->line, "min-df"))
        opts->text.min_df = best.min_df;
    if (!option_given(table, &call->line, "stem"))
        opts->text.stem = best.stem;
    opts->text.even_chars = best.even_chars;
    if (opts->solver != TTAG_SOLVER_LIBSVM && !option_given(table, &call->line, "loss"))
        opts->loss = TTAG_LOSS_SQUARED_HINGE;
    if (!option_given(table, &call->line, "gap"))
        opts->gap = TTAG_PASSAGES_GAP;
}

static int open_all(train_feeds *f, const invocation *call)
{
    const train_settings *s = call->settings;
    ttag_error err;
    if (s->tags && ttag_taxonomy_load(&f->taxonomy, s->tags, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    int code = unknown_where_read(&f->rules, call, &s->unknown_where);
    if (code != EXIT_DONE)
        return code;
    if (open_feeds(f, call, &err) != TTAG_OK)
        return console_fail(call->console, &err);
    f->opts = s->train;
    if (s->train.unit != TTAG_UNIT_ARTICLE && !s->plain)
        prefer_passages(&f->opts, call);
    f->opts.keep = given_settings(call);
    f->opts.taxonomy = f->taxonomy;
    f->opts.only_taxonomy = f->taxonomy != NULL;
    f->opts.unknown_where = f->rules;
    f->opts.monitor = &call->console->monitor;
    f->opts.extra = f->extra.feeds;
    f->opts.n_extra = f->extra.n;
    if (s->cost_per_tag)
        f->opts.cost_choice = TTAG_COST_PER_TAG;
    return find_boilerplate(f, call, &err) == TTAG_OK ? EXIT_DONE
                                                      : console_fail(call->console, &err);
}

static void close_all(train_feeds *f)
{
    ttag_reader_free(f->feed);
    extra_feeds_close(&f->extra);
    ttag_repeat_learner_free(f->repeats);
    ttag_unknown_rules_free(f->rules);
    ttag_taxonomy_free(f->taxonomy);
}

int train_feeds_run(const invocation *call, int (*check_outputs)(const invocation *call),
                    int (*work)(const invocation *call, train_feeds *feeds))
{
    train_feeds feeds = {0};
    int code = check_line(call);
    if (code == EXIT_DONE)
        code = check_outputs(call);
    if (code == EXIT_DONE)
        code = feeds_check(call, &((const train_settings *)call->settings)->extra);
    if (code == EXIT_DONE)
        code = open_all(&feeds, call);
    if (code == EXIT_DONE)
        code = work(call, &feeds);
    close_all(&feeds);
    return code;
}
