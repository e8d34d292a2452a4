/* Writes the card, member by member, always in the same order. */
#include "train/card.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/blas.h"
#include "base/json.h"
#include "base/view.h"
#include "train/libsvm.h"
#include "train/never_given.h"
#include "train/term_factors.h"

/* Every member begins with its key, and with a comma unless it is the first of its object. */
static void put_key(buffer *b, const char *key)
{
    if (b->size && b->bytes[b->size - 1] != '{')
        buffer_char(b, ',');
    json_put_string(b, view_of(key));
    buffer_char(b, ':');
}

static void put_text(buffer *b, const char *key, const char *text)
{
    put_key(b, key);
    json_put_string(b, view_of(text));
}

static void put_number(buffer *b, const char *key, double number)
{
    put_key(b, key);
    json_put_number(b, number, 9);
}

static void put_count(buffer *b, const char *key, uint64_t count)
{
    put_key(b, key);
    buffer_printf(b, "%llu", (unsigned long long)count);
}

static void put_bool(buffer *b, const char *key, bool value)
{
    put_key(b, key);
    buffer_text(b, value ? "true" : "false");
}

static void open_object(buffer *b, const char *key)
{
    put_key(b, key);
    buffer_char(b, '{');
}

/* SOURCE_DATE_EPOCH, seconds since 1970 (reproducible-builds.org), as a date; else nothing. */
static void put_date(buffer *b)
{
    const char *given = getenv("SOURCE_DATE_EPOCH");
    size_t digits = given ? strspn(given, "0123456789") : 0;
    if (!digits || given[digits] || digits > 12)
        return;
    time_t seconds = (time_t)strtoll(given, NULL, 10);
    struct tm utc;
    char text[64];
    if (gmtime_r(&seconds, &utc) && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc))
        put_text(b, "date", text);
}

/* Nothing where the training went to its end. */
static void put_stop(buffer *b, ttag_stop stop)
{
    static const char *const REASONS[] = {NULL, "budget", "interrupted"};
    if (stop != TTAG_STOP_NONE)
        put_text(b, "stopped", REASONS[stop]);
}

static void put_data(buffer *b, const corpus *c)
{
    open_object(b, "data");
    put_text(b, "digest", c->digest);
    put_count(b, "articles", c->counts.used);
    if (c->counts.extra)
        put_count(b, "extra", c->counts.extra);
    put_count(b, "unlabelled", c->counts.unlabelled);
    if (c->counts.weightless)
        put_count(b, "weightless", c->counts.weightless);
    put_count(b, "blanket", c->counts.blanket);
    put_count(b, "refused", c->counts.refused);
    buffer_char(b, '}');
}

static void put_cost(buffer *b, const ttag_train_opts *o)
{
    static const char *const CHOICES[] = {NULL, "auto", "auto, per tag"};
    if (o->cost_choice == TTAG_COST_GIVEN)
        put_number(b, "cost", o->cost);
    else
        put_text(b, "cost", CHOICES[o->cost_choice]);
    if (o->positive_weight > 0)
        put_number(b, "positive_weight", o->positive_weight);
    else
        put_text(b, "positive_weight", "auto");
}

static void put_thresholds(buffer *b, const cut_rule *rule)
{
    put_key(b, "thresholds");
    buffer_char(b, '"');
    cut_rule_put(b, rule);
    buffer_char(b, '"');
}

static void put_chars(buffer *b, const ttag_text_opts *text)
{
    char lengths[32] = "none";
    if (text->char_most)
        snprintf(lengths, sizeof lengths, "%u-%u", (unsigned)text->char_least,
                 (unsigned)text->char_most);
    put_text(b, "char_ngrams", lengths);
    if (text->char_most)
        put_number(b, "char_share", text->even_chars ? 0.5 : TTAG_CHAR_SHARE);
}

static void put_rules(buffer *b, const ttag_unknown_rules *rules)
{
    size_t count = ttag_unknown_rules_count(rules);
    if (count == 0)
        return;
    put_key(b, "unknown_where");
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
    open_object(b, "boilerplate");
    put_bool(b, "patterns", true);
    put_count(b, "repeated", what->n_repeated);
    buffer_char(b, '}');
}

