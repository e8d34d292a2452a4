/* Pages and charts: escaping, numbers, tables, places. */
#include <math.h>
#include <string.h>

#include "unit.h"

#include "base/memory.h"
#include "base/view.h"
#include "evaluate/chart.h"
#include "evaluate/html.h"

static void expect(buffer *b, const char *wanted)
{
    assert_true(buffer_ok(b));
    assert_string_equal(buffer_as_view(b).bytes, wanted);
    buffer_dispose(b);
    *b = (buffer){0};
}

static bool holds(const buffer *b, const char *what)
{
    return strstr(buffer_as_view(b).bytes, what) != NULL;
}

/* ---- Text. ---- */

static void text__is_escaped(void **state)
{
    (void)state;
    buffer b = {0};
    html_words(&b, "<script>alert(\"a & b's\")</script>");
    expect(&b, "&lt;script&gt;alert(&quot;a &amp; b&#39;s&quot;)&lt;/script&gt;");
    html_text(&b, (ttag_view){"a\0b\x1b[31m\x7f\n\tc", 12});
    expect(&b, "a\xef\xbf\xbd"
               "b\xef\xbf\xbd[31m\xef\xbf\xbd\n\tc");
    html_text(&b, (ttag_view){"", 0});
    html_words(&b, "Grüße – ☃");
    expect(&b, "Grüße – ☃");
    html_printf(&b, "%s & %d", "<b>", 7);
    expect(&b, "&lt;b&gt; &amp; 7");
    html_element(&b, "span", "chip", view_of("a<b"));
    expect(&b, "<span class=\"chip\" dir=\"auto\">a&lt;b</span>");
    html_element(&b, "p", NULL, view_of("none"));
    expect(&b, "<p dir=\"auto\">none</p>");
    html_note(&b, "%zu rows", (size_t)3);
    expect(&b, "<p class=\"note\">3 rows</p>\n");
}

/* ---- Numbers. ---- */

static void counts__are_grouped(void **state)
{
    (void)state;
    const size_t counts[] = {0, 999, 1000, 45000, 1234567};
    const char *const wanted[] = {"0", "999", "1,000", "45,000", "1,234,567"};
    for (size_t i = 0; i < 5; i++) {
        buffer b = {0};
        html_count(&b, counts[i]);
        expect(&b, wanted[i]);
    }
}

static void skipped__are_records_or_files(void **state)
{
    (void)state;
    buffer b = {0};
    buffer_char(&b, '.');
    html_skipped(&b, 0, 0);
    expect(&b, ".");
    html_skipped(&b, 1, 0);
    expect(&b, " 1 record without labels was skipped.");
    html_skipped(&b, 2, 1);
    expect(&b, " 2 records without labels were skipped. 1 record or file could not be read.");
    html_skipped(&b, 0, 3);
    expect(&b, " 3 records or files could not be read.");
}

static void numbers__say_what_they_are_not(void **state)
{
    (void)state;
    buffer b = {0};
    html_number(&b, 2.0 / 3, 3);
    expect(&b, "0.667");
    html_number(&b, NAN, 3);
    expect(&b, "–");
    html_number(&b, INFINITY, 3);
    expect(&b, "never");
    html_data(&b, 1.0 / 3, 3);
    expect(&b, "<data value=\"0.333333333333333\">0.333</data>");
    html_data(&b, NAN, 3);
    expect(&b, "<data value=\"\">–</data>");
    html_range(&b, 0.25, 0.5, 2);
    html_range(&b, NAN, 0.5, 2);
    expect(&b, "0.25–0.50");
}

/* ---- Tables. ---- */

static void tables__have_heads_and_all_digits(void **state)
{
    (void)state;
    const html_column columns[] = {{"tag", HTML_WORDS, NULL},
                                   {"F1", HTML_NUMBER, "\"both\" in one"},
                                   {"n", HTML_NUMBER, NULL},
                                   {"it", HTML_PICTURE, NULL}};
    buffer b = {0};
    html_table_start(&b, "Tags & F1", columns, 4, HTML_SORTABLE | HTML_TALL);
    html_row(&b);
    html_cell_text(&b, view_of("A<B"));
    html_cell_share(&b, 2.0 / 3, 0.5, 0.8);
    html_cell_count(&b, 1200);
    html_cell(&b, NAN);
    buffer_text(&b, "<svg></svg>");
    html_table_end(&b);
    expect(
        &b,
        "<div class=\"table tall\" role=\"region\" tabindex=\"0\" aria-label=\"Tags &amp; F1\">"
        "\n<table data-sortable>\n<caption>Tags &amp; F1</caption>\n<thead><tr>"
        "<th scope=\"col\" class=\"words\">tag</th>"
        "<th scope=\"col\" class=\"number\" title=\"&quot;both&quot; in one\">F1</th>"
        "<th scope=\"col\" class=\"number\">n</th><th scope=\"col\" class=\"picture\">it</th>"
        "</tr></thead>\n<tbody>"
        "\n<tr><th scope=\"row\" class=\"words\" dir=\"auto\">A&lt;B"
        "<td class=\"number share\" data-v=\"0.666666666666667\"><b class=\"fair\">0.667</b>"
        "<small>0.50–0.80</small><i style=\"--w:67%\"></i>"
        "<td class=\"number\" data-v=\"1200\">1,200<td><svg></svg>\n</tbody>\n</table>\n</div>\n");
}

