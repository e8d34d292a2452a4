/* Two models on the same articles: pairs, tests, reports. */
#include "model_fixture.h"

#include "base/memory.h"
#include "evaluate/compare_figures.h"
#include "evaluate/mcnemar.h"
#include "evaluate/paired.h"
#include "evaluate/pairing.h"
#include "tests/json_tree/json_tree.h"
#include "ttag/compare.h"

/* ---- Tests of significance. ---- */

/* scipy.stats: 2 binom.cdf(min - 1, n, 0.5) + binom.pmf(min, n, 0.5) */
static void mcnemar__is_scipys_mid_p(void **state)
{
    (void)state;
    const struct {
        size_t a, b;
        double p;
    } cases[] = {{1, 5, 0.125},
                 {5, 1, 0.125},
                 {3, 2, 0.6875},
                 {10, 20, 0.07075554598122835},
                 {40, 70, 0.0041955341853948365},
                 {500, 600, 0.0025647727977531768},
                 {5000, 5300, 0.0031162736886752814},
                 {100000, 101000, 0.025714478917620975},
                 {200, 900, 1.1593129818580708e-106}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double p = mcnemar_mid_p(cases[i].a, cases[i].b);
        if (!(fabs(p / cases[i].p - 1) < 1e-8))
            fail_msg("%zu and %zu: %.17g; expected %.17g", cases[i].a, cases[i].b, p, cases[i].p);
    }
}

static void mcnemar__at_its_ends(void **state)
{
    (void)state;
    assert_true(mcnemar_mid_p(0, 0) == 1);
    assert_true(mcnemar_mid_p(7, 7) == 1);
    assert_true(mcnemar_mid_p(0, 1) == 0.5);
    assert_true(mcnemar_mid_p(0, 10) == 0x1p-10);
    assert_true(mcnemar_mid_p(0, 3000) == 0); /* smaller than any double */
    assert_true(mcnemar_mid_p(1000000, 1000000) == 1);
}

/* 5 tests: 0.01 x 5, 0.02 x 4, 0.03 x 3, then 0.04 x 2 is less than the one before. */
static void holm__corrects_in_order(void **state)
{
    (void)state;
    holm_test tests[] = {{0.04, 0}, {0.01, 1}, {0.5, 2}, {0.03, 3}, {0.02, 4}};
    const double wanted[] = {0.09, 0.05, 0.5, 0.09, 0.08};
    holm_correct(tests, 5);
    for (int i = 0; i < 5; i++)
        assert_true(fabs(tests[i].p - wanted[tests[i].number]) < 1e-15);
    holm_test two[] = {{0.9, 0}, {0.8, 1}};
    holm_correct(two, 2);
    assert_true(two[0].p == 1 && two[1].p == 1);
    holm_correct(NULL, 0);
}

/* Of 99 replicates -1 … 97: two are not over 0, all but one not under. */
static void paired_change__counts_both_sides(void **state)
{
    (void)state;
    double values[99], same[5] = {0};
    for (int i = 0; i < 99; i++)
        values[i] = 97 - i;
    ttag_change c = paired_change(values, 99, 0.25, 0.75);
    assert_true(fabs(c.p - 2 * 3.0 / 100) < 1e-15);
    assert_true(c.a == 0.25 && c.b == 0.75);
    assert_true(fabs(c.change.low - 1.45) < 1e-12); /* numpy.quantile */
    assert_true(paired_change(same, 5, 1, 1).p == 1);
}

/* ---- Tags of both, row beside row. ---- */

typedef struct row {
    const char *truth, *unknown; /* one tag at most, or "" */
    const char *given;           /* letters of tags */
} row;

