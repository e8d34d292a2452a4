/* ttag_train from a feed in a file to the parts of a model. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/sigmoid.h"
#include "base/view.h"
#include "tests/json_tree/json_tree.h"
#include "ttag/train.h"

/* ---- Feeds. ---- */

static const char *const RANSOM[] = {"ransomware", "encrypted", "decryptor", "extortion",
                                     "bitcoin",    "leak",      "gang",      "payment"};
static const char *const PHISH[] = {"phishing", "mailbox",  "lure",  "credentials",
                                    "spoofed",  "password", "login", "attachment"};
static const char *const COMMON[] = {"the",   "company", "said",   "on",    "monday", "that",
                                     "staff", "found",   "a",      "new",   "report", "about",
                                     "and",   "its",     "office", "while", "users",  "today"};

static const char *word(const char *const *words, size_t count, unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return words[(*seed >> 8) % count];
}

/* A sentence with words of up to two topics (bits of `topics`). */
static void put_text(buffer *b, unsigned topics, unsigned seed)
{
    for (int i = 0; i < 14; i++) {
        buffer_text(b, word(COMMON, 18, &seed));
        buffer_char(b, ' ');
        if (topics & 1 && i % 4 == 0)
            buffer_text(b, word(RANSOM, 8, &seed));
        if (topics & 2 && i % 4 == 1)
            buffer_text(b, word(PHISH, 8, &seed));
        buffer_char(b, ' ');
    }
}

static void put_record(buffer *b, unsigned topics, unsigned seed, const char *members)
{
    buffer_printf(b, "{\"id\":%u,\"text\":\"", seed);
    put_text(b, topics, seed);
    buffer_printf(b, "\",%s}\n", members);
}

/* 60 records: a third on ransomware, a third on both, the rest on phishing or nothing. */
static void put_usual(buffer *b)
{
    static const char *const TAGS[] = {"\"tags\":[]", "\"tags\":[\"Ransom\"]",
                                       "\"tags\":[\"Phish\"]", "\"tags\":[\"Phish\",\"Ransom\"]"};
    for (unsigned i = 0; i < 60; i++) {
        unsigned topics = i % 3 == 0 ? 1 : i % 3 == 1 ? 3 : i % 2 ? 2 : 0;
        put_record(b, topics, i + 1, TAGS[topics]);
    }
}

/* What a training said, and what it gave. */
typedef struct run {
    ttag_trained *trained;
    ttag_status status;
    ttag_error err;
    buffer said; /* a line for each message: level, place, text */
    double progress;
    char path[64];
} run;

static void hear(void *payload, ttag_level level, const char *place, const char *text)
{
    run *r = payload;
    buffer_printf(&r->said, "%d|%s|%s\n", (int)level, place ? place : "", text);
}

static void watch(void *payload, const char *activity, double done, double total)
{
    run *r = payload;
    if (strcmp(activity, "training") == 0) {
        assert_true(done >= r->progress && done <= total);
        r->progress = done;
    }
}

static ttag_train_opts usual_opts(void)
{
    ttag_train_opts opts = TTAG_TRAIN_OPTS_INIT;
    opts.threads = 1;
    opts.text.char_least = opts.text.char_most =
        0; /* few terms, so that hundreds of runs take seconds */
    return opts;
}

/* Trains on the bytes of `feed`, which it disposes of. */
static run train(buffer *feed, ttag_train_opts opts)
{
    run r = {.path = "/tmp/ttag-train-XXXXXX"};
    const char *path = r.path;
    ttag_reader *reader;
    ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
    ttag_monitor monitor = {.message = hear, .progress = watch, .payload = &r};
    int file = mkstemp(r.path);
    assert_true(file >= 0 && buffer_ok(feed));
    assert_true(write(file, feed->bytes ? feed->bytes : "", feed->size) == (ssize_t)feed->size);
    close(file);
    reading.format = TTAG_INPUT_JSONL;
    assert_int_equal(ttag_reader_open(&reader, &path, 1, &reading, NULL), TTAG_OK);
    if (!opts.monitor)
        opts.monitor = &monitor;
    r.status = ttag_train(&r.trained, reader, &opts, &r.err);
    assert_true((r.status == TTAG_OK) == (r.trained != NULL));
    assert_true(r.status == TTAG_OK || r.err.code == r.status);
    ttag_reader_free(reader);
    unlink(r.path);
    buffer_dispose(feed);
    return r;
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

static const ttag_model_tag *tag_of(const run *r, const char *name)
{
    assert_int_equal(r->status, TTAG_OK);
    const ttag_model_parts *parts = ttag_trained_parts(r->trained);
    for (size_t t = 0; t < parts->n_tags; t++)
        if (view_equal(parts->tags[t].name, view_of(name)))
            return &parts->tags[t];
    return NULL;
}

static float weight_of(const run *r, const char *term, const char *tag)
{
    const ttag_model_parts *parts = ttag_trained_parts(r->trained);
    uint32_t row = ttag_vocabulary_find(&parts->vocabulary, view_of(term));
    assert_true(row < parts->vocabulary.n_terms);
    return parts->weights[row * parts->weight_stride + (size_t)(tag_of(r, tag) - parts->tags)];
}

static bool has_term(const run *r, const char *term)
{
    const ttag_model_parts *parts = ttag_trained_parts(r->trained);
    return ttag_vocabulary_find(&parts->vocabulary, view_of(term)) != UINT32_MAX;
}

/* ---- Whole trainings. ---- */

static void ttag_train__learns_what_is_there(void **state)
{
    (void)state;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, usual_opts());
    const ttag_model_tag *ransom = tag_of(&r, "Ransom");
    const ttag_model_parts *parts = ttag_trained_parts(r.trained);
    assert_non_null(ransom);
    assert_int_equal(parts->n_tags, 2);
    assert_int_equal(parts->weight_stride, 8);
    assert_true(parts->calibrated);
    assert_int_equal(ransom->support, 40);
    assert_true(ransom->oof_f1 > 0.9f && ransom->oof_f1 <= 1.0f);
    assert_true(!isnan(ransom->cut_spread));
    assert_true(ransom->slope < 0);
    assert_true(ransom->threshold == platt_probability(ransom->slope, ransom->offset, ransom->cut));
    assert_true(weight_of(&r, "ransomware", "Ransom") > 0);
    assert_true(weight_of(&r, "phishing", "Phish") > 0);
    assert_true(weight_of(&r, "ransomware", "Phish") < weight_of(&r, "phishing", "Phish"));
    assert_int_equal(ttag_trained_counts(r.trained)->used, 60);
    assert_true(r.progress > 0);
    assert_int_equal(r.said.size, 0);
    run_dispose(&r);
}

