/* A training of which only its figures by fold are wanted. */
#include "base/error.h"
#include "base/memory.h"
#include "train/train_job.h"
#include "train/train_options.h"

static void count_work(trial_result *out, const training *t, uint32_t partitions)
{
    double now = 0, later = 0;
    const ttag_train_opts asked = {.partitions = partitions};
    for (size_t tag = 0; tag < t->labels->n_tags; tag++) {
        if (t->constant[tag])
            continue;
        now += 1 + t->n_folds;
        later += 1 + t->n_folds * partitions_of_tag(&asked, t->labels->scored[tag]);
        out->cost = t->costs[tag].negative;
    }
    out->work = now > 0 ? later / now : 1;
}

ttag_status training_judge(trial_result *out, const training *t, uint32_t partitions,
                           ttag_error *err)
{
    size_t n_tags = t->labels->n_tags;
    const float **scores = mem_zero(n_tags, sizeof *scores);
    float *cuts = mem_new(n_tags, sizeof *cuts);
    trial_view view = {.labels = t->labels,
                       .scores = scores,
                       .cuts = t->wholes ? cuts : NULL,
                       .whole_truth = t->whole_truth,
                       .folds = training_judged_folds(t),
                       .n = training_n_judged(t),
                       .n_folds = t->n_folds,
                       .rule = {t->opts->thresholds, t->opts->bound},
                       .threads = t->threads};
    ttag_status status = scores && cuts ? TTAG_OK : TTAG_NOMEM;
    for (size_t tag = 0; status == TTAG_OK && tag < n_tags; tag++) {
        cuts[tag] = t->tags[tag].cut;
        if (t->partitions[tag] && t->found.solved.states[tag] == SOLVE_DONE)
            scores[tag] = training_scores(t, tag);
    }
    out->n_articles = view.n;
    count_work(out, t, partitions);
    if (status == TTAG_OK && t->n_folds)
        status = trial_judge(out, &view);
    mem_free(scores);
    mem_free(cuts);
    return status == TTAG_OK ? TTAG_OK : fail_memory(err);
}

ttag_status trial_run(trial_result *out, ttag_reader *feed, const ttag_train_opts *opts,
                      uint32_t partitions, const ttag_taxonomy *taxonomy, ttag_error *err)
{
    const train_job job = {
        .feed = feed, .opts = opts, .taxonomy = taxonomy, .trial = out, .partitions = partitions};
    ttag_trained *trained = mem_zero(1, sizeof *trained);
    ttag_status status = trained ? train_job_run(trained, &job, err) : fail_memory(err);
    ttag_trained_free(trained);
    return status;
}
