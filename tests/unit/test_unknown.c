/* Rules for the unknown: how they read, whom they fit; what training and evaluation make of them is
   tested there. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "articles/unknown_rules.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "base/view.h"

static bool fits(const char *pattern, const char *text)
{
    return glob_fits(view_of(pattern), view_of(text));
}

static void glob_fits__whole_texts(void **state)
{
    (void)state;
    assert_true(fits("", "") && fits("*", "") && fits("*", "any") && fits("a", "a"));
    assert_true(fits("Threats*", "Threats") && fits("Threats*", "ThreatsEconomic"));
    assert_true(fits("*All", "VulnerabilitiesAll") && fits("a*b*c", "a-bb-b-c"));
    assert_true(fits("?", "ä") && fits("a?c", "a€c") && fits("**", "x"));
    assert_true(fits("*ab", "aab") && fits("*a?b", "aaab")); /* back to an earlier choice */
    assert_false(fits("", "a") || fits("?", "") || fits("a", "A") || fits("a*", "ba"));
    assert_false(fits("?", "ab") || fits("a*b", "abc") || fits("*x", "y") || fits("[a]", "a"));
}

/* Linear stars: what takes exponential time elsewhere is done at once. */
static void glob_fits__many_stars(void **state)
{
    (void)state;
    char pattern[201], text[4001];
    for (size_t i = 0; i < 200; i++)
        pattern[i] = i % 2 ? 'a' : '*';
    pattern[200] = '\0';
    memset(text, 'a', 4000);
    text[4000] = '\0';
    assert_true(fits(pattern, text));
    text[3999] = 'b';
    assert_false(fits(pattern, text));
}

static ttag_unknown_rules *rules_of(const char *const *texts, size_t n)
{
    ttag_unknown_rules *rules;
    assert_int_equal(ttag_unknown_rules_new(&rules, NULL), TTAG_OK);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(ttag_unknown_rules_add(rules, texts[i], NULL), TTAG_OK);
    return rules;
}

static ttag_article article_of(const char *source, const char *id, const char *path)
{
    return (ttag_article){.source = view_of(source), .id = view_of(id), .path = path};
}

static void ttag_unknown_rules__fit_fields(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"source=kev:Threats*", "source=:Malware", "id=CVE-*:cwe:*",
                                        "file=kev.*:*",        "file=*/b/*:APT?", "source=*:x"};
    ttag_unknown_rules *rules = rules_of(TEXTS, 6);
    const ttag_article kev = article_of("kev", "\"CVE-1\"", "a/b/kev.jsonl");
    const ttag_article bare = article_of(NULL, "17", "kev/x.jsonl");
    const ttag_article number = article_of("keV", "\"xCVE-1\"", "/b/-");
    const ttag_article nowhere = {.path = NULL};
    assert_int_equal(ttag_unknown_rules_of_article(rules, &kev), 1 | 4 | 8 | 16 | 32);
    assert_int_equal(ttag_unknown_rules_of_article(rules, &bare), 2 | 32);
    assert_int_equal(ttag_unknown_rules_of_article(rules, &number), 16 | 32);
    assert_int_equal(ttag_unknown_rules_of_article(rules, &nowhere), 2 | 32);
    assert_int_equal(ttag_unknown_rules_of_tag(rules, view_of("ThreatsEconomic")), 1 | 8);
    assert_int_equal(ttag_unknown_rules_of_tag(rules, view_of("cwe:79")), 4 | 8);
    assert_int_equal(ttag_unknown_rules_of_tag(rules, view_of("APT1")), 8 | 16);
    assert_int_equal(ttag_unknown_rules_count(rules), 6);
    assert_string_equal(ttag_unknown_rules_text(rules, 2), "id=CVE-*:cwe:*");
    ttag_unknown_rules_free(rules);
    ttag_unknown_rules_free(NULL);
    assert_int_equal(ttag_unknown_rules_count(NULL), 0);
    assert_int_equal(ttag_unknown_rules_of_article(NULL, &kev), 0);
    assert_int_equal(ttag_unknown_rules_of_tag(NULL, view_of("x")), 0);
}