static void assert_same(const run *a, const run *b)
{
    const ttag_model_parts *p = ttag_trained_parts(a->trained);
    const ttag_model_parts *q = ttag_trained_parts(b->trained);
    assert_int_equal(p->n_tags, q->n_tags);
    assert_int_equal(p->vocabulary.n_terms, q->vocabulary.n_terms);
    assert_int_equal(p->weights != NULL, q->weights != NULL);
    if (p->weights)
        assert_memory_equal(p->weights, q->weights,
                            p->vocabulary.n_terms * p->weight_stride * sizeof *p->weights);
    assert_true(view_equal(p->card, q->card));
    for (size_t t = 0; t < p->n_tags; t++) {
        assert_true(p->tags[t].bias == q->tags[t].bias);
        assert_true(p->tags[t].cut == q->tags[t].cut);
        assert_true(p->tags[t].threshold == q->tags[t].threshold);
        assert_true(p->tags[t].slope == q->tags[t].slope);
        assert_true(p->tags[t].offset == q->tags[t].offset);
    }
}

static void ttag_train__is_the_same_for_any_threads(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    buffer feed = {0};
    put_usual(&feed);
    run one = train(&feed, opts);
    for (opts.threads = 2; opts.threads < 5; opts.threads++) {
        put_usual(&feed);
        run more = train(&feed, opts);
        assert_same(&one, &more);
        run_dispose(&more);
    }
    run_dispose(&one);
}

static void ttag_train__depends_on_the_seed(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    buffer feed = {0};
    put_usual(&feed);
    run one = train(&feed, opts);
    opts.seed = 2;
    put_usual(&feed);
    run two = train(&feed, opts);
    assert_true(tag_of(&one, "Ransom")->cut != tag_of(&two, "Ransom")->cut);
    assert_true(tag_of(&one, "Ransom")->bias == tag_of(&two, "Ransom")->bias);
    run_dispose(&one);
    run_dispose(&two);
}

static void ttag_train__without_thresholds(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.thresholds = TTAG_THRESHOLDS_NONE;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    const ttag_model_tag *tag = tag_of(&r, "Ransom");
    assert_false(ttag_trained_parts(r.trained)->calibrated);
    assert_true(tag->slope == -1 && tag->offset == 0 && tag->threshold == 0.5f && tag->cut == 0);
    assert_true(isnan(tag->oof_precision) && isnan(tag->oof_recall) && isnan(tag->oof_f1));
    assert_true(isnan(tag->cut_spread));
    run_dispose(&r);
}

static void ttag_train__takes_as_many_partitions_as_asked(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.partitions = 1;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    assert_true(isnan(tag_of(&r, "Ransom")->cut_spread));
    run_dispose(&r);
}

/* ---- What articles say. ---- */

/* The usual feed and six articles on ransomware that do not carry its tag. */
static run train_doubtful(const char *members)
{
    buffer feed = {0};
    put_usual(&feed);
    for (unsigned i = 0; i < 6; i++)
        put_record(&feed, 1, 100 + i, members);
    return train(&feed, usual_opts());
}

/* What all words of the topic weigh together. */
static float ransom_weight(const run *r)
{
    float sum = 0;
    for (size_t i = 0; i < sizeof RANSOM / sizeof *RANSOM; i++)
        sum += weight_of(r, RANSOM[i], "Ransom");
    return sum;
}

static void ttag_train__honours_what_is_unknown(void **state)
{
    (void)state;
    run negative = train_doubtful("\"tags\":[]");
    run named = train_doubtful("\"tags\":[],\"unknown\":[\"Ransom\"]");
    run others = train_doubtful("\"tags\":[],\"unknown\":[\"*\"]");
    assert_true(ransom_weight(&negative) < ransom_weight(&named) - 0.1f);
    assert_true(ransom_weight(&others) == ransom_weight(&named));
    assert_true(tag_of(&named, "Ransom")->bias == tag_of(&others, "Ransom")->bias);
    assert_true(tag_of(&named, "Ransom")->oof_f1 > tag_of(&negative, "Ransom")->oof_f1);
    assert_true(weight_of(&negative, "phishing", "Phish") ==
                weight_of(&named, "phishing", "Phish"));
    run_dispose(&negative);
    run_dispose(&named);
    run_dispose(&others);
}

