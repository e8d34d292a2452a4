/* n-grams of characters inside words, and the words that a thread remembers. */
#include "unit.h"

#include <string.h>

#include "base/buffer.h"
#include "base/view.h"
#include "features/char_grams.h"
#include "features/char_words.h"

/* The n-grams of a word with its blanks, each in brackets; `at_once` asked for at a time. */
static const char *cut(buffer *out, const char *word, uint32_t least, uint32_t most, size_t at_once)
{
    char padded[256];
    size_t size = strlen(word), n;
    memset(padded, 'x', sizeof padded);
    memcpy(padded, word, size);
    char_grams grams;
    text_term items[GRAMS_AT_ONCE];
    buffer_clear(out);
    char_grams_begin(&grams, padded, size, least, most);
    while ((n = char_grams_next(&grams, items, at_once)) > 0)
        for (size_t i = 0; i < n; i++)
            buffer_printf(out, "[%.*s]", (int)items[i].size, padded + items[i].start);
    return out->bytes;
}

/* By hand, from the documentation of scikit-learn's char_wb. */
static void char_grams__are_those_of_a_padded_word(void **state)
{
    (void)state;
    buffer out = {0};
    assert_string_equal(cut(&out, " worm ", 3, 4, 64), "[ wo][wor][orm][rm ][ wor][worm][orm ]");
    assert_string_equal(cut(&out, " worm ", 3, 4, 1), "[ wo][wor][orm][rm ][ wor][worm][orm ]");
    assert_string_equal(cut(&out, " ab ", 3, 6, 64), "[ ab][ab ][ ab ]"); /* itself once */
    assert_string_equal(cut(&out, " ab ", 4, 8, 64), "[ ab ]");
    assert_string_equal(cut(&out, " ab ", 5, 8, 64), "[ ab ]");
    assert_string_equal(cut(&out, " ab ", 1, 2, 64), "[ ][a][b][ ][ a][ab][b ]");
    assert_string_equal(cut(&out, " aaaa ", 2, 2, 3), "[ a][aa][aa][aa][a ]");
    assert_string_equal(cut(&out, " ab ", 1, 1, 64), "[ ][a][b][ ]");
    buffer_dispose(&out);
}

static void char_grams__are_of_code_points(void **state)
{
    (void)state;
    buffer out = {0};
    assert_string_equal(cut(&out, " ñü ", 2, 3, 64), "[ ñ][ñü][ü ][ ñü][ñü ]");
    assert_string_equal(cut(&out, " 补丁x ", 3, 3, 64), "[ 补丁][补丁x][丁x ]");
    assert_string_equal(cut(&out, " 🦠🦠 ", 8, 8, 64), "[ 🦠🦠 ]");
    buffer_dispose(&out);
}

static void char_grams__hash_as_terms_do(void **state)
{
    (void)state;
    const char word[] = " quarantined but long                ";
    char_grams grams;
    text_term item;
    for (uint32_t n = 1; n <= 8; n++) {
        char_grams_begin(&grams, word, 13, n, n);
        assert_int_equal(char_grams_next(&grams, &item, 1), 1);
        assert_int_equal(item.hash, char_hash(token_term(word, n, 0).hash));
        assert_int_equal(item.hash, item.key);
    }
}

/* ---- Words. ---- */

/* Numbers n-grams by their first byte, those of `q` do not count; counts how many it was asked for.
 */
static bool by_first_byte(void *context, uint32_t numbers[GRAMS_AT_ONCE], size_t *found,
                          const text_term *grams, size_t n, const char *bytes)
{
    size_t *asked = context;
    *asked += n;
    *found = 0;
    for (size_t i = 0; i < n; i++)
        if (bytes[grams[i].start] != 'q')
            numbers[(*found)++] = (unsigned char)bytes[grams[i].start];
    return true;
}

static bool meet(char_words *words, const char *text, size_t *asked)
{
    token_list tokens = {0};
    ttag_text_opts opts = TTAG_TEXT_OPTS_PLAIN;
    opts.char_least = 2;
    opts.char_most = 2;
    bool ok = tokens_scan(&tokens, TTAG_TOKENS_WORDS, view_of(text)) &&
              char_words_meet(words, &tokens, &opts, by_first_byte, asked);
    tokens_dispose(&tokens);
    return ok;
}

