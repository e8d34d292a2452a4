/* Text to tokens: both rules, Unicode, indicators, and texts made to take long. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/view.h"
#include "features/tokens.h"
#include "features/unicode.h"

typedef struct example {
    const char *text;
    const char *tokens; /* with a blank between them */
} example;

static void check(ttag_token_rule rule, const example *examples, size_t n)
{
    token_list tokens = {0};
    for (size_t i = 0; i < n; i++) {
        tokens_clear(&tokens);
        assert_true(tokens_scan(&tokens, rule, view_of(examples[i].text)));
        char *got = calloc(1, tokens.size + 1);
        assert_non_null(got);
        if (tokens.size)
            memcpy(got, tokens.bytes, tokens.size - 1); /* without the last blank */
        if (strcmp(got, examples[i].tokens) != 0)
            print_error("text: %s\n", examples[i].text);
        assert_string_equal(got, examples[i].tokens);
        free(got);
    }
    tokens_dispose(&tokens);
}

#define CHECK(rule, examples) check(rule, examples, sizeof examples / sizeof *examples)

/* Expected values: re.findall(r"(?u)\b\w\w+\b", text.lower()) in Python. */
static void words__are_those_of_scikit_learn(void **state)
{
    (void)state;
    static const example examples[] = {
        {"", ""},
        {"a", ""},
        {"  \t\n", ""},
        {"The patch fixed 3 bugs, 12 in all.", "the patch fixed bugs 12 in all"},
        {"don't click; state-sponsored e-mail", "don click state sponsored mail"},
        {"1,000 hosts (2021)", "000 hosts 2021"},
        {"snake_case _x __ _", "snake_case _x __"},
        {"CVE-2021-44228", "cve 2021 44228"},
        {"http://example.com/a?b=cd", "http example com cd"},
        {"Die Straße hat ÖLSPUREN", "die straße hat ölspuren"},
        {"İstanbul ISPARTA İİ", "stanbul isparta"},
        {"abİcd", "abi cd"}, /* i and a combining dot, which is no word character */
        {"ΟΔΟΣ ΣΟΦΟΣ", "οδος σοφος"},
        {"ΟΔΟΣ'Α ΟΔΟΣ' ΑΣ.", "οδοσ οδος ας"}, /* the apostrophe does not end the word */
        {"漏洞 影响 网关", "漏洞 影响 网关"},
        {"e\xcc\x81t\xc3\xa9", "té"}, /* a combining accent ends a word here */
        {"½ ⅔⅔ ٣٤", "⅔⅔ ٣٤"},
        {"\xf0\x9f\x94\xa5 hot \xf0\x9f\x94\xa5\xf0\x9f\x94\xa5", "hot"},
        {"\xe2\x84\xaa\xe2\x84\xaa", "kk"}, /* the Kelvin sign becomes an ASCII letter */
    };
    CHECK(TTAG_TOKENS_WORDS, examples);
}

static void security__words_are_case_folded(void **state)
{
    (void)state;
    static const example examples[] = {
        {"", ""},
        {"x 7 _", ""},
        {"The patch fixed 3 bugs, 12 in all.", "the patch fixed bugs 12 in all"},
        {"don't click; state-sponsored e-mail", "don click state sponsored mail"},
        {"1,000 hosts (2021) snake_case", "000 hosts 2021 snake_case"},
        {"Die Straße, die STRASSE", "die strasse die strasse"},
        {"ΟΔΟΣ οδος", "οδοσ οδοσ"},
        {"İzmir", "i\xcc\x87zmir"},
        {"漏洞影响网关", "漏洞影响网关"},
        {"e\xcc\x81t\xc3\xa9 \xc3\xa9t\xc3\xa9", "été été"}, /* composed: one spelling */
        {"\xc3\xa9 e\xcc\x81", ""},                          /* one code point either way */
        {"ﬁshing ＰＡＹＬＯＡＤ", "fishing payload"},        /* compatibility forms */
        {"½ 12½", "121"},                                    /* 12 and 1⁄2, of which 2 is short */
        {"mal\xc2\xadware mal\xe2\x80\x8dware", "malware malware"}, /* hidden characters vanish */
        {"\xf0\x9f\x94\xa5 hot \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb "
         "1\xef\xb8\x8f\xe2\x83\xa3",
         "hot"},
        {"\xef\xb7\xba", "صلى الله عليه وسلم"}, /* one character, four words */
        {"नमस्ते दुनिया", "नमस्ते दुनिया"},           /* vowel signs belong to the word */
    };
    CHECK(TTAG_TOKENS_SECURITY, examples);
}