static void put_many_tags(buffer *b, unsigned first, unsigned count)
{
    buffer_text(b, "\"tags\":[");
    for (unsigned t = 0; t < count; t++)
        buffer_printf(b, "%s\"n%02u\"", t ? "," : "", first + t);
    buffer_text(b, "]");
}

static void put_held(buffer *feed, unsigned first, unsigned count, const char *text)
{
    buffer_printf(feed, "{\"text\":\"%s\",", text);
    put_many_tags(feed, first, count);
    buffer_text(feed, "}\n");
}

/* 12 tags seen: one article carries 11 of them, two carry ten and two tags of their own. */
static void ttag_train__keeps_blanket_tagged_articles_out(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.text = (ttag_text_opts)TTAG_TEXT_OPTS_PLAIN;
    buffer feed = {0};
    put_held(&feed, 0, 11, "everything at once, zanzibar");
    put_usual(&feed);
    run r = train(&feed, opts);
    char place[256];
    snprintf(place, sizeof place,
             "%d|%s:1|carries 11 of 13 tags: blanket-tagged, kept out of training\n", TTAG_WARNING,
             r.path);
    assert_true(said(&r, place));
    assert_int_equal(ttag_trained_counts(r.trained)->blanket, 1);
    assert_int_equal(ttag_trained_counts(r.trained)->used, 60);
    assert_int_equal(ttag_trained_counts(r.trained)->dropped_tags, 11);
    assert_false(has_term(&r, "zanzibar"));
    assert_null(tag_of(&r, "n00"));
    run_dispose(&r);
}

static void ttag_train__uses_articles_with_many_tags_of_a_large_taxonomy(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.text = (ttag_text_opts)TTAG_TEXT_OPTS_PLAIN;
    buffer feed = {0};
    put_held(&feed, 0, 10, "first of many, zanzibar");
    put_held(&feed, 20, 10, "second of many");
    put_usual(&feed);
    run r = train(&feed, opts);
    assert_int_equal(ttag_trained_counts(r.trained)->blanket, 0);
    assert_int_equal(ttag_trained_counts(r.trained)->used, 62);
    assert_true(has_term(&r, "zanzibar"));
    run_dispose(&r);
}

static void ttag_train__drops_and_names_rare_tags(void **state)
{
    (void)state;
    buffer feed = {0};
    put_usual(&feed);
    put_record(&feed, 0, 200, "\"tags\":[\"Lone\"]");
    put_record(&feed, 0, 201, "\"tags\":[\"Alone\",\"Phish\"]");
    run r = train(&feed, usual_opts());
    assert_true(said(&r, "2 tags have fewer than 2 positive articles and are dropped: Alone (1), "
                         "Lone (1)\n"));
    assert_int_equal(ttag_trained_counts(r.trained)->dropped_tags, 2);
    assert_null(tag_of(&r, "Lone"));
    run_dispose(&r);
}

static void ttag_train__names_twenty_dropped_tags(void **state)
{
    (void)state;
    buffer feed = {0};
    put_usual(&feed);
    for (unsigned i = 0; i < 33; i++) {
        buffer_text(&feed, "{\"text\":\"one more\",");
        put_many_tags(&feed, i, 1);
        buffer_text(&feed, "}\n");
    }
    run r = train(&feed, usual_opts());
    assert_true(said(&r, "n18 (1), n19 (1) and 13 more\n"));
    assert_false(said(&r, "n20"));
    run_dispose(&r);
}

static void ttag_train__keeps_a_tag_that_all_carry_as_constant(void **state)
{
    (void)state;
    buffer feed = {0};
    for (unsigned i = 0; i < 30; i++)
        put_record(&feed, 1 + i % 2, i,
                   i % 2 ? "\"tags\":[\"All\",\"Phish\"]" : "\"tags\":[\"All\"]");
    put_record(&feed, 1, 99, "\"tags\":[],\"unknown\":[\"All\"]");
    run r = train(&feed, usual_opts());
    const ttag_model_tag *all = tag_of(&r, "All");
    assert_true(all->constant);
    assert_true(all->bias == 1 && all->threshold == 0 && all->cut == 0 && all->slope == -1);
    assert_true(weight_of(&r, "phishing", "All") == 0);
    assert_false(tag_of(&r, "Phish")->constant);
    assert_true(said(&r, "every known article carries the tag \"All\": it will always be given"));
    run_dispose(&r);
}

static void ttag_train__of_constant_tags_only(void **state)
{
    (void)state;
    buffer feed = {0};
    for (unsigned i = 0; i < 5; i++)
        put_record(&feed, 1, i, "\"tags\":[\"All\"]");
    run r = train(&feed, usual_opts());
    assert_true(tag_of(&r, "All")->constant);
    run_dispose(&r);
}

static void ttag_train__counts_what_it_skips_and_names_what_is_refused(void **state)
{
    (void)state;
    buffer feed = {0};
    char place[256];
    put_usual(&feed);
    buffer_text(&feed, "{\"text\":\n{\"text\":\"no label\"}\n");
    run r = train(&feed, usual_opts());
    const ttag_train_counts *counts = ttag_trained_counts(r.trained);
    assert_int_equal(counts->refused, 1);
    assert_int_equal(counts->unlabelled, 1);
    snprintf(place, sizeof place, "%s:61:", r.path);
    assert_true(said(&r, place));
    run_dispose(&r);
}

/* ---- Taxonomies. ---- */

