/* First labels by rules: folding, the automaton beside a plain search, negation, fields, and what
   is refused. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/random.h"
#include "base/view.h"
#include "bootstrap/phrase_fold.h"
#include "bootstrap/rule_match.h"

/* ---- Help. ---- */

static void assert_folded(const char *text, bool is_address, const char *expected)
{
    buffer out = {0};
    phrase_fold(&out, view_of(text), is_address);
    assert_true(buffer_ok(&out));
    assert_string_equal(out.bytes, expected);
    buffer_dispose(&out);
}

/* Rules of these members behind a taxonomy of the built-in tags. */
static ttag_rules *rules_of(const char *text)
{
    ttag_rules *rules;
    ttag_error err;
    ttag_status status = label_rules_parse(&rules, view_of(text), "x.json", NULL, &err);
    if (status != TTAG_OK)
        print_error("%zu:%zu: %s\n", err.line, err.column, err.text);
    assert_int_equal(status, TTAG_OK);
    return rules;
}

static rule_says verdict(const rule_matcher *m, const char *tag)
{
    return m->verdicts[ttag_taxonomy_find(m->rules->taxonomy, view_of(tag))].says;
}

/* What a file of rules says of a tag in an article. */
static rule_says said_of(const char *text, const ttag_article *article, const char *tag)
{
    ttag_rules *rules = rules_of(text);
    rule_matcher m;
    assert_int_equal(rule_matcher_init(&m, rules, NULL), TTAG_OK);
    assert_true(rule_match(&m, article));
    rule_says says = verdict(&m, tag);
    rule_matcher_dispose(&m);
    ttag_rules_free(rules);
    return says;
}

static rule_says said(const char *rule_members, const char *title, const char *text)
{
    char rules[2048];
    const ttag_article article = {.title = view_of(title), .text = view_of(text)};
    snprintf(
        rules, sizeof rules,
        "{\"negation\":{\"before\":[\"no evidence of\",\"not\"],\"behind\":[\"was ruled out\"],"
        "\"within\":2},\"rules\":[{\"rule\":\"r\",\"tag\":\"Malware\",%s}]}",
        rule_members);
    return said_of(rules, &article, "Malware");
}

/* ---- Folding. ---- */

static void phrase_fold__whole_words(void **state)
{
    (void)state;
    assert_folded("", false, " ");
    assert_folded("Zero-Day  in F-Secure's\nAPP", false, " zero day in f secure s app ");
    assert_folded("Ärger MIT Ω", false, " ärger mit ω ");
    assert_folded("soft\xc2\xadhyphen no\xc2\xa0"
                  "break",
                  false, " softhyphen no break ");
}

static void phrase_fold__clauses_and_sentences(void **state)
{
    (void)state;
    assert_folded("One, two: three. Four!", false, " one , two , three . four . ");
    assert_folded("a.b at 10:30, v1.2", false, " a b at 10 30 , v1 2 ");
    assert_folded("The U.S. army", false, " the u s army ");
    assert_folded("(said).\" Then", false, " , said . then ");
    assert_folded("title\n\nbody", false, " title . body ");
    assert_folded("one \xe2\x80\x94 two\xe3\x80\x82three", false, " one , two . three ");
    assert_folded("https://www.example.org/a,b", true, " https www example org a b ");
}

/* ---- The automaton. ---- */

/* All ends of phrases in a text, added up in a way that tells which phrase ended where. */
static uint64_t hits_of_machine(const phrase_machine *m, ttag_view text)
{
    uint64_t sum = 0;
    uint32_t at = 0;
    for (size_t i = 0; i < text.size; i++) {
        at = phrase_machine_step(m, at, text.bytes[i]);
        for (uint32_t s = phrase_machine_ending(m, at); s; s = m->shorter[s])
            sum += (i + 1) * (m->phrase[s] + UINT64_C(1)) * 2654435761u;
    }
    return sum;
}

static uint64_t hits_plainly(const ttag_view *phrases, size_t n, ttag_view text)
{
    uint64_t sum = 0;
    for (size_t p = 0; p < n; p++)
        for (size_t i = phrases[p].size; i <= text.size; i++)
            if (memcmp(text.bytes + i - phrases[p].size, phrases[p].bytes, phrases[p].size) == 0)
                sum += i * (p + UINT64_C(1)) * 2654435761u;
    return sum;
}