/* Tags are single letters; a model knows those of `known`. */
static void fill_tally(tally *t, const char *known, const row *rows, size_t n)
{
    scored_tag tags[8];
    size_t n_tags = strlen(known);
    for (size_t i = 0; i < n_tags; i++)
        tags[i] = (scored_tag){{known + i, 1}, 0.5};
    assert_int_equal(tally_start_with(t, tags, n_tags, NULL), TTAG_OK);
    assert_int_equal(outcomes_extend(&t->results, n, NULL), TTAG_OK);
    for (size_t i = 0; i < n; i++) {
        const ttag_view label = view(rows[i].truth), unknown = view(rows[i].unknown);
        bool others = unknown.size > 0 && unknown.bytes[0] == '*';
        truth_labels labels = {&label, label.size > 0, &unknown, unknown.size > 0 && !others,
                               others};
        assert_int_equal(truth_add(&t->labels, &labels, NULL), TTAG_OK);
        for (const char *tag = rows[i].given; *tag; tag++)
            t->results.pairs[i * n_tags + (size_t)(strchr(known, *tag) - known)] = PAIR_GIVEN;
    }
}

/* A knows K, L and M; B knows L and N; articles carry U as well. */
static const row OF_A[] = {{"K", "", "K"}, {"L", "", ""},   {"U", "", "L"},
                           {"", "M", "M"}, {"N", "*", "K"}, {"L", "", "L"}};
static const row OF_B[] = {{"K", "", ""},  {"L", "", "L"},  {"U", "", ""},
                           {"", "M", "N"}, {"N", "*", "N"}, {"L", "", "LN"}};

static void pairing__puts_tags_of_both_together(void **state)
{
    (void)state;
    tally a = {0}, b = {0};
    pairing p = {0};
    fill_tally(&a, "KLM", OF_A, 6);
    fill_tally(&b, "LN", OF_B, 6);
    assert_int_equal(pairing_make(&p, &a, &b, NULL), TTAG_OK);
    const char *names = "KLMNU";
    const size_t support[] = {1, 2, 0, 1, 1};
    const size_t only_a[] = {1, 0, 0, 2, 0}; /* K of 1; N of 4 and 6 */
    const size_t only_b[] = {0, 2, 0, 1, 0}; /* L of 2 and 3; N of 5 */
    assert_int_equal(p.n_tags, 5);
    for (size_t t = 0; t < 5; t++) {
        assert_int_equal(*p.tags[t].name.bytes, names[t]);
        assert_int_equal(p.tags[t].support, support[t]);
        assert_int_equal(p.tags[t].only_a, only_a[t]);
        assert_int_equal(p.tags[t].only_b, only_b[t]);
    }
    assert_true(isnan(p.tags[3].thresholds[0]) && p.tags[3].thresholds[1] == 0.5);
    assert_int_equal(p.only_a, 3); /* 1, 4 and 6: all right with A */
    assert_int_equal(p.only_b, 2); /* 2 and 5: all others of 5 are unknown */
    assert_int_equal(p.n_rows, 6);
    assert_int_equal(p.n_changes, 6);
    const ttag_tag_change wanted[] = {{0, false, false}, {1, true, true}, {1, false, true},
                                      {3, true, false},  {3, true, true}, {3, true, false}};
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(p.rows[i].row, i);
        assert_int_equal(p.changes[i].tag, wanted[i].tag);
        assert_int_equal(p.changes[i].gained, wanted[i].gained);
        assert_int_equal(p.changes[i].right, wanted[i].right);
    }
    pairing_dispose(&p);
    tally_dispose(&a);
    tally_dispose(&b);
}

static void pairing__needs_the_same_articles(void **state)
{
    (void)state;
    tally a = {0}, b = {0};
    pairing p = {0};
    fill_tally(&a, "KLM", OF_A, 6);
    fill_tally(&b, "LN", OF_B, 5);
    assert_int_equal(pairing_make(&p, &a, &b, NULL), TTAG_INVALID);
    pairing_dispose(&p);
    tally_dispose(&a);
    tally_dispose(&b);
}

/* ---- Models and parts. ---- */

typedef struct compared {
    model_fixture old, new;
    char feed[96], parts[2][96];
} compared;

