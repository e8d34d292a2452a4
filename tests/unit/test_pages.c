/* Pages and messages: what they say of themselves, which blocks are their text, encodings. Examples
   are ours; what is expected follows from HTML's and MIME's own texts. */
#include "view_asserts.h"

#include "articles/charset.h"
#include "articles/html_blocks.h"
#include "articles/html_meta.h"
#include "articles/html_names.h"
#include "articles/transfer.h"
#include "base/ascii.h"
#include "base/memory.h"
#include "base/view.h"
#include "ttag/articles.h"

/* ---- HTML. ---- */

static void html_names__without_case(void **state)
{
    (void)state;
    assert_true(ascii_same(view_of("DiV"), "div") && !ascii_same(view_of("di"), "div"));
    assert_true(html_is_block(view_of("P")) && !html_is_block(view_of("span")));
    xml_scan scan = xml_scan_over(view_of("<SCRIPT TYPE='x'>a</scrip></Script >b"));
    xml_token token;
    assert_true(xml_next(&scan, &token));
    assert_view(html_attribute(&token, "type"), "x");
    html_skip_raw(&scan, token.name);
    assert_view(scan.rest, "</Script >b");
    html_skip_raw(&scan, view_of("style"));
    assert_int_equal(scan.rest.size, 0);
}

static void html_charset__of_meta(void **state)
{
    (void)state;
    assert_view(html_charset(view_of("<head><meta charset=\"koi8-r\">")), "koi8-r");
    assert_view(html_charset(view_of("<META http-equiv=Content-Type content='text/html; "
                                     "CHARSET=ISO-8859-2'>")),
                "ISO-8859-2");
    assert_null(html_charset(view_of("<p>charset=x<meta name=a>")).bytes);
    assert_null(html_charset(view_of("")).bytes);
}

static void html_begins__as_pages_do(void **state)
{
    (void)state;
    assert_int_equal(html_begins(view_of("<!DOCTYPE HTML>")), GUESS_YES);
    assert_int_equal(html_begins(view_of(" <!-- a --><HTML lang=x>")), GUESS_YES);
    assert_int_equal(html_begins(view_of("<?xml version='1.0'?><rss>")), GUESS_NO);
    assert_int_equal(html_begins(view_of("<?xml version='1.0'?> <!-- <html> ")), GUESS_YES);
    assert_int_equal(html_begins(view_of("<!DOCTYPE h")), GUESS_UNDECIDED);
}

static void html_meta__first_of_each(void **state)
{
    (void)state;
    html_meta meta = html_read_meta(
        view_of("<html LANG='de-AT'><title>T &amp; U</title><script>'<title>no</title>'</script>"
                "<meta name='date' content='2026-01-02'><meta property='article:published_time' "
                "content='x'>"
                "<meta property='og:site_name' content='S'><link rel='canonical' href='u'/>"
                "<h1>H <b>1</b></h1><h1>no</h1>"));
    assert_view(meta.language, "de-AT");
    assert_view(meta.title, "T &amp; U");
    assert_view(meta.heading, "H <b>1</b>");
    assert_view(meta.date, "2026-01-02");
    assert_view(meta.site, "S");
    assert_view(meta.url, "u");
    meta =
        html_read_meta(view_of("<script type='application/ld+json'>{\"a\":\"b\",\"datePublished\" "
                               ": \"2026-03-04\"}</script>"
                               "<time datetime='2020'>"));
    assert_view(meta.date, "2026-03-04");
    assert_int_equal(html_read_meta(view_of("<time datetime='2020'>")).date.size, 4);
    meta = html_read_meta(view_of("<h1>H<p>not closed<h1><time datetime='2020'><html lang=it>"));
    assert_null(meta.heading.bytes);
    assert_view(meta.date, "2020");
    assert_view(meta.language, "it");
}

/* The blocks, '*' before those of the main text. */
static void assert_blocks(const char *page, const char *expected)
{
    buffer text = {0}, blocks = {0}, out = {0};
    bool is_deep;
    size_t n = html_cut_blocks(view_of(page), &text, &blocks, &is_deep);
    assert_false(is_deep);
    html_block *b = (html_block *)(void *)blocks.bytes;
    html_choose_content(b, n);
    for (size_t i = 0; i < n; i++) {
        buffer_text(&out, b[i].is_content ? "*" : "");
        buffer_put(&out, text.bytes + b[i].at, b[i].size);
        buffer_char(&out, '|');
    }
    assert_string_equal(out.bytes ? out.bytes : "", expected);
    buffer_dispose(&text);
    buffer_dispose(&blocks);
    buffer_dispose(&out);
}

#define LONG "words that go on and on for as long as it takes to be taken for the text of a page, "
#define VERY_LONG LONG LONG "really"
#define LONG_BLOCK                                                                                 \
    "words that go on and on for as long as it takes to be taken for the text of a page,"

