/* RSS and Atom: tokens, items byte for byte, what becomes of them, dates, encodings. Examples are
   ours; what is expected follows from the formats' own texts. */
#include "view_asserts.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "articles/charset.h"
#include "articles/entities.h"
#include "articles/feed_date.h"
#include "articles/feed_window.h"
#include "articles/markup.h"
#include "base/view.h"
#include "ttag/articles.h"

/* ---- Tokens. ---- */

/* "kind:bytes|kind:bytes|…" */
static void assert_tokens(const char *text, const char *expected)
{
    static const char kinds[] = "TDOEC-";
    buffer out = {0};
    xml_scan scan = xml_scan_over(view_of(text));
    xml_token token;
    while (xml_next(&scan, &token)) {
        buffer_printf(&out, "%s%c:", out.size ? "|" : "", kinds[token.kind]);
        buffer_view(&out, token.whole);
    }
    assert_string_equal(out.bytes ? out.bytes : "", expected);
    buffer_dispose(&out);
}

static void xml_scan__kinds(void **state)
{
    (void)state;
    assert_tokens("", "");
    assert_tokens("<?xml version='1.0'?><a b=\"x>y\">t<b/><!-- <c> --></a>",
                  "-:<?xml version='1.0'?>|O:<a b=\"x>y\">|T:t|E:<b/>|-:<!-- <c> -->|C:</a>");
    assert_tokens("<a b=c/><a b=c /><a b='c'/><a b/><a b=/>",
                  "O:<a b=c/>|E:<a b=c />|E:<a b='c'/>|E:<a b/>|O:<a b=/>");
    assert_tokens("<a><![CDATA[ <b> ]] ]]></a>", "O:<a>|D:<![CDATA[ <b> ]] ]]>|C:</a>");
}

static void xml_scan__what_is_no_markup_is_text(void **state)
{
    (void)state;
    assert_tokens("1 < 2 <3 & </", "T:1 |T:< 2 |T:<3 & |T:</");
    assert_tokens("<!-- open <a>", "T:<!-- open |O:<a>");
    assert_tokens("<![CDATA[ open <a>", "T:<![CDATA[ open |O:<a>");
    assert_tokens("<a b=\"<c>", "T:<a b=\"|O:<c>");
    assert_tokens("<a", "T:<a");
}

static void xml_attribute__values(void **state)
{
    (void)state;
    xml_scan scan = xml_scan_over(view_of("<a one='1' two = \"2 3\" three=4 five/>"));
    xml_token tag;
    assert_true(xml_next(&scan, &tag));
    assert_view(xml_attribute(&tag, "one"), "1");
    assert_view(xml_attribute(&tag, "two"), "2 3");
    assert_view(xml_attribute(&tag, "three"), "4");
    assert_int_equal(xml_attribute(&tag, "five").size, 0);
    assert_null(xml_attribute(&tag, "six").bytes);
}

/* ---- Items. ---- */

/* The items one behind another, what is around them in brackets. */
static void assert_items(const char *text, const char *expected)
{
    buffer out = {0};
    feed_items items = feed_items_of(view_of(text));
    feed_item item;
    while (feed_items_next(&items, &item)) {
        put_item(&out, &item, "[]");
    }
    assert_string_equal(out.bytes ? out.bytes : "", expected);
    buffer_dispose(&out);
}

static void feed_items__closed_and_open(void **state)
{
    (void)state;
    assert_items("<rss></rss>", "");
    assert_items("<rss>\n<item>a</item>\n <item>b</item>\n</rss>\n",
                 "[<rss>\n]<item>a</item>[]@2 [\n ]<item>b</item>[\n</rss>\n]@3 ");
    assert_items("<feed><entry/><a:entry>x</a:entry></feed>",
                 "[<feed>]<entry/>[]@1 []<a:entry>x</a:entry>[</feed>]@1 ");
    assert_items("<rss><item>a<item>b</channel></rss>",
                 "[<rss>]<item>a[]@1 []<item>b[</channel></rss>]@1 ");
    assert_items("<rss><item>a<![CDATA[<item>]]>", "[<rss>]<item>a<![CDATA[<item>]]>[]@1 ");
    assert_items("<rdf:RDF><items/><item>a</item>", "[<rdf:RDF><items/>]<item>a</item>[]@1 ");
}

