/* ttag_train with the RBF kernel: the optimality conditions on what it found, the search for a
   gamma, and what is refused. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/view.h"
#include "tests/json_tree/json_tree.h"
#include "ttag/classify.h"
#include "ttag/train.h"

/* ---- Feeds. ---- */

/* Carried by articles that hold both words of a pair or none: no plane parts them. */
static void put_pairs(buffer *b, const char *extra)
{
    static const char *const SIGHT[] = {"", "smoke smoke smoke"};
    static const char *const SOUND[] = {"", "alarm alarm alarm"};
    for (unsigned i = 0; i < 60; i++) {
        bool smoke = i % 2, alarm = i / 2 % 2;
        buffer_printf(b, "{\"text\":\"%s %s office%u floor%u%s\",\"tags\":[%s]%s}\n", SIGHT[smoke],
                      SOUND[alarm], i % 7, i % 5, i % 11 == 0 ? " smoke" : "",
                      smoke == alarm ? "\"Agree\"" : "", extra);
    }
}

typedef struct run {
    ttag_trained *trained;
    ttag_status status;
    ttag_error err;
    buffer said;
} run;

static void hear(void *payload, ttag_level level, const char *place, const char *text)
{
    run *r = payload;
    (void)place;
    buffer_printf(&r->said, "%d|%s\n", (int)level, text);
}

static ttag_train_opts rbf_opts(void)
{
    ttag_train_opts opts = TTAG_TRAIN_OPTS_INIT;
    opts.threads = 1;
    opts.text = (ttag_text_opts)TTAG_TEXT_OPTS_PLAIN;
    opts.text.sublinear_tf = opts.text.smooth_idf = false;
    opts.kernel = TTAG_KERNEL_RBF;
    opts.gamma = 0.5;
    opts.cost = 10;
    return opts;
}

/* Trains on the bytes of `feed`, which it disposes of. */
static run train(buffer *feed, ttag_train_opts opts)
{
    run r = {.trained = NULL};
    char path[] = "/tmp/ttag-train-XXXXXX";
    const char *name = path;
    ttag_reader *reader;
    ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
    ttag_monitor monitor = {.message = hear, .payload = &r};
    int file = mkstemp(path);
    assert_true(file >= 0 && buffer_ok(feed));
    assert_true(write(file, feed->bytes, feed->size) == (ssize_t)feed->size);
    close(file);
    reading.format = TTAG_INPUT_JSONL;
    assert_int_equal(ttag_reader_open(&reader, &name, 1, &reading, NULL), TTAG_OK);
    opts.monitor = &monitor;
    r.status = ttag_train(&r.trained, reader, &opts, &r.err);
    ttag_reader_free(reader);
    unlink(path);
    buffer_dispose(feed);
    return r;
}

static run train_pairs(ttag_train_opts opts)
{
    buffer feed = {0};
    put_pairs(&feed, "");
    return train(&feed, opts);
}

static void run_dispose(run *r)
{
    ttag_trained_free(r->trained);
    buffer_dispose(&r->said);
}

static bool said(const run *r, const char *text)
{
    return r->said.bytes && strstr(r->said.bytes, text);
}

static const ttag_model_parts *parts_of(const run *r)
{
    if (r->status != TTAG_OK)
        fail_msg("%s", r->err.text);
    return ttag_trained_parts(r->trained);
}

/* ---- Whole trainings. ---- */

/* f of support vector i for the tag, over dense rows. */
static double decide(const ttag_model_parts *parts, const double *rows, size_t tag, size_t i)
{
    const ttag_support_vectors *s = &parts->support;
    size_t n_terms = parts->vocabulary.n_terms;
    double sum = (double)parts->tags[tag].bias;
    for (size_t e = (size_t)s->coef_starts[tag]; e < s->coef_starts[tag + 1]; e++) {
        double distance = 0;
        for (size_t t = 0; t < n_terms; t++) {
            double apart = rows[i * n_terms + t] - rows[s->coef_vectors[e] * n_terms + t];
            distance += apart * apart;
        }
        sum += (double)s->coefs[e] * exp(-s->gamma * distance);
    }
    return sum;
}

