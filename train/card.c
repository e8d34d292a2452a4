/* Writes the card, member by member, always in the same order. */
#include "train/card.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/blas.h"
#include "base/json.h"
#include "base/json_member.h"
#include "base/view.h"
#include "train/libsvm.h"
#include "train/never_given.h"

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
        member_text(b, "date", text);
}

/* Nothing where the training went to its end. */
static void put_stop(buffer *b, ttag_stop stop)
{
    static const char *const REASONS[] = {NULL, "budget", "interrupted"};
    if (stop != TTAG_STOP_NONE)
        member_text(b, "stopped", REASONS[stop]);
}

static void put_data(buffer *b, const corpus *c)
{
    member_open(b, "data");
    member_text(b, "digest", c->digest);
    member_count(b, "articles", c->counts.used);
    if (c->counts.extra)
        member_count(b, "extra", c->counts.extra);
    member_count(b, "unlabelled", c->counts.unlabelled);
    if (c->counts.weightless)
        member_count(b, "weightless", c->counts.weightless);
    member_count(b, "blanket", c->counts.blanket);
    member_count(b, "refused", c->counts.refused);
    buffer_char(b, '}');
}

static void put_hashing(buffer *b, const corpus *c)
{
    ttag_hashing h = ttag_features_hashing(c->features);
    if (h.n_numbers == 0)
        return;
    member_open(b, "hashing");
    member_count(b, "numbers", h.n_numbers);
    member_count(b, "terms", h.n_terms);
    member_count(b, "shared_terms", h.n_shared);
    member_bool(b, "exact", h.exact);
    buffer_char(b, '}');
}

static void put_solver(buffer *b, const card_facts *f)
{
    int release = libsvm_release();
    bool rbf = f->opts->kernel == TTAG_KERNEL_RBF;
    member_open(b, "solver");
    if (f->solver == TTAG_SOLVER_LIBSVM) {
        member_text(b, "name", "libsvm");
        member_key(b, "version");
        buffer_printf(b, "\"%d.%02d\"", release / 100, release % 100);
        member_text(b, "kernel", rbf ? "rbf (precomputed)" : "linear (precomputed)");
        if (rbf)
            member_number(b, "gamma", f->gamma);
    } else {
        member_text(b, "name", "linear");
        member_text(b, "method", "dual coordinate descent");
    }
    buffer_char(b, '}');
}

/* OpenBLAS calls itself "OpenBLAS 0.3.21 …", followed by the processor and the most threads. */
static void put_libraries(buffer *b)
{
    const char *version = strchr(blas_config(), ' ');
    version = version ? version + 1 : "";
    member_open(b, "libraries");
    member_key(b, "openblas");
    json_put_string(b, (ttag_view){version, strcspn(version, " ")});
    buffer_char(b, '}');
}

static void put_dropped(buffer *b, const labels *l)
{
    member_key(b, "dropped_tags");
    buffer_char(b, '[');
    for (size_t i = 0; i < l->n_dropped; i++) {
        buffer_text(b, i ? ",{" : "{");
        member_key(b, "tag");
        json_put_string(b, l->dropped[i].name);
        member_count(b, "support", l->dropped[i].support);
        buffer_char(b, '}');
    }
    buffer_char(b, ']');
}

static void put_never_given(buffer *b, const card_facts *f)
{
    size_t shown = 0;
    if (f->corpus->counts.never_given == 0)
        return;
    member_key(b, "never_given");
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
    member_key(b, "gamma_search");
    buffer_char(b, '[');
    for (size_t k = 0; k < s->n_trials; k++) {
        const gamma_trial *trial = &s->trials[k];
        buffer_text(b, k ? ",{" : "{");
        member_number(b, "gamma", trial->gamma);
        member_number(b, "micro_f1", trial->micro_f1);
        member_number(b, "macro_f1", trial->macro_f1);
        buffer_char(b, '}');
    }
    buffer_char(b, ']');
}

