/* Labels and scores of articles, then a cut and a calibration for each tag that has enough. */
#include "ttag/calibrate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "articles/blanket.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/view.h"
#include "train/article_copy.h"
#include "train/calibration_card.h"
#include "train/calibration_choice.h"
#include "train/cross_cut.h"
#include "train/folds.h"
#include "train/never_given.h"
#include "train/tag_names.h"
#include "train/train_options.h"

struct ttag_calibrator {
    ttag_calibrate_opts opts;
    const ttag_model_parts *model;
    label_log log;
    float *scores; /* articles x n_tags */
    size_t n_scores, capacity;
    digest *digest;
    arena scratch; /* of one article */
    arena memory;
    labels labels;
    uint8_t *folds;       /* n_articles */
    ttag_model_tag *tags; /* n_tags, as all that follow */
    threshold *cuts;
    size_t *support;
    bool *changed;
    float *column; /* n_articles: scores of one tag */
    signed char *truth;
    buffer card;
    ttag_model_parts parts;
    ttag_calibrate_counts counts;
};

const char *ttag_calibrate_opts_check(const ttag_calibrate_opts *opts)
{
    if (opts->thresholds < TTAG_THRESHOLDS_F1 || opts->thresholds > TTAG_THRESHOLDS_RECALL)
        return "the threshold rule is out of range; expected f1, precision or recall";
    const char *wrong =
        cut_opts_check(opts->thresholds, opts->bound, opts->calibration, opts->folds);
    if (!wrong && opts->least < 2)
        wrong = "the least number of articles is under 2";
    return wrong;
}

ttag_status ttag_calibrator_new(ttag_calibrator **out, const ttag_model_parts *model,
                                const ttag_calibrate_opts *opts, ttag_error *err)
{
    static const ttag_calibrate_opts DEFAULTS = TTAG_CALIBRATE_OPTS_INIT;
    *out = NULL;
    const char *wrong = ttag_calibrate_opts_check(opts ? opts : &DEFAULTS);
    if (wrong)
        return fail(err, TTAG_INVALID, "%s", wrong);
    ttag_calibrator *c = mem_zero(1, sizeof *c);
    if (!c)
        return fail_memory(err);
    c->opts = opts ? *opts : DEFAULTS;
    c->model = model;
    c->digest = digest_new();
    if (!c->digest || label_log_init(&c->log, NULL) != TTAG_OK) {
        ttag_calibrator_free(c);
        return fail_memory(err);
    }
    *out = c;
    return TTAG_OK;
}

/* ---- Articles. ---- */

/* Position of a tag among those of the model, which stand in byte order; or TTAG_NO_TAG. */
static size_t find_tag(const ttag_model_parts *model, ttag_view name)
{
    size_t low = 0, high = model->n_tags;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = view_compare(model->tags[middle].name, name);
        if (order == 0)
            return middle;
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return TTAG_NO_TAG;
}

static bool is_blanket(const ttag_calibrator *c, const ttag_article *article)
{
    size_t n = 0;
    for (size_t i = 0; i < article->n_tags; i++)
        n += find_tag(c->model, article->tags[i]) != TTAG_NO_TAG;
    if (!is_blanket_tagged(n, c->model->n_tags))
        return false;
    char place[512];
    snprintf(place, sizeof place, "%s:%zu", article->path ? article->path : "?", article->line);
    tell(c->opts.monitor, TTAG_WARNING, place,
         "carries %zu of %zu tags: blanket-tagged, not calibrated with", n, c->model->n_tags);
    return true;
}