/* Σ alpha y = 0; y f = 1 where 0 < alpha < C; y f <= 1 where alpha = C */
static void ttag_train__rbf_meets_the_optimality_conditions(void **state)
{
    ttag_train_opts opts = rbf_opts();
    (void)state;
    opts.tolerance = 1e-7;
    opts.cost = 1.5;
    run r = train_pairs(opts);
    const ttag_model_parts *parts = parts_of(&r);
    const ttag_support_vectors *s = &parts->support;
    size_t n_terms = parts->vocabulary.n_terms, inside = 0;
    double *rows = mem_zero(s->n_vectors * n_terms, sizeof *rows), sum = 0;
    assert_int_equal(parts->n_tags, 1);
    assert_int_equal(parts->kernel, TTAG_KERNEL_RBF);
    assert_null(parts->weights);
    assert_non_null(rows);
    for (size_t t = 0; t < n_terms; t++)
        for (size_t p = (size_t)s->term_starts[t]; p < s->term_starts[t + 1]; p++)
            rows[s->vectors[p] * n_terms + t] = (double)s->values[p];
    for (size_t e = 0; e < s->coef_starts[1]; e++) {
        double coef = (double)s->coefs[e], alpha = fabs(coef);
        double margin = decide(parts, rows, 0, s->coef_vectors[e]) * (coef > 0 ? 1 : -1);
        sum += coef;
        assert_true(alpha > 0 && alpha <= opts.cost * (1 + 1e-6));
        assert_true(margin <= 1 + 1e-5);
        if (alpha < opts.cost * (1 - 1e-6)) {
            assert_true(fabs(margin - 1) < 1e-5);
            inside++;
        }
    }
    assert_true(fabs(sum) < 1e-5);
    assert_true(inside > 5);
    mem_free(rows);
    run_dispose(&r);
}

/* No plane parts the articles; a kernel does. */
static void ttag_train__rbf_learns_what_no_plane_parts(void **state)
{
    ttag_train_opts opts = rbf_opts();
    (void)state;
    run rbf = train_pairs(opts);
    opts.kernel = TTAG_KERNEL_LINEAR;
    run linear = train_pairs(opts);
    assert_true(parts_of(&rbf)->tags[0].oof_f1 > 0.85f);
    assert_true(parts_of(&rbf)->tags[0].oof_f1 > parts_of(&linear)->tags[0].oof_f1 + 0.1f);
    run_dispose(&rbf);
    run_dispose(&linear);
}

static ttag_status add_score(void *payload, size_t index, const ttag_classification *result)
{
    double *scores = payload;
    scores[index] = (double)result->scores[0];
    return TTAG_OK;
}

static void ttag_train__rbf_can_be_saved_and_tags(void **state)
{
    char path[] = "/tmp/ttag-model-XXXXXX";
    static const char *const TEXTS[] = {"smoke smoke smoke office1 floor1",
                                        "alarm alarm alarm office1 floor1", "office1 floor1",
                                        "smoke smoke smoke alarm alarm alarm office1 floor1"};
    ttag_article articles[4];
    double scores[4];
    ttag_model *model;
    ttag_workspace *work;
    (void)state;
    run r = train_pairs(rbf_opts());
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    assert_int_equal(ttag_model_save(parts_of(&r), path, &r.err), TTAG_OK);
    assert_int_equal(ttag_model_open(&model, path, NULL), TTAG_OK);
    assert_int_equal(ttag_model_verify(model, NULL), TTAG_OK);
    assert_int_equal(ttag_workspace_new(&work, model, NULL, NULL), TTAG_OK);
    for (size_t i = 0; i < 4; i++)
        articles[i] = (ttag_article){.text = view_of(TEXTS[i]), .weight = 1};
    assert_int_equal(ttag_classify_many(work, articles, 4, add_score, scores, NULL), TTAG_OK);
    assert_true(scores[0] < 0 && scores[1] < 0 && scores[2] > 0 && scores[3] > 0);
    ttag_workspace_free(work);
    ttag_model_close(model);
    unlink(path);
    run_dispose(&r);
}

static void assert_same(const run *a, const run *b)
{
    const ttag_model_parts *p = parts_of(a), *q = parts_of(b);
    const ttag_support_vectors *s = &p->support, *u = &q->support;
    size_t n_terms = p->vocabulary.n_terms;
    assert_int_equal(s->n_vectors, u->n_vectors);
    assert_true(s->gamma == u->gamma);
    assert_memory_equal(s->term_starts, u->term_starts, (n_terms + 1) * sizeof *s->term_starts);
    assert_memory_equal(s->coef_starts, u->coef_starts, (p->n_tags + 1) * sizeof *s->coef_starts);
    assert_memory_equal(s->coefs, u->coefs, s->coef_starts[p->n_tags] * sizeof *s->coefs);
    assert_true(view_equal(p->card, q->card));
    assert_true(p->tags[0].bias == q->tags[0].bias && p->tags[0].slope == q->tags[0].slope);
}