/* Items of many sizes, larger than what is read at once, too. */
static void put_sizes(buffer *out)
{
    buffer_text(out, "\xef\xbb\xbf<rss><channel>\n");
    for (size_t i = 1; i < 400000; i = i * 3 / 2 + 1) {
        buffer_text(out, "<item><!-- <item> --><title>");
        for (size_t k = 0; k < i; k++)
            buffer_char(out, k % 80 == 79 ? '\n' : 'a');
        buffer_text(out, "</title></item>\n<!-- between -->");
    }
    buffer_text(out, "<item>open <!-- ]]></channel></rss>\n");
}

static void feed_window__same_as_whole(void **state)
{
    (void)state;
    char path[] = "/tmp/ttag-feed-XXXXXX";
    buffer text = {0};
    put_sizes(&text);
    FILE *file = fdopen(mkstemp(path), "wb");
    assert_int_equal(fwrite(text.bytes, 1, text.size, file), text.size);
    fclose(file);
    lines l = {0};
    assert_int_equal(lines_open(&l, path, 1 << 20, NULL, NULL), TTAG_OK);
    feed_window window = feed_window_over(&l, 8 << 20);
    feed_items items = feed_items_of((ttag_view){text.bytes + 3, text.size - 3});
    feed_item one, other;
    while (feed_items_next(&items, &one)) {
        assert_int_equal(feed_window_next(&window, &other, NULL), TTAG_OK);
        assert_true(view_equal(one.bytes, other.bytes));
        assert_int_equal(one.before, other.before);
        assert_int_equal(one.after, other.after);
        assert_int_equal(one.line, other.line);
    }
    assert_int_equal(feed_window_next(&window, &other, NULL), TTAG_END);
    assert_true(lines_at_end(&l));
    lines_close(&l);
    assert_int_equal(lines_open(&l, path, 1 << 20, NULL, NULL), TTAG_OK);
    window = feed_window_over(&l, 100000);
    ttag_status status;
    while ((status = feed_window_next(&window, &other, NULL)) == TTAG_OK)
        ;
    assert_int_equal(status, TTAG_LIMIT);
    assert_true(l.capacity < 1 << 20);
    lines_dispose(&l);
    remove(path);
    buffer_dispose(&text);
}

static void feed_nests_entities__bombs(void **state)
{
    (void)state;
    assert_true(feed_nests_entities(view_of("<!DOCTYPE r [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>")));
    assert_true(feed_nests_entities(view_of("<!ENTITY b '&a;")));
    assert_false(feed_nests_entities(view_of("<!ENTITY a '&#38;&amp;'><a>&b;</a>")));
    assert_false(feed_nests_entities(view_of("&a; <!ENTIT")));
}

static void feed_charset__of_the_declaration(void **state)
{
    (void)state;
    assert_view(feed_charset(view_of("<?xml version='1.0' encoding='ISO-8859-1'?><rss>")),
                "ISO-8859-1");
    assert_view(feed_charset(view_of("<?xml encoding=\"x\" ?>")), "x");
    assert_null(feed_charset(view_of("<rss encoding='x'>")).bytes);
    assert_null(feed_charset(view_of("<?xml version='1.0'?><a encoding='x'>")).bytes);
}

/* ---- Text. ---- */

static void assert_put(void (*put)(buffer *, ttag_view), const char *text, const char *expected)
{
    buffer out = {0};
    put(&out, view_of(text));
    assert_string_equal(out.bytes ? out.bytes : "", expected);
    buffer_dispose(&out);
}

static void entities__names_and_numbers(void **state)
{
    (void)state;
    assert_put(put_without_entities, "AT&amp;T &lt;&gt;&quot;&apos; &eacute;&euro;",
               "AT&T <>\"' \xc3\xa9\xe2\x82\xac");
    assert_put(put_without_entities, "&#65;&#x42;&#X63;&#128512;", "ABc\xf0\x9f\x98\x80");
    assert_put(put_without_entities, "&#0;&#xd800;&#x110000;&#127;&#129;",
               "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    assert_put(put_without_entities, "&none; & &amp &; &#; &#x; &#12a;",
               "&none; & &amp &; &#; &#x; &#12a;");
}

