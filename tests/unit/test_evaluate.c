/* Evaluating a small model on small feeds, and the reports. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

#include "base/memory.h"
#include "base/view.h"
#include "evaluate/cells.h"
#include "tests/json_tree/json_tree.h"
#include "ttag/evaluate.h"

/* ---- A model whose scores can be foretold: an article is one word, and its vector that term. ----

   Malware: "ransomware" and "mixed" 1, others -1. VulnerabilitiesLinux: "kernel" and "mixed" 1,
   others -1; implies VulnerabilitiesAll: "advisory" 1, others -1. */

typedef struct fixture {
    char model_path[32], feed_path[32];
    ttag_model *model;
    char messages[4096];
    size_t errors;
    bool stop;
} fixture;

enum { MALWARE, VULNERABILITIES_ALL, VULNERABILITIES_LINUX, N_TAGS, STRIDE = 8 };

static void set_weight(float *weights, const ttag_vocabulary *v, const char *term, size_t tag)
{
    uint32_t number = ttag_vocabulary_find(v, view_of(term));
    assert_int_not_equal(number, UINT32_MAX);
    weights[number * STRIDE + tag] = 2;
}

static ttag_features *fit_words(const ttag_text_opts *opts)
{
    const char *words[] = {"ransomware", "kernel", "mixed", "advisory", "weather"};
    ttag_extractor *extractor;
    ttag_features *features;
    assert_int_equal(ttag_extractor_new(&extractor, opts, NULL), TTAG_OK);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ttag_article article = {.text = view_of(words[i]), .weight = 1};
        assert_int_equal(ttag_extractor_add(extractor, &article, NULL), TTAG_OK);
    }
    assert_int_equal(ttag_extractor_finish(&features, extractor, NULL), TTAG_OK);
    ttag_extractor_free(extractor);
    return features;
}

static void save_model(const char *path, ttag_passage_rule rule)
{
    const uint32_t implies[] = {VULNERABILITIES_ALL};
    const ttag_text_opts opts = TTAG_TEXT_OPTS_PLAIN;
    ttag_model_tag tags[N_TAGS] = {
        {.name = view_of("Malware"), .threshold = 0.5F, .slope = -2},
        {.name = view_of("VulnerabilitiesAll"), .threshold = 0.625F, .slope = -2, .offset = 0.5},
        {.name = view_of("VulnerabilitiesLinux"),
         .threshold = 0.375F,
         .slope = -1,
         .implies = implies,
         .n_implies = 1}};
    for (size_t i = 0; i < N_TAGS; i++) {
        tags[i].description = tags[i].group = view_of("");
        tags[i].support = 2;
        tags[i].bias = -1;
        tags[i].oof_precision = tags[i].oof_recall = tags[i].oof_f1 = tags[i].cut_spread = NAN;
    }
    ttag_features *features = fit_words(&opts);
    const ttag_vocabulary *v = ttag_features_vocabulary(features);
    float *weights = calloc(v->n_terms * STRIDE, sizeof *weights);
    assert_non_null(weights);
    set_weight(weights, v, "ransomware", MALWARE);
    set_weight(weights, v, "mixed", MALWARE);
    set_weight(weights, v, "kernel", VULNERABILITIES_LINUX);
    set_weight(weights, v, "mixed", VULNERABILITIES_LINUX);
    set_weight(weights, v, "advisory", VULNERABILITIES_ALL);
    ttag_model_parts parts = {.text = opts,
                              .vocabulary = *v,
                              .n_tags = N_TAGS,
                              .tags = tags,
                              .weight_stride = STRIDE,
                              .weights = weights,
                              .calibrated = true,
                              .card = view_of("{}"),
                              .passages = rule};
    ttag_error err;
    if (ttag_model_save(&parts, path, &err) != TTAG_OK)
        fail_msg("%s", err.text);
    free(weights);
    ttag_features_free(features);
}

