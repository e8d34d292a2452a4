/* What is dropped of a text, and which lines repeat. Each case writes the text with what it expects
   to be dropped between braces. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "articles/line_fold.h"
#include "articles/line_patterns.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/view.h"
#include "ttag/boilerplate.h"
#include "ttag/features.h"

static const ttag_boilerplate patterns = TTAG_BOILERPLATE_INIT;

/* The text with what is dropped of it between braces. */
static char *marked(const char *text, const ttag_boilerplate *what)
{
    ttag_boilerplate_finder *finder;
    ttag_article article = {.text = view_of(text), .weight = 1};
    char *out = calloc(1, 3 * strlen(text) + 1), *to = out;
    assert_non_null(out);
    assert_int_equal(ttag_boilerplate_finder_new(&finder, what, NULL), TTAG_OK);
    assert_int_equal(ttag_boilerplate_find(finder, &article, NULL), TTAG_OK);
    const char *at = text;
    for (size_t i = 0; i < article.n_dropped; i++) {
        ttag_view gap = article.dropped[i].text;
        assert_true(gap.bytes >= at && gap.size > 0);
        to += sprintf(to, "%.*s{%.*s}", (int)(gap.bytes - at), at, (int)gap.size, gap.bytes);
        at = gap.bytes + gap.size;
    }
    strcpy(to, at);
    ttag_boilerplate_finder_free(finder);
    return out;
}

/* expected: the text with braces. */
static void drops_by(const char *expected, const ttag_boilerplate *what)
{
    char *text = calloc(1, strlen(expected) + 1), *to = text;
    assert_non_null(text);
    for (const char *from = expected; *from; from++)
        if (*from != '{' && *from != '}')
            *to++ = *from;
    char *found = marked(text, what);
    assert_string_equal(found, expected);
    free(found);
    free(text);
}

static void drops(const char *expected)
{
    drops_by(expected, &patterns);
}

static void find__whole_lines(void **state)
{
    (void)state;
    drops("The bank paid nothing.\n\n{Leave a Reply}");
    drops("The bank paid.\n{Leave a Reply\n\nYour email address will not be published. Required "
          "fields are marked *}\n");
    drops("{Share this:}\nThe bank was robbed.\r\n{Read more »}\r\nBy night.");
    drops("She asked him to leave a reply to the gang.\nHe did.");
    drops("Nothing here.\nNor here.\n");
}

static void find__shortcodes(void **state)
{
    (void)state;
    drops("Before {[gallery ids=\"1,2\"]} behind");
    drops("Before {[Chart id=\xe2\x80\x9d"
          "7\xe2\x80\x9d width=\xe2\x80\x9d"
          "5\xe2\x80\x9d]} it");
    drops("A {[caption]}picture{[/caption]} of it");
    drops("{[graphiq id=7]} and the text");
    drops("evil[.]example, a[dot]b and array[i = 1] and [x] and [1] and [see note]");
    drops("An open one [gallery ids=\"1\" and no end");
    drops("[[[[ [gallery [gallery [ {[gallery]} ]");
}

static void find__many_languages(void **state)
{
    (void)state;
    drops("Der Angriff war gestern.\n{ÄHNLICHE ARTIKEL}");
    drops("L'attaque.\n{LAISSER UN COMMENTAIRE}");
    drops("El ataque.\n{Deja una respuesta}");
    drops("L'attacco.\n{Lascia un commento}");
    drops("O ataque.\n{Todos os direitos reservados.}");
    drops("De aanval.\n{Geef een reactie}");
    drops("Атака банка.\n{ЧИТАЙТЕ ТАКЖЕ: другое}");
}

static void find__never_all_of_it(void **state)
{
    (void)state;
    drops("Leave a reply");
    drops("Leave a reply\nShare this\n");
    drops("[gallery ids=\"1,2\"]");
    drops("");
    drops("\n\n");
}

static void find__nothing_unless_asked(void **state)
{
    (void)state;
    const ttag_boilerplate nothing = {false, NULL, 0};
    drops_by("The bank.\nLeave a reply\n", &nothing);
}

