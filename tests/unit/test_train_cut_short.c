/* ttag_train with too little time or patience: what there is by then. */
#include "train_fixture.h"

#include <math.h>

/* Wants to stop when it is asked for the n-th time. */
typedef struct patience {
    unsigned left;
    buffer said;
} patience;

static bool lost(void *payload)
{
    patience *p = payload;
    return p->left == 0 || --p->left == 0;
}

static void note(void *payload, ttag_level level, const char *place, const char *text)
{
    patience *p = payload;
    (void)level;
    (void)place;
    buffer_printf(&p->said, "%s\n", text);
}

static bool holds(const patience *p, const char *text)
{
    return p->said.bytes && strstr(p->said.bytes, text);
}

/* What the card says of a model that was cut short, and of each tag that was, against the parts. */
static void check_unfinished(const run *r, const char *why)
{
    const ttag_train_counts *counts = ttag_trained_counts(r->trained);
    const ttag_model_parts *parts = ttag_trained_parts(r->trained);
    size_t position, unfinished = 0, t = 0;
    const char *reason;
    bool any_calibrated = false;
    tree *card = tree_parse(parts->card, &position, &reason);
    assert_non_null(card);
    assert_true(view_equal(tree_string(path_in(card, "stopped", NULL)), view_of(why)));
    for (const tree *member = tree_first(path_in(card, "tags", NULL)); member;
         member = tree_next(member), t++) {
        const ttag_model_tag *tag = &parts->tags[t];
        double gap = tree_number(path_in(member, "relative_gap", NULL));
        assert_true(isfinite(tag->bias) && gap > -1e-6 && gap <= 1);
        any_calibrated = any_calibrated || tag->slope != -1;
        if (tree_kind_of(path_in(member, "finished", NULL)) == JSON_TRUE)
            continue;
        unfinished++;
        assert_true(tag->slope == -1 && tag->offset == 0 && tag->threshold == 0.5f);
        assert_true(tag->cut == 0 && isnan(tag->oof_f1) && isnan(tag->cut_spread));
        assert_true(tree_number(path_in(member, "partitions", NULL)) == 0);
    }
    assert_int_equal(unfinished, counts->unfinished);
    assert_int_equal(parts->calibrated, any_calibrated);
    tree_free(card);
}

/* Trains with a monitor that loses patience at the n-th time; counts how it ends. */
typedef struct endings {
    unsigned nothing, partial, short_search;
} endings;

static void train_with_patience(endings *e, const run *whole, ttag_train_opts opts, unsigned n)
{
    patience p = {.left = n};
    ttag_monitor monitor = {.message = note, .cancelled = lost, .payload = &p};
    buffer feed = {0};
    opts.monitor = &monitor;
    put_usual(&feed);
    run r = train(&feed, opts);
    if (r.status != TTAG_OK) {
        assert_int_equal(r.status, TTAG_CANCELLED);
        e->nothing++;
    } else if (ttag_trained_counts(r.trained)->stop == TTAG_STOP_NONE) {
        assert_int_equal(ttag_trained_counts(r.trained)->unfinished, 0);
        assert_same(whole, &r);
    } else {
        assert_int_equal(ttag_trained_counts(r.trained)->stop, TTAG_STOP_MONITOR);
        check_unfinished(&r, "interrupted");
        assert_true(!holds(&p, "are unfinished") ==
                    (ttag_trained_counts(r.trained)->unfinished < 2));
        e->partial += ttag_trained_counts(r.trained)->unfinished > 0;
        e->short_search += ttag_trained_counts(r.trained)->unfinished == 0;
    }
    buffer_dispose(&p.said);
    run_dispose(&r);
}

/* With one thread the monitor is asked at the same places every time: stops at many of them, until
   the training is through before. */
static endings stop_everywhere(ttag_train_opts opts)
{
    static const ttag_monitor SILENT = {NULL, NULL, NULL, NULL};
    endings e = {0, 0, 0};
    unsigned n = 1, all_the_time = 0;
    buffer feed = {0};
    put_usual(&feed);
    opts.keep_partial = true;
    opts.monitor = &SILENT;
    run whole = train(&feed, opts);
    for (; n < 5000 && all_the_time < 2; n += 1 + n / 16) {
        unsigned before = e.nothing + e.partial + e.short_search;
        train_with_patience(&e, &whole, opts, n);
        all_the_time = e.nothing + e.partial + e.short_search == before ? all_the_time + 1 : 0;
    }
    assert_true(n < 5000);
    run_dispose(&whole);
    return e;
}

static void ttag_train__keeps_what_there_is(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    for (opts.solver = TTAG_SOLVER_LIBSVM; opts.solver <= TTAG_SOLVER_LINEAR; opts.solver++) {
        opts.thresholds = TTAG_THRESHOLDS_F1;
        endings e = stop_everywhere(opts);
        assert_true(e.nothing > 0 && e.partial > 3);
        opts.thresholds = TTAG_THRESHOLDS_NONE;
        e = stop_everywhere(opts);
        assert_true(e.nothing > 0 && e.partial > 0);
    }
}

