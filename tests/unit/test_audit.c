/* Words, shingles, signatures, passages, duplicates and labels of an audit. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/article_words.h"
#include "audit/fingerprints.h"
#include "audit/language_guess.h"
#include "audit/min_hash.h"
#include "audit/word_scan.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/view.h"
#include "ttag/audit.h"

static void expect_near(double value, double expected, double tolerance)
{
    assert_true(fabs(value - expected) <= tolerance);
}

/* ---- Words. ---- */

static void expect_words(const char *text, size_t n, const char *const *folded)
{
    word_scan scan = {.text = view_of(text)};
    for (size_t i = 0; i < n; i++) {
        word_scan wanted = {.text = view_of(folded[i])};
        assert_true(word_scan_next(&scan));
        assert_true(word_scan_next(&wanted));
        assert_true(scan.hash == wanted.hash);
        assert_int_equal(scan.size, strlen(folded[i]));
        assert_memory_equal(scan.folded, folded[i], scan.size);
    }
    assert_false(word_scan_next(&scan));
}

static void word_scan__folds_and_cuts(void **state)
{
    (void)state;
    static const char *const plain[] = {"the", "country", "s", "government"};
    expect_words("\"The\" country\u2019s  GOVERNMENT,", 4, plain);
    static const char *const accents[] = {"\u00e9t\u00e9", "\u0441\u0435\u0442\u044c"};
    expect_words("\u00c9t\u00e9 \u2014 \u0421\u0415\u0422\u042c.", 2, accents);
    static const char *const alone[] = {"\u4e2d", "\u56fd", "x1"}; /* no blanks between words */
    expect_words("\u4e2d\u56fdX1", 3, alone);
    expect_words("", 0, NULL);
    expect_words(" ... \u2014 ", 0, NULL);
}

static void word_scan__long_words(void **state)
{
    (void)state;
    char text[302];
    memset(text, 'a', 300);
    text[300] = 'b';
    text[301] = '\0';
    word_scan one = {.text = {text, 300}}, two = {.text = {text, 301}};
    assert_true(word_scan_next(&one) && word_scan_next(&two));
    assert_int_equal(one.end, 300);
    assert_true(one.hash != two.hash);
}

/* ---- Shingles. ---- */

static shingle_set shingles_of(const char *title, const char *text)
{
    article_words words;
    shingle_set set;
    assert_true(article_words_make(&words, view_of(title), view_of(text)));
    assert_true(shingle_set_make(&set, &words));
    article_words_dispose(&words);
    return set;
}

static void expect_jaccard(const char *a, const char *b, double expected)
{
    shingle_set x = shingles_of("", a), y = shingles_of("", b);
    expect_near(shingle_sets_jaccard(&x, &y), expected, 1e-12);
    expect_near(shingle_sets_jaccard(&y, &x), expected, 1e-12);
    shingle_set_dispose(&x);
    shingle_set_dispose(&y);
}

/* By hand: the sets of runs of three words. */
static void shingle_sets__jaccard(void **state)
{
    (void)state;
    expect_jaccard("a b c d e f", "A, b; c d e f!", 1);
    expect_jaccard("a b c d e f", "a b c d x f", 2.0 / 6);   /* abc bcd cde def | abc bcd cdx dxf */
    expect_jaccard("a b c a b c a b c", "c a b c", 2.0 / 3); /* abc bca cab | cab abc */
    expect_jaccard("a b c", "c b a", 0);
    expect_jaccard("a b", "a b", 1); /* fewer words than three are one shingle */
    expect_jaccard("a b", "a b c", 0);
    expect_jaccard("one", "one", 1);
    expect_jaccard("", "", 0);
    expect_jaccard("", "a", 0);
    shingle_set joined = shingles_of("a b", "c d");
    assert_int_equal(joined.n, 2);
    shingle_set_dispose(&joined);
}

/* Two sets that share 600 of 1,000 agree in about six of ten places: 192 of them have a standard
   error of 0.035. */