/* Of a trial of positive weights the cost of each tag may be its own: null. */
static void put_search(buffer *b, const cost_search *s)
{
    if (s->n_trials == 0)
        return;
    member_key(b, "cost_search");
    buffer_char(b, '[');
    for (size_t k = 0; k < s->n_trials; k++) {
        const cost_trial *trial = &s->trials[k];
        buffer_text(b, k ? ",{" : "{");
        member_number(b, "cost", trial->cost > 0 ? trial->cost : NAN);
        member_number(b, "positive_weight", trial->positive_weight);
        member_number(b, "micro_f1", trial->micro_f1);
        member_number(b, "macro_f1", trial->macro_f1);
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
    member_key(b, "windows");
    buffer_char(b, '[');
    for (size_t k = 0; k < 2 && rule->windows[k]; k++)
        buffer_printf(b, "%s%u", k ? "," : "", (unsigned)rule->windows[k]);
    buffer_char(b, ']');
    member_count(b, "top", rule->top);
    member_bool(b, "second_stage", of->second);
    member_text(b, "cuts", CUTS[trial->kind]);
    member_number(b, "micro_f1", trial->micro_f1);
    member_number(b, "per_article_f1", trial->per_article_f1);
}

static void put_second_stage(buffer *b, const ttag_second_stage *s)
{
    if (!s->used)
        return;
    member_key(b, "best_factors");
    buffer_printf(b, "[%.9g,%.9g,%.9g]", (double)s->best[0], (double)s->best[1],
                  (double)s->best[2]);
    member_number(b, "length_factor", (double)s->length);
    member_number(b, "offset", (double)s->offset);
}

static void put_combining(buffer *b, const card_facts *f)
{
    if (!f->combining || f->combining->n_trials == 0)
        return;
    member_open(b, "combining");
    put_combining_trial(b, f, &f->combining->best);
    put_second_stage(b, &f->combining->second);
    member_key(b, "trials");
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
    member_key(b, "tag");
    json_put_string(b, tag->name);
    member_count(b, "support", tag->support);
    if (f->corpus->counts.extra)
        member_count(b, "extra_support", labels_support(&f->corpus->labels, t) - tag->support);
    member_count(b, "unknown", f->unknown[t]);
    member_bool(b, "constant", tag->constant);
    if (f->corpus->counts.stop != TTAG_STOP_NONE)
        member_bool(b, "finished", f->finished[t]);
    bool has_folds = f->n_folds && f->finished[t] && f->partitions[t];
    member_count(b, "partitions", has_folds ? f->partitions[t] : 0);
    if (has_folds)
        member_text(b, "calibration", tag->n_points > 0 ? "isotonic" : "platt");
    member_number(b, "cost", f->costs[t].negative);
    member_number(b, "positive_cost", f->costs[t].positive);
    if (f->shares)
        member_number(b, "all_terms_share", (double)f->shares[t]);
    member_number(b, "cut", (double)tag->cut);
    member_number(b, "cut_spread", (double)tag->cut_spread);
    member_number(b, "precision", (double)tag->oof_precision);
    member_number(b, "recall", (double)tag->oof_recall);
    member_number(b, "f1", (double)tag->oof_f1);
    member_count(b, "support_vectors", f->certificates[t].n_support);
    member_count(b, "active", f->certificates[t].active);
    if (f->certificates[t].own)
        member_text(b, "solver", "own SMO (weighted articles)");
    member_count(b, "rounds", f->certificates[t].rounds);
    member_number(b, "largest_violation", f->certificates[t].violation);
    member_number(b, "dual_objective", f->certificates[t].objective);
    member_number(b, "relative_gap", f->certificates[t].gap);
    buffer_char(b, '}');
}

void card_write(buffer *b, const card_facts *f)
{
    const labels *l = &f->corpus->labels;
    buffer_char(b, '{');
    member_text(b, "format", "threattag-model");
    member_text(b, "program", ttag_version());
    put_date(b);
    put_stop(b, f->corpus->counts.stop);
    put_data(b, f->corpus);
    card_put_options(b, f);
    put_hashing(b, f->corpus);
    put_solver(b, f);
    put_libraries(b);
    member_open(b, "out_of_fold");
    member_number(b, "micro_f1", f->micro_f1);
    member_number(b, "macro_f1", f->macro_f1);
    if (f->combining && f->combining->n_trials > 0)
        member_number(b, "per_article_f1", f->combining->best.per_article_f1);
    buffer_char(b, '}');
    put_combining(b, f);
    if (f->tune)
        tune_table_put(b, f->tune);
    put_gammas(b, f->gammas);
    put_search(b, f->search);
    put_dropped(b, l);
    put_never_given(b, f);
    member_key(b, "tags");
    buffer_char(b, '[');
    for (size_t t = 0; t < l->n_tags; t++) {
        if (t)
            buffer_char(b, ',');
        put_tag(b, f, t);
    }
    buffer_text(b, "]}");
}
