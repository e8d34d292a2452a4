/* Text into sentences and paragraphs. Each case writes the passages it expects between bars. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "ttag/passages.h"

/* The passages of text, a bar behind each, line ends within them as blanks. */
static char *split(const char *text, ttag_unit unit)
{
    char *joined = calloc(1, 2 * strlen(text) + 2), *to = joined;
    ttag_splitter splitter = ttag_split((ttag_view){text, strlen(text)}, unit);
    ttag_passage p;
    assert_non_null(joined);
    while (ttag_split_next(&splitter, &p)) {
        for (size_t i = 0; i < p.text.size; i++)
            *to++ = p.text.bytes[i] == '\n' ? ' ' : p.text.bytes[i];
        *to++ = '|';
    }
    return joined;
}

static void expect(const char *text, ttag_unit unit, const char *expected)
{
    char *found = split(text, unit);
    assert_string_equal(found, expected);
    free(found);
}

static void sentences(const char *text, const char *expected)
{
    expect(text, TTAG_UNIT_SENTENCE, expected);
}

static void sentence__ends_at_stops(void **state)
{
    (void)state;
    sentences("One thing. Another! A third? The end", "One thing.|Another!|A third?|The end|");
    sentences("What?! Nobody knew.", "What?!|Nobody knew.|");
    sentences("First。第二句！三", "First。|第二句！|三|");
    sentences("", "");
    sentences(" \n\t\n", "");
}

static void sentence__keeps_its_closing_quotes(void **state)
{
    (void)state;
    sentences("He said \"we were hit.\" Then he left.", "He said \"we were hit.\"|Then he left.|");
    sentences("(All of it was lost.) The rest burned.", "(All of it was lost.)|The rest burned.|");
    sentences("“We paid.” Nobody else did.", "“We paid.”|Nobody else did.|");
    sentences("“Who?” asked the clerk.", "“Who?” asked the clerk.|");
}

static void sentence__goes_on_behind_abbreviations(void **state)
{
    (void)state;
    sentences("Dr. Stone met Mr. Reed. They spoke.", "Dr. Stone met Mr. Reed.|They spoke.|");
    sentences("Tools, e.g. Netcat, i.e. Ncat, were left. Why?",
              "Tools, e.g. Netcat, i.e. Ncat, were left.|Why?|");
    sentences("Seen by J. R. Smith on Jan. 5 in the U.S. Senate.",
              "Seen by J. R. Smith on Jan. 5 in the U.S. Senate.|");
    sentences("It left the U.S. The rest stayed.", "It left the U.S.|The rest stayed.|");
    sentences("Acme Corp. Holdings lost, Acme Inc. However, won.",
              "Acme Corp. Holdings lost, Acme Inc.|However, won.|");
    sentences("See No. 5 and fig. 7. They said no. Nobody cared.",
              "See No. 5 and fig. 7.|They said no.|Nobody cared.|");
}

static void sentence__goes_on_within_indicators(void **state)
{
    (void)state;
    sentences("It calls 10.1.2[.]4 and hxxp://bad[.]example/a.php?x=1. Then update.exe starts.",
              "It calls 10.1.2[.]4 and hxxp://bad[.]example/a.php?x=1.|Then update.exe starts.|");
    sentences("Version 10.15.7 drops svchost.exe. Version 11 does not.",
              "Version 10.15.7 drops svchost.exe.|Version 11 does not.|");
    sentences("It ran cmd.exe /c whoami and left.", "It ran cmd.exe /c whoami and left.|");
    sentences("Use of .NET. Use of node.js too.", "Use of .NET.|Use of node.js too.|");
}

static void sentence__waits_for_an_ellipsis(void **state)
{
    (void)state;
    sentences("They waited... and waited. Then...  Nothing came.",
              "They waited... and waited.|Then...|Nothing came.|");
    sentences("They waited… and left… Nothing came.", "They waited… and left…|Nothing came.|");
}

static void paragraph__ends_at_empty_lines(void **state)
{
    (void)state;
    const char *text = "A heading\n\nOne. Two.\r\n\r\n\r\nThree";
    sentences(text, "A heading|One.|Two.|Three|");
    expect(text, TTAG_UNIT_PARAGRAPH, "A heading|One. Two.|Three|");
}

static void paragraph__is_put_together_from_wrapped_lines(void **state)
{
    (void)state;
    const char *text = "The loader waits until the screen is locked and then\n"
                       "copies what it finds to a share of the server. All of\n"
                       "Monday was quiet.\n"
                       "Summary\n"
                       "Nothing more is known.";
    sentences(text,
              "The loader waits until the screen is locked and then copies what it finds to a "
              "share of the server.|All of Monday was quiet.|Summary|Nothing more is known.|");
}

static void paragraph__is_an_item_of_a_list(void **state)
{
    (void)state;
    sentences("They did:\n- dump passwords\n* move on\n  • wipe disks\n1. Leave. Quickly.\n2) Rest",
              "They did:|dump passwords|move on|wipe disks|1. Leave.|Quickly.|2) Rest|");
    sentences("## Findings\nNone yet.", "Findings|None yet.|");
}