static void phrase_machine__finds_what_a_plain_search_finds(void **state)
{
    (void)state;
    enum { PHRASES = 30, LONGEST = 6, TEXT = 300, ROUNDS = 300 };
    rng random;
    rng_seed(&random, 7);
    for (size_t round = 0; round < ROUNDS; round++) {
        char bytes[PHRASES][LONGEST + 1], text[TEXT];
        ttag_view phrases[PHRASES];
        size_t n = 0;
        uint32_t letters = 1 + (uint32_t)(round % 4);
        for (size_t p = 0; p < PHRASES; p++) {
            ttag_view phrase = {bytes[n], 1 + rng_below(&random, LONGEST)};
            for (size_t k = 0; k < phrase.size; k++)
                bytes[n][k] = (char)('a' + rng_below(&random, letters));
            bool known = false;
            for (size_t k = 0; k < n; k++)
                known |= view_equal(phrases[k], phrase);
            if (!known)
                phrases[n++] = phrase;
        }
        for (size_t k = 0; k < TEXT; k++)
            text[k] = (char)('a' + rng_below(&random, letters + 1));
        phrase_machine m;
        assert_int_equal(phrase_machine_build(&m, phrases, n, NULL), TTAG_OK);
        const ttag_view whole = {text, TEXT};
        assert_true(hits_of_machine(&m, whole) == hits_plainly(phrases, n, whole));
        phrase_machine_dispose(&m);
    }
}

static void phrase_machine__bounds(void **state)
{
    (void)state;
    phrase_machine m;
    ttag_error err;
    assert_int_equal(phrase_machine_build(&m, NULL, 0, &err), TTAG_OK);
    assert_int_equal(hits_of_machine(&m, view_of("anything")), 0);
    phrase_machine_dispose(&m);
    size_t size = PHRASE_MACHINE_CELLS / 2 + 1;
    char *bytes = malloc(size);
    assert_non_null(bytes);
    memset(bytes, 'a', size);
    const ttag_view phrase = {bytes, size};
    assert_int_equal(phrase_machine_build(&m, &phrase, 1, &err), TTAG_LIMIT);
    assert_non_null(strstr(err.text, "expected at most 8388607 bytes"));
    free(bytes);
}

/* ---- Rules. ---- */

static void rule__fits_whole_words(void **state)
{
    (void)state;
    assert_int_equal(said("\"any\":[\"rat\"]", "", "the rate of rats"), SAYS_UNKNOWN);
    assert_int_equal(said("\"any\":[\"rat\"]", "", "a RAT, again"), SAYS_PRESENT);
    assert_int_equal(said("\"any\":[\"trojan*\"]", "", "two trojanised apps"), SAYS_PRESENT);
    assert_int_equal(said("\"any\":[\"trojan*\"]", "", "detrojan"), SAYS_UNKNOWN);
    assert_int_equal(said("\"any\":[\"zero-day\"]", "", "a zero day"), SAYS_PRESENT);
    assert_int_equal(said("\"any\":[\"zero day\"]", "", "down to zero. Day one"), SAYS_UNKNOWN);
    assert_int_equal(said("\"any\":[\"Ökonomie\"]", "ÖKONOMIE", ""), SAYS_PRESENT);
}

static void rule__counts_and_weighs(void **state)
{
    (void)state;
    const char *twice = "\"any\":[\"worm\",\"virus\"],\"least\":2";
    assert_int_equal(said(twice, "", "a worm"), SAYS_UNKNOWN);
    assert_int_equal(said(twice, "", "a worm is a worm"), SAYS_PRESENT);
    assert_int_equal(
        said("\"any\":[\"worm\",\"virus\"],\"least\":2,\"distinct\":true", "", "a worm is a worm"),
        SAYS_UNKNOWN);
    assert_int_equal(
        said("\"any\":[\"worm\",\"virus\"],\"least\":2,\"distinct\":true", "a worm", "a virus"),
        SAYS_PRESENT);
    assert_int_equal(said("\"any\":[\"worm\"],\"least\":2,\"title_weight\":2", "worm", "?"),
                     SAYS_PRESENT);
    const char *against = "\"any\":[\"virus\",{\"phrase\":\"flu\",\"weight\":-1}]";
    assert_int_equal(said(against, "", "the virus"), SAYS_PRESENT);
    assert_int_equal(said(against, "", "the flu virus"), SAYS_UNKNOWN);
    assert_int_equal(said("\"any\":[\"worm\",\"worm\"],\"least\":2", "", "worm"), SAYS_UNKNOWN);
}

