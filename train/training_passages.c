/* Articles from their passages: truth, folds, pieces, and the rule by which these are combined. */
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "train/training.h"

/* Each article's truth from that of its passages. */
static ttag_status find_whole_truth(training *t, ttag_error *err)
{
    size_t count, n = t->wholes->count;
    if (size_mul(&count, n, t->labels->n_tags))
        t->whole_truth = mem_new(count, sizeof *t->whole_truth);
    if (!t->whole_truth)
        return fail_memory(err);
    for (size_t tag = 0; tag < t->labels->n_tags; tag++) {
        uint32_t support = 0;
        labels_truth(t->labels, tag, t->truth);
        whole_list_truth(t->wholes, t->truth, t->whole_truth + tag * n);
        for (size_t i = 0; i < n; i++)
            support += t->whole_truth[tag * n + i] > 0;
        t->tags[tag].support = support;
    }
    return TTAG_OK;
}

ttag_status training_find_pieces(training *t, const corpus *from, ttag_error *err)
{
    size_t n = t->wholes->count, count;
    ttag_status status = find_whole_truth(t, err);
    if (status != TTAG_OK || !t->n_folds)
        return status;
    if (size_mul(&count, n, t->n_partitions))
        t->whole_folds = mem_new(count, sizeof *t->whole_folds);
    if (!t->whole_folds)
        return fail_memory(err);
    for (size_t p = 0; p < t->n_partitions; p++)
        for (size_t i = 0; i < n; i++)
            t->whole_folds[p * n + i] =
                t->folds[p * t->labels->n_articles + t->wholes->items[i].row];
    return probes_make(&t->probes, t->wholes, ttag_features_vocabulary(from->features),
                       &t->opts->text, &t->opts->boilerplate, t->opts->unit, t->labels->n_tags,
                       t->threads, err);
}

static void tell_combining(const training *t)
{
    static const char *const KINDS[] = {"each tag's own", "one for all tags", "between the two"};
    const combining_trial *best = &t->combining.best;
    const ttag_passage_rule *rule = &t->probes.rules[best->rule].rule;
    tell(t->opts->monitor, TTAG_NOTE, NULL,
         "windows %u and %u, best %u%s, cuts: %s: out-of-fold micro-F1 %.4f, F1 per article %.4f",
         (unsigned)rule->windows[0], (unsigned)rule->windows[1], (unsigned)rule->top,
         t->combining.second.used ? " and second stage" : "", KINDS[best->kind], best->micro_f1,
         best->per_article_f1);
}

ttag_status training_choose_combining(training *t, ttag_error *err)
{
    size_t n_tags = t->labels->n_tags;
    float **highest = mem_zero(n_tags, sizeof *highest);
    const cut_rule rule = {t->opts->thresholds, t->opts->bound};
    combining_task task = {.probes = &t->probes,
                           .highest = highest,
                           .partitions = t->partitions,
                           .truth = t->whole_truth,
                           .rule = &rule,
                           .n_tags = n_tags,
                           .folds = t->whole_folds,
                           .n_folds = t->n_folds,
                           .threads = t->threads};
    ttag_status status = highest ? TTAG_OK : TTAG_NOMEM;
    for (size_t tag = 0; status == TTAG_OK && tag < n_tags; tag++)
        if (t->found.solved.states[tag] == SOLVE_DONE)
            highest[tag] = t->found.solved.wholes[tag];
    if (status == TTAG_OK)
        status = combining_choose(&t->combining, &task);
    mem_free(highest);
    if (status != TTAG_OK)
        return fail_memory(err);
    tell_combining(t);
    return TTAG_OK;
}

/* Without folds: the best passage alone. */
ttag_passage_rule training_passage_rule(const training *t)
{
    if (!t->wholes)
        return (ttag_passage_rule){.unit = TTAG_UNIT_ARTICLE};
    if (!t->n_folds)
        return (ttag_passage_rule){.unit = t->opts->unit, .top = 1};
    return t->probes.rules[t->combining.best.rule].rule;
}