/* A file's name would say where it was. */
static const char *stop_words_kind(const ttag_text_opts *text)
{
    const char *words = text->stop_words ? text->stop_words : "none";
    return strcmp(words, "none") == 0 || strcmp(words, "english") == 0 ? words : "given";
}

static void put_options(buffer *b, const card_facts *f)
{
    static const char *const TOKENS[] = {"words", "security", "artifacts"};
    static const char *const TITLES[] = {"join", "field", "drop"};
    static const char *const CALIBRATIONS[] = {"auto", "platt", "isotonic"};
    static const char *const STEMS[] = {"none", "english"};
    static const char *const SOLVERS[] = {"auto", "libsvm", "linear"};
    static const char *const LOSSES[] = {"hinge", "squared hinge"};
    static const char *const KERNELS[] = {"linear", "rbf"};
    static const char *const UNITS[] = {"article", "sentence", "paragraph"};
    static const char *const TUNES[] = {"none", "quick", "full"};
    const ttag_train_opts *o = f->opts;
    open_object(b, "options");
    put_text(b, "tokens", TOKENS[o->text.tokens]);
    put_text(b, "title", TITLES[o->text.title]);
    put_count(b, "word_ngrams", o->text.word_ngrams);
    put_chars(b, &o->text);
    put_text(b, "stem", STEMS[o->text.stem]);
    put_text(b, "stop_words", stop_words_kind(&o->text));
    put_count(b, "min_df", o->text.min_df);
    put_number(b, "max_df", o->text.max_df);
    put_count(b, "max_terms", o->text.max_terms);
    put_count(b, "hash_bits", o->text.hash_bits);
    put_bool(b, "sublinear_tf", o->text.sublinear_tf);
    put_bool(b, "smooth_idf", o->text.smooth_idf);
    put_bool(b, "l2_norm", o->text.l2_norm);
    put_cost(b, o);
    put_text(b, "kernel", KERNELS[o->kernel]);
    if (factors_wanted(o))
        put_text(b, "term_scaling", "ratio");
    if (f->shares)
        put_text(b, "averaging", "blocks");
    if (o->kernel == TTAG_KERNEL_RBF && o->gamma > 0)
        put_number(b, "gamma", o->gamma);
    else if (o->kernel == TTAG_KERNEL_RBF)
        put_text(b, "gamma", "auto");
    put_text(b, "solver", SOLVERS[o->solver]);
    put_text(b, "loss", LOSSES[o->loss]);
    put_number(b, "tolerance", o->tolerance);
    put_number(b, "gap", o->gap);
    put_thresholds(b, &(cut_rule){o->thresholds, o->bound});
    put_text(b, "calibration", CALIBRATIONS[o->calibration]);
    put_count(b, "folds", f->n_folds);
    put_count(b, "partitions", o->partitions);
    put_count(b, "seed", o->seed);
    put_count(b, "min_docs", o->min_docs);
    put_bool(b, "only_taxonomy", o->only_taxonomy);
    put_boilerplate(b, &o->boilerplate);
    put_rules(b, o->unknown_where);
    if (o->unit != TTAG_UNIT_ARTICLE)
        put_text(b, "unit", UNITS[o->unit]);
    if (o->tune != TTAG_TUNE_NONE)
        put_text(b, "tune", TUNES[o->tune]);
    buffer_char(b, '}');
}

static void put_hashing(buffer *b, const corpus *c)
{
    ttag_hashing h = ttag_features_hashing(c->features);
    if (h.n_numbers == 0)
        return;
    open_object(b, "hashing");
    put_count(b, "numbers", h.n_numbers);
    put_count(b, "terms", h.n_terms);
    put_count(b, "shared_terms", h.n_shared);
    put_bool(b, "exact", h.exact);
    buffer_char(b, '}');
}

