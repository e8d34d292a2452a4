/* ttag_decode: a record of each format into an article, and what is refused. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/view.h"
#include "ttag/articles.h"

typedef struct fixture {
    ttag_decoder *decoder;
    ttag_article article;
    ttag_error err;
} fixture;

static int set_up(void **state)
{
    static fixture f;
    f = (fixture){0};
    *state = &f;
    return ttag_decoder_new(&f.decoder, NULL, NULL) == TTAG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    ttag_decoder_free(((fixture *)*state)->decoder);
    return 0;
}

static ttag_status decode_view(fixture *f, ttag_input_format format, ttag_view bytes)
{
    ttag_record record = {.bytes = bytes,
                          .format = format,
                          .name = view_of("sub/a.txt"),
                          .path = "feed/sub/a.txt",
                          .line = 7};
    return ttag_decode(f->decoder, &f->article, &record, &f->err);
}

static ttag_status decode(fixture *f, ttag_input_format format, const char *text)
{
    return decode_view(f, format, view_of(text));
}

static void accept(fixture *f, ttag_input_format format, const char *text)
{
    assert_int_equal(decode(f, format, text), TTAG_OK);
    assert_non_null(f->article.text.bytes);
    assert_string_equal(f->article.path, "feed/sub/a.txt");
    assert_int_equal(f->article.line, 7);
}

/* NULL: absent. */
static void check(ttag_view v, const char *expected)
{
    if (!expected) {
        assert_null(v.bytes);
        return;
    }
    assert_non_null(v.bytes);
    assert_int_equal(v.size, strlen(expected));
    assert_memory_equal(v.bytes, expected, v.size);
}

/* The tags with "|" between them; NULL: not labelled. */
static void check_tags(const ttag_article *a, const char *expected)
{
    buffer b = {0};
    buffer_text(&b, "");
    for (size_t i = 0; i < a->n_tags; i++) {
        buffer_text(&b, i ? "|" : "");
        buffer_view(&b, a->tags[i]);
    }
    assert_int_equal(a->labelled, expected != NULL);
    assert_string_equal(b.bytes, expected ? expected : "");
    buffer_dispose(&b);
}

/* ---- JSON Lines ---- */

static void jsonl__carries_every_field(void **state)
{
    fixture *f = *state;
    const char *line =
        " {\"text\":\"b\\u00f6dy\",\"id\":\"a-17\",\"title\":\"T\",\"tags\":[\"B\",\"A\"],"
        "\"date\":\"2024-02-30\",\"source\":\"s\",\"url\":\"u\",\"group\":\"g\","
        "\"article\":\"r\",\"unknown\":[\"C\"],\"weight\":0.25,\"colour\":{}} ";
    accept(f, TTAG_INPUT_JSONL, line);
    const ttag_article *a = &f->article;
    check(a->text, "b\xc3\xb6"
                   "dy");
    check(a->title, "T");
    check(a->id, "\"a-17\"");
    check(a->date, "2024-02-30");
    check(a->source, "s");
    check(a->url, "u");
    check(a->group, "g");
    check(a->article, "r");
    check_tags(a, "B|A");
    assert_int_equal(a->n_unknown, 1);
    check(a->unknown[0], "C");
    assert_false(a->unknown_others);
    assert_true(a->weight == 0.25);
    assert_int_equal(a->record.size, strlen(line) - 2);
    assert_memory_equal(a->record.bytes, line + 1, a->record.size);
    assert_int_equal(a->bad_bytes, 0);
}

static void jsonl__absent_and_null_are_the_same(void **state)
{
    fixture *f = *state;
    const char *lines[] = {"{\"text\":\"\"}",
                           "{\"text\":\"\",\"id\":null,\"title\":null,\"tags\":null,\"date\":null,"
                           "\"source\":null,\"url\":null,\"group\":null,\"article\":null,"
                           "\"unknown\":null,\"weight\":null}"};
    for (size_t i = 0; i < 2; i++) {
        accept(f, TTAG_INPUT_JSONL, lines[i]);
        const ttag_article *a = &f->article;
        check(a->text, "");
        check(a->id, NULL);
        check(a->title, NULL);
        check(a->date, NULL);
        check(a->source, NULL);
        check(a->url, NULL);
        check(a->group, NULL);
        check(a->article, NULL);
        check_tags(a, NULL);
        assert_int_equal(a->n_unknown, 0);
        assert_true(a->weight == 1);
    }
}

