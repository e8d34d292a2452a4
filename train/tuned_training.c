/* Settings are compared, and what time is left goes to the training with the best of them. */
#include <math.h>

#include "articles/reader.h"
#include "train/train_job.h"
#include "train/tune.h"

/* A budget that leaves time for nothing. */
static const double LEAST_SECONDS = 1e-3;

/* The time that is left for the training itself. Where the monitor has asked to stop meanwhile, and
   what there is is wanted, that is none: the articles are read and screened. */
static void set_time(ttag_train_opts *opts, ttag_monitor *monitor, deadline *whole)
{
    double left = deadline_left(whole);
    if (!isfinite(left))
        return;
    opts->budget = left > LEAST_SECONDS ? left : LEAST_SECONDS;
    if (!deadline_cancelled(whole) || !opts->keep_partial || !opts->monitor)
        return;
    *monitor = *opts->monitor;
    monitor->cancelled = NULL;
    opts->monitor = monitor;
    opts->budget = LEAST_SECONDS;
}

static ttag_status train_chosen(ttag_trained *trained, const train_job *job, const kept_feeds *kept,
                                const tune_table *table, const ttag_train_opts *chosen,
                                ttag_error *err)
{
    reread_feeds feeds = {0};
    ttag_train_opts opts = *chosen;
    ttag_status status = reread_feeds_open(&feeds, kept, &opts, 0, opts.monitor, err);
    opts.extra = feeds.extra;
    train_job last = {.feed = feeds.feed,
                      .opts = &opts,
                      .taxonomy = job->taxonomy,
                      .kept = job->kept,
                      .tune = table,
                      .refused = kept->refused};
    if (status == TTAG_OK)
        status = train_job_run(trained, &last, err);
    if (status == TTAG_OK) {
        ttag_reader_counts more = *ttag_reader_seen(feeds.feed);
        more.records = 0; /* they have been counted */
        reader_add_counts(job->feed, &more);
    }
    reread_feeds_close(&feeds);
    return status;
}

ttag_status train_job_run_tuned(ttag_trained *trained, const train_job *job, ttag_error *err)
{
    deadline whole;
    ttag_monitor monitor;
    kept_feeds kept = {.n_feeds = 0};
    tune_table table = {.n_rows = 0};
    ttag_train_opts chosen = *job->opts;
    double budget = job->opts->budget;
    if (budget <= 0 && job->opts->tune == TTAG_TUNE_FULL)
        budget = TTAG_TUNE_SECONDS;
    deadline_start(&whole, budget, job->opts->monitor);
    ttag_status status = kept_feeds_read(&kept, job->feed, job->opts, err);
    if (status == TTAG_OK)
        status = tune_run(&table, &chosen, &kept, job->opts, job->taxonomy, &whole, err);
    if (status == TTAG_OK) {
        set_time(&chosen, &monitor, &whole);
        status = train_chosen(trained, job, &kept, &table, &chosen, err);
    }
    tune_table_dispose(&table);
    kept_feeds_dispose(&kept);
    return status;
}