static void ttag_train__takes_texts_and_implications_of_the_taxonomy(void **state)
{
    (void)state;
    buffer feed = {0};
    put_usual(&feed);
    for (unsigned i = 0; i < 4; i++)
        put_record(&feed, 0, 400 + i,
                   i % 2 ? "\"tags\":[\"VulnerabilitiesLinux\",\"VulnerabilitiesAll\"]"
                         : "\"tags\":[\"VulnerabilitiesAll\"]");
    run r = train(&feed, usual_opts());
    const ttag_model_tag *linux_tag = tag_of(&r, "VulnerabilitiesLinux");
    const ttag_model_tag *own = tag_of(&r, "Ransom");
    const ttag_model_parts *parts = ttag_trained_parts(r.trained);
    assert_true(linux_tag->description.size > 0 && linux_tag->group.size > 0);
    assert_int_equal(linux_tag->n_implies, 1);
    assert_ptr_equal(&parts->tags[linux_tag->implies[0]], tag_of(&r, "VulnerabilitiesAll"));
    assert_int_equal(own->description.size, 0);
    assert_non_null(own->description.bytes);
    assert_int_equal(own->n_implies, 0);
    run_dispose(&r);
}

static ttag_taxonomy *taxonomy_of(const char *text)
{
    char path[] = "/tmp/ttag-tags-XXXXXX";
    ttag_taxonomy *taxonomy;
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_true(write(file, text, strlen(text)) == (ssize_t)strlen(text));
    close(file);
    assert_int_equal(ttag_taxonomy_load(&taxonomy, path, NULL), TTAG_OK);
    unlink(path);
    return taxonomy;
}

static void ttag_train__learns_the_tags_of_the_taxonomy_only(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    ttag_taxonomy *taxonomy = taxonomy_of("Ransom\nNever seen\n");
    opts.taxonomy = taxonomy;
    opts.only_taxonomy = true;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    ttag_taxonomy_free(taxonomy);
    assert_int_equal(ttag_trained_parts(r.trained)->n_tags, 1);
    assert_non_null(tag_of(&r, "Ransom"));
    assert_true(said(&r, "ignored tags that the taxonomy does not list: 1\n"));
    assert_true(said(&r, "Never seen (0)"));
    run_dispose(&r);
}

/* ---- Weights and extra feeds. ---- */

/* What all models say of a tag, as far as it is no matter of rounding. */
static void assert_like(const run *a, const run *b, const char *tag)
{
    static const char *const TERMS[] = {"ransomware", "gang", "phishing", "the"};
    for (size_t k = 0; k < sizeof TERMS / sizeof *TERMS; k++)
        assert_true(fabsf(weight_of(a, TERMS[k], tag) - weight_of(b, TERMS[k], tag)) < 1e-3f);
    assert_true(fabsf(tag_of(a, tag)->bias - tag_of(b, tag)->bias) < 1e-3f);
    assert_true(fabsf(tag_of(a, tag)->cut - tag_of(b, tag)->cut) < 0.02f);
}

static void ttag_train__leaves_out_what_weighs_nothing(void **state)
{
    (void)state;
    buffer with = {0}, without = {0};
    put_usual(&with);
    put_usual(&without);
    put_record(&with, 1, 300, "\"tags\":[\"Phish\",\"Unheard\"],\"weight\":0");
    put_record(&without, 1, 300, "\"title\":\"t\"");
    run a = train(&with, usual_opts()), b = train(&without, usual_opts());
    assert_true(said(&a, "left out, as their weight is 0: 1"));
    assert_int_equal(ttag_trained_counts(a.trained)->weightless, 1);
    assert_int_equal(ttag_trained_counts(a.trained)->used, 60);
    assert_true(weight_of(&a, "gang", "Phish") == weight_of(&b, "gang", "Phish"));
    assert_true(tag_of(&a, "Phish")->cut == tag_of(&b, "Phish")->cut);
    run_dispose(&a);
    run_dispose(&b);
}

/* Weights move terms' weights; a cut counts every article once. */
static void ttag_train__weighs_articles(void **state)
{
    (void)state;
    buffer light = {0}, heavy = {0};
    put_usual(&light);
    put_usual(&heavy);
    for (unsigned i = 0; i < 8; i++) { /* the same text, with the tag and without */
        const char *members = i % 2 ? "[]" : "[\"Phish\"]";
        buffer_printf(&light, "{\"text\":\"zebra\",\"tags\":%s,\"weight\":%s}\n", members,
                      i % 2 ? "1" : "0.01");
        buffer_printf(&heavy, "{\"text\":\"zebra\",\"tags\":%s,\"weight\":%s}\n", members,
                      i % 2 ? "1" : "5");
    }
    run a = train(&light, usual_opts()), b = train(&heavy, usual_opts());
    assert_int_equal(a.said.size, 0);
    assert_int_equal(tag_of(&a, "Phish")->support, tag_of(&b, "Phish")->support);
    assert_true(weight_of(&a, "zebra", "Phish") < 0);
    assert_true(weight_of(&b, "zebra", "Phish") > 0);
    run_dispose(&a);
    run_dispose(&b);
}

/* Trains on `feed`, with `extra` at that weight beside it. Disposes of both. */
static run train_beside(buffer *feed, buffer *extra, double weight, ttag_train_opts opts)
{
    char path[] = "/tmp/ttag-extra-XXXXXX";
    const char *name = path;
    ttag_extra_feed beside = {NULL, weight};
    ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
    int file = mkstemp(path);
    assert_true(file >= 0 && buffer_ok(extra));
    assert_true(write(file, extra->bytes ? extra->bytes : "", extra->size) == (ssize_t)extra->size);
    close(file);
    reading.format = TTAG_INPUT_JSONL;
    assert_int_equal(ttag_reader_open(&beside.feed, &name, 1, &reading, NULL), TTAG_OK);
    opts.extra = &beside;
    opts.n_extra = 1;
    run r = train(feed, opts);
    ttag_reader_free(beside.feed);
    unlink(path);
    buffer_dispose(extra);
    return r;
}