static void make_file(char path[32], const char *name)
{
    snprintf(path, 32, "/tmp/%s-XXXXXX", name);
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
}

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (!f)
        return -1;
    make_file(f->model_path, "ttag-model");
    make_file(f->feed_path, "ttag-feed");
    save_model(f->model_path, (ttag_passage_rule){.unit = TTAG_UNIT_ARTICLE});
    *state = f;
    return ttag_model_open(&f->model, f->model_path, NULL) == TTAG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    ttag_model_close(f->model);
    unlink(f->model_path);
    unlink(f->feed_path);
    free(f);
    return 0;
}

static void keep_message(void *payload, ttag_level level, const char *place, const char *text)
{
    fixture *f = payload;
    size_t used = strlen(f->messages);
    (void)place;
    f->errors += level == TTAG_ERROR;
    snprintf(f->messages + used, sizeof f->messages - used, "%s\n", text);
}

static bool wants_stop(void *payload)
{
    return ((fixture *)payload)->stop;
}

static void write_feed(const fixture *f, const char *records)
{
    FILE *feed = fopen(f->feed_path, "w");
    assert_non_null(feed);
    assert_true(fputs(records, feed) >= 0);
    assert_int_equal(fclose(feed), 0);
}

/* Evaluates what lies in the feed file. */
static ttag_status run(fixture *f, ttag_evaluation **out, ttag_evaluate_opts opts, ttag_error *err)
{
    const ttag_monitor monitor = {keep_message, NULL, wants_stop, f};
    const char *feed = f->feed_path;
    ttag_reader_opts how = TTAG_READER_OPTS_INIT;
    ttag_reader *reader;
    how.format = TTAG_INPUT_JSONL;
    *out = NULL;
    ttag_status status = ttag_reader_open(&reader, &feed, 1, &how, err);
    if (status != TTAG_OK)
        return status;
    opts.monitor = &monitor;
    status = ttag_evaluate(out, f->model, reader, &opts, err);
    ttag_reader_free(reader);
    return status;
}

static ttag_evaluation *evaluated(fixture *f, const char *records, ttag_evaluate_opts opts)
{
    ttag_evaluation *e;
    ttag_error err = {0};
    write_feed(f, records);
    if (run(f, &e, opts, &err) != TTAG_OK)
        fail_msg("%s", err.text);
    return e;
}

static const ttag_evaluate_opts DEFAULTS = TTAG_EVALUATE_OPTS_INIT;

static void close_to(double found, double wanted)
{
    if (!(fabs(found - wanted) <= 1e-9))
        fail_msg("found %.17g; expected %.17g", found, wanted);
}

static const ttag_tag_scores *tag_named(const ttag_evaluation *e, const char *name)
{
    for (size_t i = 0; i < e->n_tags; i++) {
        if (view_equal(e->tags[i].tag, view_of(name)))
            return &e->tags[i];
    }
    fail_msg("no tag %s", name);
    return NULL;
}

static void check_counts(const ttag_evaluation *e, const char *name, size_t tp, size_t fp,
                         size_t fn)
{
    const ttag_tag_scores *t = tag_named(e, name);
    assert_int_equal(t->tp, tp);
    assert_int_equal(t->fp, fp);
    assert_int_equal(t->fn, fn);
    assert_int_equal(t->support, tp + fn);
}

/* ---- Evaluating. ---- */

static const char FEED[] =
    "{\"text\":\"ransomware\",\"tags\":[\"Malware\"]}\n"
    "{\"text\":\"kernel\",\"tags\":[\"VulnerabilitiesLinux\",\"VulnerabilitiesAll\"]}\n"
    "{\"text\":\"mixed\",\"tags\":[\"VulnerabilitiesLinux\"]}\n"
    "{\"text\":\"weather\",\"tags\":[]}\n"
    "{\"text\":\"weather\",\"tags\":[\"Zeroday\",\"Alien\",\"Malware\"]}\n";