static void security__ids_are_one_token(void **state)
{
    (void)state;
    static const example examples[] = {
        {"CVE-2021-44228.", "cve-2021-44228"},
        {"(cve-1999-0001)", "cve-1999-0001"},
        {"CVE\xe2\x80\x91"
         "2021\xe2\x80\x93"
         "44228",
         "cve-2021-44228"}, /* typographic dashes */
        {"CVE-2021-44228-style", "cve-2021-44228 style"},
        {"CVE-2021-123 CVE-21-4444 CVE-2021", "cve 2021 123 cve 21 4444 cve 2021"},
        {"CVE-2021-44228x xCVE-2021-44228", "cve 2021 44228x xcve 2021 44228"},
        {"CVE-2021-12345678901234567890", "cve 2021 12345678901234567890"},
        {"漏洞CVE-2021-44228影响", "漏洞 cve-2021-44228 影响"},
        {"éCVE-2021-44228", "écve 2021 44228"},
        {"CWE-79, cwe-1321; CWE-x", "cwe-79 cwe-1321 cwe"},
        {"T1059 T1059.001. t1566.002", "t1059 t1059.001 t1566.002"},
        {"T1059.1 T1059.0012 T10590.001", "t1059 t1059 0012 t10590 001"},
        {"a T1000 robot", "t1000 robot"},
    };
    CHECK(TTAG_TOKENS_SECURITY, examples);
}

#define HEX8 "9f86d081"
#define HEX32 HEX8 HEX8 HEX8 HEX8
#define HEX64 HEX32 HEX32

static void security__hashes_are_told_by_size(void **state)
{
    (void)state;
    static const example examples[] = {
        {HEX32, "#md5"},
        {"D41D8CD98F00B204E9800998ECF8427E", "#md5"},
        {HEX32 HEX8, "#sha1"},
        {"sha256:" HEX64 ".", "sha256 #sha256"},
        {HEX64 HEX64, "#sha512"},
        {HEX8, HEX8},
        {HEX32 "0", HEX32 "0"},
        {HEX32 "g" HEX8 "abcdefg", HEX32 "g" HEX8 "abcdefg"},
        {"abcdefabcdefabcdefabcdefabcdefab", "abcdefabcdefabcdefabcdefabcdefab"}, /* no digit */
        {HEX32 "é", HEX32 "é"},
    };
    CHECK(TTAG_TOKENS_SECURITY, examples);
}

static void security__addresses_are_one_token(void **state)
{
    (void)state;
    static const example examples[] = {
        {"192.0.2.1", "#ip"},
        {"at 192[.]0[.]2[.]1, 192(.)0(.)2(.)1 and 192.0.2[.]1.", "at #ip #ip and #ip"},
        {"192[dot]0[dot]2[dot]1", "#ip"},
        {"192.0.2.0/24 192.0.2.1:8080 192.0.2.1[:]443", "#ip #ip #ip"},
        {"192.0.2.1-192.0.2.9", "#ip #ip"},
        {"user@192.0.2.1", "user #ip"},
        {"192.0.2.1/index.php", "#ip index php"},
        {"version 1.2.3.4.5", "version"},
        {"version 10.20.30.40.50", "version 10 20 30 40 50"},
        {"10[.]20[.]30[.]40[.]50", "10 20 30 40 50"},
        {"192.0.2.256 192.0.2 192.0.2.01", "192 256 192 192 01"},
        {"192.0.2.1x v192.0.2.1", "192 1x v192"},
        {"2001:db8::1 fe80::1/64 2001:db8:0:0:0:0:2:1", "#ip #ip #ip"},
        {"2001[:]db8[:][:]1 64:ff9b::192.0.2.33", "#ip #ip"},
        {"[2001:db8::1]:443", "#ip 443"},
        {"12:30:45 a::b std::move dead::beef", "12 30 45 std move dead beef"},
        {"00:1a:2b:3c:4d:5e", "00 1a 2b 3c 4d 5e"},
        {"aa:bb:cc:dd:ee:ff:00:11", "aa bb cc dd ee ff 00 11"},
        {"2001:db8:1:2:3:4:5:6:7", "2001 db8"},
        {"2001:db8::1::2 2001:db8::12345", "2001 db8 2001 db8 12345"},
    };
    CHECK(TTAG_TOKENS_SECURITY, examples);
}

