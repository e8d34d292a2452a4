/* What a training knows of its tags before anything is solved. */
#include "train/training.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "train/averaging.h"

ttag_status training_reserve(training *t, ttag_error *err)
{
    size_t n_tags = t->labels->n_tags;
    size_t n_truth;
    t->constant = mem_zero(n_tags, sizeof *t->constant);
    t->unknown = mem_zero(n_tags, sizeof *t->unknown);
    t->partitions = mem_zero(n_tags, sizeof *t->partitions);
    t->costs = mem_zero(n_tags, sizeof *t->costs);
    t->cuts = mem_zero(n_tags, sizeof *t->cuts);
    t->maps = mem_zero(n_tags, sizeof *t->maps);
    t->finished = mem_zero(n_tags, sizeof *t->finished);
    if (averaging_wanted(t->opts))
        t->shares = mem_zero(n_tags, sizeof *t->shares);
    if (size_mul(&n_truth, t->labels->n_articles, t->threads))
        t->truth = mem_new(n_truth, sizeof *t->truth);
    bool ok = t->constant && t->unknown && t->costs && t->partitions && t->cuts && t->maps &&
              t->truth && t->finished && (t->shares || !averaging_wanted(t->opts));
    if (ok && t->kept)
        ok = out_of_fold_reserve(t->kept, t->labels->n_articles, n_tags) == TTAG_OK;
    if (ok)
        return TTAG_OK;
    fail_memory(err);
    return TTAG_NOMEM;
}

static class_costs given_costs(const ttag_train_opts *opts)
{
    double weight = opts->positive_weight > 0 ? opts->positive_weight : 1;
    return (class_costs){opts->cost, opts->cost * weight};
}

void training_survey_tags(training *t)
{
    for (size_t tag = 0; tag < t->labels->n_tags; tag++) {
        size_t negative = 0;
        labels_truth(t->labels, tag, t->truth);
        for (size_t i = 0; i < t->labels->n_articles; i++) {
            negative += t->truth[i] < 0;
            t->unknown[tag] += t->truth[i] == 0 && i < t->labels->n_scored;
        }
        t->constant[tag] = negative == 0;
        t->costs[tag] = given_costs(t->opts);
        if (t->constant[tag])
            tell(t->opts->monitor, TTAG_WARNING, NULL,
                 "every known article carries the tag \"%.*s\": it will always be given",
                 (int)t->labels->names[tag].size, t->labels->names[tag].bytes);
        else if (t->labels->scored[tag] == 0)
            tell(t->opts->monitor, TTAG_WARNING, NULL,
                 "only extra articles carry the tag \"%.*s\": it is cut at score 0",
                 (int)t->labels->names[tag].size, t->labels->names[tag].bytes);
    }
}

void training_dispose(training *t)
{
    mem_free(t->constant);
    mem_free(t->unknown);
    mem_free(t->costs);
    mem_free(t->partitions);
    mem_free(t->folds);
    mem_free(t->cuts);
    mem_free(t->maps);
    mem_free(t->truth);
    rbf_matrix_dispose(&t->rbf);
    mem_free(t->finished);
    mem_free(t->shares);
    mem_free(t->whole_truth);
    mem_free(t->whole_folds);
    probes_dispose(&t->probes);
    combining_dispose(&t->combining);
    tag_solutions_dispose(&t->found);
}

size_t training_n_judged(const training *t)
{
    return t->wholes ? t->wholes->count : t->labels->n_articles;
}

const uint8_t *training_judged_folds(const training *t)
{
    return t->wholes ? t->whole_folds : t->folds;
}

const float *training_scores(const training *t, size_t tag)
{
    return t->wholes ? t->combining.scores[tag] : t->found.solved.scores[tag];
}