static void put_solver(buffer *b, const card_facts *f)
{
    int release = libsvm_release();
    bool rbf = f->opts->kernel == TTAG_KERNEL_RBF;
    open_object(b, "solver");
    if (f->solver == TTAG_SOLVER_LIBSVM) {
        put_text(b, "name", "libsvm");
        put_key(b, "version");
        buffer_printf(b, "\"%d.%02d\"", release / 100, release % 100);
        put_text(b, "kernel", rbf ? "rbf (precomputed)" : "linear (precomputed)");
        if (rbf)
            put_number(b, "gamma", f->gamma);
    } else {
        put_text(b, "name", "linear");
        put_text(b, "method", "dual coordinate descent");
    }
    buffer_char(b, '}');
}

/* OpenBLAS calls itself "OpenBLAS 0.3.21 …", followed by the processor and the most threads. */
static void put_libraries(buffer *b)
{
    const char *version = strchr(blas_config(), ' ');
    version = version ? version + 1 : "";
    open_object(b, "libraries");
    put_key(b, "openblas");
    json_put_string(b, (ttag_view){version, strcspn(version, " ")});
    buffer_char(b, '}');
}

static void put_dropped(buffer *b, const labels *l)
{
    put_key(b, "dropped_tags");
    buffer_char(b, '[');
    for (size_t i = 0; i < l->n_dropped; i++) {
        buffer_text(b, i ? ",{" : "{");
        put_key(b, "tag");
        json_put_string(b, l->dropped[i].name);
        put_count(b, "support", l->dropped[i].support);
        buffer_char(b, '}');
    }
    buffer_char(b, ']');
}

static void put_never_given(buffer *b, const card_facts *f)
{
    size_t shown = 0;
    if (f->corpus->counts.never_given == 0)
        return;
    put_key(b, "never_given");
    buffer_char(b, '[');
    for (size_t t = 0; t < f->corpus->labels.n_tags; t++) {
        if (!is_never_given(&f->tags[t]))
            continue;
        buffer_text(b, shown++ ? "," : "");
        json_put_string(b, f->tags[t].name);
    }
    buffer_char(b, ']');
}

static void put_gammas(buffer *b, const gamma_search *s)
{
    if (s->n_trials == 0)
        return;
    put_key(b, "gamma_search");
    buffer_char(b, '[');
    for (size_t k = 0; k < s->n_trials; k++) {
        const gamma_trial *trial = &s->trials[k];
        buffer_text(b, k ? ",{" : "{");
        put_number(b, "gamma", trial->gamma);
        put_number(b, "micro_f1", trial->micro_f1);
        put_number(b, "macro_f1", trial->macro_f1);
        buffer_char(b, '}');
    }
    buffer_char(b, ']');
}

/* Of a trial of positive weights the cost of each tag may be its own: null. */
static void put_search(buffer *b, const cost_search *s)
{
    if (s->n_trials == 0)
        return;
    put_key(b, "cost_search");
    buffer_char(b, '[');
    for (size_t k = 0; k < s->n_trials; k++) {
        const cost_trial *trial = &s->trials[k];
        buffer_text(b, k ? ",{" : "{");
        put_number(b, "cost", trial->cost > 0 ? trial->cost : NAN);
        put_number(b, "positive_weight", trial->positive_weight);
        put_number(b, "micro_f1", trial->micro_f1);
        put_number(b, "macro_f1", trial->macro_f1);
        buffer_char(b, '}');
    }
    buffer_char(b, ']');
}

/* Which rule: windows, best passages, cuts. */
static void put_combining_trial(buffer *b, const card_facts *f, const combining_trial *trial)
{
    static const char *const CUTS[] = {"own", "shared", "between"};
    const probe_rule *of = &f->probes->rules[trial->rule];
    const ttag_passage_rule *rule = &of->rule;
    put_key(b, "windows");
    buffer_char(b, '[');
    for (size_t k = 0; k < 2 && rule->windows[k]; k++)
        buffer_printf(b, "%s%u", k ? "," : "", (unsigned)rule->windows[k]);
    buffer_char(b, ']');
    put_count(b, "top", rule->top);
    put_bool(b, "second_stage", of->second);
    put_text(b, "cuts", CUTS[trial->kind]);
    put_number(b, "micro_f1", trial->micro_f1);
    put_number(b, "per_article_f1", trial->per_article_f1);
}