static void ttag_unknown_rules_add__says_what_is_wrong(void **state)
{
    (void)state;
    static const char *const WRONG[][2] = {
        {"", "the rule \"\" has no value or no tags; expected FIELD=VALUE:TAGS"},
        {"source", "has no value or no tags"},
        {"source=kev", "has no value or no tags"},
        {"source:kev=x", "has no value or no tags"},
        {"source=kev:", "names no tags"},
        {"title=kev:x", "is about a field that rules do not know (source, id, file)"},
        {"=kev:x", "is about a field"},
        {"source=\xff:x", "is not UTF-8"},
    };
    ttag_unknown_rules *rules;
    ttag_error err;
    assert_int_equal(ttag_unknown_rules_new(&rules, NULL), TTAG_OK);
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        assert_int_equal(ttag_unknown_rules_add(rules, WRONG[i][0], &err), TTAG_INVALID);
        assert_non_null(strstr(err.text, WRONG[i][1]));
    }
    for (unsigned i = 0; i < 64; i++)
        assert_int_equal(ttag_unknown_rules_add(rules, "source=a:b", NULL), TTAG_OK);
    assert_int_equal(ttag_unknown_rules_add(rules, "source=a:b", &err), TTAG_INVALID);
    assert_non_null(strstr(err.text, "more than 64 rules"));
    const ttag_article a = article_of("a", NULL, NULL);
    assert_true(ttag_unknown_rules_of_article(rules, &a) == UINT64_MAX);
    ttag_unknown_rules_free(rules);
}

/* Adds a file with these bytes. */
static ttag_status add_file(ttag_unknown_rules *rules, const char *bytes, ttag_error *err)
{
    char path[] = "@/tmp/ttag-rules-XXXXXX";
    int file = mkstemp(path + 1);
    assert_true(file >= 0);
    assert_true(write(file, bytes, strlen(bytes)) == (ssize_t)strlen(bytes));
    close(file);
    ttag_status status = ttag_unknown_rules_add(rules, path, err);
    unlink(path + 1);
    return status;
}

static void ttag_unknown_rules_add__reads_files(void **state)
{
    (void)state;
    ttag_unknown_rules *rules;
    ttag_error err;
    assert_int_equal(ttag_unknown_rules_new(&rules, NULL), TTAG_OK);
    assert_int_equal(add_file(rules, "# who is silent\n\n  source=kev:Threats* \r\nid=1:x", &err),
                     TTAG_OK);
    assert_int_equal(ttag_unknown_rules_count(rules), 2);
    assert_string_equal(ttag_unknown_rules_text(rules, 0), "source=kev:Threats*");
    assert_int_equal(add_file(rules, "source=a:b\nsource=a", &err), TTAG_PARSE);
    assert_int_equal(err.line, 2);
    assert_int_equal(ttag_unknown_rules_add(rules, "@/nowhere/rules", &err), TTAG_IO);
    ttag_unknown_rules_free(rules);
}

/* ---- What was of no use. ---- */

static void hear(void *payload, ttag_level level, const char *place, const char *text)
{
    buffer *said = payload;
    assert_true(level == TTAG_WARNING && !place);
    buffer_printf(said, "%s\n", text);
}

static void unknown_rules_tell_idle__names_them(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"source=a:x", "source=b:x", "source=a:y", "source=c:z"};
    ttag_unknown_rules *rules = rules_of(TEXTS, 4);
    buffer said = {0};
    const ttag_monitor monitor = {.message = hear, .payload = &said};
    unknown_rules_tell_idle(rules, 1 | 4, 1 | 2, &monitor);
    assert_string_equal(
        said.bytes, "the rule for the unknown \"source=b:x\" has changed nothing: no labelled "
                    "record fits it\n"
                    "the rule for the unknown \"source=a:y\" has changed nothing: no tag fits it\n"
                    "the rule for the unknown \"source=c:z\" has changed nothing: no labelled "
                    "record fits it\n");
    buffer_dispose(&said);
    unknown_rules_tell_idle(NULL, 0, 0, &monitor);
    ttag_unknown_rules *others = rules_of(TEXTS, 3);
    assert_int_equal(unknown_rules_digest(NULL), 0);
    assert_true(unknown_rules_digest(rules) != unknown_rules_digest(others));
    ttag_unknown_rules_free(others);
    ttag_unknown_rules_free(rules);
}

#ifdef TTAG_FAULTS
static void ttag_unknown_rules__survive_want_of_memory(void **state)
{
    (void)state;
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status == TTAG_NOMEM; n++) {
        ttag_unknown_rules *rules;
        mem_fail_after(n);
        status = ttag_unknown_rules_new(&rules, NULL);
        if (status == TTAG_OK)
            status = ttag_unknown_rules_add(rules, "source=kev:Threats*", NULL);
        mem_fail_after(0);
        ttag_unknown_rules_free(rules);
    }
    assert_int_equal(status, TTAG_OK);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(glob_fits__whole_texts),
        cmocka_unit_test(glob_fits__many_stars),
        cmocka_unit_test(ttag_unknown_rules__fit_fields),
        cmocka_unit_test(ttag_unknown_rules_add__says_what_is_wrong),
        cmocka_unit_test(ttag_unknown_rules_add__reads_files),
        cmocka_unit_test(unknown_rules_tell_idle__names_them),
#ifdef TTAG_FAULTS
        cmocka_unit_test(ttag_unknown_rules__survive_want_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
