/* What reports say is what scikit-learn says: 1,000 small cases with every corner (golden/metrics),
   read back from JSON, CSV and the page. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "base/csv.h"
#include "base/input.h"
#include "base/memory.h"
#include "base/view.h"
#include "evaluate/evaluation.h"
#include "evaluate/excerpt.h"
#include "evaluate/tag_curves.h"
#include "tests/json_tree/json_tree.h"

enum { MOST_TAGS = 5, ALL = 20, EACH = 8 };

/* ---- A case. ---- */

static const char *const NAMES[MOST_TAGS] = {"A<1>", "B,2", "C \"3\"", "D 4", "E&5"};
static const char *const MEANS[5] = {"micro", "macro", "weighted", "samples", "per_article"};
static const char *const SINGLES[5] = {"subset_accuracy", "hamming_loss", "jaccard", "map", "ece"};
static const char *const THREE[3] = {"precision", "recall", "f1"};

typedef struct wanted {
    size_t number, n_tags;
    double all[ALL];
    double each[MOST_TAGS][EACH];
} wanted;

static double *read_numbers(double *out, const tree *list)
{
    for (const tree *item = tree_first(list); item; item = tree_next(item))
        *out++ = tree_number(item);
    return out;
}

static size_t whole(const tree *object, const char *name)
{
    return (size_t)tree_number(tree_member(object, name));
}

static void read_wanted(wanted *w, const tree *example, size_t number)
{
    w->number = number;
    w->n_tags = whole(example, "tags");
    assert_true(read_numbers(w->all, tree_member(example, "all")) == w->all + ALL);
    size_t t = 0;
    for (const tree *tag = tree_first(tree_member(example, "each")); tag; tag = tree_next(tag))
        read_numbers(w->each[t++], tag);
    assert_int_equal(t, w->n_tags);
}

static void fill_floats(float *out, const tree *list, float unit)
{
    for (const tree *item = tree_first(list); item; item = tree_next(item))
        *out++ = (float)tree_number(item) / unit;
}

/* Labels as a record gives them. */
static void add_row(tally *t, const char *is_true, const char *unknown, size_t n_tags)
{
    ttag_view names[2][MOST_TAGS];
    truth_labels labels = {.tags = names[0], .unknown = names[1]};
    for (size_t k = 0; k < n_tags; k++) {
        if (is_true[k] == '1')
            names[0][labels.n_tags++] = view_of(NAMES[k]);
        if (unknown[k] == '1')
            names[1][labels.n_unknown++] = view_of(NAMES[k]);
    }
    assert_int_equal(truth_add(&t->labels, &labels, NULL), TTAG_OK);
}

static ttag_evaluation *evaluate(const tree *example)
{
    size_t n = whole(example, "n"), n_tags = whole(example, "tags");
    size_t scored = whole(example, "scored");
    tally t = {0};
    scored_tag tags[MOST_TAGS];
    for (size_t k = 0; k < scored; k++)
        tags[k] = (scored_tag){view_of(NAMES[k]), 0.5};
    assert_int_equal(tally_start_with(&t, tags, scored, NULL), TTAG_OK);
    assert_int_equal(outcomes_extend(&t.results, n, NULL), TTAG_OK);
    const char *given = tree_string(tree_member(example, "given")).bytes;
    const char *is_true = tree_string(tree_member(example, "truth")).bytes;
    const char *unknown = tree_string(tree_member(example, "unknown")).bytes;
    for (size_t row = 0; row < n; row++) {
        add_row(&t, is_true + row * n_tags, unknown + row * n_tags, n_tags);
        for (size_t k = 0; k < scored; k++)
            t.results.pairs[row * scored + k] = given[row * n_tags + k] == '1' ? PAIR_GIVEN : 0;
    }
    fill_floats(t.results.scores, tree_member(example, "scores"), 1);
    fill_floats(t.results.probabilities, tree_member(example, "probabilities"), 64);
    ttag_evaluation *e = NULL;
    assert_int_equal(evaluation_new(&e, &t, 1, NULL, NULL), TTAG_OK);
    evaluation_keep(e, &t);
    tally_dispose(&t);
    return e;
}

