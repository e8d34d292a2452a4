/* Small feeds of two topics, trainings on them, and what came of them. */
#ifndef UNIT_TRAIN_FIXTURE_H
#define UNIT_TRAIN_FIXTURE_H

#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
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

static inline const char *word(const char *const *words, size_t count, unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return words[(*seed >> 8) % count];
}

/* A sentence with words of up to two topics (bits of `topics`). */
static inline void put_text(buffer *b, unsigned topics, unsigned seed)
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

static inline void put_record(buffer *b, unsigned topics, unsigned seed, const char *members)
{
    buffer_printf(b, "{\"id\":%u,\"text\":\"", seed);
    put_text(b, topics, seed);
    buffer_printf(b, "\",%s}\n", members);
}

/* 60 records: a third on ransomware, a third on both, the rest on phishing or nothing. */
static inline void put_usual(buffer *b)
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

static inline void hear(void *payload, ttag_level level, const char *place, const char *text)
{
    run *r = payload;
    buffer_printf(&r->said, "%d|%s|%s\n", (int)level, place ? place : "", text);
}

static inline void watch(void *payload, const char *activity, double done, double total)
{
    run *r = payload;
    if (strcmp(activity, "training") == 0) {
        assert_true(done >= r->progress && done <= total);
        r->progress = done;
    }
}

static inline ttag_train_opts usual_opts(void)
{
    ttag_train_opts opts = TTAG_TRAIN_OPTS_INIT;
    opts.threads = 1;
    opts.text.char_least = opts.text.char_most =
        0; /* few terms, so that hundreds of runs take seconds */
    return opts;
}

/* Trains on the bytes of `feed`, which it disposes of. */
static inline run train(buffer *feed, ttag_train_opts opts)
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

static inline void run_dispose(run *r)
{
    ttag_trained_free(r->trained);
    buffer_dispose(&r->said);
}

static inline bool said(const run *r, const char *text)
{
    return r->said.bytes && strstr(r->said.bytes, text);
}

static inline const ttag_model_tag *tag_of(const run *r, const char *name)
{
    assert_int_equal(r->status, TTAG_OK);
    const ttag_model_parts *parts = ttag_trained_parts(r->trained);
    for (size_t t = 0; t < parts->n_tags; t++)
        if (view_equal(parts->tags[t].name, view_of(name)))
            return &parts->tags[t];
    return NULL;
}

static inline float weight_of(const run *r, const char *term, const char *tag)
{
    const ttag_model_parts *parts = ttag_trained_parts(r->trained);
    uint32_t row = ttag_vocabulary_find(&parts->vocabulary, view_of(term));
    assert_true(row < parts->vocabulary.n_terms);
    return parts->weights[row * parts->weight_stride + (size_t)(tag_of(r, tag) - parts->tags)];
}

/* What all words of the topic weigh together. */
static inline float ransom_weight(const run *r)
{
    float sum = 0;
    for (size_t i = 0; i < sizeof RANSOM / sizeof *RANSOM; i++)
        sum += weight_of(r, RANSOM[i], "Ransom");
    return sum;
}

static inline bool has_term(const run *r, const char *term)
{
    const ttag_model_parts *parts = ttag_trained_parts(r->trained);
    return ttag_vocabulary_find(&parts->vocabulary, view_of(term)) != UINT32_MAX;
}

static inline void put_many_tags(buffer *b, unsigned first, unsigned count)
{
    buffer_text(b, "\"tags\":[");
    for (unsigned t = 0; t < count; t++)
        buffer_printf(b, "%s\"n%02u\"", t ? "," : "", first + t);
    buffer_text(b, "]");
}

static inline void put_held(buffer *feed, unsigned first, unsigned count, const char *text)
{
    buffer_printf(feed, "{\"text\":\"%s\",", text);
    put_many_tags(feed, first, count);
    buffer_text(feed, "}\n");
}

/* ---- Beside each other, and in the card. ---- */

static inline void assert_same(const run *a, const run *b)
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

static inline const tree *path_in(const tree *value, const char *first, const char *second)
{
    const tree *member = tree_member(value, first);
    assert_non_null(member);
    member = second ? tree_member(member, second) : member;
    assert_non_null(member);
    return member;
}

#endif
