/* ttag/taxonomy.h: the built-in list, both file forms, what is refused. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "articles/taxonomy_read.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "base/view.h"
#include "ttag/taxonomy.h"

static ttag_status parse(ttag_taxonomy **out, const char *text, ttag_error *err)
{
    return taxonomy_parse(out, view_of(text), "tags.json", err);
}

static bool is_text(ttag_view v, const char *text)
{
    return v.bytes && view_equal(v, view_of(text));
}

/* ---- The built-in one. ---- */

static void builtin__has_the_34_tags(void **state)
{
    (void)state;
    ttag_taxonomy *t;
    assert_int_equal(ttag_taxonomy_new_builtin(&t, NULL), TTAG_OK);
    assert_int_equal(ttag_taxonomy_size(t), 34);
    for (size_t i = 0; i < 34; i++) {
        const ttag_tag *tag = ttag_taxonomy_tag(t, i);
        assert_true(tag->description.size > 20);
        assert_int_equal(ttag_taxonomy_find(t, tag->name), i);
    }
    assert_int_not_equal(ttag_taxonomy_find(t, view_of("Security News")), TTAG_NO_TAG);
    assert_int_equal(ttag_taxonomy_find(t, view_of("security news")), TTAG_NO_TAG);
    assert_int_equal(ttag_taxonomy_find(t, view_of("")), TTAG_NO_TAG);
    ttag_taxonomy_free(t);
}

static void builtin__vulnerabilities_imply_their_parent(void **state)
{
    (void)state;
    ttag_taxonomy *t;
    assert_int_equal(ttag_taxonomy_new_builtin(&t, NULL), TTAG_OK);
    uint32_t all = ttag_taxonomy_find(t, view_of("VulnerabilitiesAll"));
    size_t children = 0;
    for (size_t i = 0; i < ttag_taxonomy_size(t); i++) {
        const ttag_tag *tag = ttag_taxonomy_tag(t, i);
        bool child = i != all && strncmp(tag->name.bytes, "Vulnerabilities", 15) == 0;
        assert_int_equal(tag->n_implies, child);
        if (child)
            assert_int_equal(tag->implies[0], all);
        assert_int_equal(is_text(tag->group, "vulnerabilities"), child || i == all);
        children += child;
    }
    assert_int_equal(children, 16);
    ttag_taxonomy_free(t);
}

/* ---- Files. ---- */

static void list__one_name_a_line(void **state)
{
    (void)state;
    ttag_taxonomy *t;
    const char *text = "# ours\n\n  Fire \r\nHigh Water\n\t\n#Earth\nAir";
    assert_int_equal(parse(&t, text, NULL), TTAG_OK);
    assert_int_equal(ttag_taxonomy_size(t), 3);
    assert_true(is_text(ttag_taxonomy_tag(t, 0)->name, "Fire"));
    assert_true(is_text(ttag_taxonomy_tag(t, 1)->name, "High Water"));
    assert_true(is_text(ttag_taxonomy_tag(t, 2)->name, "Air"));
    assert_true(is_text(ttag_taxonomy_tag(t, 2)->description, ""));
    assert_true(is_text(ttag_taxonomy_tag(t, 2)->group, ""));
    ttag_taxonomy_free(t);
}

static void json__texts_and_implies(void **state)
{
    (void)state;
    ttag_taxonomy *t;
    const char *text = "\n {\"tags\":[{\"name\":\"A\",\"implies\":[\"C\",\"B\",\"C\"]},"
                       "{\"name\":\"B\",\"description\":\"b\",\"group\":\"g\",\"implies\":[\"C\"]},"
                       "{\"name\":\"C\",\"description\":null,\"colour\":7}]}\n";
    assert_int_equal(parse(&t, text, NULL), TTAG_OK);
    const ttag_tag *a = ttag_taxonomy_tag(t, 0), *b = ttag_taxonomy_tag(t, 1);
    assert_int_equal(a->n_implies, 2); /* each once */
    assert_int_equal(a->implies[0], 2);
    assert_int_equal(a->implies[1], 1);
    assert_true(is_text(b->description, "b") && is_text(b->group, "g"));
    assert_int_equal(ttag_taxonomy_tag(t, 2)->n_implies, 0);
    ttag_taxonomy_free(t);
}