static void grades__are_of_f1(void **state)
{
    (void)state;
    assert_string_equal(html_grade(0.8), "good");
    assert_string_equal(html_grade(0.79), "fair");
    assert_string_equal(html_grade(0.49), "poor");
    assert_string_equal(html_grade(NAN), "");
}

/* ---- The page. ---- */

static void page__stands_alone(void **state)
{
    (void)state;
    html_page page = {0};
    html_section(&page, "first", "First & foremost");
    html_note(&page.body, "a");
    html_section(&page, "second", "Second");
    buffer out = {0};
    html_page_finish(&out, &page, "Evaluation", view_of("<model>"));
    assert_true(buffer_ok(&out));
    assert_true(holds(&out, "<title>Evaluation · &lt;model&gt;</title>"));
    assert_true(holds(&out, "<li><a href=\"#first\">First &amp; foremost</a></li>"));
    assert_true(holds(&out, "<h2 id=\"second-title\">Second</h2>\n</section>\n</main>"));
    assert_true(holds(&out, "default-src 'none'"));
    assert_false(holds(&out, "http://"));
    assert_false(holds(&out, "https://"));
    assert_null(page.body.bytes);
    buffer_dispose(&out);
}

static void page__survives_want_of_memory(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    for (size_t n = 1; n < 40; n++) {
        html_page page = {0};
        buffer out = {0};
        mem_fail_after(n);
        html_section(&page, "first", "First");
        html_note(&page.body, "a");
        html_page_finish(&out, &page, "Evaluation", view_of("model"));
        mem_fail_after(0);
        bool whole = buffer_ok(&out);
        buffer_dispose(&out);
        if (whole)
            return;
    }
    fail_msg("it never ends well");
#endif
}

/* ---- Charts. ---- */

static const chart square = {.width = 260,
                             .height = 150,
                             .x = {0, 1, false, NULL, false},
                             .y = {0, 1, false, NULL, false},
                             .title = "a <square>"};

static void chart__puts_values_in_their_places(void **state)
{
    (void)state;
    /* bare axes: 6 pixels on the left and below, 14 on the right, 10 above */
    assert_true(fabs(chart_x(&square, 0) - 6) < 1e-12);
    assert_true(fabs(chart_x(&square, 1) - 246) < 1e-12);
    assert_true(fabs(chart_x(&square, 7) - 246) < 1e-12); /* kept within */
    assert_true(fabs(chart_y(&square, 0) - 144) < 1e-12);
    assert_true(fabs(chart_y(&square, 0.5) - 77) < 1e-12);
    chart logarithmic = square;
    logarithmic.x = (chart_axis){1, 100, true, NULL, false};
    assert_true(fabs(chart_x(&logarithmic, 10) - 126) < 1e-12);
}

static void chart__draws_lines(void **state)
{
    (void)state;
    const double x[] = {0, 0.25, 0.5, 1}, y[] = {0, 0.5, NAN, 1};
    buffer b = {0};
    chart_line(&b, &square, x, y, 4, 2);
    expect(&b, "<path class=\"line s2\" d=\"M6 144L66 77M246 10\"/>");
    chart_steps(&b, &square, x, y, 2, 1);
    expect(&b, "<path class=\"line s1\" d=\"M6 144L6 77L66 77\"/>");
    const double low[] = {0, 0}, high[] = {1, 0.5};
    chart_band(&b, &square, x, low, high, 2, 1);
    expect(&b, "<path class=\"band s1\" d=\"M6 10L66 77L66 144L6 144Z\"/>");
    chart_dot(&b, &square, 0.001, 0, 4, 1, view_of("a&b"), "#t");
    expect(&b, "<a href=\"#t\"><circle class=\"dot s1\" cx=\"6.2\" cy=\"144\" r=\"4\">"
               "<title>a&amp;b</title></circle></a>");
    chart_column(&b, &square, 0, 0.5, 0.5, 3, view_of("half"));
    expect(&b, "<rect class=\"column s3\" x=\"6\" y=\"77\" width=\"120\" height=\"67\">"
               "<title>half</title></rect>");
}

static void chart__has_a_name_and_ticks(void **state)
{
    (void)state;
    chart c = square;
    c.x.label = "recall";
    c.y = (chart_axis){1, 5000, true, "articles", false};
    buffer b = {0};
    chart_start(&b, &c);
    chart_end(&b);
    assert_true(holds(&b, "role=\"img\" viewBox=\"0 0 260 150\""));
    assert_true(holds(&b, "aria-label=\"a &lt;square&gt;\""));
    assert_true(holds(&b, ">0.2</text>"));
    assert_true(holds(&b, ">1000</text>"));
    assert_true(holds(&b, ">recall</text>"));
    assert_false(holds(&b, "nan"));
    buffer_dispose(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text__is_escaped),
        cmocka_unit_test(counts__are_grouped),
        cmocka_unit_test(skipped__are_records_or_files),
        cmocka_unit_test(numbers__say_what_they_are_not),
        cmocka_unit_test(tables__have_heads_and_all_digits),
        cmocka_unit_test(grades__are_of_f1),
        cmocka_unit_test(page__stands_alone),
        cmocka_unit_test(page__survives_want_of_memory),
        cmocka_unit_test(chart__puts_values_in_their_places),
        cmocka_unit_test(chart__draws_lines),
        cmocka_unit_test(chart__has_a_name_and_ticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