static void security__urls_are_one_token(void **state)
{
    (void)state;
    static const example examples[] = {
        {"see https://example.com/a/b?c=d#e.", "see #url"},
        {"(http://example.com/a_(b)) next", "#url next"},
        {"<ftp://example.com/x> \"hxxp://example.com/\" `hXXps://example.com`", "#url #url #url"},
        {"hxxp://evil[.]com/x hxxp[:]//evil[.]com/x", "#url #url"},
        {"hxxps[://]evil(.)com/x hxxps:[//]evil[dot]com", "#url #url"},
        {"[link](https://example.com/a).", "link #url"},
        {"ldap://192.0.2.1/a next", "#url next"},
        {"请看https://example.com/a，谢谢", "请看 #url 谢谢"},
        {"“https://example.com” next", "#url next"},
        {"https:// and http: // and https", "https and http and https"},
        {"http://\xc2\xa0next", "http next"},
    };
    CHECK(TTAG_TOKENS_SECURITY, examples);
}

static void security__hosts_are_one_token(void **state)
{
    (void)state;
    static const example examples[] = {
        {"evil[.]com", "#domain"},
        {"www.evil[.]com, evil(.)co{.}uk; evil[dot]com:8080.", "#domain #domain #domain"},
        {"my-evil[.]com xn--80ak6aa92e[.]xn--p1ai", "#domain #domain"},
        {"evil[.]com-hosted", "#domain hosted"},
        {"evil[.]com/gate.php?x=1 next", "#url next"},
        {"example.com www.example.com/a", "example com www example com"},
        {"user@example.com", "#email"},
        {"first.last+tag@mail.example.co.uk!", "#email"},
        {"user[at]example[.]com user[@]example.com user(at)example(dot)com",
         "#email #email #email"},
        {"mailto:user@example.com.", "mailto #email"},
        {"@handle user@host a@b", "handle user host"},
        {"package@17.0.2", "package 17"},
        {"3[.]14 pi[.]1 x[.]y", "14 pi"},
        {"a sentence.Next one", "sentence next one"},
        {"array[i].name f(x).y list[.]", "array name list"},
        {"evil[.]comé", "evil comé"},
    };
    CHECK(TTAG_TOKENS_SECURITY, examples);
}

static void ngrams__are_runs_of_the_list(void **state)
{
    (void)state;
    token_list tokens = {0};
    assert_true(tokens_scan(&tokens, TTAG_TOKENS_WORDS, view_of("One two")));
    assert_true(tokens_scan(&tokens, TTAG_TOKENS_WORDS, view_of("three")));
    assert_int_equal(tokens.count, 3);
    assert_true(view_equal(tokens_ngram(&tokens, 0, 1), view_of("one")));
    assert_true(view_equal(tokens_ngram(&tokens, 2, 1), view_of("three")));
    assert_true(view_equal(tokens_ngram(&tokens, 1, 2), view_of("two three")));
    assert_true(view_equal(tokens_ngram(&tokens, 0, 3), view_of("one two three")));
    tokens_dispose(&tokens);
}