typedef ttag_status writer(const ttag_evaluation *e, FILE *out, ttag_error *err);

static ttag_status write_page(const ttag_evaluation *e, FILE *out, ttag_error *err)
{
    return ttag_evaluation_write_html(e, NULL, out, err);
}

/* Terminated, to be freed. */
static char *written(const ttag_evaluation *e, writer *write)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_int_equal(write(e, out, NULL), TTAG_OK);
    fclose(out);
    return text;
}

static void expect(const wanted *w, const char *what, double found, double number)
{
    if (!(fabs(found - number) <= 1e-9))
        fail_msg("case %zu: %s is %.17g; expected %.17g", w->number, what, found, number);
}

/* ---- JSON. ---- */

static void check_json(const wanted *w, const char *text)
{
    size_t position;
    const char *reason;
    tree *report = tree_parse(view_of(text), &position, &reason);
    assert_non_null(report);
    for (size_t m = 0; m < 5; m++)
        for (size_t k = 0; k < 3; k++)
            expect(w, MEANS[m], tree_number(tree_member(tree_member(report, MEANS[m]), THREE[k])),
                   w->all[m * 3 + k]);
    for (size_t s = 0; s < 5; s++)
        expect(w, SINGLES[s], tree_number(tree_member(report, SINGLES[s])), w->all[15 + s]);
    static const char *const keys[EACH] = {"support",   "tp",     "fp", "fn",
                                           "precision", "recall", "f1", "average_precision"};
    size_t t = 0;
    for (const tree *tag = tree_first(tree_member(report, "tags")); tag; tag = tree_next(tag), t++)
        for (size_t k = 0; k < EACH; k++)
            expect(w, keys[k], tree_number(tree_member(tag, keys[k])), w->each[t][k]);
    assert_int_equal(t, w->n_tags);
    tree_free(report);
}

/* ---- CSV. ---- */

/* The next field, undone; *at is behind it and its comma or newline. */
static size_t next_field(const char **at, char *out)
{
    size_t n = 0;
    const char *c = *at;
    if (*c == '"') {
        for (c++; *c != '"' || c[1] == '"'; c++) {
            c += *c == '"';
            out[n++] = *c;
        }
        c++;
    } else {
        while (*c != ',' && *c != '\n')
            out[n++] = *c++;
    }
    out[n] = '\0';
    *at = c + 1;
    return n;
}

enum { CSV_COLUMNS = 20 };

static void check_csv_row(const wanted *w, char fields[][64])
{
    const char *name = fields[1];
    static const size_t three[3] = {9, 12, 15}, tag[EACH] = {5, 6, 7, 8, 9, 12, 15, 18};
    for (size_t m = 0; m < 5; m++)
        for (size_t k = 0; k < 3 && strcmp(fields[0], "mean") == 0; k++)
            if (strcmp(name, MEANS[m]) == 0)
                expect(w, name, strtod(fields[three[k]], NULL), w->all[m * 3 + k]);
    for (size_t s = 0; s < 5; s++)
        if (strcmp(fields[0], "figure") == 0 && strcmp(name, SINGLES[s]) == 0)
            expect(w, name, strtod(fields[2], NULL), w->all[15 + s]);
    for (size_t t = 0; t < w->n_tags; t++)
        for (size_t k = 0; k < EACH && strcmp(fields[0], "tag") == 0; k++)
            if (strcmp(name, NAMES[t]) == 0)
                expect(w, name, strtod(fields[tag[k]], NULL), w->each[t][k]);
}