static void jsonl__id_keeps_its_type_and_digits(void **state)
{
    fixture *f = *state;
    static const char *const cases[][2] = {
        {"17", "17"},
        {"12345678901234567890123", "12345678901234567890123"},
        {"1.50", "1.50"},
        {"\"\\u0041\\n\"", "\"\\u0041\\n\""},
        {"true", "true"},
        {"false", "false"},
        {"01", "1"}, /* not JSON's grammar, but the parser takes it */
        {"\"a\tb\"", "\"a\\tb\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char line[128];
        snprintf(line, sizeof line, "{\"id\" : %s , \"text\":\"\"}", cases[i][0]);
        if (decode(f, TTAG_INPUT_JSONL, line) == TTAG_PARSE && i >= 6)
            continue; /* a stricter parser refuses these */
        check(f->article.id, cases[i][1]);
    }
}

static void jsonl__tags_are_distinct_and_may_be_none(void **state)
{
    fixture *f = *state;
    accept(f, TTAG_INPUT_JSONL,
           "{\"text\":\"\",\"tags\":[\"B\",\"A\",\"B\",\"Security News\",\"A\"]}");
    check_tags(&f->article, "B|A|Security News");
    accept(f, TTAG_INPUT_JSONL, "{\"text\":\"\",\"tags\":[]}");
    check_tags(&f->article, "");
    accept(f, TTAG_INPUT_JSONL, "{\"text\":\"\",\"tags\":[\"A\"],\"unknown\":[\"*\",\"B\",\"*\"]}");
    assert_true(f->article.unknown_others);
    assert_int_equal(f->article.n_unknown, 1);
    check(f->article.unknown[0], "B");
    accept(f, TTAG_INPUT_JSONL, "{\"text\":\"\",\"tags\":[\"*\"]}");
    check_tags(&f->article, "*");
    assert_false(f->article.unknown_others);
}

static void jsonl__many_tags_take_linear_time(void **state)
{
    fixture *f = *state;
    enum { TAGS = 200000 };
    buffer b = {0};
    buffer_text(&b, "{\"text\":\"\",\"tags\":[\"T0\"");
    for (int i = 0; i < TAGS; i++)
        buffer_printf(&b, ",\"T%d\"", i);
    buffer_text(&b, "]}");
    accept(f, TTAG_INPUT_JSONL, b.bytes);
    assert_int_equal(f->article.n_tags, TAGS);
    buffer_dispose(&b);
}

static void jsonl__nul_and_bad_bytes_become_replacements(void **state)
{
    fixture *f = *state;
    accept(f, TTAG_INPUT_JSONL, "{\"text\":\"a\\u0000b\",\"title\":\"\\ud800\"}");
    check(f->article.text, "a\xef\xbf\xbd"
                           "b");
    check(f->article.title, "\xef\xbf\xbd");
    assert_int_equal(f->article.bad_bytes, 0); /* they were characters, not bytes */
    static const char raw[] = "{\"text\":\"a\0b\xff\xe2\x82\"}";
    assert_int_equal(decode_view(f, TTAG_INPUT_JSONL, (ttag_view){raw, sizeof raw - 1}), TTAG_OK);
    check(f->article.text, "a\xef\xbf\xbd"
                           "b\xef\xbf\xbd\xef\xbf\xbd");
    assert_int_equal(f->article.bad_bytes, 4);
}

static void jsonl__refuses_with_a_sentence(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *line;
        size_t column; /* 0: none */
        const char *message;
    } cases[] = {
        {"{\"id\":1}", 0, "\"text\" is missing; expected the article's text as a string"},
        {"{\"text\":null}", 9, "\"text\" is null; expected a string"},
        {"{\"text\": 5}", 10, "\"text\" is a number; expected a string"},
        {"{\"text\":\"\",\"title\":[]}", 20, "\"title\" is an array; expected a string"},
        {"{\"text\":\"\",\"date\":2024}", 19, "\"date\" is a number; expected a string"},
        {"{\"text\":\"\",\"url\":false}", 18, "\"url\" is false; expected a string"},
        {"{\"text\":\"\",\"group\":1}", 20, "\"group\" is a number; expected a string"},
        {"{\"text\":\"\",\"article\":{}}", 22, "\"article\" is an object; expected a string"},
        {"{\"text\":\"\",\"source\":true}", 21, "\"source\" is true; expected a string"},
        {"{\"text\":\"\",\"id\":[1]}", 17, "\"id\" is an array; expected a string or a number"},
        {"{\"text\":\"\",\"id\":{}}", 17, "\"id\" is an object; expected a string or a number"},
        {"{\"text\":\"\",\"tags\":\"x\"}", 19,
         "\"tags\" is a string; expected an array of strings"},
        {"{\"text\":\"\",\"tags\":[\"a\",3]}", 19,
         "\"tags\" holds a number; expected an array of strings"},
        {"{\"text\":\"\",\"tags\":[null]}", 19,
         "\"tags\" holds null; expected an array of strings"},
        {"{\"text\":\"\",\"tags\":[\"\"]}", 19,
         "\"tags\" holds an empty string; expected names of tags"},
        {"{\"text\":\"\",\"unknown\":\"*\"}", 22,
         "\"unknown\" is a string; expected an array of strings"},
        {"{\"text\":\"\",\"unknown\":[\"\"]}", 22,
         "\"unknown\" holds an empty string; expected names of tags"},
        {"{\"text\":\"\",\"weight\":\"1\"}", 21,
         "\"weight\" is a string; expected a number from 0 to 1e6"},
        {"{\"text\":\"\",\"weight\":-0.5}", 21,
         "\"weight\" is negative; expected a number from 0 to 1e6"},
        {"{\"text\":\"\",\"weight\":1000001}", 21,
         "\"weight\" is too large; expected a number from 0 to 1e6"},
        {"{\"text\":\"\",\"weight\":1e999}", 21,
         "\"weight\" is too large; expected a number from 0 to 1e6"},
        {"[1,2]", 0, "expected a JSON object, got an array"},
        {"\"text\"", 0, "expected a JSON object, got a string"},
        {"null", 0, "expected a JSON object, got null"},
        {"\xff\xff{\"text\":1}", 1, NULL},
        {"{\"title\":\"\xff\xfe\",\"text\":1}", 22, "\"text\" is a number; expected a string"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(decode(f, TTAG_INPUT_JSONL, cases[i].line), TTAG_PARSE);
        assert_int_equal(f->err.code, TTAG_PARSE);
        assert_string_equal(f->err.path, "feed/sub/a.txt");
        assert_int_equal(f->err.line, 7);
        assert_int_equal(f->err.column, cases[i].column);
        if (cases[i].message)
            assert_string_equal(f->err.text, cases[i].message);
        assert_null(f->article.text.bytes);
        assert_string_equal(f->article.path, "feed/sub/a.txt");
        assert_int_equal(f->article.line, 7);
    }
}

static void jsonl__broken_lines_name_the_place(void **state)
{
    fixture *f = *state;
    static const char *const cases[] = {
        "{\"text\":",      "{\"text\":\"a",        "{\"text\":\"a\"} {}", "{\"text\":\"a\",}",
        "{text:\"a\"}",    "{\"text\":\"\\x\"}",   "{'text':'a'}",        "not json",
        "{\"text\":\"a\"", "{\"text\":\"\\u12\"}", "{\"text\" \"a\"}",    "{\"text\":NaN}"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(decode(f, TTAG_INPUT_JSONL, cases[i]), TTAG_PARSE);
        assert_memory_equal(f->err.text, "not valid JSON: ", 16);
        assert_in_range(f->err.column, 1, strlen(cases[i]) + 1);
    }
    assert_int_equal(decode(f, TTAG_INPUT_JSONL, cases[0]), TTAG_PARSE);
    assert_int_equal(f->err.column, 9);
}

/* ---- Feed-article text ---- */

static void article__title_tag_line_and_body(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *file, *title, *tags, *text;
    } cases[] = {
        /* all three */
        {"Head\n\nMalware Security News SophosNews\n\nBody.\n", "Head",
         "Malware|Security News|SophosNews", "Body."},
        /* tags in any white space, twice, and with a blank within */
        {"Head\n\n\tMalware \t Security \xc2\xa0 News  Malware \nBody.", "Head",
         "Malware|Security News", "Body."},
        /* one tag is a word, not a tag line */
        {"Head\n\nMalware\n\nBody.\n", "Head", NULL, "Malware\n\nBody."},
        {"Head\n\nSecurity News\n\nBody.\n", "Head", NULL, "Security News\n\nBody."},
        /* a word that is no tag, half a tag, other case */
        {"Head\n\nMalware Uncategorized today\n\nB", "Head", NULL,
         "Malware Uncategorized today\n\nB"},
        {"Head\n\nMalware Security\n\nB", "Head", NULL, "Malware Security\n\nB"},
        {"Head\n\nmalware uncategorized\n\nB", "Head", NULL, "malware uncategorized\n\nB"},
        /* the title needs a blank line behind it, and something to be the title of */
        {"One\nTwo\n\nThree\n", NULL, NULL, "One\nTwo\n\nThree"},
        {"One", NULL, NULL, "One"},
        {"One\n\n \n", NULL, NULL, "One"},
        {"One \n \t\n\nTwo", "One", NULL, "Two"},
        {"\n\n  One\n\nTwo", "One", NULL, "Two"},
        /* no full stop at its end */
        {"A sentence.\n\nTwo", NULL, NULL, "A sentence.\n\nTwo"},
        {"A sentence.  \n\nTwo", NULL, NULL, "A sentence.  \n\nTwo"},
        {"A question?\n\nTwo", "A question?", NULL, "Two"},
        /* a tag line directly behind the title, and without body */
        {"Head\nMalware Uncategorized\n\nBody", NULL, "Malware|Uncategorized", "Head\n\nBody"},
        {"Head\n\nMalware Uncategorized\n", "Head", "Malware|Uncategorized", ""},
        /* without a title */
        {"A sentence.\n\nMalware Uncategorized\n\n  Body\n", NULL, "Malware|Uncategorized",
         "A sentence.\n\n  Body"},
        {"A sentence.\n\nMalware Uncategorized\n", NULL, "Malware|Uncategorized", "A sentence."},
        {"Malware Uncategorized\n\nBody", NULL, "Malware|Uncategorized", "Body"},
        {"Malware Uncategorized\nBody", NULL, "Malware|Uncategorized", "Body"},
        {"Malware Uncategorized\n\nMalware SophosNews\n\nBody", "Malware Uncategorized",
         "Malware|SophosNews", "Body"},
        {"Malware Uncategorized", NULL, "Malware|Uncategorized", ""},
        /* the third line is too late */
        {"Head\n\nBody\n\nMalware Uncategorized\n", "Head", NULL, "Body\n\nMalware Uncategorized"},
        /* CRLF, blanks around the body */
        {"Head\r\n\r\nMalware Uncategorized\r\n\r\n\r\n  Body\r\nmore \r\n\r\n", "Head",
         "Malware|Uncategorized", "  Body\r\nmore"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        accept(f, TTAG_INPUT_ARTICLE, cases[i].file);
        check(f->article.title, cases[i].title);
        check_tags(&f->article, cases[i].tags);
        check(f->article.text, cases[i].text);
        check(f->article.id, "\"sub/a.txt\"");
        check(f->article.record, NULL);
        assert_true(f->article.weight == 1);
    }
}

static void article_title__at_most_200_characters(void **state)
{
    fixture *f = *state;
    for (size_t n = 199; n <= 201; n++) {
        buffer b = {0};
        for (size_t i = 0; i < n; i++)
            buffer_text(&b, "\xc3\xa9"); /* characters, not bytes */
        buffer_text(&b, "\n\nBody");
        accept(f, TTAG_INPUT_ARTICLE, b.bytes);
        assert_int_equal(f->article.title.size, n <= 200 ? 2 * n : 0);
        assert_int_equal(f->article.text.size, n <= 200 ? 4 : b.size);
        buffer_dispose(&b);
    }
}

static void article__tag_line_behind_a_long_title_stays_out(void **state)
{
    fixture *f = *state;
    buffer b = {0};
    for (size_t i = 0; i < 300; i++)
        buffer_char(&b, 'x');
    buffer_text(&b, "\n\nMalware Uncategorized\n\nBody");
    accept(f, TTAG_INPUT_ARTICLE, b.bytes);
    check_tags(&f->article, "Malware|Uncategorized");
    assert_int_equal(f->article.text.size, 300 + 2 + 4);
    assert_memory_equal(f->article.text.bytes + 298, "xx\n\nBody", 8);
    buffer_dispose(&b);
}

static void article__all_tags_of_the_taxonomy(void **state)
{
    fixture *f = *state;
    ttag_taxonomy *t;
    assert_int_equal(ttag_taxonomy_new_builtin(&t, NULL), TTAG_OK);
    buffer b = {0};
    buffer_text(&b, "Head\n\n");
    for (size_t i = 0; i < ttag_taxonomy_size(t); i++) {
        buffer_view(&b, ttag_taxonomy_tag(t, i)->name);
        buffer_char(&b, ' ');
    }
    buffer_text(&b, "\n\nBody");
    accept(f, TTAG_INPUT_ARTICLE, b.bytes);
    assert_int_equal(f->article.n_tags, 34);
    check(f->article.text, "Body");
    buffer_dispose(&b);
    ttag_taxonomy_free(t);
}

static void article__tag_line_of_another_taxonomy(void **state)
{
    (void)state;
    char path[64];
    snprintf(path, sizeof path, "/tmp/ttag_articles_%p.txt", (void *)state);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs("High\nHigh Water\nHigh Water Mark\nMark\n", out);
    fclose(out);
    ttag_taxonomy *t;
    assert_int_equal(ttag_taxonomy_load(&t, path, NULL), TTAG_OK);
    remove(path);
    fixture f = {0};
    assert_int_equal(ttag_decoder_new(&f.decoder, t, NULL), TTAG_OK);
    accept(&f, TTAG_INPUT_ARTICLE, "Head\n\nHigh Water Mark Mark High High Water\n\nBody");
    check_tags(&f.article, "High Water Mark|Mark|High|High Water");
    accept(&f, TTAG_INPUT_ARTICLE, "Head\n\nMalware Uncategorized\n\nBody");
    check_tags(&f.article, NULL);
    ttag_decoder_free(f.decoder);
    ttag_taxonomy_free(t);
}

static void article__empty_files_are_refused(void **state)
{
    fixture *f = *state;
    static const char *const files[] = {"", "\n", " \r\n\t\n", "\xc2\xa0\n"};
    for (size_t i = 0; i < 8; i++) {
        ttag_input_format format = i < 4 ? TTAG_INPUT_ARTICLE : TTAG_INPUT_TEXT;
        assert_int_equal(decode(f, format, files[i % 4]), TTAG_PARSE);
        assert_string_equal(f->err.text, "the file is empty; expected the text of an article");
    }
}

static void article__what_is_no_text_is_refused(void **state)
{
    fixture *f = *state;
    static const char *const no_text[][2] = {
        {"%PDF-1.4\n%\xe2\xe3\n", "the file is a PDF; expected text, as pdftotext makes of one"},
        {"PK\x03\x04\x14 word/document.xml",
         "the file is a ZIP archive or an office document; expected text"},
        {"\x89TTAG\r\n\x1a\x02", "the file is a model; expected articles, and a model behind -m"},
        {" [\n { \"text\":\"a\"}]\n", "the file is a JSON array; expected JSON Lines, an object a "
                                      "line, as jq -c '.[]' makes of one"}};
    static const char *const texts[] = {"PKI and %PDF-1.4", "[Update] {\"a\"}", "[{a", "[", "[{"};
    for (size_t i = 0; i < 8; i++) {
        ttag_input_format format = i < 4 ? TTAG_INPUT_ARTICLE : TTAG_INPUT_TEXT;
        assert_int_equal(decode(f, format, no_text[i % 4][0]), TTAG_PARSE);
        assert_string_equal(f->err.text, no_text[i % 4][1]);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        accept(f, TTAG_INPUT_ARTICLE, texts[i]);
}

static void article__nul_and_bad_bytes_become_replacements(void **state)
{
    fixture *f = *state;
    static const char file[] = "He\xff"
                               "ad\n\nBo\0dy";
    assert_int_equal(decode_view(f, TTAG_INPUT_ARTICLE, (ttag_view){file, sizeof file - 1}),
                     TTAG_OK);
    check(f->article.title, "He\xef\xbf\xbd"
                            "ad");
    check(f->article.text, "Bo\xef\xbf\xbd"
                           "dy");
    assert_int_equal(f->article.bad_bytes, 2);
}

static void article__id_is_the_name_as_json(void **state)
{
    fixture *f = *state;
    ttag_record record = {.bytes = view_of("x"),
                          .format = TTAG_INPUT_ARTICLE,
                          .name = view_of("a\"b\\\xff.txt"),
                          .path = "p",
                          .line = 1};
    assert_int_equal(ttag_decode(f->decoder, &f->article, &record, NULL), TTAG_OK);
    check(f->article.id, "\"a\\\"b\\\\\xef\xbf\xbd.txt\"");
    assert_int_equal(f->article.bad_bytes, 0);
}

/* ---- Plain text ---- */

static void text__is_the_body_as_it_stands(void **state)
{
    fixture *f = *state;
    accept(f, TTAG_INPUT_TEXT, "Head\n\nMalware Uncategorized\n\nBody\n");
    check(f->article.text, "Head\n\nMalware Uncategorized\n\nBody\n");
    check(f->article.title, NULL);
    check_tags(&f->article, NULL);
    check(f->article.id, "\"sub/a.txt\"");
}

/* ---- The decoder ---- */

static void decode__auto_is_no_format_of_a_record(void **state)
{
    fixture *f = *state;
    assert_int_equal(decode(f, TTAG_INPUT_AUTO, "{\"text\":\"\"}"), TTAG_INVALID);
}

static void decode__nothing_of_the_last_record_is_left(void **state)
{
    fixture *f = *state;
    accept(f, TTAG_INPUT_JSONL, "{\"text\":\"a\",\"tags\":[\"A\"],\"unknown\":[\"B\"],\"id\":1}");
    accept(f, TTAG_INPUT_JSONL, "{\"text\":\"b\"}");
    check_tags(&f->article, NULL);
    assert_int_equal(f->article.n_unknown, 0);
    check(f->article.id, NULL);
    accept(f, TTAG_INPUT_TEXT, "c");
    check(f->article.record, NULL);
}

static void decode__copies_only_what_has_escapes(void **state)
{
    fixture *f = *state;
    char line[] = "{\"text\":\"a\\nbc\",\"title\":\"T\",\"id\":\"i\"}";
    accept(f, TTAG_INPUT_JSONL, line);
    memset(line, '#', 15);
    check(f->article.text, "a\nbc");
    assert_ptr_equal(f->article.title.bytes, line + 25);
    assert_ptr_equal(f->article.id.bytes, line + 33);
    assert_ptr_equal(f->article.record.bytes, line);
}

static void decode__views_of_text_files_do_not_need_the_record(void **state)
{
    fixture *f = *state;
    char file[] = "Head\n\nBody";
    accept(f, TTAG_INPUT_ARTICLE, file);
    memset(file, '#', sizeof file - 1);
    check(f->article.title, "Head");
    check(f->article.text, "Body");
}

static ttag_status decode_one(void *context, size_t index, unsigned worker)
{
    fixture *f = (fixture *)context + worker;
    char line[64];
    snprintf(line, sizeof line, "{\"text\":\"t%zu\",\"tags\":[\"A\",\"B%zu\"]}", index, index);
    if (decode(f, TTAG_INPUT_JSONL, line) != TTAG_OK || f->article.n_tags != 2)
        return TTAG_PARSE;
    return decode(f, TTAG_INPUT_ARTICLE, "Head\n\nMalware Security News\n\nBody");
}

static void decode__one_decoder_for_each_thread(void **state)
{
    (void)state;
    enum { THREADS = 4 };
    fixture decoders[THREADS] = {0};
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(ttag_decoder_new(&decoders[i].decoder, NULL, NULL), TTAG_OK);
    assert_int_equal(parallel_for(THREADS, 2000, decode_one, decoders, NULL, NULL), TTAG_OK);
    for (int i = 0; i < THREADS; i++)
        ttag_decoder_free(decoders[i].decoder);
}

#ifdef TTAG_FAULTS
static void decode__survives_lack_of_memory(void **state)
{
    (void)state;
    static const struct {
        ttag_input_format format;
        const char *text;
    } records[] = {
        {TTAG_INPUT_JSONL,
         "{\"text\":\"a\",\"tags\":[\"A\"],\"unknown\":[\"B\"],\"id\":\"\\u0041\"}"},
        {TTAG_INPUT_ARTICLE, "Head\n\nMalware Security News\n\nBody"},
        {TTAG_INPUT_TEXT, "Body"},
    };
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        for (size_t n = 1;; n++) {
            fixture f = {0};
            mem_fail_after(n);
            ttag_status status = ttag_decoder_new(&f.decoder, NULL, &f.err);
            if (status == TTAG_OK)
                status = decode(&f, records[i].format, records[i].text);
            else
                assert_null(f.decoder);
            mem_fail_after(0);
            ttag_decoder_free(f.decoder);
            if (status == TTAG_OK)
                break;
            assert_int_equal(status, TTAG_NOMEM);
            assert_null(f.article.text.bytes);
        }
    }
}
#endif

#define DECODES(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DECODES(jsonl__carries_every_field),
        DECODES(jsonl__absent_and_null_are_the_same),
        DECODES(jsonl__id_keeps_its_type_and_digits),
        DECODES(jsonl__tags_are_distinct_and_may_be_none),
        DECODES(jsonl__many_tags_take_linear_time),
        DECODES(jsonl__nul_and_bad_bytes_become_replacements),
        DECODES(jsonl__refuses_with_a_sentence),
        DECODES(jsonl__broken_lines_name_the_place),
        DECODES(article__title_tag_line_and_body),
        DECODES(article_title__at_most_200_characters),
        DECODES(article__tag_line_behind_a_long_title_stays_out),
        DECODES(article__all_tags_of_the_taxonomy),
        DECODES(article__tag_line_of_another_taxonomy),
        DECODES(article__empty_files_are_refused),
        DECODES(article__what_is_no_text_is_refused),
        DECODES(article__nul_and_bad_bytes_become_replacements),
        DECODES(article__id_is_the_name_as_json),
        DECODES(text__is_the_body_as_it_stands),
        DECODES(decode__auto_is_no_format_of_a_record),
        DECODES(decode__nothing_of_the_last_record_is_left),
        DECODES(decode__copies_only_what_has_escapes),
        DECODES(decode__views_of_text_files_do_not_need_the_record),
        cmocka_unit_test(decode__one_decoder_for_each_thread),
#ifdef TTAG_FAULTS
        cmocka_unit_test(decode__survives_lack_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