static void evaluate__by_hand(void **state)
{
    ttag_evaluation *e = evaluated(*state, FEED, DEFAULTS);
    assert_int_equal(e->documents, 5);
    assert_int_equal(e->n_tags, 5);
    check_counts(e, "Malware", 1, 1, 1);
    check_counts(e, "VulnerabilitiesLinux", 2, 0, 0);
    check_counts(e, "VulnerabilitiesAll", 1, 1, 0); /* "kernel" and "mixed" raise it */
    check_counts(e, "Alien", 0, 0, 1);
    close_to(e->micro.precision, 4.0 / 6);
    close_to(e->micro.recall, 4.0 / 7);
    close_to(e->macro.f1, (1.0 / 2 + 1 + 2.0 / 3 + 0 + 0) / 5);
    close_to(e->samples.precision, (1 + 1 + 1.0 / 3 + 0 + 0) / 5);
    close_to(e->per_article.recall, (1 + 1 + 1 + 0.0) / 4);
    close_to(e->subset_accuracy, 3.0 / 5);
    close_to(e->hamming_loss, 5.0 / 25);
    close_to(e->jaccard, (1 + 1 + 1.0 / 3) / 5);
    ttag_evaluation_free(e);
}

/* Of article a: "ransomware" and "kernel" are given, the latter raises VulnerabilitiesAll. */
static void evaluate__puts_passages_together(void **state)
{
    fixture *f = *state;
    ttag_error err;
    static const char PASSAGES[] =
        "{\"text\":\"ransomware\",\"article\":\"a\",\"tags\":[\"Malware\"]}\n"
        "{\"text\":\"Weather. Mixed!\",\"tags\":[\"Malware\",\"VulnerabilitiesLinux\"]}\n"
        "{\"text\":\"kernel\",\"article\":\"a\",\"tags\":[]}\n"
        "{\"text\":\"weather\",\"article\":\"a\",\"tags\":[\"Alien\"],"
        "\"unknown\":[\"VulnerabilitiesAll\",\"Malware\"]}\n";
    ttag_model_close(f->model);
    save_model(f->model_path, (ttag_passage_rule){TTAG_UNIT_SENTENCE, {0, 0}, 1});
    assert_int_equal(ttag_model_open(&f->model, f->model_path, &err), TTAG_OK);
    ttag_evaluation *e = evaluated(f, PASSAGES, DEFAULTS);
    assert_int_equal(e->documents, 2);
    check_counts(e, "Malware", 2, 0, 0);
    check_counts(e, "VulnerabilitiesLinux", 1, 1, 0);
    check_counts(e, "VulnerabilitiesAll", 0, 1, 0); /* of a it is unknown */
    check_counts(e, "Alien", 0, 0, 1);
    ttag_evaluation_free(e);
}

static void evaluate__names_tags_and_unseen_ones(void **state)
{
    ttag_evaluation *e = evaluated(*state, FEED, DEFAULTS);
    const char *names[] = {"Malware", "VulnerabilitiesAll", "VulnerabilitiesLinux", "Alien",
                           "Zeroday"};
    for (size_t i = 0; i < 5; i++)
        assert_true(view_equal(e->tags[i].tag, view_of(names[i])));
    assert_int_equal(e->n_unseen, 2);
    assert_true(view_equal(e->unseen[0], view_of("Alien")));
    assert_true(view_equal(e->unseen[1], view_of("Zeroday")));
    assert_true(isnan(tag_named(e, "Alien")->threshold));
    close_to(tag_named(e, "Alien")->average_precision, 0);
    /* Malware: true 1st and, tied with the rest at -1, one of the last three */
    close_to(tag_named(e, "Malware")->average_precision, 1.0 / 2 * 1 / 2 + 1.0 / 2 * 2 / 5);
    ttag_evaluation_free(e);
}