static const char FEED[] =
    "{\"id\": 1, \"title\": \"one\", \"text\": \"alpha alpha alpha\", \"tags\": [\"Malware\"]}\n"
    "{\"id\": \"b\", \"text\": \"beta beta\", \"tags\": [\"Security News\"]}\n"
    "{\"text\": \"gamma alpha\", \"tags\": [\"Other\"]}\n"
    "{\"text\": \"no tags\"}\n"
    "{\"text\": \"delta alpha beta\", \"tags\": [\"Malware\"], \"unknown\": [\"*\"]}\n";

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static ttag_reader *open_feed(const compared *c)
{
    ttag_reader *reader;
    const char *feed = c->feed;
    assert_int_equal(ttag_reader_open(&reader, &feed, 1, NULL, NULL), TTAG_OK);
    return reader;
}

static void write_part(const compared *c, const ttag_model *model, const char *path)
{
    ttag_reader *reader = open_feed(c);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(ttag_evaluate_part(file, model, reader, NULL, NULL, NULL), TTAG_OK);
    assert_int_equal(fclose(file), 0);
    ttag_reader_free(reader);
}

static void put_path(char out[96], const char *folder, const char *name)
{
    size_t size = strlen(folder);
    assert_true(size + 1 + strlen(name) < 96);
    memcpy(out, folder, size);
    out[size] = '/';
    strcpy(out + size + 1, name);
}

/* The new model takes nothing for malware, and everything for news. */
static int setup(void **state)
{
    compared *c = calloc(1, sizeof *c);
    assert_non_null(c);
    fixture_init(&c->old);
    fixture_open(&c->old);
    fixture_init(&c->new);
    for (int term = 0; term < N_TERMS; term++)
        fixture_weigh(&c->new, term, -9, 9, 0, 0);
    fixture_open(&c->new);
    put_path(c->feed, c->old.folder, "feed.jsonl");
    write_text(c->feed, FEED);
    for (int i = 0; i < 2; i++) {
        put_path(c->parts[i], c->old.folder, i ? "b.part" : "a.part");
        write_part(c, i ? c->new.model : c->old.model, c->parts[i]);
    }
    *state = c;
    return 0;
}

static int teardown(void **state)
{
    compared *c = *state;
    unlink(c->feed);
    unlink(c->parts[0]);
    unlink(c->parts[1]);
    fixture_dispose(&c->old);
    fixture_dispose(&c->new);
    free(c);
    return 0;
}

static ttag_comparison *compare(const compared *c, const ttag_model *a, const ttag_model *b,
                                uint32_t threads)
{
    ttag_comparison *found;
    ttag_compare_opts opts = TTAG_COMPARE_OPTS_INIT;
    ttag_reader *reader = open_feed(c);
    opts.evaluate.threads = threads;
    opts.replicates = 200;
    assert_int_equal(ttag_compare(&found, a, b, reader, &opts, NULL), TTAG_OK);
    ttag_reader_free(reader);
    return found;
}

static ttag_evaluation *evaluate(const compared *c, const ttag_model *model)
{
    ttag_evaluation *found;
    ttag_reader *reader = open_feed(c);
    assert_int_equal(ttag_evaluate(&found, model, reader, NULL, NULL), TTAG_OK);
    ttag_reader_free(reader);
    return found;
}

static void same_scores(const ttag_score_changes *c, ttag_scores a, ttag_scores b)
{
    assert_true(fabs(c->precision.a - a.precision) < 1e-12);
    assert_true(fabs(c->precision.b - b.precision) < 1e-12);
    assert_true(fabs(c->recall.a - a.recall) < 1e-12);
    assert_true(fabs(c->recall.b - b.recall) < 1e-12);
    assert_true(fabs(c->f1.a - a.f1) < 1e-12);
    assert_true(fabs(c->f1.b - b.f1) < 1e-12);
}

