/* The card's options: what was asked of the training. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/json_member.h"
#include "base/view.h"
#include "train/card.h"
#include "train/never_given.h"
#include "train/term_factors.h"

static void put_cost(buffer *b, const ttag_train_opts *o)
{
    static const char *const CHOICES[] = {NULL, "auto", "auto, per tag"};
    if (o->cost_choice == TTAG_COST_GIVEN)
        member_number(b, "cost", o->cost);
    else
        member_text(b, "cost", CHOICES[o->cost_choice]);
    if (o->positive_weight > 0)
        member_number(b, "positive_weight", o->positive_weight);
    else
        member_text(b, "positive_weight", "auto");
}

void card_put_cuts(buffer *b, ttag_threshold_rule rule, double bound, ttag_calibration calibration)
{
    static const char *const CALIBRATIONS[] = {"auto", "platt", "isotonic"};
    member_key(b, "thresholds");
    buffer_char(b, '"');
    cut_rule_put(b, &(cut_rule){rule, bound});
    buffer_char(b, '"');
    member_text(b, "calibration", CALIBRATIONS[calibration]);
}

static void put_chars(buffer *b, const ttag_text_opts *text)
{
    char lengths[32] = "none";
    if (text->char_most)
        snprintf(lengths, sizeof lengths, "%u-%u", (unsigned)text->char_least,
                 (unsigned)text->char_most);
    member_text(b, "char_ngrams", lengths);
    if (text->char_most)
        member_number(b, "char_share", text->even_chars ? 0.5 : TTAG_CHAR_SHARE);
}

static void put_rules(buffer *b, const ttag_unknown_rules *rules)
{
    size_t count = ttag_unknown_rules_count(rules);
    if (count == 0)
        return;
    member_key(b, "unknown_where");
    for (size_t i = 0; i < count; i++) {
        buffer_char(b, i ? ',' : '[');
        json_put_string(b, view_of(ttag_unknown_rules_text(rules, i)));
    }
    buffer_char(b, ']');
}

/* Nothing where nothing is dropped. */
static void put_boilerplate(buffer *b, const ttag_boilerplate *what)
{
    if (!what->patterns)
        return;
    member_open(b, "boilerplate");
    member_bool(b, "patterns", true);
    member_count(b, "repeated", what->n_repeated);
    buffer_char(b, '}');
}

/* A file's name would say where it was. */
static const char *stop_words_kind(const ttag_text_opts *text)
{
    const char *words = text->stop_words ? text->stop_words : "none";
    return strcmp(words, "none") == 0 || strcmp(words, "english") == 0 ? words : "given";
}

/* How articles became terms. */
static void put_text_options(buffer *b, const ttag_text_opts *o)
{
    static const char *const TOKENS[] = {"words", "security", "artifacts"};
    static const char *const TITLES[] = {"join", "field", "drop"};
    static const char *const STEMS[] = {"none", "english"};
    member_text(b, "tokens", TOKENS[o->tokens]);
    member_text(b, "title", TITLES[o->title]);
    member_count(b, "word_ngrams", o->word_ngrams);
    put_chars(b, o);
    member_text(b, "stem", STEMS[o->stem]);
    member_text(b, "stop_words", stop_words_kind(o));
    member_count(b, "min_df", o->min_df);
    member_number(b, "max_df", o->max_df);
    member_count(b, "max_terms", o->max_terms);
    member_count(b, "hash_bits", o->hash_bits);
    member_bool(b, "sublinear_tf", o->sublinear_tf);
    member_bool(b, "smooth_idf", o->smooth_idf);
    member_bool(b, "l2_norm", o->l2_norm);
}

/* What was solved, and how. */
static void put_solver_options(buffer *b, const card_facts *f)
{
    static const char *const SOLVERS[] = {"auto", "libsvm", "linear"};
    static const char *const LOSSES[] = {"hinge", "squared hinge"};
    static const char *const KERNELS[] = {"linear", "rbf"};
    const ttag_train_opts *o = f->opts;
    put_cost(b, o);
    member_text(b, "kernel", KERNELS[o->kernel]);
    if (factors_wanted(o))
        member_text(b, "term_scaling", "ratio");
    if (f->shares)
        member_text(b, "averaging", "blocks");
    if (o->kernel == TTAG_KERNEL_RBF && o->gamma > 0)
        member_number(b, "gamma", o->gamma);
    else if (o->kernel == TTAG_KERNEL_RBF)
        member_text(b, "gamma", "auto");
    member_text(b, "solver", SOLVERS[o->solver]);
    member_text(b, "loss", LOSSES[o->loss]);
    member_number(b, "tolerance", o->tolerance);
    member_number(b, "gap", o->gap);
}

void card_put_options(buffer *b, const card_facts *f)
{
    static const char *const UNITS[] = {"article", "sentence", "paragraph"};
    static const char *const TUNES[] = {"none", "quick", "full"};
    const ttag_train_opts *o = f->opts;
    member_open(b, "options");
    put_text_options(b, &o->text);
    put_solver_options(b, f);
    card_put_cuts(b, o->thresholds, o->bound, o->calibration);
    member_count(b, "folds", f->n_folds);
    member_count(b, "partitions", o->partitions);
    member_count(b, "seed", o->seed);
    member_count(b, "min_docs", o->min_docs);
    member_bool(b, "only_taxonomy", o->only_taxonomy);
    put_boilerplate(b, &o->boilerplate);
    put_rules(b, o->unknown_where);
    if (o->unit != TTAG_UNIT_ARTICLE)
        member_text(b, "unit", UNITS[o->unit]);
    if (o->tune != TTAG_TUNE_NONE)
        member_text(b, "tune", TUNES[o->tune]);
    buffer_char(b, '}');
}