static void ttag_train__rbf_is_the_same_for_any_threads(void **state)
{
    ttag_train_opts opts = rbf_opts();
    (void)state;
    opts.gamma = 0;
    run one = train_pairs(opts);
    for (opts.threads = 2; opts.threads < 5; opts.threads += 2) {
        run more = train_pairs(opts);
        assert_same(&one, &more);
        run_dispose(&more);
    }
    run_dispose(&one);
}

/* ---- The search for a gamma. ---- */

static const tree *member(const tree *value, const char *name)
{
    const tree *found = tree_member(value, name);
    assert_non_null(found);
    return found;
}

/* The card's solver; the caller frees *card. */
static const tree *solver_of(const run *r, tree **card)
{
    size_t position;
    const char *reason;
    *card = tree_parse(parts_of(r)->card, &position, &reason);
    assert_non_null(*card);
    return member(*card, "solver");
}

static void check_search(ttag_threshold_rule thresholds)
{
    ttag_train_opts opts = rbf_opts();
    tree *card;
    size_t n = 0;
    double best = -1, best_gamma = 0;
    opts.gamma = 0;
    opts.thresholds = thresholds;
    run r = train_pairs(opts);
    const tree *solver = solver_of(&r, &card);
    for (const tree *t = tree_first(member(card, "gamma_search")); t; t = tree_next(t), n++) {
        double f1 = (tree_number(member(t, "micro_f1")) + tree_number(member(t, "macro_f1"))) / 2;
        assert_true(tree_number(member(t, "gamma")) == 0.125 * (double)(1 << n));
        assert_true(f1 >= 0 && f1 <= 1);
        if (f1 > best)
            best_gamma = tree_number(member(t, "gamma"));
        best = f1 > best ? f1 : best;
    }
    assert_int_equal(n, 5);
    assert_true(parts_of(&r)->support.gamma == best_gamma);
    assert_true(tree_number(member(solver, "gamma")) == best_gamma);
    assert_true(view_equal(tree_string(member(member(card, "options"), "gamma")), view_of("auto")));
    assert_true(said(&r, "gamma is "));
    tree_free(card);
    run_dispose(&r);
}

static void ttag_train__chooses_gamma_by_out_of_fold_f1(void **state)
{
    (void)state;
    check_search(TTAG_THRESHOLDS_F1);
    check_search(TTAG_THRESHOLDS_NONE);
}

static void ttag_train__takes_a_gamma_that_is_given(void **state)
{
    tree *card;
    (void)state;
    run r = train_pairs(rbf_opts());
    const tree *solver = solver_of(&r, &card);
    assert_null(tree_member(card, "gamma_search"));
    assert_true(tree_number(member(solver, "gamma")) == 0.5);
    assert_true(tree_number(member(member(card, "options"), "gamma")) == 0.5);
    assert_int_equal(r.said.size, 0);
    tree_free(card);
    run_dispose(&r);
}

/* Rows of norm 4 or so are farther apart: gammas are less by their square. */
static void ttag_train__gammas_follow_the_norms(void **state)
{
    ttag_train_opts opts = rbf_opts();
    (void)state;
    opts.gamma = 0;
    opts.text.l2_norm = false;
    run r = train_pairs(opts);
    assert_true(parts_of(&r)->support.gamma < 0.125);
    run_dispose(&r);
}

static void ttag_train__searches_no_gamma_in_one_group(void **state)
{
    buffer feed = {0};
    ttag_train_opts opts = rbf_opts();
    (void)state;
    opts.gamma = 0;
    put_pairs(&feed, ",\"group\":\"one\"");
    run r = train(&feed, opts);
    assert_true(parts_of(&r)->support.gamma == 1);
    assert_true(said(&r, "and no gamma can be searched for"));
    run_dispose(&r);
}

/* ---- Edges and failures. ---- */

static void ttag_train__rbf_of_constant_tags_only(void **state)
{
    buffer feed = {0};
    ttag_train_opts opts = rbf_opts();
    (void)state;
    opts.gamma = 0;
    for (unsigned i = 0; i < 4; i++)
        buffer_printf(&feed, "{\"text\":\"smoke%u office\",\"tags\":[\"All\"]}\n", i);
    run r = train(&feed, opts);
    assert_true(parts_of(&r)->tags[0].constant);
    assert_int_equal(parts_of(&r)->support.n_vectors, 0);
    char path[] = "/tmp/ttag-model-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    assert_int_equal(ttag_model_save(parts_of(&r), path, &r.err), TTAG_OK);
    unlink(path);
    run_dispose(&r);
}