static void paragraph__is_a_line_of_code(void **state)
{
    (void)state;
    sentences("Then:\n```\nfoo. Bar()\nreg add HKCU. Run\n```\nDone. So.",
              "Then:|foo. Bar()|reg add HKCU. Run|Done.|So.|");
    sentences("Then:\n\n    foo. Bar()\n    whoami. All\n\nDone.",
              "Then:|foo. Bar()|whoami. All|Done.|");
}

static void paragraph__is_a_row_of_a_table(void **state)
{
    (void)state;
    sentences("| T1 | Scan. All. |\n|---|---|\n| T2 | Hide. |\nid\tname\tuse. Much\n",
              "| T1 | Scan. All. ||| T2 | Hide. ||id\tname\tuse. Much|");
}

static void passage__has_offsets_in_bytes_and_code_points(void **state)
{
    (void)state;
    const char *text = "Größe zählt. Naïve – ja.";
    ttag_splitter s = ttag_split((ttag_view){text, strlen(text)}, TTAG_UNIT_SENTENCE);
    ttag_passage p;
    assert_true(ttag_split_next(&s, &p));
    assert_int_equal(p.begin, 0);
    assert_int_equal(p.end, 15);
    assert_int_equal(p.first, 0);
    assert_int_equal(p.behind, 12);
    assert_true(ttag_split_next(&s, &p));
    assert_int_equal(p.begin, 16);
    assert_int_equal(p.end, 30);
    assert_int_equal(p.first, 13);
    assert_int_equal(p.behind, 24);
    assert_false(ttag_split_next(&s, &p));
    assert_false(ttag_split_next(&s, &p));
}

static void passage__is_cut_where_it_is_too_long(void **state)
{
    (void)state;
    char text[3001];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 10 == 9 ? ' ' : 'x';
    text[700] = ',';
    text[701] = ' ';
    text[3000] = '\0';
    ttag_splitter s = ttag_split((ttag_view){text, 3000}, TTAG_UNIT_SENTENCE);
    ttag_passage p;
    assert_true(ttag_split_next(&s, &p));
    assert_int_equal(p.end, 701);
    assert_true(ttag_split_next(&s, &p));
    assert_int_equal(p.begin, 702);
    assert_int_equal(p.end, 1699);
    memset(text, 'x', 3000);
    s = ttag_split((ttag_view){text, 3000}, TTAG_UNIT_SENTENCE);
    for (size_t begin = 0; begin < 3000; begin += 1000) {
        assert_true(ttag_split_next(&s, &p));
        assert_int_equal(p.begin, begin);
        assert_int_equal(p.end, begin + 1000);
    }
    assert_false(ttag_split_next(&s, &p));
}

static void article__is_one_passage(void **state)
{
    (void)state;
    expect(" One. Two.\n", TTAG_UNIT_ARTICLE, " One. Two. |");
    expect("", TTAG_UNIT_ARTICLE, "");
}

/* So much of any of these would show if a byte was looked at too often. */
static void splitting__takes_linear_time(void **state)
{
    (void)state;
    static const char *const pieces[] = {". ",  "\n",      "a\n", "...\" ", "- ",
                                         "x. ", "    a\n", "\t",  "```\n"};
    enum { SIZE = 1 << 22 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++)
        for (int unit = TTAG_UNIT_SENTENCE; unit <= TTAG_UNIT_PARAGRAPH; unit++) {
            size_t n = strlen(pieces[k]), end = 0;
            for (size_t i = 0; i < SIZE; i++)
                text[i] = pieces[k][i % n];
            ttag_splitter s = ttag_split((ttag_view){text, SIZE}, (ttag_unit)unit);
            ttag_passage p;
            while (ttag_split_next(&s, &p)) {
                assert_true(p.begin >= end && p.end > p.begin);
                end = p.end;
            }
        }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentence__ends_at_stops),
        cmocka_unit_test(sentence__keeps_its_closing_quotes),
        cmocka_unit_test(sentence__goes_on_behind_abbreviations),
        cmocka_unit_test(sentence__goes_on_within_indicators),
        cmocka_unit_test(sentence__waits_for_an_ellipsis),
        cmocka_unit_test(paragraph__ends_at_empty_lines),
        cmocka_unit_test(paragraph__is_put_together_from_wrapped_lines),
        cmocka_unit_test(paragraph__is_an_item_of_a_list),
        cmocka_unit_test(paragraph__is_a_line_of_code),
        cmocka_unit_test(paragraph__is_a_row_of_a_table),
        cmocka_unit_test(passage__has_offsets_in_bytes_and_code_points),
        cmocka_unit_test(passage__is_cut_where_it_is_too_long),
        cmocka_unit_test(article__is_one_passage),
        cmocka_unit_test(splitting__takes_linear_time),
    };
    return cmocka_run_group_tests_name("passages", tests, NULL, NULL);
}