static void ttag_train__learns_from_extra_articles(void **state)
{
    (void)state;
    buffer feed = {0}, extra = {0}, joined = {0};
    ttag_train_opts opts = usual_opts();
    opts.thresholds = TTAG_THRESHOLDS_NONE;
    opts.text.smooth_idf = false; /* extra articles do not count there */
    put_usual(&feed);
    put_usual(&joined);
    for (unsigned i = 0; i < 8; i++) {
        put_record(&extra, 1, 300 + i, "\"tags\":[\"Phish\",\"Unheard\"],\"weight\":2");
        put_record(&joined, 1, 300 + i, "\"tags\":[\"Phish\"],\"weight\":0.5");
    }
    run a = train_beside(&feed, &extra, 0.25, opts);
    run b = train(&joined, opts);
    const ttag_train_counts *counts = ttag_trained_counts(a.trained);
    assert_int_equal(counts->used, 60);
    assert_int_equal(counts->extra, 8);
    assert_null(tag_of(&a, "Unheard"));
    assert_like(&a, &b, "Phish");
    assert_like(&a, &b, "Ransom");
    assert_int_equal(tag_of(&a, "Phish")->support + 8, tag_of(&b, "Phish")->support);
    run_dispose(&a);
    run_dispose(&b);
}

/* Extra articles have no say in cuts: these stay those of the feed, though the scores move. */
static void ttag_train__never_scores_extra_articles(void **state)
{
    (void)state;
    buffer feed = {0}, extra = {0};
    put_usual(&feed);
    for (unsigned i = 0; i < 200; i++)
        put_record(&extra, 0, 300 + i, "\"tags\":[\"Ransom\"]"); /* far too many of them */
    run r = train_beside(&feed, &extra, 1e-6, usual_opts());
    assert_true(tag_of(&r, "Ransom")->oof_f1 > 0.9f);
    assert_int_equal(tag_of(&r, "Ransom")->support, 40);
    run_dispose(&r);
}

/* Of a term that the feed holds the weight in vectors stays; one that it lacks is that of one
   article. idf = ln((1 + n) / (1 + df)) + 1 */
static void ttag_train__extra_articles_leave_document_frequencies(void **state)
{
    (void)state;
    buffer alone = {0}, feed = {0}, extra = {0};
    put_usual(&alone);
    put_usual(&feed);
    for (unsigned i = 0; i < 30; i++)
        buffer_text(&extra, "{\"text\":\"ransomware zebra\",\"tags\":[\"Ransom\"]}\n");
    run a = train(&alone, usual_opts()), b = train_beside(&feed, &extra, 1, usual_opts());
    const ttag_vocabulary *before = &ttag_trained_parts(a.trained)->vocabulary;
    const ttag_vocabulary *after = &ttag_trained_parts(b.trained)->vocabulary;
    uint32_t was = ttag_vocabulary_find(before, view_of("ransomware"));
    uint32_t is = ttag_vocabulary_find(after, view_of("ransomware"));
    uint32_t zebra = ttag_vocabulary_find(after, view_of("zebra"));
    assert_true(before->idf[was] == after->idf[is] && before->df[was] == after->df[is]);
    assert_int_equal(after->df[zebra], 1);
    assert_true(fabs((double)after->idf[zebra] - (log(61.0 / 2) + 1)) < 1e-6);
    run_dispose(&a);
    run_dispose(&b);
}

static void ttag_train__min_docs_and_extra_articles(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.min_docs = 5;
    for (unsigned listed = 0; listed < 2; listed++) {
        buffer feed = {0}, extra = {0};
        put_usual(&feed);
        put_record(&feed, 0, 200, "\"tags\":[\"Leak\"]");
        for (unsigned i = 0; i < 8; i++)
            put_record(&extra, i % 4, 300 + i, "\"tags\":[\"Leak\",\"Elsewhere\"]");
        ttag_taxonomy *taxonomy = taxonomy_of("Ransom\nPhish\nLeak\nElsewhere\n");
        opts.taxonomy = listed ? taxonomy : NULL;
        opts.only_taxonomy = listed;
        run r = train_beside(&feed, &extra, 1, opts);
        assert_int_equal(tag_of(&r, "Leak") != NULL, listed);
        const ttag_model_tag *elsewhere = tag_of(&r, "Elsewhere");
        assert_int_equal(elsewhere != NULL, listed);
        if (elsewhere) { /* no article of the feed to choose a cut by */
            assert_true(said(&r, "only extra articles carry the tag \"Elsewhere\""));
            assert_true(elsewhere->cut == 0 && elsewhere->threshold == 0.5f);
            assert_int_equal(elsewhere->support, 0);
            assert_int_equal(ttag_trained_counts(r.trained)->unfinished, 0);
        }
        run_dispose(&r);
        ttag_taxonomy_free(taxonomy);
    }
}

/* ---- Folds that cannot be. ---- */

static void ttag_train__takes_fewer_folds_where_groups_are_few(void **state)
{
    (void)state;
    buffer feed = {0};
    for (unsigned i = 0; i < 30; i++)
        put_record(&feed, 1 + i % 2, i,
                   i % 3 == 0   ? "\"group\":\"a\",\"tags\":[\"Ransom\"]"
                   : i % 3 == 1 ? "\"group\":\"b\",\"tags\":[\"Phish\"]"
                                : "\"group\":\"c\",\"tags\":[\"Phish\",\"Ransom\"]");
    run r = train(&feed, usual_opts());
    assert_true(said(&r, "5 folds asked for, but there are only 3 groups of articles: 3 folds"));
    assert_true(ttag_trained_parts(r.trained)->calibrated);
    run_dispose(&r);
}