static void min_hash__estimates_jaccard(void **state)
{
    (void)state;
    uint64_t items[1000];
    uint32_t a[MIN_HASHES], b[MIN_HASHES], c[MIN_HASHES];
    min_hash_keys keys;
    rng random;
    rng_seed(&random, 5);
    for (size_t i = 0; i < 1000; i++)
        items[i] = rng_next(&random);
    shingle_set low = {items, 800}, high = {items + 200, 800};
    min_hash_keys_init(&keys);
    min_hash(a, &keys, &low);
    min_hash(b, &keys, &high);
    min_hash(c, &keys, &low);
    assert_memory_equal(a, c, sizeof a);
    expect_near((double)min_hash_agreement(a, b) / MIN_HASHES, 0.6, 0.14);
    shingle_set apart = {items + 800, 200}, none = {items, 400};
    min_hash(b, &keys, &apart);
    min_hash(c, &keys, &none);
    assert_true(min_hash_agreement(b, c) < 8);
}

/* ---- Fingerprints. ---- */

/* The promise of winnowing: of any window of runs one at least is chosen. */
static void fingerprints__cover_every_window(void **state)
{
    (void)state;
    uint64_t words[400];
    rng random;
    rng_seed(&random, 3);
    for (size_t i = 0; i < 400; i++)
        words[i] = rng_below(&random, 4); /* many runs are equal */
    fingerprint_list list = {0};
    assert_true(fingerprints_add(&list, words, 400, 7, 9));
    size_t from = 0;
    for (size_t k = 0; k < list.n; k++) {
        assert_true(list.items[k].at >= from && list.items[k].at - from <= 9);
        from = list.items[k].at;
    }
    assert_true(400 - 7 - from < 9);
    size_t n = list.n;
    assert_true(fingerprints_add(&list, words, 14, 7, 9)); /* one word too few */
    assert_int_equal(list.n, n);
    assert_true(fingerprints_add(&list, words, 15, 7, 9));
    assert_int_equal(list.n, n + 1);
    fingerprints_dispose(&list);
}

