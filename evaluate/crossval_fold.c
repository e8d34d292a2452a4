/* Readers over lists of records feed the same training and the same evaluation as everybody's. */
#include "evaluate/crossval_fold.h"

#include "articles/reader.h"
#include "base/error.h"
#include "base/memory.h"
#include "classify/model_file.h"
#include "evaluate/tally_feed.h"

/* Readers of the fold's training part of each extra feed. */
static ttag_status open_extra(ttag_extra_feed *extra, const crossval_fold *f, size_t used,
                              ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (uint32_t i = 0; status == TTAG_OK && i < f->train->n_extra; i++) {
        uint32_t *numbers = f->numbers + used;
        size_t n = crossval_parts_list(f->parts, numbers, f->fold, i, false);
        used += n;
        extra[i].weight = f->train->extra[i].weight;
        status = reader_open_list(&extra[i].feed, &f->parts->records, numbers, n, f->reading, err);
    }
    return status;
}

ttag_status crossval_fold_train(ttag_trained **out, const crossval_fold *f, size_t n,
                                ttag_error *err)
{
    ttag_train_opts opts = *f->train;
    ttag_reader *feed = NULL;
    ttag_extra_feed *extra = mem_zero(opts.n_extra, sizeof *extra);
    if (!extra)
        return fail_memory(err);
    ttag_status status =
        reader_open_list(&feed, &f->parts->records, f->numbers, n, f->reading, err);
    if (status == TTAG_OK)
        status = open_extra(extra, f, n, err);
    opts.extra = extra;
    opts.keep_partial = false;
    if (status == TTAG_OK)
        status = ttag_train(out, feed, &opts, err);
    for (size_t i = 0; i < opts.n_extra; i++)
        ttag_reader_free(extra[i].feed);
    ttag_reader_free(feed);
    mem_free(extra);
    return status;
}

ttag_status crossval_fold_test(tally *out, const crossval_fold *f, const ttag_trained *trained,
                               ttag_error *err)
{
    const ttag_model model = {.parts = *ttag_trained_parts(trained)};
    ttag_evaluate_opts opts = TTAG_EVALUATE_OPTS_INIT;
    ttag_reader *feed;
    opts.no_implies = f->opts->no_implies;
    opts.imply_truth = f->opts->imply_truth;
    opts.threads = f->train->threads;
    opts.monitor = f->train->monitor;
    opts.unknown_where = f->train->unknown_where;
    size_t n = crossval_parts_list(f->parts, f->numbers, f->fold, UINT32_MAX, true);
    ttag_status status =
        reader_open_list(&feed, &f->parts->records, f->numbers, n, f->reading, err);
    if (status == TTAG_OK)
        status = tally_feed_unverified(out, &model, feed, &opts, err);
    ttag_reader_free(feed);
    return status;
}