static void assert_met(const char_words *words, size_t i, uint32_t count, const char *firsts)
{
    met_word word = char_words_met(words, i);
    assert_int_equal(word.count, count);
    assert_int_equal(word.n_grams, strlen(firsts));
    for (size_t k = 0; k < word.n_grams; k++)
        assert_int_equal(word.grams[k], firsts[k]);
}

static void char_words__are_cut_once(void **state)
{
    (void)state;
    char_words words = {0};
    size_t asked = 0;
    assert_true(meet(&words, "worm eats quiz, worm", &asked));
    assert_int_equal(words.n_met, 3);
    assert_int_equal(asked, 15);
    assert_met(&words, 0, 2, " worm");
    assert_met(&words, 1, 1, " eats");
    assert_met(&words, 2, 1, " uiz");
    assert_true(meet(&words, "quiz again", &asked)); /* counts begin anew, numbers are known */
    assert_int_equal(words.n_met, 2);
    assert_int_equal(asked, 21);
    assert_met(&words, 0, 1, " uiz");
    assert_met(&words, 1, 1, " again");
    assert_true(meet(&words, "", &asked));
    assert_int_equal(words.n_met, 0);
    char_words_forget(&words);
    assert_true(meet(&words, "worm", &asked));
    assert_met(&words, 0, 1, " worm");
    assert_int_equal(asked, 26);
    char_words_dispose(&words);
}

static void char_words__are_forgotten_when_many(void **state)
{
    (void)state;
    char_words words = {0};
    buffer text = {0};
    size_t asked = 0;
    for (int i = 0; i < 40000; i++)
        buffer_printf(&text, "word%d ", i);
    assert_true(meet(&words, text.bytes, &asked));
    assert_int_equal(words.n_met, 40000);
    assert_true(meet(&words, "word7 more", &asked));
    assert_int_equal(words.n_met, 2);
    assert_int_equal(words.names.count, 2);
    assert_met(&words, 0, 1, " word7");
    buffer_dispose(&text);
    char_words_dispose(&words);
}

/* ---- Terms. ---- */

static void chars__are_of_title_and_text(void **state)
{
    (void)state;
    static const char *const titles[] = {"red", "red", "red"};
    static const ttag_title_rule rules[] = {TTAG_TITLE_JOIN, TTAG_TITLE_FIELD, TTAG_TITLE_DROP};
    for (size_t i = 0; i < 3; i++) {
        ttag_text_opts opts = TTAG_TEXT_OPTS_PLAIN;
        opts.title = rules[i];
        opts.char_least = opts.char_most = 5;
        ttag_article article = {.title = view_of(titles[i]), .text = view_of("red sky")};
        ttag_extractor *extractor;
        ttag_features *features;
        assert_int_equal(ttag_extractor_new(&extractor, &opts, NULL), TTAG_OK);
        assert_int_equal(ttag_extractor_add(extractor, &article, NULL), TTAG_OK);
        assert_int_equal(ttag_extractor_finish(&features, extractor, NULL), TTAG_OK);
        const ttag_vocabulary *v = ttag_features_vocabulary(features);
        const ttag_matrix *m = ttag_features_matrix(features);
        assert_int_equal(v->n_terms, rules[i] == TTAG_TITLE_FIELD ? 5 : 4);
        uint32_t red = ttag_vocabulary_find(v, view_of("char: red "));
        uint32_t sky = ttag_vocabulary_find(v, view_of("char: sky "));
        assert_true(red < v->n_terms && sky < v->n_terms);
        /* 1 + ln 2 to 1, where the title is read */
        float ratio = m->values[red] / m->values[sky];
        assert_true(rules[i] == TTAG_TITLE_DROP ? ratio == 1.0f
                                                : ratio > 1.69314f && ratio < 1.69315f);
        ttag_features_free(features);
        ttag_extractor_free(extractor);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(char_grams__are_those_of_a_padded_word),
        cmocka_unit_test(char_grams__are_of_code_points),
        cmocka_unit_test(char_grams__hash_as_terms_do),
        cmocka_unit_test(char_words__are_cut_once),
        cmocka_unit_test(char_words__are_forgotten_when_many),
        cmocka_unit_test(chars__are_of_title_and_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