static void rule__all_none_and_lengths(void **state)
{
    (void)state;
    const char *both = "\"all\":[[\"worm\",\"virus\"],\"network\"],\"none\":[\"garden\"]";
    assert_int_equal(said(both, "a worm", "in the network"), SAYS_PRESENT);
    assert_int_equal(said(both, "a worm", "alone"), SAYS_UNKNOWN);
    assert_int_equal(said(both, "a worm", "in the garden network"), SAYS_UNKNOWN);
    assert_int_equal(said("\"any\":[\"worm\"],\"least_words\":3", "a", "worm"), SAYS_UNKNOWN);
    assert_int_equal(said("\"any\":[\"worm\"],\"least_words\":3", "a", "worm, then"), SAYS_PRESENT);
    assert_int_equal(said("\"any\":[\"worm\"],\"most_words\":2", "a", "worm"), SAYS_PRESENT);
    assert_int_equal(said("\"any\":[\"worm\"],\"most_words\":2", "a", "worm or two"), SAYS_UNKNOWN);
    assert_int_equal(said("\"says\":\"absent\",\"none\":[\"worm\"]", "", "birds"), SAYS_ABSENT);
}

static void rule__denials(void **state)
{
    (void)state;
    const char *worm = "\"any\":[\"worm\"]";
    assert_int_equal(said(worm, "", "There is no evidence of a worm."), SAYS_UNKNOWN);
    assert_int_equal(said(worm, "", "no evidence of any such old worm"), SAYS_PRESENT);
    assert_int_equal(said(worm, "", "There is no evidence of. A worm"), SAYS_PRESENT);
    assert_int_equal(said(worm, "", "a worm was ruled out"), SAYS_UNKNOWN);
    assert_int_equal(said(worm, "", "a worm in it was ruled out"), SAYS_UNKNOWN);
    assert_int_equal(said(worm, "", "a worm. It was ruled out"), SAYS_PRESENT);
    assert_int_equal(said(worm, "", "not a worm, but another worm"), SAYS_PRESENT);
    assert_int_equal(said("\"any\":[\"worm\"],\"negatable\":false", "", "not a worm"),
                     SAYS_PRESENT);
    assert_int_equal(said("\"says\":\"absent\",\"none\":[\"worm\"]", "", "not a worm"),
                     SAYS_UNKNOWN);
    assert_int_equal(said("\"any\":[\"not a worm\"]", "", "it is not a worm"), SAYS_PRESENT);
}

static void rule__fields(void **state)
{
    (void)state;
    const char *rules =
        "{\"rules\":[{\"rule\":\"r\",\"tag\":\"SophosNews\",\"in\":[\"url\",\"source\"],"
        "\"any\":[\"sophos\"]}]}";
    const ttag_article by_url = {.url = view_of("https://news.sophos.com/a"),
                                 .text = view_of("birds")};
    const ttag_article by_source = {.source = view_of("Sophos News"), .text = view_of("birds")};
    const ttag_article in_text = {.text = view_of("sophos sophos")};
    assert_int_equal(said_of(rules, &by_url, "SophosNews"), SAYS_PRESENT);
    assert_int_equal(said_of(rules, &by_source, "SophosNews"), SAYS_PRESENT);
    assert_int_equal(said_of(rules, &in_text, "SophosNews"), SAYS_UNKNOWN);
}