/* Titles are told from text by a colon, n-grams are joined by a blank: no token may hold either. */
static void tokens__never_hold_a_colon_or_blank(void **state)
{
    (void)state;
    token_list tokens = {0};
    for (uint32_t c = 0x80; c < 0x110000; c++) {
        if (c >= 0xd800 && c < 0xe000)
            continue;
        char text[16] = "ab";
        size_t n = 2 + char_encode(text + 2, c);
        memcpy(text + n, "cd", 2);
        tokens_clear(&tokens);
        assert_true(tokens_scan(&tokens, c % 2 ? TTAG_TOKENS_SECURITY : TTAG_TOKENS_WORDS,
                                (ttag_view){text, n + 2}));
        assert_true(tokens.count > 0);
        size_t blanks = 0;
        for (size_t i = 0; i < tokens.size; i++) {
            assert_true(tokens.bytes[i] != ':' && tokens.bytes[i] != '\n');
            blanks += tokens.bytes[i] == ' ';
        }
        assert_int_equal(blanks, tokens.count);
    }
    tokens_dispose(&tokens);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Each of these, a megabyte of it, is made to be read again and again by a careless scanner. */
static const char *const pieces[] = {"a.",
                                     "1.",
                                     "1.1.1.1.",
                                     "hxxp://",
                                     "[.]",
                                     "@",
                                     "x[.]",
                                     "a@",
                                     "a@b.",
                                     "a-",
                                     "a+",
                                     "a:",
                                     "1:",
                                     "a::",
                                     "ab1::",
                                     "2001:",
                                     "[",
                                     "(",
                                     "{",
                                     "a[",
                                     "a(",
                                     "a[.",
                                     "0123456789abcdef",
                                     "CVE-",
                                     "CVE-2021-",
                                     "T1059.",
                                     "xn--",
                                     "a[.]xn--",
                                     "漏",
                                     "漏a",
                                     "漏a.",
                                     "漏a[.]",
                                     "\xcc\x81\xcc\xa7",
                                     "a\xcc\x81\xcc\xa7",
                                     "Σ",
                                     "Σ'",
                                     "Σ\xcc\x81",
                                     "\xef\xb7\xba",
                                     "a\xe2\x80\x91",
                                     "a[.]b/",
                                     "a_",
                                     "\xc2\xad",
                                     "http://(",
                                     "http://[",
                                     "a[dot]",
                                     "a(at)b[dot]",
                                     "1[.]",
                                     "12[.]34[.]56[.]78[.]"};

/* Quadratic time would take minutes. */
static void tokens__take_linear_time(void **state)
{
    (void)state;
    enum { SIZE = 1 << 20 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    token_list tokens = {0};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t length = strlen(pieces[i]), size = SIZE / length * length;
        for (size_t at = 0; at < size; at += length)
            memcpy(text + at, pieces[i], length);
        double start = seconds();
        for (int rule = TTAG_TOKENS_WORDS; rule <= TTAG_TOKENS_SECURITY; rule++) {
            tokens_clear(&tokens);
            assert_true(tokens_scan(&tokens, (ttag_token_rule)rule, (ttag_view){text, size}));
        }
        double took = seconds() - start;
        if (getenv("TTAG_TEST_TIMES") || took > 2.0)
            print_message("%6.3f s: %s\n", took, pieces[i]);
        assert_true(took < 5.0); /* sanitizers and a busy machine included */
    }
    tokens_dispose(&tokens);
    free(text);
}

#ifdef TTAG_FAULTS
static void tokens__survive_lack_of_memory(void **state)
{
    (void)state;
    static const char text[] =
        "Straße evil[.]com CVE-2021-44228 and plain words enough to grow twice, "
        "which takes more than sixteen tokens: one two three four five";
    for (size_t n = 1;; n++) {
        token_list tokens = {0};
        mem_fail_after(n);
        bool ok = tokens_scan(&tokens, TTAG_TOKENS_SECURITY, view_of(text));
        mem_fail_after(0);
        if (ok)
            assert_int_equal(tokens.count, 21);
        tokens_dispose(&tokens);
        if (ok) {
            assert_true(n > 2);
            break;
        }
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words__are_those_of_scikit_learn),
        cmocka_unit_test(security__words_are_case_folded),
        cmocka_unit_test(security__ids_are_one_token),
        cmocka_unit_test(security__hashes_are_told_by_size),
        cmocka_unit_test(security__addresses_are_one_token),
        cmocka_unit_test(security__urls_are_one_token),
        cmocka_unit_test(security__hosts_are_one_token),
        cmocka_unit_test(ngrams__are_runs_of_the_list),
        cmocka_unit_test(tokens__never_hold_a_colon_or_blank),
        cmocka_unit_test(tokens__take_linear_time),
#ifdef TTAG_FAULTS
        cmocka_unit_test(tokens__survive_lack_of_memory),
#endif
    };
    return cmocka_run_group_tests_name("tokens", tests, NULL, NULL);
}
