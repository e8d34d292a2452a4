/* Picking articles, with a model made by hand: doubts can be computed by hand. Cuts are -0.25 of
   Malware, whose support is 7, and 0 of the others, whose support counts as 1. */
#include "unit.h"

#include "audit/candidates.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "tests/unit/model_fixture.h"
#include "ttag/pick.h"

typedef struct fixture {
    model_fixture model;
    char feed[96];
    ttag_picks *picks;
} fixture;

static void start(fixture *f, const char *lines)
{
    *f = (fixture){.picks = NULL};
    fixture_init(&f->model);
    fixture_open(&f->model);
    snprintf(f->feed, sizeof f->feed, "%s/feed.jsonl", f->model.folder);
    FILE *file = fopen(f->feed, "w");
    assert_non_null(file);
    fputs(lines, file);
    fclose(file);
}

static void stop(fixture *f)
{
    ttag_picks_free(f->picks);
    unlink(f->feed);
    fixture_dispose(&f->model);
}

static ttag_status pick(fixture *f, const ttag_pick_opts *opts, ttag_error *err)
{
    const char *feed = f->feed;
    ttag_reader *reader;
    ttag_picks_free(f->picks);
    ttag_status status = ttag_reader_open(&reader, &feed, 1, NULL, err);
    f->picks = NULL;
    if (status == TTAG_OK)
        status = ttag_pick(&f->picks, f->model.model, reader, opts, err);
    ttag_reader_free(reader);
    return status;
}

static char *written(const ttag_picks *picks)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    assert_non_null(out);
    assert_int_equal(ttag_picks_write_jsonl(picks, out, NULL), TTAG_OK);
    fclose(out);
    return bytes;
}

/* The ids, in order, with a blank behind each. */
static void expect_order(const ttag_picks *picks, const char *expected)
{
    char found[200] = "";
    for (size_t i = 0; i < picks->n; i++) {
        const char *id = strstr(picks->items[i].record.bytes, "\"id\":");
        assert_non_null(id);
        strncat(found, id + 5, 1);
        strcat(found, " ");
    }
    assert_string_equal(found, expected);
}

static const char FEED[] = "{\"id\":1,\"text\":\"alpha\"}\n"
                           "{\"id\":2,\"text\":\"beta\"}\n"
                           "{\"id\":3,\"text\":\"gamma\"}\n"
                           "{\"id\":4,\"text\":\"delta\"}\n"
                           "{\"id\":5,\"text\":\"gamma\",\"tags\":[]}\n"
                           "no record\n"
                           "{\"id\":6,\"text\":\"gamma gamma\"}\n";

static void pick__by_doubt(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        double doubt;
    } EXPECTED[] = {{"3", 0.5 + 0.75}, {"6", 0.5 + 0.5}, {"4", 1}, {"2", 0.5}, {"1", 0.75}};
    /* beside that of Malware, by its support */
    static const double OF_MALWARE[] = {0.25, 0.25, 0, 0.75, 0.25};
    fixture f;
    ttag_pick_opts opts = TTAG_PICK_OPTS_INIT;
    start(&f, FEED);
    opts.diversity = 0;
    assert_int_equal(pick(&f, &opts, NULL), TTAG_OK);
    assert_int_equal(f.picks->n, 5);
    assert_int_equal(f.picks->unlabelled, 5);
    assert_int_equal(f.picks->labelled, 1);
    assert_int_equal(f.picks->refused, 1);
    expect_order(f.picks, "3 6 4 2 1 ");
    for (size_t i = 0; i < 5; i++) {
        double doubt = EXPECTED[i].doubt + OF_MALWARE[i] / pow(7, 0.25);
        assert_true(fabs(f.picks->items[i].doubt - doubt) < 1e-6);
    }
    opts.rare = 0;
    assert_int_equal(pick(&f, &opts, NULL), TTAG_OK);
    assert_true(fabs(f.picks->items[0].doubt - 1.5) < 1e-6);
    stop(&f);
}

/* 6 is 3 again, as far as vectors go: with diversity it comes last. */
static void pick__no_two_alike(void **state)
{
    (void)state;
    fixture f;
    ttag_pick_opts opts = TTAG_PICK_OPTS_INIT;
    start(&f, FEED);
    assert_int_equal(pick(&f, NULL, NULL), TTAG_OK);
    expect_order(f.picks, "3 4 2 1 6 ");
    assert_true(fabs(f.picks->items[4].likeness - 1) < 1e-6);
    assert_true(f.picks->items[1].likeness == 0);
    opts.n = 2;
    opts.diversity = 0.01;
    assert_int_equal(pick(&f, &opts, NULL), TTAG_OK);
    expect_order(f.picks, "3 6 ");
    stop(&f);
}

/* What an article is worth falls as others are picked; so each is worth no more than the one before
   it, and with fewer to be picked the first ones stay. */