/* A star is up to eight words, two stars any number. */
static void patterns__stars(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool fits;
    } LINES[] = {{"one end", true},
                 {"one 1 2 3 4 5 6 7 8 end", true},
                 {"ONE, two: END", true},
                 {"one 1 2 3 4 5 6 7 8 9 end", false},
                 {"one", false},
                 {"one end more", false},
                 {"first and more and still more and yet more and all of it and the last", true},
                 {"first last", true},
                 {"99 bottles", true},
                 {"bottles", false},
                 {"tail a tail", true},
                 {"", false}};
    line_patterns p = {0};
    folded_line line = {0};
    assert_true(line_patterns_read(&p, view_of("# no pattern\none * end\nfirst ** last\n\n"
                                               "0 bottles\n* tail\n*\n[name]\n")));
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        assert_true(line_fold(&line, view_of(LINES[i].line)));
        assert_int_equal(line_patterns_fit(&p, &line), LINES[i].fits);
    }
    assert_true(line_patterns_name(&p, view_of("name")));
    assert_false(line_patterns_name(&p, view_of("other")));
    line_fold_dispose(&line);
    line_patterns_dispose(&p);
}

static void line_fold__letters_digits_blanks(void **state)
{
    (void)state;
    static const char *const LINES[][2] = {{"  Page 12 of 3,456 ", "page 0 of 0 0"},
                                           {"\xe2\x80\x9cÉTÉ\xe2\x80\x9d \xc2\xa9 2017", "été 0"},
                                           {"ЁЖ\xc2\xa0Щ", "ёж щ"},
                                           {"ŽÜRICH-Łódź", "žürich łódź"},
                                           {"ΑΒΓ", "αβγ"},
                                           {"--- * ---", ""},
                                           {"a1b22c", "a0b0c"},
                                           {"中文", "中文"}};
    folded_line line = {0};
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        assert_true(line_fold(&line, view_of(LINES[i][0])));
        assert_string_equal(buffer_as_view(&line.text).bytes, LINES[i][1]);
    }
    line_fold_dispose(&line);
}

/* ---- Lines that repeat. ---- */

static void add(ttag_repeat_learner *l, const char *source, const char *text)
{
    ttag_article article = {.text = view_of(text), .source = view_of(source), .weight = 1};
    assert_int_equal(ttag_repeat_learner_add(l, &article, NULL), TTAG_OK);
}

/* The hashes of folded lines, by the formula. */
static uint64_t hash_of(const char *folded)
{
    return hash64(folded, strlen(folded));
}

/* Ten articles of one source, of which five, and fifty, in turn, hold a line. */
static void learner__least_and_share(void **state)
{
    (void)state;
    for (unsigned n = 4; n <= 6; n++) {
        ttag_repeat_learner *l;
        ttag_boilerplate found;
        char text[200];
        assert_int_equal(ttag_repeat_learner_new(&l, NULL, NULL), TTAG_OK);
        for (unsigned i = 0; i < 50; i++) {
            snprintf(text, sizeof text, "News %c%c of the day\n%s", 'a' + (char)(i / 26),
                     'a' + (char)(i % 26), i < n ? "Sent 3 times by the Daily Herald" : "else");
            add(l, "herald", text);
        }
        assert_int_equal(ttag_repeat_learner_finish(l, &found, NULL), TTAG_OK);
        assert_int_equal(found.n_repeated, n < 5 ? 1 : 2); /* "else" is in 44 or more of 50 */
        bool is_there = false;
        for (size_t i = 0; i < found.n_repeated; i++)
            is_there |= found.repeated[i] == hash_of("sent 0 times by the daily herald");
        assert_int_equal(is_there, n >= 5);
        assert_null(ttag_boilerplate_check(&found));
        ttag_repeat_learner_free(l);
    }
}