static void put_second_stage(buffer *b, const ttag_second_stage *s)
{
    if (!s->used)
        return;
    put_key(b, "best_factors");
    buffer_printf(b, "[%.9g,%.9g,%.9g]", (double)s->best[0], (double)s->best[1],
                  (double)s->best[2]);
    put_number(b, "length_factor", (double)s->length);
    put_number(b, "offset", (double)s->offset);
}

static void put_combining(buffer *b, const card_facts *f)
{
    if (!f->combining || f->combining->n_trials == 0)
        return;
    open_object(b, "combining");
    put_combining_trial(b, f, &f->combining->best);
    put_second_stage(b, &f->combining->second);
    put_key(b, "trials");
    buffer_char(b, '[');
    for (size_t k = 0; k < f->combining->n_trials; k++) {
        buffer_text(b, k ? ",{" : "{");
        put_combining_trial(b, f, &f->combining->trials[k]);
        buffer_char(b, '}');
    }
    buffer_text(b, "]}");
}

static void put_tag(buffer *b, const card_facts *f, size_t t)
{
    const ttag_model_tag *tag = &f->tags[t];
    buffer_char(b, '{');
    put_key(b, "tag");
    json_put_string(b, tag->name);
    put_count(b, "support", tag->support);
    if (f->corpus->counts.extra)
        put_count(b, "extra_support", labels_support(&f->corpus->labels, t) - tag->support);
    put_count(b, "unknown", f->unknown[t]);
    put_bool(b, "constant", tag->constant);
    if (f->corpus->counts.stop != TTAG_STOP_NONE)
        put_bool(b, "finished", f->finished[t]);
    bool has_folds = f->n_folds && f->finished[t] && f->partitions[t];
    put_count(b, "partitions", has_folds ? f->partitions[t] : 0);
    if (has_folds)
        put_text(b, "calibration", tag->n_points > 0 ? "isotonic" : "platt");
    put_number(b, "cost", f->costs[t].negative);
    put_number(b, "positive_cost", f->costs[t].positive);
    if (f->shares)
        put_number(b, "all_terms_share", (double)f->shares[t]);
    put_number(b, "cut", (double)tag->cut);
    put_number(b, "cut_spread", (double)tag->cut_spread);
    put_number(b, "precision", (double)tag->oof_precision);
    put_number(b, "recall", (double)tag->oof_recall);
    put_number(b, "f1", (double)tag->oof_f1);
    put_count(b, "support_vectors", f->certificates[t].n_support);
    put_count(b, "active", f->certificates[t].active);
    if (f->certificates[t].own)
        put_text(b, "solver", "own SMO (weighted articles)");
    put_count(b, "rounds", f->certificates[t].rounds);
    put_number(b, "largest_violation", f->certificates[t].violation);
    put_number(b, "dual_objective", f->certificates[t].objective);
    put_number(b, "relative_gap", f->certificates[t].gap);
    buffer_char(b, '}');
}

void card_write(buffer *b, const card_facts *f)
{
    const labels *l = &f->corpus->labels;
    buffer_char(b, '{');
    put_text(b, "format", "threattag-model");
    put_text(b, "program", ttag_version());
    put_date(b);
    put_stop(b, f->corpus->counts.stop);
    put_data(b, f->corpus);
    put_options(b, f);
    put_hashing(b, f->corpus);
    put_solver(b, f);
    put_libraries(b);
    open_object(b, "out_of_fold");
    put_number(b, "micro_f1", f->micro_f1);
    put_number(b, "macro_f1", f->macro_f1);
    if (f->combining && f->combining->n_trials > 0)
        put_number(b, "per_article_f1", f->combining->best.per_article_f1);
    buffer_char(b, '}');
    put_combining(b, f);
    if (f->tune)
        tune_table_put(b, f->tune);
    put_gammas(b, f->gammas);
    put_search(b, f->search);
    put_dropped(b, l);
    put_never_given(b, f);
    put_key(b, "tags");
    buffer_char(b, '[');
    for (size_t t = 0; t < l->n_tags; t++) {
        if (t)
            buffer_char(b, ',');
        put_tag(b, f, t);
    }
    buffer_text(b, "]}");
}
