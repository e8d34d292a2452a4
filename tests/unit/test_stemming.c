/* Stems against snowballstem.org's own sample, stop words, and what both do to terms. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/view.h"
#include "features/stemmer.h"
#include "features/stop_words.h"

static bool stem(stemmer *s, token_list *out, ttag_token_rule rule, const char *text)
{
    token_list tokens = {0};
    bool ok = tokens_scan(&tokens, rule, view_of(text)) && stemmer_stem(s, out, &tokens);
    if (ok)
        assert_int_equal(out->count, tokens.count);
    tokens_dispose(&tokens);
    return ok;
}

/* All of them with a blank behind each, as n-grams are cut from. */
static void assert_stems(const token_list *stems, const char *expected)
{
    assert_int_equal(stems->size, strlen(expected));
    assert_memory_equal(stems->bytes, expected, stems->size);
    for (size_t i = 0; i < stems->count; i++) {
        ttag_view stem = tokens_ngram(stems, i, 1);
        text_term term = token_term(stem.bytes, stem.size, 0);
        assert_int_equal(stems->items[i].hash, term.hash);
        assert_int_equal(stems->items[i].key, term.key);
    }
}

static void stems__are_those_of_the_published_sample(void **state)
{
    (void)state;
    stemmer s = {0};
    token_list stems = {0};
    for (int i = 0; i < 2; i++) { /* new words, then known ones */
        assert_true(stem(&s, &stems, TTAG_TOKENS_WORDS,
                         "consign consigned consigning consignment consist consistency "
                         "consistently consolation consoled knack knackeries knave knightly "
                         "knitting knocked knocks knot knots"));
        assert_stems(&stems, "consign consign consign consign consist consist consist consol "
                             "consol knack knackeri knave knight knit knock knock knot knot ");
    }
    assert_true(stem(&s, &stems, TTAG_TOKENS_WORDS, ""));
    assert_int_equal(stems.count, 0);
    tokens_dispose(&stems);
    stemmer_dispose(&s);
}

static void stems__leave_ids_and_other_scripts_alone(void **state)
{
    (void)state;
    stemmer s = {0};
    token_list stems = {0};
    assert_true(stem(&s, &stems, TTAG_TOKENS_SECURITY,
                     "CVE-2031-10001 at 198.51.100.7: T1059.001s encodings, größeres 补丁"));
    assert_stems(&stems, "cve-2031-10001 at #ip t1059 001s encod grösseres 补丁 ");
    assert_true(stem(&s, &stems, TTAG_TOKENS_ARTIFACTS, "HKLM\\Encodings and /etc/encodings"));
    assert_stems(&stems, "#registry hklm encod and #path etc encod ");
    tokens_dispose(&stems);
    stemmer_dispose(&s);
}

static void stems__are_forgotten_when_many(void **state)
{
    (void)state;
    stemmer s = {0};
    token_list stems = {0};
    buffer text = {0};
    for (int i = 0; i < 40000; i++)
        buffer_printf(&text, "word%d ", i);
    assert_true(stem(&s, &stems, TTAG_TOKENS_WORDS, text.bytes));
    assert_true(stem(&s, &stems, TTAG_TOKENS_WORDS, "word7 encodings"));
    assert_stems(&stems, "word7 encod ");
    assert_int_equal(s.words.count, 2);
    buffer_dispose(&text);
    tokens_dispose(&stems);
    stemmer_dispose(&s);
}

/* ---- Terms. ---- */

static ttag_features *fit(const char *title, const char *text, const ttag_text_opts *opts)
{
    const ttag_article article = {.title = view_of(title), .text = view_of(text)};
    ttag_extractor *extractor;
    ttag_features *features;
    assert_int_equal(ttag_extractor_new(&extractor, opts, NULL), TTAG_OK);
    assert_int_equal(ttag_extractor_add(extractor, &article, NULL), TTAG_OK);
    assert_int_equal(ttag_extractor_finish(&features, extractor, NULL), TTAG_OK);
    ttag_extractor_free(extractor);
    return features;
}

/* The vocabulary, a comma behind each term. */
static void assert_terms(const ttag_features *features, const char *expected)
{
    const ttag_vocabulary *v = ttag_features_vocabulary(features);
    buffer terms = {0};
    for (uint32_t i = 0; i < v->n_terms; i++) {
        buffer_view(&terms, ttag_vocabulary_term(v, i));
        buffer_char(&terms, ',');
    }
    assert_string_equal(terms.bytes, expected);
    buffer_dispose(&terms);
}

