/* How articles are parted into folds, as far as their groups and the tags' support let them. */
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "train/folds.h"
#include "train/train_options.h"
#include "train/training.h"

static void choose_folds(training *t)
{
    uint32_t asked = t->opts->folds;
    uint32_t possible = folds_possible(t->labels, asked);
    bool cost = cost_search_wanted(t->opts);
    bool search = cost || gamma_search_wanted(t->opts);
    bool thresholds = t->opts->thresholds != TTAG_THRESHOLDS_NONE;
    if (!thresholds && !search)
        return;
    if (possible < 2) {
        tell(t->opts->monitor, TTAG_WARNING, NULL,
             "all articles belong to one group: without folds there are no thresholds%s",
             cost     ? ", and no cost can be searched for"
             : search ? ", and no gamma can be searched for"
                      : "");
        return;
    }
    if (possible < asked)
        tell(t->opts->monitor, TTAG_WARNING, NULL,
             "%u folds asked for, but there are only %u groups of articles: %u folds",
             (unsigned)asked, (unsigned)possible, (unsigned)possible);
    t->n_search_folds = search ? possible : 0;
    t->n_partitions = search ? 1 : 0;
    t->n_folds = thresholds ? possible : 0;
    for (size_t tag = 0; thresholds && tag < t->labels->n_tags; tag++) {
        if (t->constant[tag] || t->labels->scored[tag] == 0)
            continue;
        t->partitions[tag] = partitions_of_tag(t->opts, t->labels->scored[tag]);
        if (t->partitions[tag] > t->n_partitions)
            t->n_partitions = t->partitions[tag];
    }
}

static ttag_status assign_folds(training *t, ttag_error *err)
{
    size_t count;
    size_t n = t->labels->n_articles;
    if (size_mul(&count, n, t->n_partitions))
        t->folds = mem_new(count, sizeof *t->folds);
    ttag_status status = t->folds ? TTAG_OK : TTAG_NOMEM;
    uint32_t n_folds = t->n_folds ? t->n_folds : t->n_search_folds;
    for (uint32_t p = 0; status == TTAG_OK && p < t->n_partitions; p++)
        status =
            folds_assign(t->folds + p * n, t->labels, n_folds, t->opts->seed * PARTITIONS_MOST + p);
    return status == TTAG_OK ? TTAG_OK : fail_memory(err);
}

ttag_status training_part_articles(training *t, ttag_error *err)
{
    choose_folds(t);
    return assign_folds(t, err);
}