/* By iconv's table of the encoding. */
static void entities__as_windows_1252(void **state)
{
    (void)state;
    for (unsigned byte = 0x80; byte < 0xa0; byte++) {
        char numbers[32], in[1] = {(char)byte}, out[8] = "\xef\xbf\xbd";
        char *from = in, *to = out;
        size_t left = 1, room = sizeof out - 1;
        iconv_t windows = iconv_open("UTF-8", "WINDOWS-1252");
        assert_true(windows != (iconv_t)-1);
        if (iconv(windows, &from, &left, &to, &room) != (size_t)-1)
            *to = '\0';
        iconv_close(windows);
        (void)snprintf(numbers, sizeof numbers, "&#%u;", byte);
        assert_put(put_without_entities, numbers, out);
        (void)snprintf(numbers, sizeof numbers, "&#x%X;", byte);
        assert_put(put_without_entities, numbers, out);
    }
}

static void markup__to_text(void **state)
{
    (void)state;
    assert_put(put_text_of_markup, "no tags &amp; all", "no tags & all");
    assert_put(put_text_of_markup, "<p>One <b>two</b>.</p><P>Three</P> four<br/>five",
               "One two.\nThree\n four\nfive");
    assert_put(put_text_of_markup, "a<script>if (1 < 2) '<p>'</script>b<!-- c -->d", "abd");
    assert_put(put_text_of_markup, "2 < 3 <and", "2 < 3 <and");
    assert_put(put_text_of_markup, "a<script>x = '<!--'</script>b<style>c</STYLE >d<!-- e -->f",
               "abdf");
}

static void markup__values_hold_markup(void **state)
{
    (void)state;
    assert_put(put_text_of_markup, "<a title=\"1 < 2\" href=x>b</a>", "b");
    assert_put(put_text_of_markup, "a<i data-c='<p class=\"x\">no</p>' data-d=\"<b>\">b</i>c",
               "abc");
    assert_put(put_text_of_markup, "<img alt=\"a <b> c\"/>d", "d");
    /* never closed: the next quote opens another value, or ends none */
    assert_put(put_text_of_markup, "<a title=\"b>c</a> <a href=\"d\">e</a>", "<a title=\"b>c e");
    assert_put(put_text_of_markup, "<a title=\"b <i>c</i> 3\"d", "<a title=\"b c 3\"d");
    assert_put(put_text_of_markup, "<a title=\"b <i>c</i> \"", "<a title=\"b c \"");
    assert_put(put_text_of_markup, "<a title=\"b<i>c</i>", "<a title=\"bc");
}

/* 2 MB of what looks far for its end: seconds, were it looked through again for each tag. */
static void markup__in_linear_time(void **state)
{
    static const char *const units[] = {" b=\"<a \"", "<a b=\"<a b='", " b='<a \"' c=\"<a '\""};
    (void)state;
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        buffer markup = {0}, out = {0};
        buffer_text(&markup, "<a");
        while (markup.size < 2u << 20)
            buffer_text(&markup, units[u]);
        const clock_t begin = clock();
        put_text_of_markup(&out, buffer_as_view(&markup));
        assert_true(clock() - begin < 2 * CLOCKS_PER_SEC);
        assert_true(out.size > 0);
        buffer_dispose(&out);
        buffer_dispose(&markup);
    }
}