/* An article without terms has norm 0; equal articles contradict each other. */
static void ttag_train__rbf_of_empty_and_contradicting_articles(void **state)
{
    buffer feed = {0};
    ttag_train_opts opts = rbf_opts();
    (void)state;
    opts.cost = 1e6;
    put_pairs(&feed, "");
    buffer_text(&feed, "{\"text\":\"\",\"tags\":[\"Agree\"]}\n{\"text\":\"\",\"tags\":[]}\n");
    for (unsigned i = 0; i < 4; i++)
        buffer_printf(&feed, "{\"text\":\"twin\",\"tags\":[%s]}\n", i % 2 ? "\"Agree\"" : "");
    run r = train(&feed, opts);
    assert_true(isfinite(parts_of(&r)->tags[0].bias));
    run_dispose(&r);
}

static void ttag_train__rbf_of_too_much(void **state)
{
    ttag_train_opts opts = rbf_opts();
    (void)state;
    opts.memory = 10000;
    run r = train_pairs(opts);
    assert_int_equal(r.status, TTAG_LIMIT);
    assert_non_null(
        strstr(r.err.text, "the kernel values of 60 articles do not fit into the limit"));
    assert_null(r.trained);
    run_dispose(&r);
}

static void ttag_train_opts_check__knows_kernels(void **state)
{
    ttag_train_opts opts = rbf_opts();
    (void)state;
    assert_null(ttag_train_opts_check(&opts));
    opts.solver = TTAG_SOLVER_LINEAR;
    assert_non_null(strstr(ttag_train_opts_check(&opts), "linear kernel only"));
    opts = rbf_opts();
    opts.gamma = -1;
    assert_non_null(strstr(ttag_train_opts_check(&opts), "gamma"));
    opts.gamma = NAN;
    assert_non_null(ttag_train_opts_check(&opts));
    opts = rbf_opts();
    opts.kernel = (ttag_kernel)2;
    assert_non_null(strstr(ttag_train_opts_check(&opts), "kernel"));
}

#ifdef TTAG_FAULTS
static void ttag_train__rbf_survives_want_of_memory(void **state)
{
    char path[] = "/tmp/ttag-train-XXXXXX";
    const char *name = path;
    buffer text = {0};
    ttag_train_opts opts = rbf_opts();
    ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
    (void)state;
    for (unsigned i = 0; i < 8; i++)
        buffer_printf(&text, "{\"text\":\"%s office%u\",\"tags\":[%s]}\n", i % 2 ? "smoke" : "",
                      i % 3, i % 2 ? "\"Fire\"" : "");
    int file = mkstemp(path);
    assert_true(write(file, text.bytes, text.size) == (ssize_t)text.size);
    close(file);
    buffer_dispose(&text);
    opts.gamma = 0;
    opts.folds = 2;
    reading.format = TTAG_INPUT_JSONL;
    for (size_t n = 1;; n++) {
        ttag_reader *reader;
        ttag_trained *trained = NULL;
        mem_fail_after(n);
        ttag_status status = ttag_reader_open(&reader, &name, 1, &reading, NULL);
        if (status == TTAG_OK)
            status = ttag_train(&trained, reader, &opts, NULL);
        mem_fail_after(0);
        ttag_reader_free(reader);
        ttag_trained_free(trained);
        if (status == TTAG_OK)
            break;
        assert_null(trained);
        assert_int_equal(status, TTAG_NOMEM);
    }
    unlink(path);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ttag_train__rbf_meets_the_optimality_conditions),
        cmocka_unit_test(ttag_train__rbf_learns_what_no_plane_parts),
        cmocka_unit_test(ttag_train__rbf_can_be_saved_and_tags),
        cmocka_unit_test(ttag_train__rbf_is_the_same_for_any_threads),
        cmocka_unit_test(ttag_train__chooses_gamma_by_out_of_fold_f1),
        cmocka_unit_test(ttag_train__takes_a_gamma_that_is_given),
        cmocka_unit_test(ttag_train__gammas_follow_the_norms),
        cmocka_unit_test(ttag_train__searches_no_gamma_in_one_group),
        cmocka_unit_test(ttag_train__rbf_of_constant_tags_only),
        cmocka_unit_test(ttag_train__rbf_of_empty_and_contradicting_articles),
        cmocka_unit_test(ttag_train__rbf_of_too_much),
        cmocka_unit_test(ttag_train_opts_check__knows_kernels),
#ifdef TTAG_FAULTS
        cmocka_unit_test(ttag_train__rbf_survives_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