/* Both models have the same tags: all figures are those of two evaluations. */
static void compare__figures_are_those_of_evaluations(void **state)
{
    const compared *c = *state;
    ttag_evaluation *a = evaluate(c, c->old.model), *b = evaluate(c, c->new.model);
    ttag_comparison *found = compare(c, c->old.model, c->new.model, 1);
    assert_int_equal(found->documents, 4);
    assert_int_equal(found->unlabelled, 1);
    same_scores(&found->micro, a->micro, b->micro);
    same_scores(&found->macro, a->macro, b->macro);
    same_scores(&found->weighted, a->weighted, b->weighted);
    same_scores(&found->samples, a->samples, b->samples);
    same_scores(&found->per_article, a->per_article, b->per_article);
    assert_true(found->subset_accuracy.a == a->subset_accuracy);
    assert_true(found->jaccard.b == b->jaccard);
    assert_true(found->micro.f1.change.low <= b->micro.f1 - a->micro.f1);
    assert_int_equal(found->n_tags, a->n_tags);
    for (size_t i = 0; i < a->n_tags; i++) { /* the unseen one stands last there */
        size_t k = 0;
        while (!view_equal(a->tags[k].tag, found->tags[i].tag))
            k++;
        const ttag_tag_scores *x = &a->tags[k], *y = &b->tags[k];
        same_scores(&found->tags[i].scores, (ttag_scores){x->precision, x->recall, x->f1},
                    (ttag_scores){y->precision, y->recall, y->f1});
        assert_int_equal(found->tags[i].support, x->support);
    }
    ttag_comparison_free(found);
    ttag_evaluation_free(a);
    ttag_evaluation_free(b);
}

static void compare__names_what_changed(void **state)
{
    const compared *c = *state;
    ttag_comparison *found = compare(c, c->old.model, c->new.model, 2);
    assert_true(found->n_changed >= 2);
    const ttag_changed_article *first = &found->changed[0];
    assert_int_equal(first->number, 1);
    assert_true(view_equal(first->id, view("1")));
    assert_true(view_equal(first->title, view("one")));
    assert_string_equal(first->path, c->feed);
    assert_int_equal(first->line, 1);
    assert_true(view_equal(found->changed[1].id, view("\"b\"")));
    size_t right = 0;
    for (size_t i = 0; i < first->n_changes; i++)
        right += first->changes[i].right;
    assert_int_equal(right, first->n_right);
    ttag_comparison_free(found);
}

static void compare__a_model_with_itself(void **state)
{
    const compared *c = *state;
    ttag_comparison *found = compare(c, c->old.model, c->old.model, 1);
    assert_int_equal(found->n_changed, 0);
    assert_true(found->micro.f1.p == 1 && found->articles.p == 1);
    assert_true(found->micro.f1.change.low == 0 && found->micro.f1.change.high == 0);
    for (size_t i = 0; i < found->n_tags; i++)
        assert_true(found->tags[i].p_of_all == 1);
    assert_string_equal(compared_verdict(&found->micro.f1), "same");
    ttag_comparison_free(found);
}

/* ---- Reports. ---- */

typedef ttag_status writer(const ttag_comparison *c, FILE *out, ttag_error *err);

static ttag_status write_text_report(const ttag_comparison *c, FILE *out, ttag_error *err)
{
    return ttag_comparison_write_text(c, out, true, 2, err);
}

static ttag_status write_page(const ttag_comparison *c, FILE *out, ttag_error *err)
{
    return ttag_comparison_write_html(c, "<old> & new", out, err);
}

static ttag_status write_markdown(const ttag_comparison *c, FILE *out, ttag_error *err)
{
    return ttag_comparison_write_markdown(c, out, 2, err);
}

static writer *const WRITERS[] = {ttag_comparison_write_json, write_text_report, write_page,
                                  ttag_comparison_write_csv, write_markdown};
enum { N_WRITERS = sizeof WRITERS / sizeof *WRITERS };

static char *written(writer *write, const ttag_comparison *c)
{
    char *bytes;
    size_t size;
    FILE *out = open_memstream(&bytes, &size);
    assert_int_equal(write(c, out, NULL), TTAG_OK);
    fclose(out);
    return bytes;
}