static void ttag_train__of_one_group_has_no_thresholds(void **state)
{
    (void)state;
    buffer feed = {0};
    for (unsigned i = 0; i < 12; i++)
        put_record(&feed, 1 + i % 2, i,
                   i % 2 ? "\"article\":\"a\",\"tags\":[\"Phish\"]"
                         : "\"article\":\"a\",\"tags\":[\"Ransom\"]");
    run r = train(&feed, usual_opts());
    assert_true(said(&r, "without folds there are no thresholds"));
    assert_false(ttag_trained_parts(r.trained)->calibrated);
    run_dispose(&r);
}

/* All positive articles in one group: some training parts have none of them. */
static void ttag_train__takes_folds_without_a_positive(void **state)
{
    (void)state;
    buffer feed = {0};
    put_usual(&feed);
    for (unsigned i = 0; i < 4; i++)
        put_record(&feed, 2, 500 + i, "\"group\":\"one\",\"tags\":[\"Story\"]");
    run r = train(&feed, usual_opts());
    const ttag_model_tag *story = tag_of(&r, "Story");
    assert_true(isfinite(story->cut) && story->slope < 0);
    assert_true(story->threshold > 0 && story->threshold < 1);
    run_dispose(&r);
}

/* ---- The card. ---- */

static const tree *path_in(const tree *value, const char *first, const char *second)
{
    const tree *member = tree_member(value, first);
    assert_non_null(member);
    member = second ? tree_member(member, second) : member;
    assert_non_null(member);
    return member;
}

static void ttag_train__writes_a_card(void **state)
{
    (void)state;
    buffer feed = {0};
    put_usual(&feed);
    put_record(&feed, 0, 600, "\"tags\":[\"A \\\"quoted\\\" one\"]");
    run r = train(&feed, usual_opts());
    size_t position;
    const char *reason;
    tree *card = tree_parse(ttag_trained_parts(r.trained)->card, &position, &reason);
    assert_non_null(card);
    assert_true(view_equal(tree_string(path_in(card, "format", NULL)), view_of("threattag-model")));
    assert_true(view_equal(tree_string(path_in(card, "program", NULL)), view_of(TTAG_VERSION)));
    assert_null(tree_member(card, "date"));
    assert_int_equal(tree_string(path_in(card, "data", "digest")).size, 32);
    assert_true(tree_number(path_in(card, "data", "articles")) == 61);
    assert_true(view_equal(tree_string(path_in(card, "solver", "name")), view_of("libsvm")));
    assert_true(tree_number(path_in(card, "options", "cost")) == 1);
    assert_true(tree_number(path_in(card, "out_of_fold", "micro_f1")) > 0.9);
    const tree *dropped = tree_first(path_in(card, "dropped_tags", NULL));
    assert_true(
        view_equal(tree_string(path_in(dropped, "tag", NULL)), view_of("A \"quoted\" one")));
    const tree *tag = tree_first(path_in(card, "tags", NULL));
    assert_true(view_equal(tree_string(path_in(tag, "tag", NULL)), view_of("Phish")));
    assert_true(tree_number(path_in(tag, "partitions", NULL)) == 3);
    assert_true(tree_number(path_in(tag, "support_vectors", NULL)) > 2);
    assert_true(fabs(tree_number(path_in(tag, "relative_gap", NULL))) < 1e-2);
    tree_free(card);
    run_dispose(&r);
}

static void ttag_train__dates_the_card_when_told(void **state)
{
    (void)state;
    buffer feed = {0};
    put_usual(&feed);
    setenv("SOURCE_DATE_EPOCH", "86400", 1);
    run r = train(&feed, usual_opts());
    unsetenv("SOURCE_DATE_EPOCH");
    ttag_view card = ttag_trained_parts(r.trained)->card;
    buffer copy = {0};
    buffer_view(&copy, card);
    assert_non_null(strstr(copy.bytes, "\"date\":\"1970-01-02T00:00:00Z\""));
    buffer_dispose(&copy);
    run_dispose(&r);
}

/* ---- Failures. ---- */

static void ttag_train__of_nothing(void **state)
{
    (void)state;
    buffer feed = {0};
    put_held(&feed, 0, 34, "a treaty");
    for (unsigned i = 0; i < 4; i++)
        buffer_printf(&feed, "{\"text\":\"article %u\"}\n", i);
    run r = train(&feed, usual_opts());
    assert_int_equal(r.status, TTAG_EMPTY);
    assert_string_equal(r.err.text, "nothing to learn: 5 records read, 4 without tags, 1 "
                                    "blanket-tagged; expected articles with a `tags` array or a "
                                    "tag line");
    assert_true(said(&r, "carries 34 of 34 tags: blanket-tagged, kept out of training"));
    run_dispose(&r);
}

static void ttag_train__of_tags_that_are_all_too_rare(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.min_docs = 100;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    assert_int_equal(r.status, TTAG_EMPTY);
    assert_non_null(strstr(r.err.text, "no tag with 100 positive articles"));
    run_dispose(&r);
}