ttag_status ttag_calibrator_add(ttag_calibrator *c, const ttag_article *article,
                                const float *scores, ttag_error *err)
{
    article_copy copy;
    size_t n_tags = c->model->n_tags, n_known, end;
    if (!article->labelled) {
        c->counts.unlabelled++;
        return TTAG_OK;
    }
    if (is_blanket(c, article)) {
        c->counts.blanket++;
        return TTAG_OK;
    }
    if (!(article->weight > 0)) /* counts for nothing */
        return TTAG_OK;
    arena_clear(&c->scratch);
    if (!size_add(&end, c->n_scores, n_tags) ||
        !mem_grow(&c->scores, &c->capacity, end, sizeof *c->scores) ||
        !article_copy_make(&copy, article, &c->scratch) ||
        label_log_see(&c->log, article, &n_known) != TTAG_OK ||
        label_log_add(&c->log, article) != TTAG_OK)
        return fail_memory(err);
    label_log_unknown(&c->log, ttag_unknown_rules_of_article(c->opts.unknown_where, article));
    memcpy(c->scores + c->n_scores, scores, n_tags * sizeof *scores);
    c->n_scores = end;
    digest_add(c->digest, copy.digested.bytes, copy.digested.size);
    c->counts.used++;
    return TTAG_OK;
}

/* ---- Tags. ---- */

/* What a tag had, measured as its new threshold is. */
static void judge_before(threshold *out, const ttag_calibrator *c, size_t tag)
{
    const ttag_model_tag *old = &c->model->tags[tag];
    *out = (threshold){.cut = c->model->calibrated ? old->cut : 0};
    threshold_judge(out, c->column, 1, c->truth, c->labels.n_articles);
}

static ttag_status fit_tag(ttag_calibrator *c, size_t tag, uint32_t n_folds)
{
    const cut_rule rule = {c->opts.thresholds, c->opts.bound};
    size_t n = c->labels.n_articles;
    fitted_calibration map;
    threshold *cut = &c->cuts[tag];
    ttag_model_tag *t = &c->tags[tag];
    if (cross_cut_fit(cut, &rule, c->column, c->truth, c->folds, n_folds, n) != TTAG_OK)
        return TTAG_NOMEM;
    const calibration_task task = {.choice = c->opts.calibration,
                                   .scores = c->column,
                                   .n_partitions = 1,
                                   .truth = c->truth,
                                   .folds = c->folds,
                                   .n = n,
                                   .cut = cut->cut};
    if (calibration_choose(&map, &task) != TTAG_OK)
        return TTAG_NOMEM;
    t->cut = cut->cut;
    t->cut_spread = cut->spread;
    t->slope = map.platt.slope;
    t->offset = map.platt.offset;
    t->points = NULL;
    t->n_points = 0;
    t->threshold = isinf(cut->cut) ? INFINITY : fitted_probability(&map, cut->cut);
    t->oof_precision = (float)cut->precision;
    t->oof_recall = (float)cut->recall;
    t->oof_f1 = (float)cut->f1;
    return fitted_points_keep(t, &map, &c->memory);
}

/* Whether both kinds of articles are there; fills truth and column. */
static bool look_at_tag(ttag_calibrator *c, size_t tag)
{
    const labels *l = &c->labels;
    const uint32_t label = labels_find(l, c->model->tags[tag].name);
    if (label == TTAG_NO_TAG || c->model->tags[tag].constant)
        return false;
    labels_truth(l, label, c->truth);
    for (size_t i = 0; i < l->n_articles; i++)
        c->column[i] = c->scores[i * c->model->n_tags + tag];
    c->support[tag] = labels_support(l, label);
    return truth_has_both(c->truth, l->n_articles, c->opts.least);
}

static ttag_status fit_tags(ttag_calibrator *c, uint32_t n_folds)
{
    f1_sums before = {0}, after = {0};
    for (size_t tag = 0; tag < c->model->n_tags; tag++) {
        threshold old;
        c->tags[tag] = c->model->tags[tag];
        if (!look_at_tag(c, tag))
            continue;
        judge_before(&old, c, tag);
        if (fit_tag(c, tag, n_folds) != TTAG_OK)
            return TTAG_NOMEM;
        f1_sums_add(&before, &old);
        f1_sums_add(&after, &c->cuts[tag]);
        c->changed[tag] = true;
        c->counts.changed++;
    }
    c->counts.micro_f1_before = f1_sums_micro(&before);
    c->counts.micro_f1_after = f1_sums_micro(&after);
    return TTAG_OK;
}

/* ---- The end. ---- */