static void compare__any_number_of_threads_and_parts_give_the_same(void **state)
{
    const compared *c = *state;
    ttag_comparison *one = compare(c, c->old.model, c->new.model, 1);
    ttag_comparison *many = compare(c, c->old.model, c->new.model, 3), *parts;
    ttag_compare_opts opts = TTAG_COMPARE_OPTS_INIT;
    opts.replicates = 200;
    assert_int_equal(ttag_compare_parts(&parts, c->parts[0], c->parts[1], &opts, NULL), TTAG_OK);
    for (int i = 0; i < N_WRITERS; i++) {
        char *a = written(WRITERS[i], one), *b = written(WRITERS[i], many);
        assert_string_equal(a, b);
        free(a);
        free(b);
    }
    assert_memory_equal(&one->micro, &parts->micro, 7 * sizeof one->jaccard);
    assert_int_equal(one->n_changed, parts->n_changed);
    assert_null(parts->changed[0].id.bytes);
    assert_null(parts->changed[0].path);
    ttag_comparison_free(one);
    ttag_comparison_free(many);
    ttag_comparison_free(parts);
}

static void compare__json_can_be_read(void **state)
{
    const compared *c = *state;
    ttag_comparison *found = compare(c, c->old.model, c->new.model, 1);
    char *text = written(ttag_comparison_write_json, found);
    size_t position;
    const char *reason;
    tree *report = tree_parse(view(text), &position, &reason);
    assert_non_null(report);
    const tree *f1 = tree_member(tree_member(report, "micro"), "f1");
    assert_true(fabs(tree_number(tree_member(f1, "b")) - found->micro.f1.b) < 1e-12);
    assert_true(fabs(tree_number(tree_member(f1, "low")) - found->micro.f1.change.low) < 1e-12);
    const tree *article = tree_first(tree_member(report, "changed"));
    assert_true(tree_number(tree_member(article, "id")) == 1);
    tree_free(report);
    free(text);
    ttag_comparison_free(found);
}