static void feed_date__forms(void **state)
{
    (void)state;
    assert_put(put_feed_date, "Tue, 10 Jun 2003 04:05:06 GMT", "2003-06-10T04:05:06Z");
    assert_put(put_feed_date, "10 Jun 03 04:05 EST", "2003-06-10T04:05:00-05:00");
    assert_put(put_feed_date, "Tue, 1 June 1999 23:59:60 +0230", "1999-06-01T23:59:60+02:30");
    assert_put(put_feed_date, " 2003-12-13T18:30:02.25Z ", "2003-12-13T18:30:02.25Z");
    assert_put(put_feed_date, "Mon, 5 May 2014", "2014-05-05");
    assert_put(put_feed_date, "Mon, 5 Jan 2026 10:00:00 +02:00", "2026-01-05T10:00:00+02:00");
    assert_put(put_feed_date, "Mon, 5 Jan 2026 10:00 -05:30", "2026-01-05T10:00:00-05:30");
    assert_put(put_feed_date, "Mon, 5 Jan 2026 10:00:00.123 GMT+0200", "2026-01-05T10:00:00+02:00");
    assert_put(put_feed_date, "5 Jan 2026 10:00 +0000", "2026-01-05T10:00:00Z");
    assert_put(put_feed_date, "Jan 5, 2026 3:04 PM", "2026-01-05T15:04:00Z");
    assert_put(put_feed_date, "Jan 5, 2026 12:04:05 am EST", "2026-01-05T00:04:05-05:00");
    assert_put(put_feed_date, "Jan 5, 2026 12:04 p.m.", "2026-01-05T12:04:00Z");
    assert_put(put_feed_date, "5 Jan 2026 10:00 - 5 comments", "2026-01-05T10:00:00Z");
    assert_put(put_feed_date, "Mon Jan  5 10:00:07 2026", "2026-01-05T10:00:07Z");
    assert_put(put_feed_date, "Mon Jan 5 10:00:07 EST 2026", "2026-01-05T10:00:07-05:00");
    assert_put(put_feed_date, "Mon Jan 5 10:00:07 -0330 2026", "2026-01-05T10:00:07-03:30");
    assert_put(put_feed_date, "10:00, Jan 5, 2026", "2026-01-05T10:00:00Z");
    assert_put(put_feed_date, "Jan 5, 2026 at 10:00 UTC+2", "2026-01-05T10:00:00+02:00");
    assert_put(put_feed_date, "5 Jan 2026 25:00", "2026-01-05");
    assert_put(put_feed_date, "5 Jan 2026 13:00 PM +9999", "2026-01-05T13:00:00Z");
    assert_put(put_feed_date, "yesterday", "");
    assert_put(put_feed_date, "40 Jun 2003", "");
    assert_put(put_feed_date, "", "");
}

static void charset__latin(void **state)
{
    (void)state;
    void *conversion = charset_open("windows-1252");
    buffer out = {0};
    assert_non_null(conversion);
    assert_int_equal(charset_convert(conversion, &out, view_of("\x80 caf\xe9")), 0);
    assert_string_equal(out.bytes, "\xe2\x82\xac caf\xc3\xa9");
    charset_close(conversion);
    buffer_dispose(&out);
    conversion = charset_open("windows-1258"); /* whose letters wait for an accent behind them */
    assert_non_null(conversion);
    out = (buffer){0};
    assert_int_equal(charset_convert(conversion, &out,
                                     view_of("a\xec"
                                             "b")),
                     0);
    assert_int_equal(charset_convert(conversion, &out, view_of(" ba")), 0);
    assert_string_equal(out.bytes, "\xc3\xa1"
                                   "b ba");
    charset_close(conversion);
    buffer_dispose(&out);
    assert_null(charset_open("no such encoding"));
    assert_true(charset_holds_ascii("ISO-8859-15") && charset_holds_ascii("Shift_JIS"));
    assert_false(charset_holds_ascii("UTF-16LE") || charset_holds_ascii("EBCDIC-US"));
    assert_true(charset_is_utf8(view_of("Utf-8")) && !charset_is_utf8(view_of("utf-16")));
}

/* ---- Articles. ---- */

/* The article that an item becomes; lives until the next call with the decoder. */
static ttag_status decode(ttag_decoder *decoder, ttag_article *article, const char *item)
{
    const ttag_record record = {
        .bytes = view_of(item), .format = TTAG_INPUT_FEED, .path = "x.rss", .line = 3};
    ttag_error err;
    return ttag_decode(decoder, article, &record, &err);
}

static void feed_item__of_rss(void **state)
{
    (void)state;
    ttag_decoder *d;
    ttag_article a;
    assert_int_equal(ttag_decoder_new(&d, NULL, NULL), TTAG_OK);
    assert_int_equal(decode(d, &a,
                            "<item><title>Heron &amp;amp; frog</title><link>https://a.example/1"
                            "</link><guid isPermaLink=\"false\"> g-\"1\" </guid>"
                            "<pubDate>Tue, 10 Jun 2003 04:00:00 GMT</pubDate>"
                            "<description>short</description>"
                            "<content:encoded><![CDATA[<p>The <i>long</i> one.</p>]]>"
                            "</content:encoded><category>Malware</category>"
                            "<category domain=\"x\">A &amp; B</category><category/>"
                            "<source url=\"x\">Pond news</source></item>"),
                     TTAG_OK);
    assert_view(a.title, "Heron & frog");
    assert_view(a.text, "The long one.");
    assert_view(a.id, "\"g-\\\"1\\\"\"");
    assert_view(a.url, "https://a.example/1");
    assert_view(a.date, "2003-06-10T04:00:00Z");
    assert_view(a.source, "Pond news");
    assert_true(a.labelled);
    assert_int_equal(a.n_tags, 2);
    assert_view(a.tags[0], "Malware");
    assert_view(a.tags[1], "A & B");
    ttag_decoder_free(d);
}