static void rules__the_last_one_decides(void **state)
{
    (void)state;
    const char *rules =
        "{\"lists\":{\"a\":[\"worm\"],\"b\":[\"@a\",\"virus\"]},\"rules\":["
        "{\"rule\":\"1\",\"tag\":\"Malware\",\"any\":\"@b\"},"
        "{\"rule\":\"2\",\"tag\":\"Malware\",\"says\":\"unknown\",\"any\":\"garden\"},"
        "{\"rule\":\"3\",\"tag\":\"Malware\",\"says\":\"absent\",\"any\":\"compost\"},"
        "{\"rule\":\"4\",\"tag\":\"Uncategorized\",\"untagged\":\"*\"},"
        "{\"rule\":\"5\",\"tag\":\"Uncategorized\",\"says\":\"absent\",\"tagged\":[\"M*\"]}]}";
    const ttag_article virus = {.text = view_of("a virus")},
                       garden = {.text = view_of("garden worm")};
    const ttag_article compost = {.text = view_of("garden worm in the compost")};
    assert_int_equal(said_of(rules, &virus, "Malware"), SAYS_PRESENT);
    assert_int_equal(said_of(rules, &virus, "Uncategorized"), SAYS_ABSENT);
    assert_int_equal(said_of(rules, &garden, "Malware"), SAYS_UNKNOWN);
    assert_int_equal(said_of(rules, &garden, "Uncategorized"), SAYS_PRESENT);
    assert_int_equal(said_of(rules, &compost, "Malware"), SAYS_ABSENT);
}

static void rules__what_tags_imply(void **state)
{
    (void)state;
    const char *rules =
        "{\"rules\":[{\"rule\":\"1\",\"tag\":\"VulnerabilitiesAll\",\"says\":\"absent\"},"
        "{\"rule\":\"2\",\"tag\":\"VulnerabilitiesApple\",\"any\":\"apple\"},"
        "{\"rule\":\"3\",\"tag\":\"VulnerabilitiesCisco\",\"says\":\"unknown\"}]}";
    const ttag_article apple = {.text = view_of("an apple")}, pear = {.text = view_of("a pear")};
    assert_int_equal(said_of(rules, &apple, "VulnerabilitiesAll"), SAYS_PRESENT);
    assert_int_equal(said_of(rules, &apple, "VulnerabilitiesAdobe"), SAYS_UNKNOWN);
    assert_int_equal(said_of(rules, &pear, "VulnerabilitiesAll"), SAYS_ABSENT);
    assert_int_equal(said_of(rules, &pear, "VulnerabilitiesAdobe"), SAYS_ABSENT);
    assert_int_equal(said_of(rules, &pear, "VulnerabilitiesCisco"), SAYS_UNKNOWN);
    assert_int_equal(said_of(rules, &pear, "Malware"), SAYS_UNKNOWN);
}

/* Many phrases end at each word of a long text; few are kept at a time. */
static void rule__long_texts_take_little_memory(void **state)
{
    (void)state;
    enum { WORDS = 300000 };
    ttag_rules *rules = rules_of(
        "{\"negation\":{\"before\":[\"b\"],\"behind\":[\"b b\"]},\"rules\":[{\"rule\":\"r\","
        "\"tag\":\"Malware\",\"any\":[\"a\",\"a a\",\"a a a\",\"a a a a a a a a\"],"
        "\"least\":299997}]}");
    rule_matcher m;
    buffer text = {0};
    for (size_t i = 0; i < WORDS; i++)
        buffer_text(&text, "a ");
    assert_true(buffer_ok(&text));
    const ttag_article article = {.text = buffer_as_view(&text)};
    assert_int_equal(rule_matcher_init(&m, rules, NULL), TTAG_OK);
    assert_true(rule_match(&m, &article));
    assert_int_equal(m.counts[2].affirmed[FIELD_TEXT], WORDS);
    assert_int_equal(m.counts[4].affirmed[FIELD_TEXT], WORDS - 2);
    assert_int_equal(verdict(&m, "Malware"), SAYS_PRESENT);
    assert_true(m.hits_capacity < 1000);
    assert_int_equal(m.words, WORDS);
    rule_matcher_dispose(&m);
    ttag_rules_free(rules);
    buffer_dispose(&text);
}

/* ---- Files of rules. ---- */