/* What others wrote is escaped, and nothing is fetched. */
static void compare__page_is_safe(void **state)
{
    compared *c = *state;
    write_text(c->feed, "{\"id\": \"<i>1</i>\", \"title\": \"<script>alert(1)</script>\", "
                        "\"text\": \"alpha alpha alpha\", \"tags\": [\"Malware\", \"<b>\"]}\n");
    ttag_comparison *found = compare(c, c->old.model, c->new.model, 1);
    char *page = written(write_page, found);
    assert_non_null(strstr(page, "&lt;old&gt; &amp; new"));
    assert_non_null(strstr(page, "&lt;i&gt;1&lt;/i&gt;"));
    assert_non_null(strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_null(strstr(page, "<script>alert"));
    assert_null(strstr(page, "http://"));
    assert_null(strstr(page, "https://"));
    free(page);
    ttag_comparison_free(found);
}

static void compare__figures_by_name(void **state)
{
    const compared *c = *state;
    ttag_comparison *found = compare(c, c->old.model, c->new.model, 1);
    assert_ptr_equal(ttag_comparison_figure(found, "f1"), &found->micro.f1);
    assert_ptr_equal(ttag_comparison_figure(found, "micro"), &found->micro.f1);
    assert_ptr_equal(ttag_comparison_figure(found, "macro.recall"), &found->macro.recall);
    assert_ptr_equal(ttag_comparison_figure(found, "per-article"), &found->per_article.f1);
    assert_ptr_equal(ttag_comparison_figure(found, "micro_recall"), &found->micro.recall);
    assert_ptr_equal(ttag_comparison_figure(found, "jaccard"), &found->jaccard);
    assert_ptr_equal(ttag_comparison_figure(found, "Malware.precision"),
                     &found->tags[0].scores.precision);
    assert_null(ttag_comparison_figure(found, "Malware"));
    assert_null(ttag_comparison_figure(found, "Malware.support"));
    assert_null(ttag_comparison_figure(found, "mic"));
    ttag_comparison_free(found);
}

static void compare__refuses_other_articles_and_no_replicates(void **state)
{
    compared *c = *state;
    ttag_comparison *found;
    ttag_error err;
    ttag_compare_opts opts = TTAG_COMPARE_OPTS_INIT;
    write_text(c->feed, "{\"text\": \"alpha\", \"tags\": [\"Malware\"]}\n");
    write_part(c, c->new.model, c->parts[1]);
    assert_int_equal(ttag_compare_parts(&found, c->parts[0], c->parts[1], NULL, &err),
                     TTAG_INVALID);
    assert_null(found);
    assert_int_equal(ttag_compare_parts(&found, c->parts[0], c->feed, NULL, &err), TTAG_FORMAT);
    write_text(c->feed, "{\"text\": \"alpha\"}\n");
    ttag_reader *reader = open_feed(c);
    assert_int_equal(ttag_compare(&found, c->old.model, c->new.model, reader, NULL, &err),
                     TTAG_EMPTY);
    opts.replicates = 0;
    assert_int_equal(ttag_compare(&found, c->old.model, c->new.model, reader, &opts, &err),
                     TTAG_INVALID);
    ttag_reader_free(reader);
    ttag_comparison_free(NULL);
}

#ifdef TTAG_FAULTS
static ttag_status compare_and_report(const compared *c, FILE *out)
{
    ttag_comparison *found = NULL;
    ttag_reader *reader = NULL;
    const char *feed = c->feed;
    ttag_compare_opts opts = TTAG_COMPARE_OPTS_INIT;
    opts.replicates = 5;
    opts.evaluate.threads = 1;
    ttag_status status = ttag_reader_open(&reader, &feed, 1, NULL, NULL);
    if (status == TTAG_OK)
        status = ttag_compare(&found, c->old.model, c->new.model, reader, &opts, NULL);
    for (int i = 0; i < N_WRITERS && status == TTAG_OK; i++)
        status = WRITERS[i](found, out, NULL);
    ttag_reader_free(reader);
    ttag_comparison_free(found);
    return status;
}

static ttag_status compare_parts(const compared *c)
{
    ttag_comparison *found = NULL;
    ttag_compare_opts opts = TTAG_COMPARE_OPTS_INIT;
    opts.replicates = 5;
    opts.evaluate.threads = 1;
    ttag_status status = ttag_compare_parts(&found, c->parts[0], c->parts[1], &opts, NULL);
    ttag_comparison_free(found);
    return status;
}
#endif

static void compare__survives_lack_of_memory(void **state)
{
#ifdef TTAG_FAULTS
    const compared *c = *state;
    FILE *out = fopen("/dev/null", "wb");
    for (int way = 0; way < 2; way++) {
        ttag_status status = TTAG_NOMEM;
        for (size_t n = 1; status == TTAG_NOMEM; n++) {
            mem_fail_after(n);
            status = way ? compare_and_report(c, out) : compare_parts(c);
            mem_fail_after(0);
            assert_true(n < 5000);
        }
        assert_int_equal(status, TTAG_OK);
    }
    fclose(out);
#else
    (void)state;
    skip();
#endif
}

#define WITH_MODELS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mcnemar__is_scipys_mid_p),
        cmocka_unit_test(mcnemar__at_its_ends),
        cmocka_unit_test(holm__corrects_in_order),
        cmocka_unit_test(paired_change__counts_both_sides),
        cmocka_unit_test(pairing__puts_tags_of_both_together),
        cmocka_unit_test(pairing__needs_the_same_articles),
        WITH_MODELS(compare__figures_are_those_of_evaluations),
        WITH_MODELS(compare__names_what_changed),
        WITH_MODELS(compare__a_model_with_itself),
        WITH_MODELS(compare__any_number_of_threads_and_parts_give_the_same),
        WITH_MODELS(compare__json_can_be_read),
        WITH_MODELS(compare__page_is_safe),
        WITH_MODELS(compare__figures_by_name),
        WITH_MODELS(compare__refuses_other_articles_and_no_replicates),
        WITH_MODELS(compare__survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
