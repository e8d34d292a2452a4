/* Text to tokens: both rules, Unicode, indicators, and texts made to take long. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/random.h"
#include "base/view.h"
#include "features/tokens.h"
#include "features/unicode.h"
#include "tests/unit/tokens_reference.h"

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

static void artifacts__paths_of_windows(void **state)
{
    (void)state;
    static const example examples[] = {
        {"runs C:\\Windows\\System32\\rundll32.exe.", "runs #path windows system32 rundll32 exe"},
        {"C:\\\\Temp\\\\heron.dll", "#path temp heron dll"}, /* escaped */
        {"c:/temp/heron.dll next.exe", "#path temp heron dll #file next exe"},
        {"(D:\\a) \"E:\\a b\"", "#path #path"},
        {"C:\\ C: D:/ C:\\. C:\\", ""},
        {"abc:\\temp x:\\", "abc temp"},
        {"C:\\Program Files\\Common Files\\x.dll is Foo\\bar",
         "#path program files common files dll is foo bar"},
        {"C:\\Program Files (x86)\\Heron\\a.exe", "#path program files x86 heron exe"},
        {"C:\\Documents and Settings\\All Users\\a", "#path documents and settings all users"},
        {"from C:\\a.exe D:\\b.exe", "from #path exe #path exe"},
        {"from C:\\Temp and D:\\Temp", "from #path temp and #path temp"},
        {"C:\\Temp,D:\\Temp;E:\\Temp", "#path temp #path temp #path temp"},
        {"C:\\<random>\\x.exe", "#path random exe"},
        {"C:\\Users\\José\\x.exe", "#path users josé exe"},
        {"‘C:\\Temp’ next\\door", "#path temp next door"},
        {"%AppData%\\Heron\\h.exe", "#path appdata heron exe"},
        {"in %TEMP% and %ProgramFiles(x86)%\\h", "in #path temp and #path programfiles x86"},
        {"100% sure, 50%off% %20a%20", "100 sure 50 off 20a 20"},
        {"$env:TEMP\\h.ps1 $env: env:x", "#path env temp ps1 env env"},
        {"\\\\host\\share\\h.exe", "#path host share exe"},
        {"\\\\192.0.2.1\\ADMIN$ \\\\\\\\host\\\\share", "#path #ip admin #path host share"},
        {"\\\\.\\pipe\\heron \\\\?\\C:\\Temp", "#path pipe heron #path temp"},
        {"\\\\ \\\\host \\\\host\\", "host host"},
        {"\\Windows\\Temp, Temp\\h.exe AppData\\Local\\Temp",
         "#path windows temp #path temp exe #path appdata local temp"},
        {"CORP\\user CORP\\first.last", "corp user corp first last"},
        {"one\\r\\ntwo one\\n\\ntwo a\\b\\c", "one ntwo one ntwo"},
        {"\\x90\\x90\\x90", "x90 x90 x90"},
        {"cd C:\\Temp\\&D:\\Temp", "cd #path temp #path temp"},
        {"a\\\\\\\\\\\\b", ""},
    };
    CHECK(TTAG_TOKENS_ARTIFACTS, examples);
}