static void language_guess__knows_some(void **state)
{
    (void)state;
    language_words w;
    language_words_init(&w);
    static const char *const cases[][2] = {
        {"en", "The gang sold access to the network of the port for months"},
        {"de",
         "Die Angreifer haben sich mit dem Zugang nicht begn\u00fcgt und auf das Netz gewartet"},
        {"fr", "Les pirates ont vol\u00e9 des donn\u00e9es dans une banque et les ont vendues"},
        {"ru", "\u0413\u0440\u0443\u043f\u043f\u0430 \u043f\u0440\u043e\u0434\u0430\u043b\u0430 "
               "\u0434\u043e\u0441\u0442\u0443\u043f"},
        {"zh", "\u7f51\u7edc\u653b\u51fb"},
        {"en", "A buffer overflow in a parser of fonts"},
        {"cs", "\u00dato\u010dn\u00edci se dostali do s\u00edt\u011b, kter\u00e1 byla od roku "
               "otev\u0159en\u00e1, a podle policie v n\u00ed je\u0161t\u011b jsou"},
        {"?", "foo bar baz"},
        {"?", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(language_guess(&w, view_of(cases[i][1])), cases[i][0]);
}

/* ---- Whole audits. ---- */

/* A reader of these bytes in a file. */
typedef struct fixture {
    ttag_reader *reader;
    char path[32];
} fixture;

static fixture fixture_of(buffer *bytes)
{
    fixture f = {.path = "/tmp/ttag-audit-XXXXXX"};
    const char *feed = f.path;
    ttag_reader_opts opts = TTAG_READER_OPTS_INIT;
    int file = mkstemp(f.path);
    assert_true(file >= 0 && buffer_ok(bytes));
    assert_true(write(file, bytes->bytes, bytes->size) == (ssize_t)bytes->size);
    close(file);
    opts.format = TTAG_INPUT_JSONL;
    assert_int_equal(ttag_reader_open(&f.reader, &feed, 1, &opts, NULL), TTAG_OK);
    buffer_dispose(bytes);
    return f;
}

static void fixture_end(fixture *f)
{
    ttag_reader_free(f->reader);
    if (f->reader)
        unlink(f->path);
}

enum { WORDS = 60 };

/* An article of words of its own, but for `from` … `to` - 1, which are those of `other`. */
static void put_article(buffer *b, unsigned number, unsigned other, unsigned from, unsigned to,
                        const char *rest)
{
    buffer_printf(b, "{\"id\":%u,\"text\":\"", number);
    for (unsigned i = 0; i < WORDS; i++)
        buffer_printf(b, "w%ux%u ", i >= from && i < to ? other : number, i);
    buffer_printf(b, "\"%s}\n", rest);
}

static ttag_audit *audit_of(buffer *bytes, buffer *against, uint32_t threads)
{
    ttag_audit_opts opts = TTAG_AUDIT_OPTS_INIT;
    ttag_train_opts train = TTAG_AUDIT_TRAIN_OPTS;
    fixture feed = fixture_of(bytes), other = {0};
    ttag_audit *audit;
    if (against)
        other = fixture_of(against);
    train.threads = threads;
    opts.train = &train;
    opts.no_labels = true;
    opts.against = other.reader;
    assert_int_equal(ttag_audit_feed(&audit, feed.reader, &opts, NULL), TTAG_OK);
    fixture_end(&feed);
    fixture_end(&other);
    return audit;
}

static void ttag_audit_feed__copies_and_leaks(void **state)
{
    (void)state;
    buffer b = {0}, against = {0};
    put_article(&b, 1, 0, 0, 0, ",\"tags\":[\"a\"]");
    put_article(&b, 2, 1, 4, WORDS, ",\"tags\":[\"a\",\"b\"]"); /* nearly article 1 */
    put_article(&b, 3, 1, 0, WORDS, "");                        /* article 1, not labelled */
    put_article(&b, 4, 0, 0, 0, ",\"tags\":[\"b\"]");
    put_article(&b, 5, 4, 0, 20, ",\"tags\":[]"); /* a third of article 4 */
    put_article(&against, 4, 0, 0, 0, "");
    ttag_audit *audit = audit_of(&b, &against, 3);
    assert_int_equal(audit->n_articles, 5);
    assert_int_equal(audit->labelled, 4);
    assert_int_equal(audit->n_clusters, 1);
    assert_int_equal(audit->copies, 2);
    const ttag_audit_cluster *c = &audit->clusters[0];
    assert_int_equal(c->n, 3);
    assert_int_equal(c->articles[2], 2);
    expect_near(c->least, 54.0 / 62, 1e-12); /* 58 runs each; 4 of either are its own */
    assert_int_equal(c->n_disagreed, 1);
    assert_true(view_equal(audit->tags[c->disagreed[0]].name, view_of("b")));
    assert_int_equal(audit->n_leaks, 1);
    assert_int_equal(audit->leaks[0].article, 3);
    expect_near(audit->leaks[0].similarity, 1, 0);
    assert_int_equal(audit->n_passages, 0); /* 20 words are too few */
    assert_int_equal(audit->quartiles[2], WORDS);
    ttag_audit_free(audit);
}

/* 34 words, one of them changed: the places are told in code points of the text. */
static void ttag_audit_feed__passages(void **state)
{
    (void)state;
    buffer b = {0};
    buffer_text(&b, "{\"id\":0,\"text\":\"\u00fcber \u2014 ");
    for (unsigned i = 10; i < 44; i++)
        buffer_printf(&b, "w1x%u ", i == 30 ? 99 : i);
    for (unsigned i = 0; i < 60; i++)
        buffer_printf(&b, "own%u ", i);
    buffer_text(&b, "\"}\n");
    put_article(&b, 1, 0, 0, 0, "");
    ttag_audit *audit = audit_of(&b, NULL, 1);
    assert_int_equal(audit->n_clusters, 0);
    assert_int_equal(audit->n_passages, 1);
    const ttag_audit_passage *p = &audit->passages[0];
    assert_int_equal(p->n, 2);
    assert_int_equal(p->words, 34);
    assert_int_equal(p->places[0].start, 7); /* "über — " */
    assert_int_equal(p->places[0].end, 7 + 34 * 6 - 1);
    assert_int_equal(p->places[1].article, 1);
    assert_int_equal(p->places[1].words, 33);
    assert_int_equal(p->places[1].start, 10 * 5); /* ten words of four letters and a blank */
    ttag_audit_free(audit);
}

static void ttag_audit_feed__edges(void **state)
{
    (void)state;
    buffer b = {0};
    buffer_text(&b,
                "{\"text\":\"\"}\n{\"text\":\"\"}\n{\"text\":\"word\"}\n{\"text\":\"Word.\"}\n");
    ttag_audit *audit = audit_of(&b, NULL, 2);
    assert_int_equal(audit->n_clusters, 1); /* texts without words are no copies */
    assert_int_equal(audit->clusters[0].articles[0], 2);
    assert_int_equal(audit->n_short, 4);
    assert_false(audit->labels_searched);
    ttag_audit_free(audit);

    buffer_text(&b, "{\"text\":\"all alone\",\"tags\":[]}\n");
    audit = audit_of(&b, NULL, 2);
    assert_int_equal(audit->n_clusters + audit->n_passages + audit->n_tags, 0);
    ttag_audit_free(audit);

    for (unsigned i = 0; i < 300; i++)
        put_article(&b, 7, 0, 0, 0, "");
    audit = audit_of(&b, NULL, 2);
    assert_int_equal(audit->n_clusters, 1);
    assert_int_equal(audit->copies, 299);
    ttag_audit_free(audit);
    ttag_audit_free(NULL);

    ttag_audit *none;
    ttag_error err;
    buffer_text(&b, "\n");
    fixture feed = fixture_of(&b);
    assert_int_equal(ttag_audit_feed(&none, feed.reader, NULL, &err), TTAG_EMPTY);
    assert_null(none);
    ttag_audit_opts opts = TTAG_AUDIT_OPTS_INIT;
    opts.similarity = 0.1;
    assert_int_equal(ttag_audit_feed(&none, feed.reader, &opts, &err), TTAG_INVALID);
    fixture_end(&feed);
}

/* Ten tags of nineteen, or nine. */
static void ttag_audit_feed__blanket_rare_together(void **state)
{
    (void)state;
    buffer b = {0};
    for (unsigned n = 9; n <= 10; n++) {
        buffer_printf(&b, "{\"text\":\"a%u\",\"tags\":[", n);
        for (unsigned t = 0; t < n; t++)
            buffer_printf(&b, "%s\"t%u\"", t ? "," : "", n == 9 ? t + 10 : t);
        buffer_text(&b, "]}\n");
    }
    for (unsigned i = 0; i < 6; i++)
        buffer_printf(&b, "{\"text\":\"b%u\",\"tags\":[\"t1\",\"t2\"%s]}\n", i, i ? ",\"t3\"" : "");
    buffer_text(&b, "{\"text\":\"c\",\"tags\":[]}\n");
    ttag_audit *audit = audit_of(&b, NULL, 1);
    assert_int_equal(audit->n_tags, 19);
    assert_int_equal(audit->n_blanket, 1);
    assert_int_equal(audit->blanket[0], 1);
    assert_true(audit->articles[1].blanket);
    assert_int_equal(audit->n_rare, 19); /* under ten articles each */
    assert_int_equal(audit->tags[audit->rare[18]].support, 7);
    assert_int_equal(audit->n_pairs, 3); /* t1 and t2 with each other, t3 with either */
    assert_true(audit->pairs[0].both);
    ttag_audit_free(audit);
}

static char *json_of(buffer *bytes, uint32_t threads)
{
    char *text;
    size_t size;
    ttag_audit *audit = audit_of(bytes, NULL, threads);
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(ttag_audit_write_json(audit, stream, NULL), TTAG_OK);
    fclose(stream);
    ttag_audit_free(audit);
    return text;
}

static void put_many(buffer *b)
{
    for (unsigned i = 0; i < 600; i++)
        put_article(b, i, i / 3, 2, i % 3 == 2 ? 40 : WORDS, ",\"tags\":[\"a\"]");
}

static void ttag_audit_feed__same_for_any_threads(void **state)
{
    (void)state;
    buffer one = {0}, many = {0};
    put_many(&one);
    put_many(&many);
    char *first = json_of(&one, 1), *second = json_of(&many, 5);
    /* the files have names of their own */
    for (char *at = first; (at = strstr(at, "/tmp/ttag-audit-")); at++)
        memset(at, 'x', 22);
    for (char *at = second; (at = strstr(at, "/tmp/ttag-audit-")); at++)
        memset(at, 'x', 22);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

/* ---- Labels. ---- */

/* Articles that say "apple" have the tag, but for one; one that does not has it. */
static void ttag_audit_feed__labels(void **state)
{
    (void)state;
    buffer b = {0};
    for (unsigned i = 0; i < 200; i++) {
        bool apple = i % 2, tagged = (i == 51 || i == 100) ? !apple : apple;
        buffer_printf(&b, "{\"id\":%u,\"text\":\"%s %s common words %u and %u\",\"tags\":[%s]}\n",
                      i, apple ? "apple" : "pear", apple ? "orchard" : "garden", i % 7, i % 11,
                      tagged ? "\"fruit\"" : "");
    }
    fixture feed = fixture_of(&b);
    ttag_audit *audit;
    assert_int_equal(ttag_audit_feed(&audit, feed.reader, NULL, NULL), TTAG_OK);
    assert_true(audit->labels_searched);
    assert_int_equal(audit->n_labels, 2);
    assert_int_equal(audit->labels[0].article, 100);
    assert_false(audit->labels[0].missing);
    assert_int_equal(audit->labels[1].article, 51);
    assert_true(audit->labels[1].missing);
    assert_true(audit->labels[1].n_terms > 0);
    ttag_view term = audit->labels[1].terms[0].term;
    assert_true(view_equal(term, view_of("apple")) || view_equal(term, view_of("orchard")));
    assert_true(audit->micro_f1 > 0.95);
    ttag_audit_free(audit);
    fixture_end(&feed);
}

/* ---- The repaired copy. ---- */

static void ttag_audit_write_clean__joins_and_drops(void **state)
{
    (void)state;
    buffer b = {0};
    put_article(&b, 1, 0, 0, 0, ",\"tags\":[\"a\"],\"k\":[1, 2]");
    put_article(&b, 1, 0, 0, 0, ",\"tags\":[\"a\",\"b\"]");
    put_article(&b, 1, 0, 0, 0, ",\"tags\":[\"c\"]");
    buffer_text(&b, "{ \"text\": \"kept \\u0041s it is\" ,\"tags\":[]}\n");
    ttag_audit *audit = audit_of(&b, NULL, 1);
    char *text, *notes;
    size_t text_size, notes_size;
    FILE *out = open_memstream(&text, &text_size), *changes = open_memstream(&notes, &notes_size);
    assert_int_equal(ttag_audit_write_clean(audit, out, changes, NULL), TTAG_OK);
    fclose(out);
    fclose(changes);
    assert_non_null(strstr(text, "{ \"text\": \"kept \\u0041s it is\" ,\"tags\":[]}\n"));
    assert_non_null(strstr(text, "\"k\":[1, 2],\"tags\":[\"a\"]}")
                        ? text
                        : strstr(text, "\"tags\":[\"a\"],\"k\":[1, 2]}"));
    size_t lines = 0;
    for (const char *at = text; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, 2);
    assert_non_null(strstr(notes, "\"change\":\"joined\""));
    assert_null(
        strstr(notes, "\"change\":\"tags\"")); /* two of three carry "a", one each the others */
    free(text);
    free(notes);
    ttag_audit_free(audit);
}

/* ---- Memory. ---- */

#ifdef TTAG_FAULTS
static void ttag_audit_feed__out_of_memory(void **state)
{
    (void)state;
    for (size_t n = 1; n < 100000; n += 1 + n / 40) {
        buffer b = {0};
        for (unsigned i = 0; i < 12; i++)
            put_article(&b, i, i / 2, i % 2 ? 3 : 0, WORDS,
                        i % 4 ? ",\"tags\":[\"a\"]" : ",\"tags\":[]");
        fixture feed = fixture_of(&b);
        ttag_audit *audit;
        mem_fail_after(n);
        ttag_status status = ttag_audit_feed(&audit, feed.reader, NULL, NULL);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
        assert_true(!audit == (status != TTAG_OK));
        ttag_audit_free(audit);
        fixture_end(&feed);
        if (status == TTAG_OK)
            return;
    }
    fail_msg("%s", "it never came to an end");
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(word_scan__folds_and_cuts),
        cmocka_unit_test(word_scan__long_words),
        cmocka_unit_test(shingle_sets__jaccard),
        cmocka_unit_test(min_hash__estimates_jaccard),
        cmocka_unit_test(fingerprints__cover_every_window),
        cmocka_unit_test(language_guess__knows_some),
        cmocka_unit_test(ttag_audit_feed__copies_and_leaks),
        cmocka_unit_test(ttag_audit_feed__passages),
        cmocka_unit_test(ttag_audit_feed__edges),
        cmocka_unit_test(ttag_audit_feed__blanket_rare_together),
        cmocka_unit_test(ttag_audit_feed__same_for_any_threads),
        cmocka_unit_test(ttag_audit_feed__labels),
        cmocka_unit_test(ttag_audit_write_clean__joins_and_drops),
#ifdef TTAG_FAULTS
        cmocka_unit_test(ttag_audit_feed__out_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