static void ttag_train__of_articles_without_terms(void **state)
{
    (void)state;
    buffer feed = {0};
    for (int i = 0; i < 4; i++)
        buffer_printf(&feed, "{\"text\":\"\",\"tags\":[%s]}\n", i % 2 ? "\"a\"" : "\"b\"");
    run r = train(&feed, usual_opts());
    assert_int_equal(r.status, TTAG_EMPTY);
    run_dispose(&r);
}

static bool solved_by_libsvm(const run *r)
{
    return r->status == TTAG_OK &&
           strstr(ttag_trained_parts(r->trained)->card.bytes, "\"solver\":{\"name\":\"libsvm\"");
}

/* auto asks more of the memory than libsvm needs: the sets of all tags, added up, have to fit. */
static void ttag_train__adds_up_active_sets(void **state)
{
    (void)state;
    bool exact = false;
    ttag_train_opts opts = usual_opts();
    for (opts.memory = 1000; !exact; opts.memory += opts.memory / 8) {
        buffer feed = {0};
        opts.solver = TTAG_SOLVER_LIBSVM;
        put_usual(&feed);
        run apart = train(&feed, opts);
        opts.solver = TTAG_SOLVER_AUTO;
        put_usual(&feed);
        run together = train(&feed, opts);
        exact = solved_by_libsvm(&apart);
        assert_true(exact || apart.status == TTAG_LIMIT);
        assert_true(together.status == TTAG_OK && !solved_by_libsvm(&together));
        run_dispose(&apart);
        run_dispose(&together);
    }
}

/* scikit-learn's loss is not libsvm's. */
static void ttag_train_opts_check__leaves_libsvm_its_loss(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.loss = TTAG_LOSS_SQUARED_HINGE;
    assert_null(ttag_train_opts_check(&opts));
    opts.solver = TTAG_SOLVER_LIBSVM;
    assert_non_null(strstr(ttag_train_opts_check(&opts), "hinge loss only"));
    opts.solver = TTAG_SOLVER_AUTO;
    opts.kernel = TTAG_KERNEL_RBF;
    assert_non_null(strstr(ttag_train_opts_check(&opts), "hinge loss only"));
    opts.loss = (ttag_loss)7;
    assert_non_null(strstr(ttag_train_opts_check(&opts), "hinge or squared hinge"));
}

/* Where active sets would not fit, auto takes the linear solver, and the card says so. */
static void ttag_train__of_much(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.memory = 10000;
    buffer feed = {0};
    put_usual(&feed);
    run much = train(&feed, opts);
    put_usual(&feed);
    run usual = train(&feed, usual_opts());
    assert_int_equal(much.status, TTAG_OK);
    assert_non_null(
        strstr(ttag_trained_parts(much.trained)->card.bytes, "\"solver\":{\"name\":\"linear\""));
    assert_non_null(
        strstr(ttag_trained_parts(usual.trained)->card.bytes, "\"solver\":{\"name\":\"libsvm\""));
    assert_true(weight_of(&much, "ransomware", "Ransom") > 0);
    assert_true(fabsf(weight_of(&much, "ransomware", "Ransom") -
                      weight_of(&usual, "ransomware", "Ransom")) < 0.2f);
    run_dispose(&much);
    run_dispose(&usual);
}

static void ttag_train__of_too_much(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    opts.memory = 10000;
    opts.solver = TTAG_SOLVER_LIBSVM;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    assert_int_equal(r.status, TTAG_LIMIT);
    assert_non_null(strstr(r.err.text, "active set of articles does not fit"));
    run_dispose(&r);
}

static bool at_once(void *payload)
{
    (void)payload;
    return true;
}

static void ttag_train__can_be_cancelled(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    ttag_monitor monitor = {.cancelled = at_once};
    opts.monitor = &monitor;
    buffer feed = {0};
    put_usual(&feed);
    run r = train(&feed, opts);
    assert_int_equal(r.status, TTAG_CANCELLED);
    run_dispose(&r);
}

/* ---- Cut short. ---- */

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
    assert_true(said(&r, "the search for costs was cut short: the best of 0 trials is taken"));
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

static void ttag_train_opts_check__says_what_is_wrong(void **state)
{
    (void)state;
    ttag_train_opts good = TTAG_TRAIN_OPTS_INIT;
    const ttag_extra_feed weightless = {NULL, 0};
    ttag_train_opts bad[13];
    assert_null(ttag_train_opts_check(&good));
    for (size_t i = 0; i < 13; i++)
        bad[i] = good;
    bad[0].cost = 0;
    bad[1].cost = INFINITY;
    bad[2].tolerance = NAN;
    bad[3].folds = 1;
    bad[4].folds = 101;
    bad[5].min_docs = 0;
    bad[6].text.word_ngrams = 0;
    bad[7].partitions = 101;
    bad[8].thresholds = (ttag_threshold_rule)7;
    bad[9].budget = -1;
    bad[10].budget = NAN;
    bad[11].budget = INFINITY;
    bad[12].extra = &weightless;
    bad[12].n_extra = 1;
    for (size_t i = 0; i < 13; i++)
        assert_non_null(ttag_train_opts_check(&bad[i]));
    ttag_trained *trained;
    ttag_error err;
    assert_int_equal(ttag_train(&trained, NULL, &bad[3], &err), TTAG_INVALID);
    assert_null(trained);
    assert_non_null(strstr(err.text, "2 to 100"));
}

