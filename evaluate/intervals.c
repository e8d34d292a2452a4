/* The intervals of an evaluation. */
#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "evaluate/bootstrap.h"
#include "evaluate/evaluation.h"

static void take(kept_evaluation *e, bootstrap *b, uint32_t count, uint64_t seed)
{
    e->intervals = (ttag_intervals){.replicates = count,
                                    .seed = seed,
                                    .micro = b->micro,
                                    .macro = b->macro,
                                    .weighted = b->weighted,
                                    .samples = b->samples,
                                    .per_article = b->per_article,
                                    .subset_accuracy = b->subset_accuracy,
                                    .jaccard = b->jaccard,
                                    .tags = b->tags};
    e->tag_intervals = b->tags;
    e->shown.intervals = &e->intervals;
    b->tags = NULL;
}

ttag_status ttag_evaluation_resample(ttag_evaluation *evaluation, uint32_t count, uint64_t seed,
                                     uint32_t threads, const ttag_monitor *monitor, ttag_error *err)
{
    kept_evaluation *e = (kept_evaluation *)(void *)evaluation;
    if (e->results.n_documents != e->shown.documents)
        return fail(err, TTAG_INVALID,
                    "the evaluation has no outcomes of articles; expected one of ttag_evaluate or "
                    "ttag_evaluation_merge");
    mem_free(e->tag_intervals);
    e->tag_intervals = NULL;
    e->shown.intervals = NULL;
    if (count == 0)
        return TTAG_OK;
    const bootstrap_opts opts = {count, seed, thread_count(threads), monitor};
    verdicts v = {0};
    bootstrap b = {0};
    ttag_status status = verdicts_take(&v, &e->results, err);
    if (status == TTAG_OK)
        status = bootstrap_fill(&b, &v, &opts, err);
    if (status == TTAG_OK)
        take(e, &b, count, seed);
    bootstrap_dispose(&b);
    verdicts_dispose(&v);
    return status;
}