static void artifacts__paths_of_unix(void **state)
{
    (void)state;
    static const example examples[] = {
        {"reads /etc/passwd, /etc/shadow.", "reads #path etc passwd #path etc shadow"},
        {"“/etc/passwd” '/etc/passwd' (/etc/passwd)",
         "#path etc passwd #path etc passwd #path etc passwd"},
        {"~/.ssh/id_rsa ~/.bashrc ~/heron", "#path ssh id_rsa #path bashrc #path heron"},
        {"./heron.sh ../heron ../../../../etc/passwd",
         "#path heron sh #path heron #path etc passwd"},
        {"in /tmp, /tmp/h, /dev and /heron", "in #path tmp #path tmp #path dev and heron"},
        {"/tmpfs /tmp-h", "tmpfs tmp"},
        {"/wp-content/plugins/h.php /h.php?x=1", "#path wp content plugins php #path php"},
        {"/cgi-bin/luci;stok=x", "#path cgi bin luci stok"},
        {"PATH=/bin:/usr/bin", "path #path bin #path usr bin"},
        {"/srv/a/.ssh/x /srv/*/x $HOME/x", "#path srv ssh #path srv #path home"},
        {"and/or TCP/IP his/her w/o n/a", "and or tcp ip his her"},
        {"12/05/2024 24/7 /24/7/", "12 05 2024 24 24"},
        {"and/or/both one / two one /two", "and or both one two one two"},
        {"src/main.c usr/bin/x", "src main usr bin"},
        {"/c/s cmd /c del /s/q C#/.NET", "cmd del net"},
        {"</b></div/x> <br/> //a/b http:/etc/x", "div br http #path etc"},
        {"https://example.com/etc/passwd", "#url"},
        {"example.com/etc/passwd evil[.]com/etc/passwd", "example com etc passwd #url"},
        {"漏洞/etc/passwd é/etc/passwd", "漏洞 #path etc passwd etc passwd"},
        {"/etc/漏洞/x，/etc/y", "#path etc 漏洞 #path etc"},
        {"/ ~ ~/ . ../ /.", ""},
    };
    CHECK(TTAG_TOKENS_ARTIFACTS, examples);
}

static void artifacts__registry_keys(void **state)
{
    (void)state;
    static const example examples[] = {
        {"HKLM\\Software\\Heron", "#registry hklm software heron"},
        {"[hkey_local_machine\\SYSTEM\\X]", "#registry hkey_local_machine system"},
        {"HKCU:\\Run HKLM:\\\\Run HKU/x", "#registry hkcu run #registry hklm run #registry hku"},
        {"HKEY_USERS\\S-1-5-18\\Run", "#registry hkey_users 18 run"},
        {"Computer\\HKEY_CURRENT_USER\\Run", "computer #registry hkey_current_user run"},
        {"HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Run key",
         "#registry hklm software microsoft windows nt currentversion run key"},
        {"HKLM\\Run HKCU\\Run", "#registry hklm run #registry hkcu run"},
        {"Software\\Microsoft\\Windows and SYSTEM\\CurrentControlSet\\Services",
         "#registry software microsoft windows and #registry system currentcontrolset services"},
        {"\\REGISTRY\\MACHINE\\Heron", "#registry registry machine heron"},
        {"HKLM, HKLM: hklmx\\a Software\\Heron software Microsoft",
         "hklm hklm hklmx software heron software microsoft"},
    };
    CHECK(TTAG_TOKENS_ARTIFACTS, examples);
}

static void artifacts__names_of_files(void **state)
{
    (void)state;
    static const example examples[] = {
        {"opens heron.exe.", "opens #file heron exe"},
        {"Invoice-2024.PDF.exe!", "#file invoice 2024 pdf exe"},
        {"1.exe a.dll", "#file exe #file dll"},
        {"CVE-2021-44228.py", "#file cve-2021-44228 py"},
        {HEX32 ".exe", "#file #md5 exe"},
        {"example.com/heron.exe", "example com #file heron exe"},
        {"a .exe file, .dll heron.", "exe file dll heron"},
        {"node.js asp.net example.com x.c 1.2.3", "node js asp net example com"},
        {"heron.exec heron.exe2 heron.exeé heron.exe-x",
         "heron exec heron exe2 heron exeé heron exe"},
        {"heron.exe漏洞", "#file heron exe漏洞"},
        {"user@heron.zip heron[.]zip", "#email #domain"},
    };
    CHECK(TTAG_TOKENS_ARTIFACTS, examples);
}