static void check_csv(const wanted *w, const char *text)
{
    char fields[CSV_COLUMNS][64];
    size_t rows = 0;
    for (const char *at = text; *at; rows++) {
        for (size_t k = 0; k < CSV_COLUMNS; k++)
            next_field(&at, fields[k]);
        assert_int_equal(at[-1], '\n'); /* all rows are as wide */
        if (rows > 0)
            check_csv_row(w, fields);
    }
    assert_int_equal(rows, 1 + 4 + 5 + 5 + w->n_tags);
}

/* ---- The page. ---- */

static const char *behind(const char *text, const char *what)
{
    const char *found = text ? strstr(text, what) : NULL;
    if (!found)
        fail_msg("the page lacks %s", what);
    return found + strlen(what);
}

/* A number that stands in an attribute; an empty one is a ratio of nothing to nothing. */
static double attribute(const char **at, const char *name)
{
    *at = behind(*at, name);
    return **at == '"' ? 0 : strtod(*at, NULL);
}

static void check_page(const wanted *w, const char *text)
{
    static const char *const heads[5] = {"micro", "macro", "weighted", "samples", "per article"};
    const char *summary = behind(text, "Five ways to take the mean</caption>");
    for (size_t m = 0; m < 5; m++) {
        char row[64];
        snprintf(row, sizeof row, "dir=\"auto\">%s<", heads[m]);
        const char *at = behind(summary, row);
        for (size_t k = 0; k < 3; k++)
            expect(w, heads[m], attribute(&at, "data-v=\""), w->all[m * 3 + k]);
    }
    static const char *const places[5] = {"<dt>exactly right</dt>", "Hamming loss ",
                                          "Jaccard index ", "<dt>mean average precision</dt>",
                                          "<dt>calibration error</dt>"};
    for (size_t s = 0; s < 5; s++) {
        const char *at = behind(text, places[s]);
        expect(w, places[s], attribute(&at, "<data value=\""), w->all[15 + s]);
    }
    static const char *const shown[MOST_TAGS] = {"A&lt;1&gt;", "B,2", "C &quot;3&quot;", "D 4",
                                                 "E&amp;5"};
    /* support, precision, recall, F1, average precision, threshold, wrong, missed */
    static const size_t columns[EACH] = {0, 4, 5, 6, 7, SIZE_MAX, 2, 3};
    const char *table = behind(text, "<section id=\"tags\"");
    for (size_t t = 0; t < w->n_tags; t++) {
        char row[64];
        snprintf(row, sizeof row, ">%s<", shown[t]);
        const char *at = behind(table, row);
        for (size_t k = 0; k < EACH; k++) {
            double found = attribute(&at, "data-v=\"");
            if (columns[k] != SIZE_MAX)
                expect(w, shown[t], found, w->each[t][columns[k]]);
        }
    }
}

static void reports__agree_with_scikit_learn(void **state)
{
    (void)state;
    mapping table;
    assert_int_equal(mapping_open(&table, "golden/metrics/small.jsonl", NULL), TTAG_OK);
    const char *line = (const char *)table.bytes, *end = line + table.size;
    size_t cases = 0, position;
    for (; line < end; cases++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line)), *reason;
        tree *example = tree_parse((ttag_view){line, (size_t)(stop - line)}, &position, &reason);
        assert_non_null(example);
        wanted w;
        read_wanted(&w, example, cases);
        ttag_evaluation *e = evaluate(example);
        if (cases % 4 == 0)
            assert_int_equal(ttag_evaluation_resample(e, 20, cases, 1, NULL, NULL), TTAG_OK);
        char *json = written(e, ttag_evaluation_write_json);
        char *csv = written(e, ttag_evaluation_write_csv);
        char *page = written(e, write_page);
        check_json(&w, json);
        check_csv(&w, csv);
        check_page(&w, page);
        free(json);
        free(csv);
        free(page);
        ttag_evaluation_free(e);
        tree_free(example);
        line = stop + 1;
    }
    assert_int_equal(cases, 1000);
    mapping_close(&table);
}