static void rules__refusals(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
        size_t line, column;
    } cases[] = {
        {"[]", "is an array; expected an object", 0, 0},
        {"", "not valid JSON", 1, 1},
        {"{\"rules\":[]", "not valid JSON", 1, 12},
        {"{\"rulez\":[]}", "a file of rules has no \"rulez\"", 1, 3},
        {"{}", "a file of rules has no \"rules\"", 1, 1},
        {"{\"rules\":[],\n \"rules\":[]}", "\"rules\" is there twice", 2, 3},
        {"{\"rules\":{}}", "\"rules\" is an object; expected an array", 1, 10},
        {"{\"rules\":[1]}", "a rule is a number; expected an object", 1, 11},
        {"{\"rules\":[{\"tag\":\"Malware\"}]}", "a rule has no \"rule\"", 1, 11},
        {"{\"rules\":[{\"rule\":\"r\"}]}", "a rule has no \"tag\"", 1, 11},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"Malwar\"}]}",
         "no tag of the taxonomy fits \"Malwar\"", 1, 29},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"says\":\"no\"}]}", "expected \"present\"", 1,
         40},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"in\":\"body\"}]}", "expected \"title\"", 1,
         38},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"any\":[\"a, b\"]}]}",
         "a mark that ends a clause", 1, 40},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"any\":[\"a* b\"]}]}", "a star before its end",
         1, 40},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"any\":[\"a*\"]}]}",
         "a star behind fewer than 2", 1, 40},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"any\":[\"the *\"]}]}", "a star behind fewer",
         1, 40},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"any\":[\"the-*\"]}]}", "a star behind fewer",
         1, 40},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"any\":[\"--\"]}]}",
         "has 0 words; expected 1 to 16", 1, 40},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"any\":[\"a b c d e f g h i j k l m n o p "
         "q\"]}]}",
         "has 17 words", 1, 40},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"any\":[\"@x\"]}]}", "there is no list \"x\"",
         1, 40},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"any\":[{\"phrase\":\"x\"}]}]}",
         "a weighted phrase has no \"weight\"", 1, 40},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"none\":[{}]}]}",
         "this is an object; expected a string", 1, 41},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"least\":2}]}", "\"any\", which is missing", 1,
         41},
        {"{\"rules\":[{\"rule\":\"r\",\"tag\":\"*\",\"any\":\"x\",\"least\":0}]}",
         "0 is out of range", 1, 51},
        {"{\"lists\":{\"x\":[\"@x\"]},\"rules\":[]}", "there is no list \"x\" before this", 1, 16},
        {"{\"lists\":{\"x\":[],\"x\":[]},\"rules\":[]}", "this list is there twice", 1, 19},
        {"{\"negation\":{\"within\":101},\"rules\":[]}", "101 is out of range; expected 0 to 100",
         1, 23},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ttag_rules *rules;
        ttag_error err;
        assert_int_equal(label_rules_parse(&rules, view_of(cases[i].text), "r.json", NULL, &err),
                         TTAG_PARSE);
        assert_null(rules);
        if (!strstr(err.text, cases[i].why) || err.line != cases[i].line ||
            err.column != cases[i].column)
            fail_msg("case %zu: %zu:%zu: %s", i, err.line, err.column, err.text);
    }
}

/* Each list twice the one before: sixty would have 2^60 phrases if they were copied out. */
static void rules__lists_of_lists_stay_small(void **state)
{
    (void)state;
    buffer text = {0};
    ttag_rules *rules;
    ttag_error err;
    buffer_text(&text, "{\"lists\":{\"l0\":[\"a\",\"b\"]");
    for (int i = 1; i < 60; i++)
        buffer_printf(&text, ",\"l%d\":[\"@l%d\",\"@l%d\"]", i, i - 1, i - 1);
    buffer_text(&text, "},\"rules\":[{\"rule\":\"r\",\"tag\":\"Malware\",\"any\":\"@l59\"}]}");
    assert_int_equal(label_rules_parse(&rules, buffer_as_view(&text), "r.json", NULL, &err),
                     TTAG_OK);
    assert_int_equal(rules->rules[0].any.n, 2);
    assert_int_equal(ttag_rules_phrases(rules), 2);
    ttag_rules_free(rules);
    buffer_dispose(&text);
}