static void pick__greatest_worth_first(void **state)
{
    enum { ALL = 120, FEW = 17 };
    static const char *const WORDS[] = {"alpha", "beta", "gamma", "delta", "other"};
    (void)state;
    fixture f;
    buffer lines = {0};
    ttag_pick_opts opts = TTAG_PICK_OPTS_INIT;
    size_t first[FEW];
    for (size_t i = 0; i < ALL; i++) {
        buffer_printf(&lines, "{\"id\":%zu,\"text\":\"", i);
        for (size_t k = 0, random = i * 7919; k < 1 + i % 9; k++, random = random * 31 + 17)
            buffer_printf(&lines, " %s", WORDS[random / 8 % 5]);
        buffer_text(&lines, "\"}\n");
    }
    start(&f, lines.bytes);
    opts.n = FEW;
    opts.diversity = 0.75;
    assert_int_equal(pick(&f, &opts, NULL), TTAG_OK);
    assert_int_equal(f.picks->n, FEW);
    for (size_t i = 0; i < FEW; i++)
        first[i] = f.picks->items[i].line;
    opts.n = ALL;
    assert_int_equal(pick(&f, &opts, NULL), TTAG_OK);
    assert_int_equal(f.picks->n, ALL);
    for (size_t i = 0; i < FEW; i++)
        assert_int_equal(f.picks->items[i].line, first[i]);
    for (size_t i = 1; i < ALL; i++) {
        const ttag_picked *a = &f.picks->items[i - 1], *b = &f.picks->items[i];
        assert_true(a->doubt * (1 - 0.75 * a->likeness) >= b->doubt * (1 - 0.75 * b->likeness));
    }
    buffer_dispose(&lines);
    stop(&f);
}

static void pick__says_why(void **state)
{
    (void)state;
    fixture f;
    ttag_pick_opts opts = TTAG_PICK_OPTS_INIT;
    start(&f,
          "{ \"text\" : \"delta\", \"id\":\"x\", \"suggested\":[\"old\"], \"own\":{\"a\":1} }\n");
    opts.rare = 0;
    assert_int_equal(pick(&f, &opts, NULL), TTAG_OK);
    char *lines = written(f.picks);
    assert_string_equal(lines,
                        "{\"text\":\"delta\",\"id\":\"x\",\"own\":{\"a\":1},\"suggested\":"
                        "[\"Security News\"],\"picked\":{\"doubt\":1,\"likeness\":0,\"unsure\":"
                        "[{\"tag\":\"Security News\",\"probability\":0.5,\"threshold\":0.5}]}}\n");
    free(lines);
    opts.suggest = 0;
    assert_int_equal(pick(&f, &opts, NULL), TTAG_OK);
    lines = written(f.picks);
    assert_non_null(strstr(lines, "\"suggested\":[],"));
    free(lines);
    stop(&f);
}

static void pick__refuses(void **state)
{
    (void)state;
    fixture f;
    ttag_error err;
    ttag_pick_opts none = TTAG_PICK_OPTS_INIT, wide = TTAG_PICK_OPTS_INIT;
    start(&f, "{\"id\":5,\"text\":\"gamma\",\"tags\":[]}\n");
    none.n = 0;
    wide.diversity = 1.5;
    assert_int_equal(pick(&f, &none, &err), TTAG_INVALID);
    assert_int_equal(pick(&f, &wide, &err), TTAG_INVALID);
    assert_int_equal(pick(&f, NULL, &err), TTAG_EMPTY);
    assert_string_equal(err.text,
                        "no article to pick from: 1 labelled, 0 refused; expected records "
                        "without `tags`");
    assert_null(f.picks);
    stop(&f);
}

/* The greatest of many, of equals those that came first, whatever their order. */
static void candidates__keep_the_greatest(void **state)
{
    (void)state;
    candidates c = {.most = 5};
    for (size_t i = 0; i < 100; i++) {
        candidate item = {.doubt = (double)(i * 37 % 50), .number = i};
        if (candidates_want(&c, item.doubt))
            assert_true(candidates_add(&c, &item));
    }
    candidates_sort(&c);
    assert_int_equal(c.count, 5);
    const double expected[] = {49, 49, 48, 48, 47}; /* each number twice */
    for (size_t i = 0; i < 5; i++)
        assert_true(c.items[i].doubt == expected[i]);
    assert_true(c.items[0].number < c.items[1].number);
    assert_true(c.items[4].number < 50);
    candidates_dispose(&c);
}

#ifdef TTAG_FAULTS
static void pick__out_of_memory(void **state)
{
    (void)state;
    fixture f;
    start(&f, FEED);
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status == TTAG_NOMEM; n++) {
        mem_fail_after(n);
        status = pick(&f, NULL, NULL);
        mem_fail_after(0);
    }
    assert_int_equal(status, TTAG_OK);
    stop(&f);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pick__by_doubt),
        cmocka_unit_test(pick__no_two_alike),
        cmocka_unit_test(pick__greatest_worth_first),
        cmocka_unit_test(pick__says_why),
        cmocka_unit_test(pick__refuses),
        cmocka_unit_test(candidates__keep_the_greatest),
#ifdef TTAG_FAULTS
        cmocka_unit_test(pick__out_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