static void html_blocks__cut(void **state)
{
    (void)state;
    assert_blocks("", "");
    assert_blocks("<p> a\n <b>b</b>c </p>d<br>e<pre> f\n g</pre>", "*a bc|*d|*e|* f\n g|");
    assert_blocks("a<script>if (1 < 2) '<p>'</script>b<style>p{}", "*ab|");
}

static void html_content__by_density_and_elements(void **state)
{
    (void)state;
    assert_blocks("<p>Home<p><a href=x>" VERY_LONG "</a><p>" VERY_LONG VERY_LONG "<p>short",
                  "*Home|" VERY_LONG "|*" VERY_LONG VERY_LONG "|*short|");
    assert_blocks("<p><a href=x>Home</a><p>short<p><a href=y>Imprint</a><p>" VERY_LONG VERY_LONG,
                  "Home|short|Imprint|*" VERY_LONG VERY_LONG "|");
    assert_blocks("<nav>" VERY_LONG "</nav><p>" VERY_LONG "</p><footer>" VERY_LONG "</footer>",
                  VERY_LONG "|*" VERY_LONG "|" VERY_LONG "|");
    assert_blocks("<p>" VERY_LONG "</p><article>" VERY_LONG VERY_LONG
                  "<div class='post-share'>" VERY_LONG "</div></article>",
                  VERY_LONG "|*" VERY_LONG VERY_LONG "|" VERY_LONG "|");
    assert_blocks("<div class='page-with-sidebar no-menu'><p>" VERY_LONG "</p></div>",
                  "*" VERY_LONG "|");
    assert_blocks("<p><a href=http://a.example/>" VERY_LONG "</a><p>" VERY_LONG,
                  VERY_LONG "|*" VERY_LONG "|");
    assert_blocks("<div id=sidebar><p>" VERY_LONG "</p></div>", "*" VERY_LONG "|");
}

/* End tags that HTML lets be left out, and elements that have none. */
static void html_content__behind_what_is_not_closed(void **state)
{
    (void)state;
    assert_blocks("<p>" VERY_LONG "<input role=search><hr class=footer>" VERY_LONG,
                  "*" VERY_LONG "|*" VERY_LONG "|");
    assert_blocks("<p>" VERY_LONG "<p class=share>" LONG "<p>" VERY_LONG,
                  "*" VERY_LONG "|" LONG_BLOCK "|*" VERY_LONG "|");
    assert_blocks("<ul><li>" VERY_LONG "<li role=menu>a<ul><li>b<li>c</ul>d<li>" VERY_LONG "</ul>",
                  "*" VERY_LONG "|a|b|c|d|*" VERY_LONG "|");
    assert_blocks("<ul><li class=menu>" LONG "</ul><table><tr>" VERY_LONG
                  "<tr class=widget><td>" LONG "<tr><td>" VERY_LONG "</table>",
                  LONG_BLOCK "|*" VERY_LONG "|" LONG_BLOCK "|*" VERY_LONG "|");
    assert_blocks("<dl><dt role=menu>" LONG "<dd>" VERY_LONG "</dl>",
                  LONG_BLOCK "|*" VERY_LONG "|");
}

/* ---- Articles. ---- */

static ttag_status decode(ttag_decoder *d, ttag_article *a, ttag_input_format format,
                          ttag_view text, ttag_error *err)
{
    const ttag_record record = {
        .bytes = text, .format = format, .path = "x", .name = view_of("x"), .line = 1};
    return ttag_decode(d, a, &record, err);
}

static void html_page__article(void **state)
{
    (void)state;
    ttag_decoder *d;
    ttag_article a;
    ttag_error err;
    assert_int_equal(ttag_decoder_new(&d, NULL, NULL), TTAG_OK);
    assert_int_equal(decode(d, &a, TTAG_INPUT_HTML,
                            view_of("<html lang=en><meta property=og:site_name content='The Pond'>"
                                    "<title>A \n frog - The Pond</title><h1>A frog</h1>"
                                    "<p>It sings &eacute;\xe9.</p>"),
                            &err),
                     TTAG_OK);
    assert_view(a.title, "A frog");
    assert_view(a.text, "It sings \xc3\xa9\xc3\xa9.");
    assert_view(a.source, "The Pond");
    assert_view(a.language, "en");
    assert_view(a.id, "\"x\"");
    assert_false(a.labelled);
    assert_int_equal(a.bad_bytes, 0);
    assert_int_equal(decode(d, &a, TTAG_INPUT_HTML, view_of("<p> </p>"), &err), TTAG_PARSE);
    assert_string_equal(err.text, "the page has neither title nor text; expected one of them");
    ttag_decoder_free(d);
}