static void load__from_a_file(void **state)
{
    (void)state;
    char path[] = "/tmp/ttag_taxonomy_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    static const char text[] = "\xef\xbb\xbf{\"tags\":[{\"name\":\"Fire\"}]}"; /* with a mark */
    assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
    close(fd);
    ttag_taxonomy *t;
    ttag_error err;
    assert_int_equal(ttag_taxonomy_load(&t, path, &err), TTAG_OK);
    assert_int_equal(ttag_taxonomy_find(t, view_of("Fire")), 0);
    ttag_taxonomy_free(t);
    unlink(path);
    assert_int_equal(ttag_taxonomy_load(&t, path, &err), TTAG_IO);
    assert_null(t);
    assert_string_equal(err.path, path);
}

static void load__the_shipped_file_is_the_built_in_one(void **state)
{
    (void)state;
    ttag_taxonomy *built_in, *shipped;
    assert_int_equal(ttag_taxonomy_new_builtin(&built_in, NULL), TTAG_OK);
    assert_int_equal(ttag_taxonomy_load(&shipped, "../datasets/taxonomy.json", NULL), TTAG_OK);
    assert_int_equal(ttag_taxonomy_size(built_in), ttag_taxonomy_size(shipped));
    for (size_t i = 0; i < ttag_taxonomy_size(shipped); i++)
        assert_true(view_equal(ttag_taxonomy_tag(built_in, i)->description,
                               ttag_taxonomy_tag(shipped, i)->description));
    ttag_taxonomy_free(built_in);
    ttag_taxonomy_free(shipped);
}

/* ---- What is refused. ---- */

static void parse__refuses_with_a_sentence(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        ttag_status status;
        size_t line;
        const char *message;
    } cases[] = {
        {"", TTAG_EMPTY, 0, "no tag in it; expected {\"tags\":[…]} or one name a line"},
        {"# only words\n \n", TTAG_EMPTY, 0, NULL},
        {"{\"tags\":[]}", TTAG_EMPTY, 0, NULL},
        {"Fire\nWater\nFire\n", TTAG_PARSE, 3, "tag \"Fire\" is given twice"},
        {"Fi\tre\n", TTAG_PARSE, 1,
         "the name of tag 1 holds a control character; expected printable text"},
        {"Fire\nWa\xfftr", TTAG_PARSE, 2,
         "a byte that is not UTF-8 text; expected a taxonomy in UTF-8"},
        {"{\"tags\":\n[{]}", TTAG_PARSE, 2, NULL},
        {"{}", TTAG_PARSE, 0, "\"tags\" is missing; expected an array of objects"},
        {"{\"tags\":{}}", TTAG_PARSE, 0, "\"tags\" is an object; expected an array of objects"},
        {"{\"tags\":[\"A\"]}", TTAG_PARSE, 0, "tag 1 is a string; expected an object"},
        {"{\"tags\":[{}]}", TTAG_PARSE, 0, "\"name\" of tag 1 is missing; expected a string"},
        {"{\"tags\":[{\"name\":4}]}", TTAG_PARSE, 0,
         "\"name\" of tag 1 is a number; expected a string"},
        {"{\"tags\":[{\"name\":\"\"}]}", TTAG_PARSE, 0,
         "the name of tag 1 is empty; expected a name"},
        {"{\"tags\":[{\"name\":\"A\"},{\"name\":\"A\"}]}", TTAG_PARSE, 0,
         "tag \"A\" is given twice"},
        {"{\"tags\":[{\"name\":\"A\",\"group\":[]}]}", TTAG_PARSE, 0,
         "\"group\" of tag 1 is an array; expected a string"},
        {"{\"tags\":[{\"name\":\"A\",\"implies\":\"B\"}]}", TTAG_PARSE, 0,
         "\"implies\" of tag \"A\" is a string; expected an array of names"},
        {"{\"tags\":[{\"name\":\"A\",\"implies\":[1]}]}", TTAG_PARSE, 0,
         "\"implies\" of tag \"A\" holds a number; expected an array of names"},
        {"{\"tags\":[{\"name\":\"A\",\"implies\":[\"B\"]}]}", TTAG_PARSE, 0,
         "tag \"A\" implies \"B\", which is no tag of this taxonomy"},
        {"{\"tags\":[{\"name\":\"A\",\"implies\":[\"A\"]}]}", TTAG_PARSE, 0,
         "tag \"A\" implies itself; expected \"implies\" to lead elsewhere"},
        {"{\"tags\":[{\"name\":\"S\",\"implies\":[\"A\"]},{\"name\":\"A\",\"implies\":[\"B\"]},"
         "{\"name\":\"B\",\"implies\":[\"A\"]}]}",
         TTAG_PARSE, 0, "tag \"A\" implies itself; expected \"implies\" to lead elsewhere"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ttag_taxonomy *t;
        ttag_error err;
        assert_int_equal(parse(&t, cases[i].text, &err), cases[i].status);
        assert_null(t);
        assert_int_equal(err.code, cases[i].status);
        assert_int_equal(err.line, cases[i].line);
        assert_string_equal(err.path, "tags.json");
        if (cases[i].message)
            assert_string_equal(err.text, cases[i].message);
    }
}

/* A chain that a recursive walk would need a deep stack for, and a comb that a walk without memory
   would take for ever on. */
static void implies__long_chains_are_walked_once(void **state)
{
    (void)state;
    enum { TAGS = 20000 };
    buffer b = {0};
    buffer_text(&b, "{\"tags\":[");
    for (int i = 0; i < TAGS; i++) {
        buffer_printf(&b, "%s{\"name\":\"T%d\"", i ? "," : "", i);
        if (i + 2 < TAGS)
            buffer_printf(&b, ",\"implies\":[\"T%d\",\"T%d\"]", i + 1, i + 2);
        buffer_text(&b, "}");
    }
    buffer_text(&b, "]}");
    ttag_taxonomy *t;
    assert_int_equal(taxonomy_parse(&t, buffer_as_view(&b), "x", NULL), TTAG_OK);
    assert_int_equal(ttag_taxonomy_size(t), TAGS);
    ttag_taxonomy_free(t);
    buffer_dispose(&b);
}

static void parse__a_long_name_is_cut_in_messages(void **state)
{
    (void)state;
    buffer b = {0};
    for (int line = 0; line < 2; line++) {
        for (int i = 0; i < 500; i++)
            buffer_text(&b, "é");
        buffer_text(&b, "\n");
    }
    ttag_taxonomy *t;
    ttag_error err;
    assert_int_equal(parse(&t, b.bytes, &err), TTAG_PARSE);
    assert_int_equal(strlen(err.text), strlen("tag \"\" is given twice") + 60);
    buffer_dispose(&b);
}

#ifdef TTAG_FAULTS
static void parse__survives_lack_of_memory(void **state)
{
    (void)state;
    const char *texts[] = {"A\nB\n", "{\"tags\":[{\"name\":\"A\",\"description\":\"d\"},"
                                     "{\"name\":\"B\",\"implies\":[\"A\"]}]}"};
    for (size_t i = 0; i < 2; i++) {
        for (size_t n = 1;; n++) {
            ttag_taxonomy *t;
            ttag_error err;
            mem_fail_after(n);
            ttag_status status = parse(&t, texts[i], &err);
            mem_fail_after(0);
            if (status == TTAG_OK) {
                ttag_taxonomy_free(t);
                break;
            }
            assert_null(t);
            assert_int_equal(status, TTAG_NOMEM);
        }
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builtin__has_the_34_tags),
        cmocka_unit_test(builtin__vulnerabilities_imply_their_parent),
        cmocka_unit_test(list__one_name_a_line),
        cmocka_unit_test(json__texts_and_implies),
        cmocka_unit_test(load__from_a_file),
        cmocka_unit_test(load__the_shipped_file_is_the_built_in_one),
        cmocka_unit_test(parse__refuses_with_a_sentence),
        cmocka_unit_test(implies__long_chains_are_walked_once),
        cmocka_unit_test(parse__a_long_name_is_cut_in_messages),
#ifdef TTAG_FAULTS
        cmocka_unit_test(parse__survives_lack_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
