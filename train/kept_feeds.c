/* Records into a list, and readers over it. */
#include "train/kept_feeds.h"

#include <stdlib.h>

#include "articles/reader.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/random.h"

/* ---- Reading. ---- */

static ttag_status read_feed(kept_feeds *k, ttag_reader *feed, const ttag_monitor *monitor,
                             ttag_error *err)
{
    ttag_status status = TTAG_OK;
    while (status == TTAG_OK) {
        ttag_record record;
        ttag_error trouble = {0};
        status = ttag_reader_next_record(feed, &record, &trouble);
        if (status == TTAG_OK && !record_list_add(&k->records, &record))
            return fail_memory(err);
        if (status == TTAG_PARSE || status == TTAG_IO) {
            tell_error(monitor, TTAG_ERROR, &trouble);
            k->refused++;
            status = TTAG_OK;
        } else if (status != TTAG_OK && status != TTAG_END && err) {
            *err = trouble;
        }
    }
    k->ends[k->n_feeds++] = k->records.count;
    return status == TTAG_END ? TTAG_OK : status;
}

ttag_status kept_feeds_read(kept_feeds *k, ttag_reader *feed, const ttag_train_opts *opts,
                            ttag_error *err)
{
    k->taxonomy = reader_taxonomy(feed);
    k->ends = mem_new(opts->n_extra + 1, sizeof *k->ends);
    if (!k->ends)
        return fail_memory(err);
    ttag_status status = read_feed(k, feed, opts->monitor, err);
    for (size_t i = 0; status == TTAG_OK && i < opts->n_extra; i++)
        status = read_feed(k, opts->extra[i].feed, opts->monitor, err);
    if (status != TTAG_OK)
        return status;
    if (k->records.count > UINT32_MAX)
        return fail(err, TTAG_LIMIT, "there are over %u records", (unsigned)UINT32_MAX);
    k->numbers = mem_new(k->records.count, sizeof *k->numbers);
    for (size_t i = 0; k->numbers && i < k->records.count; i++)
        k->numbers[i] = (uint32_t)i;
    return k->numbers ? TTAG_OK : fail_memory(err);
}

void kept_feeds_dispose(kept_feeds *k)
{
    record_list_dispose(&k->records);
    mem_free(k->ends);
    mem_free(k->numbers);
    *k = (kept_feeds){0};
}

/* ---- Reading again. ---- */

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Moves `most` of n numbers, by chance, to the front, in their order. */
static size_t draw(uint32_t *numbers, size_t n, size_t most, rng *random)
{
    if (most == 0 || n <= most)
        return n;
    rng_shuffle(random, numbers, n);
    qsort(numbers, most, sizeof *numbers, by_number);
    return most;
}

ttag_status reread_feeds_open(reread_feeds *r, const kept_feeds *k, const ttag_train_opts *opts,
                              size_t most, const ttag_monitor *monitor, ttag_error *err)
{
    ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
    ttag_status status = TTAG_OK;
    rng random;
    rng_seed(&random, opts->seed);
    reading.taxonomy = k->taxonomy;
    reading.monitor = monitor;
    r->extra = mem_zero(opts->n_extra, sizeof *r->extra);
    r->drawn = mem_new(k->records.count, sizeof *r->drawn);
    if (!r->extra || !r->drawn)
        return fail_memory(err);
    r->n_extra = opts->n_extra;
    for (size_t i = 0; i < k->records.count; i++)
        r->drawn[i] = k->numbers[i];
    for (size_t i = 0; status == TTAG_OK && i < k->n_feeds; i++) {
        size_t first = i > 0 ? k->ends[i - 1] : 0;
        size_t n = draw(r->drawn + first, k->ends[i] - first, most, &random);
        if (i > 0)
            r->extra[i - 1].weight = opts->extra[i - 1].weight;
        status = reader_open_list(i > 0 ? &r->extra[i - 1].feed : &r->feed, &k->records,
                                  r->drawn + first, n, &reading, err);
    }
    return status;
}

void reread_feeds_close(reread_feeds *r)
{
    for (size_t i = 0; i < r->n_extra; i++)
        ttag_reader_free(r->extra[i].feed);
    ttag_reader_free(r->feed);
    mem_free(r->extra);
    mem_free(r->drawn);
    *r = (reread_feeds){0};
}