static void terms__are_of_stems_and_characters_of_words(void **state)
{
    (void)state;
    ttag_text_opts opts = TTAG_TEXT_OPTS_PLAIN;
    opts.title = TTAG_TITLE_FIELD;
    opts.word_ngrams = 2;
    opts.stem = TTAG_STEM_ENGLISH;
    opts.char_least = opts.char_most = 8;
    ttag_features *f = fit("Knocks", "knocking", &opts);
    assert_terms(
        f,
        "char: knockin,char: knocks ,char:knocking,char:nocking ,knock,knock knock,title:knock,");
    ttag_features_free(f);
}

static void stop_words__begin_and_end_no_term(void **state)
{
    (void)state;
    ttag_text_opts opts = TTAG_TEXT_OPTS_PLAIN;
    opts.title = TTAG_TITLE_FIELD;
    opts.word_ngrams = 3;
    opts.stop_words = "english";
    ttag_features *f = fit("the worm", "denial of service", &opts);
    assert_terms(f, "denial,denial of service,service,title:worm,worm,worm denial,");
    ttag_features_free(f);
    opts.stop_words = "none";
    opts.word_ngrams = 1;
    f = fit("the worm", "denial of service", &opts);
    assert_terms(f, "denial,of,service,the,title:the,title:worm,worm,");
    ttag_features_free(f);
}

static void stop_words__are_stemmed_and_not_of_characters(void **state)
{
    (void)state;
    ttag_text_opts opts = TTAG_TEXT_OPTS_PLAIN;
    opts.stop_words = "english";
    opts.stem = TTAG_STEM_ENGLISH;
    opts.char_least = opts.char_most = 8;
    ttag_features *f = fit("", "having patched because", &opts); /* have, becaus */
    assert_terms(f, "char: because,char: having ,char: patched,char:because ,char:patched ,patch,");
    ttag_features_free(f);
}

static void stop_words__come_from_a_file(void **state)
{
    (void)state;
    char path[] = "/tmp/ttag-stop-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, "Worm\nfoo, \xff bar\n", 17), 17);
    close(file);
    ttag_text_opts opts = TTAG_TEXT_OPTS_PLAIN;
    opts.stop_words = path;
    ttag_features *f = fit("the worm", "of bars and bar", &opts);
    assert_terms(f, "and,bars,of,the,");
    ttag_features_free(f);
    ttag_extractor *extractor;
    ttag_error err = {0};
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(ttag_extractor_new(&extractor, &opts, &err), TTAG_PARSE);
    assert_null(extractor);
    assert_string_equal(err.text, "no word in it; expected a text of words to leave out");
    unlink(path);
    assert_int_equal(ttag_extractor_new(&extractor, &opts, &err), TTAG_IO);
    assert_null(extractor);
    opts.hash_bits = 12;
    assert_non_null(ttag_text_opts_check(&opts));
}

#ifdef TTAG_FAULTS
static void stems__survive_lack_of_memory(void **state)
{
    (void)state;
    stemmer s = {0};
    token_list stems = {0};
    size_t n = 0;
    bool ok = false;
    while (!ok) {
        mem_fail_after(++n);
        ok = stem(&s, &stems, TTAG_TOKENS_WORDS, "knocking on the knots, knocked on the knot");
        mem_fail_after(0);
    }
    assert_true(n > 3);
    assert_stems(&stems, "knock on the knot knock on the knot ");
    tokens_dispose(&stems);
    stemmer_dispose(&s);
}

static void stop_words__survive_lack_of_memory(void **state)
{
    (void)state;
    ttag_text_opts opts = TTAG_TEXT_OPTS_PLAIN;
    opts.stop_words = "english";
    opts.stem = TTAG_STEM_ENGLISH;
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        ttag_extractor *extractor;
        mem_fail_after(n);
        status = ttag_extractor_new(&extractor, &opts, NULL);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || (status == TTAG_NOMEM && !extractor));
        ttag_extractor_free(extractor);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stems__are_those_of_the_published_sample),
        cmocka_unit_test(stems__leave_ids_and_other_scripts_alone),
        cmocka_unit_test(stems__are_forgotten_when_many),
        cmocka_unit_test(terms__are_of_stems_and_characters_of_words),
        cmocka_unit_test(stop_words__begin_and_end_no_term),
        cmocka_unit_test(stop_words__are_stemmed_and_not_of_characters),
        cmocka_unit_test(stop_words__come_from_a_file),
#ifdef TTAG_FAULTS
        cmocka_unit_test(stems__survive_lack_of_memory),
        cmocka_unit_test(stop_words__survive_lack_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