static bool reserve(ttag_calibrator *c)
{
    size_t n = c->labels.n_articles, n_tags = c->model->n_tags;
    c->folds = mem_new(n, sizeof *c->folds);
    c->column = mem_new(n, sizeof *c->column);
    c->truth = mem_new(n, sizeof *c->truth);
    c->tags = mem_zero(n_tags, sizeof *c->tags);
    c->cuts = mem_zero(n_tags, sizeof *c->cuts);
    c->support = mem_zero(n_tags, sizeof *c->support);
    c->changed = mem_zero(n_tags, sizeof *c->changed);
    return c->folds && c->column && c->truth && c->tags && c->cuts && c->support && c->changed;
}

static void tell_kept(ttag_calibrator *c)
{
    tag_names names = {0};
    for (size_t t = 0; t < c->model->n_tags; t++)
        if (!c->changed[t] && !c->tags[t].constant)
            tag_names_add_support(&names, c->tags[t].name, c->support[t]);
    c->counts.kept = names.count;
    if (names.count > 0)
        tell(
            c->opts.monitor, TTAG_WARNING, NULL,
            "%zu of %zu tags have fewer than %u articles that carry them, or that do not, and keep "
            "their thresholds: %s",
            names.count, c->model->n_tags, (unsigned)c->opts.least, tag_names_text(&names));
    tag_names_dispose(&names);
}

static void tell_never_given(ttag_calibrator *c)
{
    const cut_rule rule = {c->opts.thresholds, c->opts.bound};
    for (size_t t = 0; t < c->model->n_tags; t++)
        c->counts.never_given += c->changed[t] && is_never_given(&c->tags[t]);
    if (c->counts.never_given > 0)
        never_given_tell(c->tags, c->model->n_tags, &rule, c->opts.monitor);
}

static ttag_status put_together(ttag_calibrator *c, uint32_t n_folds, ttag_error *err)
{
    char hex[33];
    digest_hex(c->digest, hex);
    const calibration_facts facts = {&c->opts, &c->counts, hex,        n_folds,         c->tags,
                                     c->cuts,  c->support, c->changed, c->model->n_tags};
    calibration_card_write(&c->card, c->model->card, &facts);
    if (!buffer_ok(&c->card))
        return fail_memory(err);
    c->parts = *c->model;
    c->parts.tags = c->tags;
    c->parts.card = buffer_as_view(&c->card);
    c->parts.calibrated = true;
    return TTAG_OK;
}

ttag_status ttag_calibrator_finish(ttag_calibrator *c, ttag_error *err)
{
    if (labels_make(&c->labels, &c->log, c->opts.unknown_where, 1) != TTAG_OK || !reserve(c))
        return fail_memory(err);
    uint32_t n_folds = folds_possible(&c->labels, c->opts.folds);
    if (n_folds >= 2 && (folds_assign(c->folds, &c->labels, n_folds, c->opts.seed) != TTAG_OK ||
                         fit_tags(c, n_folds) != TTAG_OK))
        return fail_memory(err);
    if (c->counts.changed == 0)
        return fail(err, TTAG_EMPTY,
                    "no tag of the model has %u articles that carry it, and as many that do not, "
                    "among the %zu labelled ones%s",
                    (unsigned)c->opts.least, c->counts.used,
                    c->counts.used > 1 && n_folds < 2 ? ", which are all of one group" : "");
    labels_tell_idle_rules(&c->labels, c->opts.unknown_where, c->opts.monitor);
    tell_kept(c);
    tell_never_given(c);
    return put_together(c, n_folds, err);
}

const ttag_model_parts *ttag_calibrator_parts(const ttag_calibrator *c)
{
    return &c->parts;
}

const ttag_calibrate_counts *ttag_calibrator_counts(const ttag_calibrator *c)
{
    return &c->counts;
}

void ttag_calibrator_free(ttag_calibrator *c)
{
    if (!c)
        return;
    label_log_dispose(&c->log);
    labels_dispose(&c->labels);
    digest_free(c->digest);
    arena_dispose(&c->scratch);
    arena_dispose(&c->memory);
    buffer_dispose(&c->card);
    mem_free(c->scores);
    mem_free(c->folds);
    mem_free(c->column);
    mem_free(c->truth);
    mem_free(c->tags);
    mem_free(c->cuts);
    mem_free(c->support);
    mem_free(c->changed);
    mem_free(c);
}
