/* Training from end to end: the steps in their order. */
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"
#include "train/never_given.h"
#include "train/tag_table.h"
#include "train/train_job.h"
#include "train/unfinished.h"

static void tell_unfinished(training *t, ttag_train_counts *counts)
{
    const unfinished_facts facts = {t->labels, t->finished, t->found.solved.states,
                                    t->search.cut_short || t->gammas.cut_short};
    unfinished_tell(counts, &facts, &t->deadline, t->opts->monitor);
}

static void tell_never_given(const training *t, ttag_train_counts *counts)
{
    const cut_rule rule = {t->opts->thresholds, t->opts->bound};
    counts->never_given = never_given_tell(t->tags, t->labels->n_tags, &rule, t->opts->monitor);
}

/* The tags of a corpus that has been read. */
static ttag_status train_tags(ttag_trained *trained, training *t, ttag_error *err)
{
    ttag_status status = training_reserve(t, err);
    if (status != TTAG_OK)
        return status;
    training_survey_tags(t);
    status = training_part_articles(t, err);
    if (status == TTAG_OK && t->wholes)
        status = training_find_pieces(t, &trained->corpus, err);
    if (status == TTAG_OK)
        status = training_solve(t, err);
    if (status == TTAG_OK)
        status = training_fit_tags(t, &trained->memory, err);
    if (status != TTAG_OK)
        return status;
    tell_unfinished(t, &trained->corpus.counts);
    tell_never_given(t, &trained->corpus.counts);
    return training_write_card(t, trained, err);
}

ttag_status train_job_run(ttag_trained *trained, const train_job *job, ttag_error *err)
{
    const ttag_train_opts *opts = job->opts;
    training t = {
        .opts = opts, .threads = thread_count(opts->threads), .kept = job->kept, .tune = job->tune};
    deadline_start(&t.deadline, opts->budget, opts->monitor);
    t.deadline.keeps = opts->keep_partial;
    t.deadline.owes = opts->budget > 0;
    t.monitor = deadline_monitor(&t.deadline);
    ttag_status status = corpus_collect(&trained->corpus, job->feed, opts,
                                        opts->only_taxonomy ? job->taxonomy : NULL, t.threads, err);
    if (status != TTAG_OK)
        return status;
    trained->corpus.counts.refused += job->refused;
    t.labels = &trained->corpus.labels;
    t.wholes = opts->unit == TTAG_UNIT_ARTICLE ? NULL : &trained->corpus.wholes;
    t.x = ttag_features_matrix(trained->corpus.features);
    t.vocabulary = ttag_features_vocabulary(trained->corpus.features);
    if (deadline_left(&t.deadline) <= 0)
        tell(opts->monitor, TTAG_WARNING, NULL,
             "reading alone took longer than the budget: every tag gets what screening finds");
    t.tags = tag_table_new(&trained->memory, t.labels, job->taxonomy);
    status = t.tags ? trained_copy_boilerplate(trained, &opts->boilerplate, err) : fail_memory(err);
    if (status == TTAG_OK)
        status = train_tags(trained, &t, err);
    if (status == TTAG_OK && job->trial)
        status = training_judge(job->trial, &t, job->partitions, err);
    else if (status == TTAG_OK)
        training_put_together(&t, trained);
    training_dispose(&t);
    return status;
}

ttag_status train_out_of_fold(ttag_trained **out, out_of_fold *kept, ttag_reader *feed,
                              const ttag_train_opts *opts, ttag_error *err)
{
    static const ttag_train_opts DEFAULTS = TTAG_TRAIN_OPTS_INIT;
    ttag_taxonomy *builtin = NULL;
    *out = NULL;
    opts = opts ? opts : &DEFAULTS;
    const char *wrong = ttag_train_opts_check(opts);
    if (wrong)
        return fail(err, TTAG_INVALID, "%s", wrong);
    ttag_trained *trained = mem_zero(1, sizeof *trained);
    if (!trained)
        return fail_memory(err);
    ttag_status status = opts->taxonomy ? TTAG_OK : ttag_taxonomy_new_builtin(&builtin, err);
    const train_job job = {.feed = feed,
                           .opts = opts,
                           .taxonomy = opts->taxonomy ? opts->taxonomy : builtin,
                           .kept = kept};
    if (status == TTAG_OK)
        status = opts->tune == TTAG_TUNE_NONE ? train_job_run(trained, &job, err)
                                              : train_job_run_tuned(trained, &job, err);
    ttag_taxonomy_free(builtin);
    if (status != TTAG_OK) {
        ttag_trained_free(trained);
        return status;
    }
    *out = trained;
    return TTAG_OK;
}

ttag_status ttag_train(ttag_trained **out, ttag_reader *feed, const ttag_train_opts *opts,
                       ttag_error *err)
{
    return train_out_of_fold(out, NULL, feed, opts, err);
}