/* Of an old text, of which every eighth byte is no UTF-8, and of one that is lost. */
static void charset__guessed_in_linear_time(void **state)
{
    enum { SIZE = 8 << 20 };
    (void)state;
    char *bytes = mem_new(SIZE, 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = i % 8 ? 'a' : '\xe4';
    assert_string_equal(charset_guess((ttag_view){bytes, SIZE}), "windows-1252");
    memset(bytes, '\xfd', SIZE);
    assert_string_equal(charset_guess((ttag_view){bytes, SIZE}), "windows-1252");
    mem_free(bytes);
}

static void charset__guessed(void **state)
{
    (void)state;
    assert_null(charset_guess(view_of("plain")));
    assert_null(charset_guess(view_of("caf\xc3\xa9 \xe9 caf\xc3\xa9")));
    assert_null(charset_guess(view_of("\xe9\x81")));
    assert_null(charset_guess(view_of("a\xef\xbb")));
    assert_null(charset_guess((ttag_view){"\xe9\0", 2}));
    assert_string_equal(charset_guess(view_of("caf\xe9 \x80")), "windows-1252");
    assert_string_equal(charset_guess((ttag_view){"\xff\xfe"
                                                  "a\0",
                                                  4}),
                        "UTF-16");
}

static void transfer__encodings(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"base64", "Zm9v\r\nYmFy YQ==x", "foobara"},
        {"Quoted-Printable", "a=3D=c3=A9=\r\nb= \nc=\r\n=zz_=",
         "a=\xc3\xa9"
         "bc=zz_="},
        {"8bit", "a=3D", "a=3D"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer out = {0};
        transfer_decode(&out, view_of(cases[i][1]), view_of(cases[i][0]));
        assert_string_equal(out.bytes, cases[i][2]);
        buffer_dispose(&out);
    }
}

static void email__article(void **state)
{
    (void)state;
    ttag_decoder *d;
    ttag_article a;
    ttag_error err;
    assert_int_equal(ttag_decoder_new(&d, NULL, NULL), TTAG_OK);
    assert_int_equal(
        decode(d, &a, TTAG_INPUT_EMAIL,
               view_of("From pond@a.example Tue\nSUBJECT: =?iso-8859-1?q?caf=E9_?=\r\n"
                       "\t=?utf-8?B?YmFy?= = =?x?\r\nFrom: \"The Pond\" <p@a.example>\r\n"
                       "Date: Tue, 17 Nov 2026 09:30:00 +0100\r\nMessage-Id: <1@a>\r\n"
                       "Content-Type: multipart/alternative; boundary=\"a b\"\r\n\r\npre\r\n"
                       "--a b\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n"
                       "--a b\r\n\r\nIt sings caf\xe9.\r\n--a b--\r\nepilogue"),
               &err),
        TTAG_OK);
    assert_view(a.title, "caf\xc3\xa9 bar = =?x?");
    assert_view(a.text, "It sings caf\xc3\xa9.");
    assert_view(a.source, "The Pond");
    assert_view(a.date, "2026-11-17T09:30:00+01:00");
    assert_view(a.id, "\"<1@a>\"");
    assert_int_equal(decode(d, &a, TTAG_INPUT_EMAIL,
                            view_of("Content-Type: text/html\nFrom: a@b\n\n<p>A <b>frog</b><p>b"),
                            &err),
                     TTAG_OK);
    assert_view(a.text, "A frog\nb");
    assert_view(a.source, "a@b");
    assert_view(a.id, "\"x\"");
    assert_int_equal(decode(d, &a, TTAG_INPUT_EMAIL,
                            view_of("Subject: s\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
                                    "Content-Disposition: attachment\n\nno\n--x\n\nyes"),
                            &err),
                     TTAG_OK);
    assert_view(a.text, "yes");
    assert_int_equal(
        decode(d, &a, TTAG_INPUT_EMAIL,
               view_of("Subject: =?utf-8?B?w6/D?= =?UTF-8?q?=A9=C3?=\n =?utf-8?B?qA==?="
                       " =?iso-8859-1?q?=E9?=\n"
                       "Content-Type: multipart/mixed; boundary=x\n\n--x \n\n--xyz\n--x-\n"
                       "--x-- \nepilogue"),
               &err),
        TTAG_OK);
    assert_view(a.title, "\xc3\xaf\xc3\xa9\xc3\xa8\xc3\xa9");
    assert_view(a.text, "--xyz\n--x-");
    assert_int_equal(decode(d, &a, TTAG_INPUT_EMAIL, view_of("\n\n"), &err), TTAG_PARSE);
    assert_string_equal(err.text, "the message has neither subject nor text; expected one of them");
    ttag_decoder_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_names__without_case),
        cmocka_unit_test(html_charset__of_meta),
        cmocka_unit_test(html_begins__as_pages_do),
        cmocka_unit_test(html_meta__first_of_each),
        cmocka_unit_test(html_blocks__cut),
        cmocka_unit_test(html_content__by_density_and_elements),
        cmocka_unit_test(html_content__behind_what_is_not_closed),
        cmocka_unit_test(html_page__article),
        cmocka_unit_test(charset__guessed),
        cmocka_unit_test(charset__guessed_in_linear_time),
        cmocka_unit_test(transfer__encodings),
        cmocka_unit_test(email__article),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