static void evaluate__thresholds_as_used(void **state)
{
    ttag_evaluate_opts opts = TTAG_EVALUATE_OPTS_INIT;
    ttag_evaluation *e = evaluated(*state, FEED, opts);
    close_to(tag_named(e, "VulnerabilitiesAll")->threshold, 0.625);
    ttag_evaluation_free(e);

    opts.cut = TTAG_CUT_ZERO; /* probability at score 0 */
    e = evaluated(*state, FEED, opts);
    close_to(tag_named(e, "Malware")->threshold, 0.5);
    close_to(tag_named(e, "VulnerabilitiesAll")->threshold, (double)(float)(1 / (1 + exp(0.5))));
    ttag_evaluation_free(e);

    opts.cut = TTAG_CUT_FIXED;
    opts.probability = 0.9; /* over 1 / (1 + e^-2) */
    e = evaluated(*state, FEED, opts);
    close_to(tag_named(e, "Malware")->threshold, 0.9);
    check_counts(e, "Malware", 0, 0, 2);
    ttag_evaluation_free(e);
}

static void evaluate__implications(void **state)
{
    ttag_evaluate_opts opts = TTAG_EVALUATE_OPTS_INIT;
    opts.imply_truth = true;
    ttag_evaluation *e = evaluated(*state, FEED, opts);
    check_counts(e, "VulnerabilitiesAll", 2, 0, 0); /* "mixed" is one, now */
    ttag_evaluation_free(e);

    opts.imply_truth = false;
    opts.no_implies = true;
    e = evaluated(*state, FEED, opts);
    check_counts(e, "VulnerabilitiesAll", 0, 0, 1);
    ttag_evaluation_free(e);
}

static void evaluate__unknown_pairs(void **state)
{
    static const char feed[] =
        "{\"text\":\"mixed\",\"tags\":[\"VulnerabilitiesLinux\"],\"unknown\":[\"Malware\"]}\n"
        "{\"text\":\"mixed\",\"tags\":[\"Malware\"],\"unknown\":[\"*\"]}\n"
        "{\"text\":\"weather\",\"tags\":[\"Malware\"],\"unknown\":[\"Malware\",\"Never\"]}\n"
        "{\"text\":\"weather\",\"tags\":[],\"unknown\":[\"Late\"]}\n"
        "{\"text\":\"weather\",\"tags\":[\"Late\"]}\n";
    ttag_evaluation *e = evaluated(*state, feed, DEFAULTS);
    assert_int_equal(e->n_tags, 4); /* Never is nobody's tag */
    check_counts(e, "Malware", 1, 0, 1);
    check_counts(e, "VulnerabilitiesLinux", 1, 0, 0);
    check_counts(e, "VulnerabilitiesAll", 0, 1, 0);
    check_counts(e, "Late", 0, 0, 1);
    close_to(e->hamming_loss, 3.0 / (20 - 1 - 3 - 1));
    close_to(e->subset_accuracy, 2.0 / 5);
    ttag_evaluation_free(e);
}

static void evaluate__counts_what_it_leaves_out(void **state)
{
    fixture *f = *state;
    static const char feed[] = "{\"text\":\"kernel\"}\n"
                               "{\"text\":\"ransomware\",\"tags\":[\"Malware\"]}\n"
                               "{\"text\":\n"
                               "{\"text\":\"kernel\",\"tags\":\"Malware\"}\n"
                               "\n"
                               "{\"text\":\"kernel\"}\n";
    ttag_evaluation *e = evaluated(f, feed, DEFAULTS);
    assert_int_equal(e->documents, 1);
    assert_int_equal(e->unlabelled, 2);
    assert_int_equal(e->refused, 2);
    assert_int_equal(f->errors, 2);
    assert_non_null(strstr(f->messages, ":3"));
    assert_non_null(strstr(f->messages, ":4"));
    ttag_evaluation_free(e);
}