static void ttag_train__keeps_what_there_is_of_a_search(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.cost_choice = TTAG_COST_PER_TAG;
    opts.partitions = 1;
    for (opts.solver = TTAG_SOLVER_LIBSVM; opts.solver <= TTAG_SOLVER_LINEAR; opts.solver++) {
        endings e = stop_everywhere(opts);
        assert_true(e.nothing > 0 && e.partial > 3);
    }
}

/* With a budget there is something as soon as the feed is read. */
static void ttag_train__keeps_its_budget_when_stopped(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.budget = 1e6;
    opts.solver = TTAG_SOLVER_LIBSVM;
    endings with = stop_everywhere(opts);
    opts.budget = 0;
    endings without = stop_everywhere(opts);
    assert_true(with.nothing < without.nothing && with.partial > 3);
    opts.budget = 1e6;
    opts.solver = TTAG_SOLVER_LINEAR;
    with = stop_everywhere(opts);
    assert_true(with.nothing < without.nothing && with.partial > 3);
}

static void ttag_train__keeps_what_there_is_of_the_rbf_kernel(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.kernel = TTAG_KERNEL_RBF;
    opts.partitions = 1;
    endings e = stop_everywhere(opts); /* in the search for gamma, too */
    assert_true(e.nothing > 0 && e.partial > 3);
    opts.gamma = 1;
    e = stop_everywhere(opts);
    assert_true(e.nothing > 0 && e.partial > 3);
    opts.budget = 1e6;
    endings with = stop_everywhere(opts);
    assert_true(with.nothing < e.nothing && with.partial > 3);
}

static void ttag_train__gives_up_what_is_not_wanted(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    for (unsigned n = 1; n < 40; n += 3) {
        patience p = {.left = n};
        ttag_monitor monitor = {.cancelled = lost, .payload = &p};
        buffer feed = {0};
        opts.monitor = &monitor;
        put_usual(&feed);
        run r = train(&feed, opts);
        assert_true(r.status == TTAG_CANCELLED || p.left > 0);
        run_dispose(&r);
    }
}

static void ttag_train__of_a_budget_that_is_too_small(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.budget = 1e-9;
    for (opts.solver = TTAG_SOLVER_LIBSVM; opts.solver <= TTAG_SOLVER_LINEAR; opts.solver++)
        for (opts.threads = 1; opts.threads < 4; opts.threads++) {
            buffer feed = {0};
            put_usual(&feed);
            run r = train(&feed, opts);
            const ttag_train_counts *counts = ttag_trained_counts(r.trained);
            assert_int_equal(counts->stop, TTAG_STOP_BUDGET);
            assert_int_equal(counts->unfinished, 2);
            check_unfinished(&r, "budget");
            assert_true(said(&r, "reading alone took longer than the budget"));
            assert_true(said(&r, "time is up: 2 of 2 tags are unfinished: Phish, Ransom\n"));
            assert_true(ransom_weight(&r) > 1);
            assert_true(weight_of(&r, "ransomware", "Phish") < weight_of(&r, "phishing", "Phish"));
            run_dispose(&r);
        }
}

/* Half of the time is the search's; with none at all the costs stay as they were. */
static void ttag_train__of_a_budget_too_small_for_a_search(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.budget = 1e-9;
    opts.cost_choice = TTAG_COST_PER_MODEL;
    opts.positive_weight = 3;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    check_unfinished(&r, "budget");
    assert_true(said(
        &r, "the search for costs was cut short before a trial had ended: they stay as they were"));
    buffer card = {0};
    buffer_view(&card, ttag_trained_parts(r.trained)->card);
    assert_non_null(strstr(card.bytes, "\"cost\":1,\"positive_cost\":3,"));
    buffer_dispose(&card);
    run_dispose(&r);
}

static void ttag_train__of_a_budget_that_is_ample(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    buffer feed = {0};
    put_usual(&feed);
    run plain = train(&feed, opts);
    opts.budget = 1e6;
    opts.keep_partial = true;
    put_usual(&feed);
    run bounded = train(&feed, opts);
    assert_same(&plain, &bounded);
    assert_int_equal(ttag_trained_counts(bounded.trained)->stop, TTAG_STOP_NONE);
    run_dispose(&plain);
    run_dispose(&bounded);
}

static void ttag_train__of_a_budget_too_small_for_a_gamma(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.kernel = TTAG_KERNEL_RBF;
    opts.gamma = 0;
    opts.budget = 1e-9;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    assert_true(said(&r, "the search for gamma was cut short before a trial had ended: it follows "
                         "from the lengths of the vectors"));
    run_dispose(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ttag_train__keeps_what_there_is),
        cmocka_unit_test(ttag_train__keeps_what_there_is_of_a_search),
        cmocka_unit_test(ttag_train__keeps_its_budget_when_stopped),
        cmocka_unit_test(ttag_train__of_a_budget_too_small_for_a_gamma),
        cmocka_unit_test(ttag_train__keeps_what_there_is_of_the_rbf_kernel),
        cmocka_unit_test(ttag_train__gives_up_what_is_not_wanted),
        cmocka_unit_test(ttag_train__of_a_budget_that_is_too_small),
        cmocka_unit_test(ttag_train__of_a_budget_too_small_for_a_search),
        cmocka_unit_test(ttag_train__of_a_budget_that_is_ample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