#ifdef TTAG_FAULTS
static void survive_want_of_memory(ttag_train_opts opts)
{
    buffer text = {0};
    for (unsigned i = 0; i < 12; i++)
        put_record(&text, i % 2 ? 1 : 2, i,
                   i % 2 ? "\"tags\":[\"Ransom\"]"
                         : "\"tags\":[\"Phish\",\"VulnerabilitiesLinux\",\"VulnerabilitiesAll\"]");
    put_held(&text, 0, 12, "held");
    put_record(&text, 1, 13, "\"tags\":[\"Ransom\"],\"weight\":2");
    char path[] = "/tmp/ttag-train-XXXXXX";
    const char *feed = path;
    int file = mkstemp(path);
    assert_true(write(file, text.bytes, text.size) == (ssize_t)text.size);
    close(file);
    buffer_dispose(&text);
    ttag_reader_opts reading = TTAG_READER_OPTS_INIT;
    reading.format = TTAG_INPUT_JSONL;
    for (size_t n = 1;; n++) {
        ttag_reader *reader = NULL;
        ttag_extra_feed extra = {NULL, 0.5};
        ttag_trained *trained = NULL;
        opts.extra = &extra;
        opts.n_extra = 1;
        mem_fail_after(n);
        ttag_status status = ttag_reader_open(&reader, &feed, 1, &reading, NULL);
        if (status == TTAG_OK)
            status = ttag_reader_open(&extra.feed, &feed, 1, &reading, NULL);
        if (status == TTAG_OK)
            status = ttag_train(&trained, reader, &opts, NULL);
        mem_fail_after(0);
        ttag_reader_free(reader);
        ttag_reader_free(extra.feed);
        ttag_trained_free(trained);
        if (status == TTAG_OK)
            break;
        assert_null(trained);
        assert_int_equal(status, TTAG_NOMEM);
    }
    unlink(path);
}

static void ttag_train__survives_want_of_memory(void **state)
{
    (void)state;
    ttag_train_opts opts = usual_opts();
    survive_want_of_memory(opts);
    opts.budget = 1e-9;
    survive_want_of_memory(opts);
    opts.solver = TTAG_SOLVER_LINEAR;
    survive_want_of_memory(opts);
    opts.solver = TTAG_SOLVER_AUTO;
    opts.kernel = TTAG_KERNEL_RBF;
    survive_want_of_memory(opts);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ttag_train__learns_what_is_there),
        cmocka_unit_test(ttag_train__is_the_same_for_any_threads),
        cmocka_unit_test(ttag_train__depends_on_the_seed),
        cmocka_unit_test(ttag_train__without_thresholds),
        cmocka_unit_test(ttag_train__takes_as_many_partitions_as_asked),
        cmocka_unit_test(ttag_train__honours_what_is_unknown),
        cmocka_unit_test(ttag_train__keeps_blanket_tagged_articles_out),
        cmocka_unit_test(ttag_train__uses_articles_with_many_tags_of_a_large_taxonomy),
        cmocka_unit_test(ttag_train__drops_and_names_rare_tags),
        cmocka_unit_test(ttag_train__names_twenty_dropped_tags),
        cmocka_unit_test(ttag_train__keeps_a_tag_that_all_carry_as_constant),
        cmocka_unit_test(ttag_train__of_constant_tags_only),
        cmocka_unit_test(ttag_train__counts_what_it_skips_and_names_what_is_refused),
        cmocka_unit_test(ttag_train__leaves_out_what_weighs_nothing),
        cmocka_unit_test(ttag_train__weighs_articles),
        cmocka_unit_test(ttag_train__learns_from_extra_articles),
        cmocka_unit_test(ttag_train__never_scores_extra_articles),
        cmocka_unit_test(ttag_train__extra_articles_leave_document_frequencies),
        cmocka_unit_test(ttag_train__min_docs_and_extra_articles),
        cmocka_unit_test(ttag_train__takes_texts_and_implications_of_the_taxonomy),
        cmocka_unit_test(ttag_train__learns_the_tags_of_the_taxonomy_only),
        cmocka_unit_test(ttag_train__takes_fewer_folds_where_groups_are_few),
        cmocka_unit_test(ttag_train__of_one_group_has_no_thresholds),
        cmocka_unit_test(ttag_train__takes_folds_without_a_positive),
        cmocka_unit_test(ttag_train__writes_a_card),
        cmocka_unit_test(ttag_train__dates_the_card_when_told),
        cmocka_unit_test(ttag_train__of_nothing),
        cmocka_unit_test(ttag_train__of_tags_that_are_all_too_rare),
        cmocka_unit_test(ttag_train__of_articles_without_terms),
        cmocka_unit_test(ttag_train__adds_up_active_sets),
        cmocka_unit_test(ttag_train_opts_check__leaves_libsvm_its_loss),
        cmocka_unit_test(ttag_train__of_much),
        cmocka_unit_test(ttag_train__of_too_much),
        cmocka_unit_test(ttag_train__can_be_cancelled),
        cmocka_unit_test(ttag_train__keeps_what_there_is),
        cmocka_unit_test(ttag_train__keeps_what_there_is_of_a_search),
        cmocka_unit_test(ttag_train__keeps_its_budget_when_stopped),
        cmocka_unit_test(ttag_train__keeps_what_there_is_of_the_rbf_kernel),
        cmocka_unit_test(ttag_train__gives_up_what_is_not_wanted),
        cmocka_unit_test(ttag_train__of_a_budget_that_is_too_small),
        cmocka_unit_test(ttag_train__of_a_budget_too_small_for_a_search),
        cmocka_unit_test(ttag_train__of_a_budget_that_is_ample),
        cmocka_unit_test(ttag_train_opts_check__says_what_is_wrong),
#ifdef TTAG_FAULTS
        cmocka_unit_test(ttag_train__survives_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