/* What is no artifact is the same by either rule. */
static void artifacts__are_beside_indicators(void **state)
{
    (void)state;
    static const example examples[] = {
        {"CVE-2021-44228 T1059.001 cwe-79", "cve-2021-44228 t1059.001 cwe-79"},
        {"192.0.2.1/index.php " HEX64, "#ip #file index php #sha256"},
        {"hxxp://evil[.]com/x.exe evil[.]com", "#url #domain"},
        {"user@example.com 2001:db8::1", "#email #ip"},
    };
    CHECK(TTAG_TOKENS_ARTIFACTS, examples);
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

/* ---- The fast way and the plain one. ---- */

/* Every byte at every place of a block, and blocks of any bytes. */
static void blocks__are_the_same_in_all_ways(void **state)
{
    (void)state;
    enum { N_BLOCKS = 3 };
    word_blocks_way *ways[BLOCK_WAYS];
    size_t n_ways = word_blocks_ways(ways);
    assert_in_range(n_ways, 1, BLOCK_WAYS);
    rng random;
    rng_seed(&random, 1);
    for (unsigned round = 0; round < 1000; round++) {
        char bytes[N_BLOCKS * BLOCK_BYTES];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (char)(round < 256 ? round + i : rng_next(&random));
        for (size_t way = 0; way < n_ways; way++) {
            word_block blocks[N_BLOCKS];
            char lower[sizeof bytes];
            ways[way](blocks, lower, bytes, N_BLOCKS);
            for (size_t i = 0; i < sizeof bytes; i++) {
                unsigned char c = (unsigned char)bytes[i];
                const word_block *block = &blocks[i / BLOCK_BYTES];
                assert_int_equal(block->words >> i % BLOCK_BYTES & 1, ascii_word[c] != 0);
                assert_int_equal(block->beyond >> i % BLOCK_BYTES & 1, c >= 0x80);
                assert_int_equal((unsigned char)lower[i], ascii_word[c] ? ascii_word[c] : c);
            }
        }
    }
}

static void require_agreement(token_list *tokens, ttag_view text)
{
    char *exact = malloc(text.size ? text.size : 1); /* a sanitizer sees a step too far */
    assert_non_null(exact);
    memcpy(exact, text.bytes, text.size);
    for (int rule = TTAG_TOKENS_WORDS; rule <= TTAG_TOKENS_ARTIFACTS; rule++) {
        ttag_view copy = {exact, text.size};
        tokens_clear(tokens);
        assert_true(tokens_scan(tokens, (ttag_token_rule)rule, copy));
        if (!reference_agrees(tokens, (ttag_token_rule)rule, copy))
            fail_msg("rule %d: other tokens than the plain way's in: %.*s", rule, (int)text.size,
                     text.bytes);
    }
    free(exact);
}

/* A word, and what is around it, across every boundary of blocks and windows. */
static void tokens__do_not_depend_on_where_blocks_end(void **state)
{
    (void)state;
    static const char *const words[] = {
        "ab",
        "A",
        "Malware",
        "sixteen_letters_",
        "seventeen_letters",
        "Straße",
        "naïve ΟΔΟΣ",
        "evil[.]com",
        "CVE-2021-44228",
        "x hxxp://a[.]bc/d?e",
        "b. c. d",
        "192.0.2.1",
        "/etc/passwd",
        "~/.x",
        "/tmp",
        "C:\\Program Files\\x",
        "HKLM\\x",
        "%TEMP%",
        "漏洞cve-2021-1234影响",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef and more"};
    static const char fillings[] = "  a.x-";
    token_list tokens = {0};
    char text[2 * WINDOW_BYTES + 256];
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        size_t size = strlen(words[w]);
        for (size_t f = 0; f + 1 < sizeof fillings; f += 2) {
            for (size_t i = 0; i < sizeof text; i++)
                text[i] = fillings[f + i % 2];
            for (size_t at = 0; at <= 2 * WINDOW_BYTES; at++) {
                size_t near = at % BLOCK_BYTES, far = at % WINDOW_BYTES;
                if (at > 3 * BLOCK_BYTES && far > 2 && far < WINDOW_BYTES - size - 2)
                    continue;
                if (at > BLOCK_BYTES && near > 2 && near < BLOCK_BYTES - 20)
                    continue;
                memcpy(text + at, words[w], size);
                require_agreement(&tokens, (ttag_view){text, at + size});
                require_agreement(&tokens, (ttag_view){text, at + size + 30});
                for (size_t i = at; i < at + size; i++)
                    text[i] = fillings[f + i % 2];
            }
        }
    }
    tokens_dispose(&tokens);
}

/* Texts put together at random: of ASCII only, with other characters here and there, of both and
   pieces of indicators. */
static void tokens__are_those_of_the_plain_way(void **state)
{
    (void)state;
    static const char *const bits[] = {"a",
                                       "B",
                                       "c_9",
                                       " ",
                                       " ",
                                       "\n",
                                       "Word",
                                       "exploitation",
                                       ".",
                                       ", ",
                                       "-",
                                       "12",
                                       "x",
                                       "of ",
                                       "The ",
                                       "q",
                                       "CVE-2021-1234 ",
                                       "deadbeefdeadbeefdeadbeefdeadbeef",
                                       "é",
                                       "Σ",
                                       "İ",
                                       "漏",
                                       "e\xcc\x81",
                                       "’",
                                       "\xc2\xad",
                                       "ß",
                                       "½",
                                       "\xf0\x9f\x94\xa5",
                                       "[.]",
                                       "://",
                                       "@",
                                       "hxxp",
                                       "::",
                                       "192.0.2.",
                                       "com",
                                       "/",
                                       "(",
                                       "‑",
                                       "\\",
                                       "\\\\",
                                       "C:\\",
                                       "%",
                                       "%Temp%",
                                       "HKLM\\",
                                       "Software\\Microsoft",
                                       "/etc/",
                                       "~/",
                                       "../",
                                       ".exe",
                                       "$env:",
                                       "(x86)",
                                       "/tmp",
                                       "~"};
    static const size_t kinds[] = {18, 28, sizeof bits / sizeof *bits};
    enum { ROUNDS = 3000, MOST = 3000 };
    token_list tokens = {0};
    rng random;
    rng_seed(&random, 2);
    char text[MOST + 64];
    for (int round = 0; round < ROUNDS; round++) {
        size_t n_bits = kinds[round % 3], size = 0;
        size_t wanted = rng_below(&random, round % 10 ? 200 : MOST);
        while (size < wanted) {
            const char *bit = bits[rng_below(&random, n_bits)];
            memcpy(text + size, bit, strlen(bit));
            size += strlen(bit);
        }
        require_agreement(&tokens, (ttag_view){text, size});
    }
    tokens_dispose(&tokens);
}

/* Of the processor: others on the machine do not count. */
static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
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
                                     "12[.]34[.]56[.]78[.]",
                                     "\\",
                                     "a\\",
                                     "ab\\",
                                     "ab\\cd ",
                                     "ab\\cd-",
                                     "ab\\cd.",
                                     "\\\\a",
                                     "\\\\a.",
                                     "C:\\",
                                     "C:\\a ",
                                     "C:\\a b",
                                     "%abc",
                                     "%abc%",
                                     "/",
                                     "../",
                                     "./~",
                                     "/ab",
                                     "/ab-",
                                     "/ab-cd ",
                                     " /a-",
                                     " /ab/c",
                                     "~/a",
                                     "HKLM\\",
                                     "HKLM\\a ",
                                     "a.exe",
                                     "a.exe-",
                                     "漏/",
                                     "漏\\a"};

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
        for (int rule = TTAG_TOKENS_WORDS; rule <= TTAG_TOKENS_ARTIFACTS; rule++) {
            tokens_clear(&tokens);
            assert_true(tokens_scan(&tokens, (ttag_token_rule)rule, (ttag_view){text, size}));
        }
        double took = seconds() - start;
        if (getenv("TTAG_TEST_TIMES") || took > 2.0)
            print_message("%6.3f s: %s\n", took, pieces[i]);
        assert_true(took < 5.0); /* sanitizers included */
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
        cmocka_unit_test(artifacts__paths_of_windows),
        cmocka_unit_test(artifacts__paths_of_unix),
        cmocka_unit_test(artifacts__registry_keys),
        cmocka_unit_test(artifacts__names_of_files),
        cmocka_unit_test(artifacts__are_beside_indicators),
        cmocka_unit_test(ngrams__are_runs_of_the_list),
        cmocka_unit_test(tokens__never_hold_a_colon_or_blank),
        cmocka_unit_test(blocks__are_the_same_in_all_ways),
        cmocka_unit_test(tokens__do_not_depend_on_where_blocks_end),
        cmocka_unit_test(tokens__are_those_of_the_plain_way),
        cmocka_unit_test(tokens__take_linear_time),
#ifdef TTAG_FAULTS
        cmocka_unit_test(tokens__survive_lack_of_memory),
#endif
    };
    return cmocka_run_group_tests_name("tokens", tests, NULL, NULL);
}