static void evaluate__nothing_labelled(void **state)
{
    fixture *f = *state;
    ttag_evaluation *e;
    ttag_error err = {0};
    write_feed(f, "{\"text\":\"kernel\"}\n{\"text\":\"kernel\"}\n{\n");
    assert_int_equal(run(f, &e, DEFAULTS, &err), TTAG_EMPTY);
    assert_null(e);
    assert_non_null(strstr(err.text, "2 without tags, 1 refused"));
}

static void evaluate__can_be_stopped(void **state)
{
    fixture *f = *state;
    ttag_evaluation *e;
    ttag_error err = {0};
    write_feed(f, FEED);
    f->stop = true;
    assert_int_equal(run(f, &e, DEFAULTS, &err), TTAG_CANCELLED);
    assert_null(e);
}

static void evaluate__refuses_a_damaged_model(void **state)
{
    fixture *f = *state;
    ttag_evaluation *e;
    ttag_error err = {0};
    write_feed(f, FEED);
    FILE *file = fopen(f->model_path, "r+b"); /* the mapping sees it */
    assert_non_null(file);
    assert_int_equal(fseek(file, -1, SEEK_END), 0);
    int last = fgetc(file);
    assert_int_equal(fseek(file, -1, SEEK_END), 0);
    fputc(last ^ 1, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(run(f, &e, DEFAULTS, &err), TTAG_FORMAT);
    assert_null(e);
}

/* ---- Reports. ---- */

typedef struct report {
    char *bytes;
    size_t size;
} report;

static report written(const ttag_evaluation *e, bool as_json, bool color)
{
    report r = {NULL, 0};
    FILE *out = open_memstream(&r.bytes, &r.size);
    assert_non_null(out);
    ttag_status status = as_json ? ttag_evaluation_write_json(e, out, NULL)
                                 : ttag_evaluation_write_text(e, out, color, NULL);
    assert_int_equal(status, TTAG_OK);
    assert_int_equal(fclose(out), 0);
    return r;
}

static void evaluate__same_bytes_for_any_number_of_threads(void **state)
{
    const char *words[] = {"ransomware", "kernel", "mixed", "advisory", "weather"};
    const char *tags[] = {"\"Malware\"", "\"VulnerabilitiesAll\"", "", "\"Other\""};
    buffer feed = {0};
    for (size_t i = 0; i < 2500; i++) /* three batches */
        buffer_printf(&feed, "{\"text\":\"%s %s\",\"tags\":[%s]}\n", words[i % 5], words[i / 7 % 5],
                      tags[i / 3 % 4]);
    assert_true(buffer_ok(&feed));
    ttag_evaluate_opts opts = TTAG_EVALUATE_OPTS_INIT;
    report reports[3];
    for (uint32_t i = 0; i < 3; i++) {
        opts.threads = 1 + 2 * i;
        ttag_evaluation *e = evaluated(*state, feed.bytes, opts);
        assert_int_equal(e->documents, 2500);
        reports[i] = written(e, true, false);
        ttag_evaluation_free(e);
    }
    assert_string_equal(reports[0].bytes, reports[1].bytes);
    assert_string_equal(reports[0].bytes, reports[2].bytes);
    for (size_t i = 0; i < 3; i++)
        free(reports[i].bytes);
    buffer_dispose(&feed);
}

static void check_keys(const tree *object, const char *const *keys)
{
    for (const tree *member = tree_first(object); member; member = tree_next(member), keys++) {
        assert_non_null(*keys);
        assert_true(view_equal(tree_key(member), view_of(*keys)));
    }
    assert_null(*keys);
}

static void json_report__holds_every_key_in_order(void **state)
{
    static const char *const keys[] = {
        "documents",   "micro",           "macro",        "weighted",   "samples",
        "per_article", "subset_accuracy", "hamming_loss", "jaccard",    "map",
        "ece",         "unseen_tags",     "tags",         "unlabelled", "refused",
        NULL};
    static const char *const mean_keys[] = {"precision", "recall", "f1", NULL};
    static const char *const tag_keys[] = {
        "tag", "support",           "tp",        "fp", "fn", "precision", "recall",
        "f1",  "average_precision", "threshold", NULL};
    ttag_evaluation *e = evaluated(*state, FEED, DEFAULTS);
    report r = written(e, true, false);
    size_t position;
    const char *reason;
    tree *parsed = tree_parse((ttag_view){r.bytes, r.size}, &position, &reason);
    assert_non_null(parsed);
    check_keys(parsed, keys);
    check_keys(tree_member(parsed, "per_article"), mean_keys);
    close_to(tree_number(tree_member(parsed, "documents")), 5);
    close_to(tree_number(tree_member(tree_member(parsed, "micro"), "f1")), e->micro.f1);
    close_to(tree_number(tree_member(parsed, "map")), e->map);
    const tree *tag = tree_first(tree_member(parsed, "tags"));
    for (size_t i = 0; i < e->n_tags; i++, tag = tree_next(tag)) {
        assert_non_null(tag);
        check_keys(tag, tag_keys);
        assert_int_equal(tree_kind_of(tree_member(tag, "threshold")),
                         i < N_TAGS ? JSON_NUMBER : JSON_NULL);
    }
    assert_null(tag);
    assert_true(
        view_equal(tree_string(tree_first(tree_member(parsed, "unseen_tags"))), view_of("Alien")));
    tree_free(parsed);
    free(r.bytes);
    ttag_evaluation_free(e);
}

static void check_line_widths(const char *text, size_t most)
{
    while (*text) {
        size_t size = strcspn(text, "\n");
        assert_true(cell_width((ttag_view){text, size}) <= most);
        text += size + (text[size] == '\n');
    }
}

static void text_report__tells_tags_and_what_to_look_at(void **state)
{
    ttag_evaluation *e = evaluated(*state, FEED, DEFAULTS);
    report r = written(e, false, false);
    assert_non_null(strstr(r.bytes, "5 articles, 5 tags (2 of them unknown to the model)\n"));
    assert_non_null(strstr(r.bytes, "micro                0.667   0.571  0.615  ██████▏"));
    assert_non_null(strstr(r.bytes, "VulnerabilitiesLinux        2      1.000   1.000  1.000"));
    assert_non_null(strstr(r.bytes, "never given:\n  Alien, Zeroday\n"));
    assert_null(strchr(r.bytes, '\x1b'));
    check_line_widths(r.bytes, 100);
    free(r.bytes);

    r = written(e, false, true);
    assert_non_null(strstr(r.bytes, "\x1b[32m  1.000"));
    assert_non_null(strstr(r.bytes, "\x1b[31m  0.000"));
    free(r.bytes);
    ttag_evaluation_free(e);
}

static void text_report__long_and_hostile_names(void **state)
{
    (void)state;
    ttag_tag_scores tags[] = {
        {.tag = view_of("Absent"), .threshold = 0.5},
        {.tag = view_of("Überwachung\x1b[31m kritischer Anlagen in mehreren Ländern Europas"),
         .support = 9,
         .tp = 3,
         .fn = 6,
         .fp = 2,
         .precision = 0.6,
         .recall = 1.0 / 3,
         .f1 = 0.43,
         .average_precision = 0.5,
         .threshold = 0.5}};
    ttag_view unseen[50];
    for (size_t i = 0; i < 50; i++)
        unseen[i] = view_of("SomeUnseenTag");
    ttag_evaluation e = {.documents = 9,
                         .unlabelled = 1,
                         .refused = 2,
                         .tags = tags,
                         .n_tags = 2,
                         .unseen = unseen,
                         .n_unseen = 50};
    report r = written(&e, false, false);
    check_line_widths(r.bytes, 100);
    assert_null(strchr(r.bytes, '\x1b'));
    assert_non_null(strstr(r.bytes, "…"));
    assert_non_null(strstr(r.bytes, "skipped: 1 without labels, 2 refused"));
    assert_non_null(strstr(r.bytes, "and 30 more"));
    assert_non_null(strstr(r.bytes, "1 tag has no article here; in macro it counts as 0"));
    assert_non_null(strstr(r.bytes, "f1 0.430: 6 of 9 missed, 2 given wrongly"));
    free(r.bytes);
}

static void cells__pad_cut_and_draw(void **state)
{
    (void)state;
    buffer b = {0};
    cell_put_text(&b, view_of("Gerät"), 6);
    buffer_char(&b, '|');
    cell_put_text(&b, view_of("Geräte"), 5);
    buffer_char(&b, '|');
    cell_put_text(&b, view_of("x"), 0);
    cell_put_bar(&b, 0.3125, 4);
    buffer_char(&b, '|');
    cell_put_bar(&b, 2, 2);
    cell_put_bar(&b, NAN, 1);
    cell_put_bar(&b, -1, 1);
    buffer_char(&b, '|');
    cell_put_share(&b, NAN, 3);
    assert_string_equal(b.bytes, "Gerät |Gerä…|█▎  |██  |  -");
    buffer_dispose(&b);
}

static void reports__a_full_disk_is_noticed(void **state)
{
    ttag_evaluation *e = evaluated(*state, FEED, DEFAULTS);
    ttag_error err = {0};
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    assert_int_equal(ttag_evaluation_write_json(e, full, &err), TTAG_IO);
    assert_int_equal(err.code, TTAG_IO);
    assert_int_equal(ttag_evaluation_write_text(e, full, false, &err), TTAG_IO);
    assert_non_null(strstr(err.text, "No space left"));
    fclose(full);
    ttag_evaluation_free(e);
}

/* ---- Figures by name. ---- */

static double figure(const ttag_evaluation *e, const char *name)
{
    double value = -1;
    if (!ttag_evaluation_figure(e, name, &value))
        fail_msg("no figure %s", name);
    return value;
}

static void figure__by_name(void **state)
{
    (void)state;
    ttag_tag_scores tags[] = {{.tag = view_of("Malware"), .f1 = 0.1, .average_precision = 0.2},
                              {.tag = view_of("Security News"), .precision = 0.3},
                              {.tag = view_of("T1059.001"), .recall = 0.4}};
    ttag_evaluation e = {.micro = {0.5, 0.6, 0.7},
                         .per_article = {0.8, 0.85, 0.9},
                         .map = 0.11,
                         .subset_accuracy = 0.12,
                         .hamming_loss = 0.13,
                         .jaccard = 0.14,
                         .ece = 0.15,
                         .macro = {1, 2, 3},
                         .tags = tags,
                         .n_tags = 3};
    close_to(figure(&e, "micro.f1"), 0.7);
    close_to(figure(&e, "micro_f1"), 0.7);
    close_to(figure(&e, "micro-f1"), 0.7);
    close_to(figure(&e, "micro"), 0.7);
    close_to(figure(&e, "micro.recall"), 0.6);
    close_to(figure(&e, "macro.precision"), 1);
    close_to(figure(&e, "per_article"), 0.9);
    close_to(figure(&e, "per_article.recall"), 0.85);
    close_to(figure(&e, "per_article_precision"), 0.8);
    close_to(figure(&e, "per-article-precision"), 0.8);
    close_to(figure(&e, "subset_accuracy"), 0.12);
    close_to(figure(&e, "hamming_loss"), 0.13);
    close_to(figure(&e, "jaccard"), 0.14);
    close_to(figure(&e, "map"), 0.11);
    close_to(figure(&e, "ece"), 0.15);
    close_to(figure(&e, "Malware.f1"), 0.1);
    close_to(figure(&e, "Malware.average_precision"), 0.2);
    close_to(figure(&e, "Security News.precision"), 0.3);
    close_to(figure(&e, "T1059.001.recall"), 0.4);
}

static void figure__no_such(void **state)
{
    (void)state;
    ttag_tag_scores tags[] = {{.tag = view_of("Malware"), .f1 = 0.1}};
    ttag_evaluation e = {.tags = tags, .n_tags = 1};
    const char *wrong[] = {"",           "micro.", "micro.f2", "microf1", "Malware",    "Malware.",
                           "malware.f1", ".f1",    "f1",       "mapp",    "macro.f1.f1"};
    double value = 7;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(ttag_evaluation_figure(&e, wrong[i], &value));
    close_to(value, 7);
}

static void figure__which_way_is_better(void **state)
{
    (void)state;
    assert_true(ttag_figure_rises("micro.f1"));
    assert_true(ttag_figure_rises("map"));
    assert_true(ttag_figure_rises("ece.f1")); /* of a tag named ece */
    assert_false(ttag_figure_rises("ece"));
    assert_false(ttag_figure_rises("hamming_loss"));
    assert_false(ttag_figure_rises("hamming-loss"));
}

#ifdef TTAG_FAULTS
static void evaluate__out_of_memory(void **state)
{
    fixture *f = *state;
    ttag_evaluate_opts opts = TTAG_EVALUATE_OPTS_INIT;
    opts.threads = 1;
    opts.imply_truth = true;
    write_feed(f, FEED);
    size_t n = 1;
    for (;; n++) {
        ttag_evaluation *e;
        ttag_error err = {0};
        mem_fail_after(n);
        ttag_status status = run(f, &e, opts, &err);
        mem_fail_after(0);
        ttag_evaluation_free(e);
        if (status == TTAG_OK)
            break;
        assert_int_equal(status, TTAG_NOMEM);
        assert_int_equal(err.code, TTAG_NOMEM);
        assert_null(e);
    }
    assert_true(n > 20);
}

static void reports__out_of_memory(void **state)
{
    ttag_evaluation *e = evaluated(*state, FEED, DEFAULTS);
    FILE *out = fopen("/dev/null", "w");
    assert_non_null(out);
    for (int as_json = 0; as_json < 2; as_json++) {
        for (size_t n = 1;; n++) {
            mem_fail_after(n);
            ttag_status status = as_json ? ttag_evaluation_write_json(e, out, NULL)
                                         : ttag_evaluation_write_text(e, out, false, NULL);
            mem_fail_after(0);
            if (status == TTAG_OK)
                break;
            assert_int_equal(status, TTAG_NOMEM);
        }
    }
    fclose(out);
    ttag_evaluation_free(e);
}
#endif

#define WITH_MODEL(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_MODEL(evaluate__by_hand),
        WITH_MODEL(evaluate__puts_passages_together),
        WITH_MODEL(evaluate__names_tags_and_unseen_ones),
        WITH_MODEL(evaluate__thresholds_as_used),
        WITH_MODEL(evaluate__implications),
        WITH_MODEL(evaluate__unknown_pairs),
        WITH_MODEL(evaluate__counts_what_it_leaves_out),
        WITH_MODEL(evaluate__nothing_labelled),
        WITH_MODEL(evaluate__can_be_stopped),
        WITH_MODEL(evaluate__refuses_a_damaged_model),
        WITH_MODEL(evaluate__same_bytes_for_any_number_of_threads),
        WITH_MODEL(json_report__holds_every_key_in_order),
        WITH_MODEL(text_report__tells_tags_and_what_to_look_at),
        cmocka_unit_test(text_report__long_and_hostile_names),
        cmocka_unit_test(cells__pad_cut_and_draw),
        WITH_MODEL(reports__a_full_disk_is_noticed),
        cmocka_unit_test(figure__by_name),
        cmocka_unit_test(figure__no_such),
        cmocka_unit_test(figure__which_way_is_better),
#ifdef TTAG_FAULTS
        WITH_MODEL(evaluate__out_of_memory),
        WITH_MODEL(reports__out_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
