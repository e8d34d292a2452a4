/* What ttag_train makes of what articles say: tags, of the taxonomy and unknown ones, weights,
   extra feeds. */
#include "train_fixture.h"

#include <math.h>
#include <stdio.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
