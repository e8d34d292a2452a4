/* Memory that runs out while a model of passages is trained, or cross-validated: it is told,
   nothing is left over. There are so many allocations that not each one fails, but the first ones,
   then fewer and fewer. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "ttag/crossval.h"

#ifdef TTAG_FAULTS

/* Articles of passages, every other one on ransom. */
static void put_feed(char *path, unsigned n)
{
    FILE *file = fdopen(mkstemp(path), "wb");
    assert_non_null(file);
    for (unsigned i = 0; i < n; i++) {
        fprintf(file,
                "{\"text\":\"The office was closed. A train came late, number %u\",\"tags\":[],"
                "\"article\":\"a%u\"}\n",
                i, i);
        fprintf(file, "{\"text\":\"%s\",\"tags\":[%s],\"article\":\"a%u\"}\n",
                i % 2 ? "The gang encrypted disks and asked for payment" : "It rained in town",
                i % 2 ? "\"Ransom\"" : "\"Weather\"", i);
    }
    assert_int_equal(fclose(file), 0);
}

typedef ttag_status task(ttag_reader *feed, const ttag_train_opts *train);

static ttag_status train_model(ttag_reader *feed, const ttag_train_opts *train)
{
    ttag_trained *trained;
    ttag_status status = ttag_train(&trained, feed, train, NULL);
    assert_true((status == TTAG_OK) == (trained != NULL));
    ttag_trained_free(trained);
    return status;
}

static ttag_status validate(ttag_reader *feed, const ttag_train_opts *train)
{
    ttag_crossval *crossval;
    ttag_crossval_opts opts = TTAG_CROSSVAL_OPTS_INIT;
    opts.folds = 2;
    opts.train = train;
    ttag_status status = ttag_crossvalidate(&crossval, feed, &opts, NULL);
    assert_true((status == TTAG_OK) == (crossval != NULL));
    if (status == TTAG_OK) {
        FILE *out = fopen("/dev/null", "w");
        assert_non_null(out);
        status = ttag_crossval_write_json(crossval, out, NULL);
        if (status == TTAG_OK)
            status = ttag_crossval_write_text(crossval, out, NULL);
        fclose(out);
    }
    ttag_crossval_free(crossval);
    return status;
}

static void sweep(task *run, ttag_unit unit, unsigned n_articles)
{
    char path[] = "/tmp/ttag-lack-XXXXXX";
    const char *feed = path;
    put_feed(path, n_articles);
    ttag_train_opts train = TTAG_TRAIN_OPTS_INIT;
    ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
    train.threads = 1;
    train.unit = unit;
    reading.format = TTAG_INPUT_JSONL;
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n += 1 + n / 64) {
        ttag_reader *reader;
        mem_fail_after(n);
        status = ttag_reader_open(&reader, &feed, 1, &reading, NULL);
        if (status == TTAG_OK)
            status = run(reader, &train);
        mem_fail_after(0);
        ttag_reader_free(reader);
        if (status != TTAG_OK && status != TTAG_NOMEM)
            fail_msg("allocation %zu gives status %d", n, (int)status);
    }
    unlink(path);
}

static void training__of_passages(void **state)
{
    (void)state;
    sweep(train_model, TTAG_UNIT_SENTENCE, 12);
}

static void crossvalidation__of_articles_and_passages(void **state)
{
    (void)state;
    sweep(validate, TTAG_UNIT_ARTICLE, 12);
    sweep(validate, TTAG_UNIT_SENTENCE, 12);
}
#endif

static void nothing__can_be_made_to_fail(void **state)
{
    (void)state;
#ifndef TTAG_FAULTS
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifdef TTAG_FAULTS
        cmocka_unit_test(training__of_passages),
        cmocka_unit_test(crossvalidation__of_articles_and_passages),
#endif
        cmocka_unit_test(nothing__can_be_made_to_fail),
    };
    return cmocka_run_group_tests_name("lack_in_training", tests, NULL, NULL);
}