static void rules__builtin_ones_know_every_tag(void **state)
{
    (void)state;
    ttag_rules *rules;
    ttag_error err;
    ttag_status status = ttag_rules_new_builtin(&rules, NULL, &err);
    if (status != TTAG_OK)
        fail_msg("%zu:%zu: %s", err.line, err.column, err.text);
    for (size_t t = 0; t < ttag_taxonomy_size(rules->taxonomy); t++) {
        bool present = false;
        for (size_t i = 0; i < rules->n_rules; i++)
            for (size_t k = 0; k < rules->rules[i].tags.n; k++)
                present |=
                    rules->rules[i].tags.items[k] == t && rules->rules[i].says == SAYS_PRESENT;
        if (!present)
            fail_msg("no rule gives %s", ttag_taxonomy_tag(rules->taxonomy, t)->name.bytes);
    }
    ttag_rules_free(rules);
}

/* ---- Records. ---- */

/* What bootstrap makes of JSON Lines; freed by the caller. */
static char *bootstrapped(const char *rules_text, const char *lines,
                          const ttag_bootstrap_opts *opts)
{
    char path[] = "/tmp/ttag-rules-XXXXXX", *out = NULL;
    const char *feed = path;
    size_t size = 0;
    ttag_reader *reader;
    ttag_reader_opts how = TTAG_READER_OPTS_INIT;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, lines, strlen(lines)), (ssize_t)strlen(lines));
    close(fd);
    how.format = TTAG_INPUT_JSONL;
    ttag_rules *rules = rules_of(rules_text);
    assert_int_equal(ttag_reader_open(&reader, &feed, 1, &how, NULL), TTAG_OK);
    FILE *stream = open_memstream(&out, &size);
    assert_non_null(stream);
    assert_int_equal(ttag_bootstrap(stream, rules, reader, opts, NULL, NULL), TTAG_OK);
    fclose(stream);
    ttag_reader_free(reader);
    ttag_rules_free(rules);
    unlink(path);
    return out;
}

static void assert_bootstrapped(const char *record, ttag_existing existing, const char *expected)
{
    const char *rules = "{\"rules\":[{\"rule\":\"r\",\"tag\":\"Malware\",\"any\":\"worm\"},"
                        "{\"rule\":\"n\",\"tag\":\"V*\",\"says\":\"absent\"},"
                        "{\"rule\":\"o\",\"tag\":[\"A*\",\"C*\",\"F*\",\"K*\",\"Mc*\",\"S*\","
                        "\"T*\"],\"says\":\"absent\"}]}";
    ttag_bootstrap_opts opts = TTAG_BOOTSTRAP_OPTS_INIT;
    opts.existing = existing;
    char *got = bootstrapped(rules, record, &opts);
    assert_string_equal(got, expected);
    free(got);
}

static void records__existing_labels(void **state)
{
    (void)state;
    assert_bootstrapped("{\"text\":\"a worm\",\"id\":7,\"more\":1}", TTAG_EXISTING_KEEP,
                        "{\"id\":7,\"text\":\"a worm\",\"tags\":[\"Malware\"],\"unknown\":["
                        "\"Uncategorized\"],\"weight\":0.3,\"labelled_by\":\"rules\"}\n");
    const char *labelled = "{\"text\":\"a worm\",\"tags\":[\"X\"],\"unknown\":[\"Malware\",\"Y\","
                           "\"Uncategorized\"],\"weight\":2,\"more\":1}";
    char kept[256];
    snprintf(kept, sizeof kept, "%s\n", labelled);
    assert_bootstrapped(labelled, TTAG_EXISTING_KEEP, kept);
    assert_bootstrapped(labelled, TTAG_EXISTING_MERGE,
                        "{\"text\":\"a worm\",\"tags\":[\"X\",\"Malware\"],\"unknown\":[\"Y\","
                        "\"Uncategorized\"],\"weight\":2,\"labelled_by\":\"source and rules\"}\n");
    assert_bootstrapped(
        labelled, TTAG_EXISTING_REPLACE,
        "{\"text\":\"a worm\",\"tags\":[\"Malware\"],\"unknown\":[\"Uncategorized\"],"
        "\"weight\":0.6,\"labelled_by\":\"rules\"}\n");
}

