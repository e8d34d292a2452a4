/* Which indicator begins at a word, if any. */
#include "features/indicators.h"

#include <string.h>

#include "features/file_names.h"
#include "features/hosts.h"
#include "features/lookahead.h"
#include "features/paths.h"
#include "features/registry.h"
#include "features/urls.h"

enum { YEAR_DIGITS = 4, CVE_DIGITS = 4, CVE_DIGITS_MOST = 19, CWE_DIGITS_MOST = 5 };

const unsigned char may_go_on[256] = {
    ['-'] = 1, ['.'] = 1, [':'] = 1,  ['@'] = 1,  ['+'] = 1, ['['] = 1,
    ['('] = 1, ['{'] = 1, [0xe2] = 1, ['\\'] = 2, ['/'] = 2, ['%'] = 2};

static void put(indicator *found, size_t end, const char *token)
{
    found->end = end;
    memcpy(found->token, token, strlen(token) + 1);
}

/* Adds `n` bytes to the token, lower-cased. */
static void put_more(indicator *found, ttag_view text, size_t at, size_t n)
{
    size_t length = strlen(found->token);
    for (size_t i = 0; i < n; i++)
        found->token[length + i] = (char)ascii_word[byte_at(text, at + i)];
    found->token[length + n] = '\0';
}

static void put_char(indicator *found, char c)
{
    size_t length = strlen(found->token);
    found->token[length] = c;
    found->token[length + 1] = '\0';
}

/* CVE-2021-44228 */
static bool cve_at(indicator *found, ttag_view text, size_t at, size_t word_end)
{
    if (word_end - at != 3 || !letters_at(text, at, "cve"))
        return false;
    size_t dash = dash_at(text, word_end), year = word_end + dash;
    if (!dash || digits_at(text, year, YEAR_DIGITS) != YEAR_DIGITS)
        return false;
    dash = dash_at(text, year + YEAR_DIGITS);
    size_t number = year + YEAR_DIGITS + dash;
    size_t digits = digits_at(text, number, CVE_DIGITS_MOST);
    if (!dash || digits < CVE_DIGITS || digits > CVE_DIGITS_MOST ||
        !word_ends(text, number + digits))
        return false;
    put(found, number + digits, "cve-");
    put_more(found, text, year, YEAR_DIGITS);
    put_char(found, '-');
    put_more(found, text, number, digits);
    return true;
}

/* CWE-79 */
static bool cwe_at(indicator *found, ttag_view text, size_t at, size_t word_end)
{
    if (word_end - at != 3 || !letters_at(text, at, "cwe"))
        return false;
    size_t dash = dash_at(text, word_end), number = word_end + dash;
    size_t digits = digits_at(text, number, CWE_DIGITS_MOST);
    if (!dash || digits == 0 || digits > CWE_DIGITS_MOST || !word_ends(text, number + digits))
        return false;
    put(found, number + digits, "cwe-");
    put_more(found, text, number, digits);
    return true;
}

/* T1059.001: a technique of ATT&CK with its sub-technique (T1059 alone is a word anyhow). */
static bool technique_at(indicator *found, ttag_view text, size_t at, size_t word_end)
{
    if (word_end - at != 5 || (byte_at(text, at) | 0x20) != 't' || digits_at(text, at + 1, 4) != 4)
        return false;
    if (byte_at(text, word_end) != '.' || digits_at(text, word_end + 1, 3) != 3 ||
        !word_ends(text, word_end + 4))
        return false;
    put(found, word_end + 4, "");
    put_more(found, text, at, 5);
    put_char(found, '.');
    put_more(found, text, word_end + 1, 3);
    return true;
}

static const char *hash_of_size(size_t digits)
{
    switch (digits) {
    case 32:
        return "#md5";
    case 40:
        return "#sha1";
    case 64:
        return "#sha256";
    case 128:
        return "#sha512";
    default:
        return NULL;
    }
}

static bool hash_at(indicator *found, ttag_view text, size_t at, size_t word_end)
{
    const char *token = hash_of_size(word_end - at);
    bool digit = false;
    for (size_t i = at; token && i < word_end; i++) {
        unsigned char c = byte_at(text, i);
        if (!is_hex(c))
            token = NULL;
        digit = digit || is_digit(c);
    }
    if (!token || !digit || !word_ends(text, word_end))
        return false;
    put(found, word_end, token);
    return true;
}

static bool address_at(indicator *found, ttag_view text, size_t at, size_t word_end)
{
    const char *token = "#url";
    size_t end = url_at(text, word_end);
    if (!end) {
        token = "#ip";
        end = is_digit(byte_at(text, at)) ? ipv4_at(text, at) : 0;
    }
    if (!end && word_end - at <= 4)
        end = ipv6_at(text, at);
    if (end)
        put(found, end, token);
    return end != 0;
}

static bool host_begins_at(indicator_search *search, indicator *found, size_t at, size_t word_end)
{
    static const char *const tokens[] = {
        [HOST_DOMAIN] = "#domain", [HOST_EMAIL] = "#email", [HOST_URL] = "#url"};
    if (at < search->no_host_before)
        return false;
    size_t end;
    host_kind kind = host_at(search->text, word_end, &end);
    if (kind == HOST_NONE)
        search->no_host_before = end;
    else
        put(found, end, tokens[kind]);
    return kind != HOST_NONE;
}

static bool file_begins_at(indicator_search *search, size_t word_end)
{
    size_t end;
    bool is_file = file_name_at(search->text, word_end, &end);
    search->no_file_before = end;
    return is_file;
}

/* Its words are tokens as well, so that the scan goes on at the first of them. */
static bool artifact_begins_at(indicator_search *search, indicator *found, size_t at,
                               size_t word_end)
{
    ttag_view text = search->text;
    if (at < search->no_artifact_before)
        return false;
    const char *token = "#registry";
    size_t end = registry_key_at(text, at, word_end);
    if (!end) {
        token = "#path";
        end = path_at(text, at, word_end);
    }
    if (!end && at >= search->no_file_before && file_begins_at(search, word_end)) {
        token = "#file";
        end = search->no_file_before;
    }
    if (end) {
        search->no_artifact_before = end;
        put(found, at, token);
    }
    return end != 0;
}

bool indicator_at(indicator_search *search, indicator *found, size_t at, size_t word_end)
{
    ttag_view text = search->text;
    if (search->artifacts && artifact_begins_at(search, found, at, word_end))
        return true;
    if (may_go_on[byte_at(text, word_end)] == 1) {
        if (cve_at(found, text, at, word_end) || cwe_at(found, text, at, word_end) ||
            technique_at(found, text, at, word_end) || address_at(found, text, at, word_end) ||
            host_begins_at(search, found, at, word_end))
            return true;
    }
    return hash_at(found, text, at, word_end);
}