/* ---- By hand. ---- */

static void csv__quotes_what_it_must(void **state)
{
    (void)state;
    buffer b = {0};
    csv_text(&b, view_of("plain"));
    buffer_char(&b, ' ');
    csv_text(&b, view_of("a,b \"c\"\nd"));
    csv_next_number(&b, 1.0 / 3);
    csv_next_number(&b, NAN);
    csv_next_number(&b, INFINITY);
    csv_next_count(&b, 12);
    assert_string_equal(b.bytes, "plain \"a,b \"\"c\"\"\nd\",0.333333333333333,,inf,12");
    buffer_dispose(&b);
}

/* Four articles, one tag: true ones have the scores 3 and 1. */
static outcomes four_articles(void)
{
    outcomes o = {.n_tags = 1, .n_scored = 1};
    assert_int_equal(outcomes_extend(&o, 4, NULL), TTAG_OK);
    const unsigned char pairs[] = {PAIR_TRUE | PAIR_GIVEN, PAIR_GIVEN, PAIR_TRUE, 0};
    const float scores[] = {3, 2, 1, 0}, probabilities[] = {0.95F, 0.6F, 0.35F, 0.05F};
    memcpy(o.pairs, pairs, sizeof pairs);
    memcpy(o.scores, scores, sizeof scores);
    memcpy(o.probabilities, probabilities, sizeof probabilities);
    return o;
}

static void curves__are_those_by_hand(void **state)
{
    (void)state;
    outcomes o = four_articles();
    tag_curves *c;
    assert_int_equal(tag_curves_new(&c, &o, 3, NULL, NULL), TTAG_OK);
    assert_int_equal(c->n, 2);
    assert_true(fabs(c->recall[0] - 0.5) < 1e-12 && fabs(c->precision[0] - 1) < 1e-12);
    assert_true(fabs(c->recall[1] - 1) < 1e-12 && fabs(c->precision[1] - 2.0 / 3) < 1e-12);
    const sweep_point *at = &c->sweep[25]; /* threshold 0.5 */
    assert_true(fabs(at->threshold - 0.5) < 1e-12 && fabs(at->precision - 0.5) < 1e-12 &&
                fabs(at->recall - 0.5) < 1e-12 && fabs(at->f1 - 0.5) < 1e-12);
    assert_true(isnan(c->sweep[50].precision));
    assert_true(fabs(c->best_f1 - 0.8) < 1e-12 && fabs(c->best_threshold - 0.35) < 1e-6);
    assert_int_equal(c->bins[9], 1);
    assert_int_equal(c->hits[3], 1);
    mem_free(c);
    sweep_point *points;
    size_t n;
    assert_int_equal(tag_sweep_new(&points, &n, &o, 0, 3, NULL), TTAG_OK);
    assert_int_equal(n, 3); /* thinned out: every other cut, and the last */
    assert_true(fabs(points[2].recall - 1) < 1e-12 && fabs(points[2].precision - 0.5) < 1e-12);
    mem_free(points);
    outcomes_dispose(&o);
}

static void excerpt__marks_words_where_they_stand(void **state)
{
    (void)state;
    const error_term terms[] = {
        {view_of("title:gull"), 1}, {view_of("nine days"), 1}, {view_of("char:xyz"), 1}};
    buffer b = {0};
    excerpt_put(&b, view_of("The Gull & gulls"), view_of("For nine,\n days <b>; nine daysx; GULL"),
                terms, 3);
    assert_string_equal(b.bytes,
                        "<p class=\"headline\" dir=\"auto\">The <mark>Gull</mark> &amp; gulls</p>\n"
                        "<blockquote class=\"quote\" dir=\"auto\">For <mark>nine,\n days</mark> "
                        "&lt;b&gt;; nine daysx; <mark>GULL</mark></blockquote>\n");
    buffer_dispose(&b);
}