static void records__what_rules_do_not_say(void **state)
{
    (void)state;
    const char *rules = "{\"rules\":[{\"rule\":\"r\",\"tag\":\"Malware\",\"any\":\"wor*\"}]}";
    ttag_bootstrap_opts opts = TTAG_BOOTSTRAP_OPTS_INIT;
    opts.explain = true;
    opts.weight = 1;
    char *got =
        bootstrapped(rules, "{\"text\":\"\"}\n{\"text\":\"worms\",\"title\":\"t\"}\n", &opts);
    assert_string_equal(
        got,
        "{\"text\":\"\",\"tags\":[],\"unknown\":[\"*\"],\"labelled_by\":\"rules\",\"because\":[]}\n"
        "{\"title\":\"t\",\"text\":\"worms\",\"tags\":[\"Malware\"],\"unknown\":[\"*\"],"
        "\"labelled_by\":\"rules\",\"because\":[{\"tag\":\"Malware\",\"says\":\"present\","
        "\"rule\":\"r\",\"phrase\":\"wor*\"}]}\n");
    free(got);
}

static void records__refusals(void **state)
{
    (void)state;
    const char *nothing = "/dev/null";
    ttag_rules *rules = rules_of("{\"rules\":[]}");
    ttag_bootstrap_opts opts = TTAG_BOOTSTRAP_OPTS_INIT;
    ttag_rule_measure *measure;
    ttag_reader *reader;
    ttag_error err;
    opts.weight = -1;
    assert_int_equal(ttag_reader_open(&reader, &nothing, 1, NULL, NULL), TTAG_OK);
    assert_int_equal(ttag_bootstrap(stdout, rules, reader, &opts, NULL, &err), TTAG_INVALID);
    assert_string_equal(err.text, "a weight of -1 is out of range; expected 0 to 1000000");
    assert_int_equal(ttag_bootstrap(stdout, rules, reader, NULL, NULL, &err), TTAG_EMPTY);
    assert_int_equal(ttag_rules_measure(&measure, rules, reader, NULL, NULL, &err), TTAG_EMPTY);
    assert_null(measure);
    ttag_reader_free(reader);
    ttag_rules_free(rules);
}

static void rules__out_of_memory(void **state)
{
    (void)state;
    const char *text = "{\"lists\":{\"a\":[\"worm\"]},\"negation\":{\"before\":\"no\"},\"rules\":["
                       "{\"rule\":\"r\",\"tag\":\"Malware\",\"any\":[\"@a\",\"trojan*\"],"
                       "\"all\":[[\"x\"]]}]}";
    const ttag_article article = {.title = view_of("No worm"), .text = view_of("x, a trojan.")};
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status == TTAG_NOMEM; n++) {
        ttag_rules *rules;
        rule_matcher m = {0};
        mem_fail_after(n);
        status = label_rules_parse(&rules, view_of(text), "r.json", NULL, NULL);
        if (status == TTAG_OK)
            status = rule_matcher_init(&m, rules, NULL);
        if (status == TTAG_OK && !rule_match(&m, &article))
            status = TTAG_NOMEM;
        mem_fail_after(0);
        rule_matcher_dispose(&m);
        ttag_rules_free(rules);
    }
    assert_int_equal(status, TTAG_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrase_fold__whole_words),
        cmocka_unit_test(phrase_fold__clauses_and_sentences),
        cmocka_unit_test(phrase_machine__finds_what_a_plain_search_finds),
        cmocka_unit_test(phrase_machine__bounds),
        cmocka_unit_test(rule__fits_whole_words),
        cmocka_unit_test(rule__counts_and_weighs),
        cmocka_unit_test(rule__all_none_and_lengths),
        cmocka_unit_test(rule__denials),
        cmocka_unit_test(rule__fields),
        cmocka_unit_test(rules__the_last_one_decides),
        cmocka_unit_test(rules__what_tags_imply),
        cmocka_unit_test(rule__long_texts_take_little_memory),
        cmocka_unit_test(rules__refusals),
        cmocka_unit_test(rules__lists_of_lists_stay_small),
        cmocka_unit_test(rules__builtin_ones_know_every_tag),
        cmocka_unit_test(records__existing_labels),
        cmocka_unit_test(records__what_rules_do_not_say),
        cmocka_unit_test(records__refusals),
        cmocka_unit_test(rules__out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