static void feed_item__of_atom(void **state)
{
    (void)state;
    ttag_decoder *d;
    ttag_article a;
    assert_int_equal(ttag_decoder_new(&d, NULL, NULL), TTAG_OK);
    assert_int_equal(
        decode(d, &a,
               "<atom:entry><atom:title type=\"text\">1 &lt; 2</atom:title>"
               "<atom:link rel=\"self\" href=\"https://a.example/self\"/>"
               "<atom:link href=\"https://a.example/?a=1&amp;b=2\"/>"
               "<atom:id>urn:x:1</atom:id><atom:updated>2003-12-13T18:30:02Z</atom:updated>"
               "<atom:content type=\"xhtml\"><div>A <b>frog</b><br/>and</div></atom:content>"
               "<atom:category term=\"Ponds\" scheme=\"x\"/></atom:entry>"),
        TTAG_OK);
    assert_view(a.title, "1 < 2");
    assert_view(a.text, "A frog\nand");
    assert_view(a.url, "https://a.example/?a=1&b=2");
    assert_view(a.id, "\"urn:x:1\"");
    assert_view(a.date, "2003-12-13T18:30:02Z");
    assert_int_equal(a.n_tags, 1);
    assert_view(a.tags[0], "Ponds");
    ttag_decoder_free(d);
}

static void feed_item__with_little(void **state)
{
    (void)state;
    ttag_decoder *d;
    ttag_article a;
    assert_int_equal(ttag_decoder_new(&d, NULL, NULL), TTAG_OK);
    assert_int_equal(decode(d, &a, "<item><title>Alone"), TTAG_OK);
    assert_view(a.title, "Alone");
    assert_view(a.text, "");
    assert_null(a.id.bytes);
    assert_false(a.labelled);
    assert_int_equal(decode(d, &a, "<item/>"), TTAG_PARSE);
    assert_int_equal(decode(d, &a, "<item><link>x</link></item>"), TTAG_PARSE);
    ttag_decoder_free(d);
}

static void feed_item__with_open_elements(void **state)
{
    (void)state;
    ttag_decoder *d;
    ttag_article a;
    assert_int_equal(ttag_decoder_new(&d, NULL, NULL), TTAG_OK);
    assert_int_equal(decode(d, &a,
                            "<item><title>A <i>frog<category>Ponds<description>It &amp; <b>sings"
                            "<category>Malware</category><guid>7<link>https://a.example/7</item>"),
                     TTAG_OK);
    assert_view(a.title, "A frog");
    assert_view(a.text, "It & sings");
    assert_view(a.id, "\"7\"");
    assert_view(a.url, "https://a.example/7");
    assert_int_equal(a.n_tags, 2);
    assert_view(a.tags[0], "Ponds");
    assert_view(a.tags[1], "Malware");
    ttag_decoder_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_scan__kinds),
        cmocka_unit_test(xml_scan__what_is_no_markup_is_text),
        cmocka_unit_test(xml_attribute__values),
        cmocka_unit_test(feed_items__closed_and_open),
        cmocka_unit_test(feed_window__same_as_whole),
        cmocka_unit_test(feed_nests_entities__bombs),
        cmocka_unit_test(feed_charset__of_the_declaration),
        cmocka_unit_test(entities__names_and_numbers),
        cmocka_unit_test(entities__as_windows_1252),
        cmocka_unit_test(markup__to_text),
        cmocka_unit_test(markup__values_hold_markup),
        cmocka_unit_test(markup__in_linear_time),
        cmocka_unit_test(feed_date__forms),
        cmocka_unit_test(charset__latin),
        cmocka_unit_test(feed_item__of_rss),
        cmocka_unit_test(feed_item__of_atom),
        cmocka_unit_test(feed_item__with_little),
        cmocka_unit_test(feed_item__with_open_elements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