/* Two words may be the rest of a sentence: 8 of 50 do not do. */
static void learner__short_lines(void **state)
{
    (void)state;
    ttag_repeat_learner *l;
    ttag_boilerplate found;
    char text[200];
    assert_int_equal(ttag_repeat_learner_new(&l, NULL, NULL), TTAG_OK);
    for (unsigned i = 0; i < 50; i++) {
        snprintf(text, sizeof text, "News %c%c of the day\n%s\n%s", 'a' + (char)(i / 26),
                 'a' + (char)(i % 26), i < 8 ? "nine months" : "", i < 20 ? "Daily Herald" : "");
        add(l, "herald", text);
    }
    assert_int_equal(ttag_repeat_learner_finish(l, &found, NULL), TTAG_OK);
    assert_int_equal(found.n_repeated, 1);
    assert_true(found.repeated[0] == hash_of("daily herald"));
    ttag_repeat_learner_free(l);
}

/* By source, by host, copies once, one-line texts not at all. */
static void learner__by_source(void **state)
{
    (void)state;
    ttag_repeat_learner *l;
    ttag_boilerplate found;
    char text[200], url[64];
    assert_int_equal(ttag_repeat_learner_new(&l, NULL, NULL), TTAG_OK);
    for (unsigned i = 0; i < 10; i++) {
        snprintf(text, sizeof text, "News %c of the day\nWritten for all of us", 'a' + (char)i);
        add(l, i % 2 ? "one" : "two", text); /* five each */
        add(l, "copies", "The same text as before\nwith the same second line");
        add(l, "flat", "a line that is all of its text");
        snprintf(text, sizeof text, "Item %c of the day\nFrom the site itself", 'a' + (char)i);
        snprintf(url, sizeof url, "https://news.example/%u?x", i);
        ttag_article by_host = {.text = view_of(text), .url = view_of(url), .weight = 1};
        assert_int_equal(ttag_repeat_learner_add(l, &by_host, NULL), TTAG_OK);
    }
    assert_int_equal(ttag_repeat_learner_finish(l, &found, NULL), TTAG_OK);
    assert_int_equal(found.n_repeated, 2);
    for (size_t i = 0; i < 2; i++)
        assert_true(found.repeated[i] == hash_of("written for all of us") ||
                    found.repeated[i] == hash_of("from the site itself"));
    drops_by("What happened.\n{Written for ALL of us!}\nAt night.", &found);
    ttag_repeat_learner_free(l);
}

static void learner__most(void **state)
{
    (void)state;
    ttag_repeat_learner *l;
    ttag_boilerplate found;
    ttag_repeat_opts opts = TTAG_REPEAT_OPTS_INIT;
    char text[200];
    opts.most = 1;
    assert_int_equal(ttag_repeat_learner_new(&l, &opts, NULL), TTAG_OK);
    for (unsigned i = 0; i < 10; i++) {
        snprintf(text, sizeof text, "News %c of the day\nall of them have it\n%s", 'a' + (char)i,
                 i < 9 ? "nearly all have it" : "");
        add(l, "herald", text);
    }
    assert_int_equal(ttag_repeat_learner_finish(l, &found, NULL), TTAG_OK);
    assert_int_equal(found.n_repeated, 1);
    assert_true(found.repeated[0] == hash_of("all of them have it"));
    ttag_repeat_learner_free(l);
}

static void learner__refuses_options(void **state)
{
    (void)state;
    ttag_repeat_learner *l;
    ttag_error err;
    const ttag_repeat_opts bad[] = {
        {1, 0.1, 0.3, 10}, {5, 0, 0.3, 10}, {5, 0.1, 1.5, 10}, {5, 0.1, 0.3, 0}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(ttag_repeat_learner_new(&l, &bad[i], &err), TTAG_INVALID);
        assert_null(l);
    }
}

static void check__rising(void **state)
{
    (void)state;
    const uint64_t falling[] = {2, 1}, rising[] = {1, 2};
    assert_null(ttag_boilerplate_check(&(ttag_boilerplate){true, rising, 2}));
    assert_non_null(ttag_boilerplate_check(&(ttag_boilerplate){true, falling, 2}));
    assert_non_null(ttag_boilerplate_check(&(ttag_boilerplate){false, rising, 2}));
    assert_non_null(ttag_boilerplate_check(&(ttag_boilerplate){true, rising, 65537}));
}