/* A text of one letter without blanks is cut between characters; a late word moves the window. */
static void excerpt__finds_its_window(void **state)
{
    (void)state;
    const error_term term = {view_of("late"), 1};
    buffer text = {0}, b = {0};
    for (size_t i = 0; i < 2000; i++)
        buffer_text(&text, "é");
    excerpt_put(&b, view_of(""), buffer_as_view(&text), &term, 1);
    assert_non_null(strstr(b.bytes, "é …</blockquote>"));
    buffer_clear(&text);
    buffer_clear(&b);
    for (size_t i = 0; i < 500; i++)
        buffer_text(&text, "word ");
    buffer_text(&text, "is late");
    excerpt_put(&b, view_of(""), buffer_as_view(&text), &term, 1);
    assert_non_null(strstr(b.bytes, "\">… word "));
    assert_non_null(strstr(b.bytes, "is <mark>late</mark></blockquote>"));
    buffer_dispose(&text);
    buffer_dispose(&b);
}

static void tables__want_articles(void **state)
{
    (void)state;
    tally t = {0};
    const scored_tag tag = {view_of("A"), 0.5};
    assert_int_equal(tally_start_with(&t, &tag, 1, NULL), TTAG_OK);
    t.results.n_documents = 0;
    outcomes_dispose(&t.results);
    t.results = four_articles();
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(truth_add(&t.labels, &(truth_labels){0}, NULL), TTAG_OK);
    ttag_evaluation *e;
    assert_int_equal(evaluation_new(&e, &t, 1, NULL, NULL), TTAG_OK);
    ttag_error err;
    FILE *out = tmpfile();
    assert_int_equal(ttag_evaluation_write_html(e, NULL, out, &err), TTAG_INVALID);
    assert_int_equal(ttag_evaluation_resample(e, 10, 1, 1, NULL, &err), TTAG_INVALID);
    evaluation_keep(e, &t);
    assert_int_equal(ttag_evaluation_write_table(e, TTAG_TABLE_ERRORS, out, &err), TTAG_INVALID);
    assert_int_equal(ttag_evaluation_write_table(e, TTAG_TABLE_CURVES, out, &err), TTAG_OK);
    assert_int_equal(ttag_evaluation_write_table(e, TTAG_TABLE_PAIRS, out, &err), TTAG_OK);
    assert_null(ttag_evaluation_table_name(TTAG_TABLE_COUNT));
    fclose(out);
    ttag_evaluation_free(e);
    tally_dispose(&t);
}

/* Whatever fails for want of memory says so and leaks nothing. */
static void page__survives_want_of_memory(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    static const char line[] =
        "{\"n\":2,\"tags\":2,\"scored\":2,\"truth\":\"1011\",\"given\":\"1101\","
        "\"unknown\":\"0000\",\"scores\":[1,2,3,4],\"probabilities\":[9,8,7,60]}";
    size_t position;
    const char *reason;
    tree *example = tree_parse(view_of(line), &position, &reason);
    ttag_evaluation *e = evaluate(example);
    tree_free(example);
    FILE *out = tmpfile();
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; n < 400 && status != TTAG_OK; n++) {
        mem_fail_after(n);
        status = ttag_evaluation_resample(e, 5, 1, 1, NULL, NULL);
        if (status == TTAG_OK)
            status = ttag_evaluation_write_html(e, NULL, out, NULL);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
    }
    assert_int_equal(status, TTAG_OK);
    fclose(out);
    ttag_evaluation_free(e);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports__agree_with_scikit_learn),
        cmocka_unit_test(csv__quotes_what_it_must),
        cmocka_unit_test(curves__are_those_by_hand),
        cmocka_unit_test(excerpt__marks_words_where_they_stand),
        cmocka_unit_test(excerpt__finds_its_window),
        cmocka_unit_test(tables__want_articles),
        cmocka_unit_test(page__survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