/* ---- Features. ---- */

/* The vector of a text whose boilerplate is dropped is that of the text without it. */
static void features__as_if_it_were_not_there(void **state)
{
    (void)state;
    const char *with = "Leave a comment\nThe gang sold [gallery ids=\"4\"] data of a bank.\nShare "
                       "this: \nIt fled.\nLeave a reply";
    const char *without = "\nThe gang sold  data of a bank.\n\nIt fled.\n";
    ttag_text_opts opts = TTAG_TEXT_OPTS_BEST;
    ttag_boilerplate_finder *finder;
    ttag_extractor *extractor;
    ttag_features *features;
    ttag_article a = {.text = view_of(with), .title = view_of("A title"), .weight = 1};
    ttag_article b = {.text = view_of(without), .title = view_of("A title"), .weight = 1};
    opts.min_df = 1;
    assert_int_equal(ttag_boilerplate_finder_new(&finder, &patterns, NULL), TTAG_OK);
    assert_int_equal(ttag_extractor_new(&extractor, &opts, NULL), TTAG_OK);
    assert_int_equal(ttag_boilerplate_find(finder, &a, NULL), TTAG_OK);
    assert_int_equal(a.n_dropped, 4);
    assert_int_equal(ttag_extractor_add(extractor, &a, NULL), TTAG_OK);
    assert_int_equal(ttag_extractor_add(extractor, &b, NULL), TTAG_OK);
    assert_int_equal(ttag_extractor_finish(&features, extractor, NULL), TTAG_OK);
    const ttag_matrix *x = ttag_features_matrix(features);
    size_t n = x->starts[1];
    assert_int_equal(x->starts[2], 2 * n);
    assert_memory_equal(x->terms, x->terms + n, n * sizeof *x->terms);
    assert_memory_equal(x->values, x->values + n, n * sizeof *x->values);
    ttag_features_free(features);
    ttag_extractor_free(extractor);
    ttag_boilerplate_finder_free(finder);
}

#ifdef TTAG_FAULTS
static ttag_status use_all(void)
{
    ttag_boilerplate_finder *finder = NULL;
    ttag_repeat_learner *learner = NULL;
    ttag_boilerplate found;
    ttag_article a = {.text = view_of("one line here\nShare this\nthe last [gallery] of them"),
                      .weight = 1};
    ttag_status status = ttag_boilerplate_finder_new(&finder, &patterns, NULL);
    if (status == TTAG_OK)
        status = ttag_boilerplate_find(finder, &a, NULL);
    if (status == TTAG_OK)
        status = ttag_repeat_learner_new(&learner, NULL, NULL);
    if (status == TTAG_OK)
        status = ttag_repeat_learner_add(learner, &a, NULL);
    if (status == TTAG_OK)
        status = ttag_repeat_learner_finish(learner, &found, NULL);
    ttag_boilerplate_finder_free(finder);
    ttag_repeat_learner_free(learner);
    return status;
}

static void all__out_of_memory(void **state)
{
    (void)state;
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status == TTAG_NOMEM; n++) {
        mem_fail_after(n);
        status = use_all();
        mem_fail_after(0);
    }
    assert_int_equal(status, TTAG_OK);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(find__whole_lines),
        cmocka_unit_test(find__shortcodes),
        cmocka_unit_test(find__many_languages),
        cmocka_unit_test(find__never_all_of_it),
        cmocka_unit_test(find__nothing_unless_asked),
        cmocka_unit_test(patterns__stars),
        cmocka_unit_test(line_fold__letters_digits_blanks),
        cmocka_unit_test(learner__least_and_share),
        cmocka_unit_test(learner__short_lines),
        cmocka_unit_test(learner__by_source),
        cmocka_unit_test(learner__most),
        cmocka_unit_test(learner__refuses_options),
        cmocka_unit_test(check__rising),
        cmocka_unit_test(features__as_if_it_were_not_there),
#ifdef TTAG_FAULTS
        cmocka_unit_test(all__out_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
