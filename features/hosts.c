/* Addresses and names of machines. An address is found within a bounded number of bytes; a chain
   of labels is read once, however many words it has. */
#include "features/hosts.h"

#include "features/lookahead.h"
#include "features/urls.h"

enum { LONGEST_PREFIX = 3, LONGEST_PORT = 5, V4_OCTETS = 4, V6_GROUPS = 8, GROUP_DIGITS = 4 };

/* A number of at most `most` digits with no word behind it; its end, or `at`. */
static size_t skip_number(ttag_view text, size_t at, size_t sign, size_t most)
{
    size_t n = sign ? digits_at(text, at + sign, most) : 0;
    return n > 0 && n <= most && word_ends(text, at + sign + n) ? at + sign + n : at;
}

static size_t skip_port(ttag_view text, size_t at)
{
    return skip_number(text, at, colon_at(text, at), LONGEST_PORT);
}

static size_t skip_prefix(ttag_view text, size_t at)
{
    return skip_number(text, at, byte_at(text, at) == '/', LONGEST_PREFIX);
}

/* Digits of the number 0 to 255, without leading zeros, at `at`; 0: none. */
static size_t octet_at(ttag_view text, size_t at)
{
    size_t n = digits_at(text, at, 3);
    int value = 0;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (byte_at(text, at + i) - '0');
    return n > 3 || value > 255 || (n > 1 && byte_at(text, at) == '0') ? 0 : n;
}

static size_t octets_at(ttag_view text, size_t at)
{
    for (int i = 0; i < V4_OCTETS; i++) {
        size_t dot = i > 0 ? dot_at(text, at) : 0;
        size_t octet = octet_at(text, at + dot);
        if (octet == 0 || (i > 0 && dot == 0))
            return 0;
        at += dot + octet;
    }
    return word_ends(text, at) ? at : 0;
}

size_t ipv4_at(ttag_view text, size_t at)
{
    size_t end = octets_at(text, at);
    if (!end || dot_before(text, at))
        return 0;
    size_t dot = dot_at(text, end);
    if (dot && is_digit(byte_at(text, end + dot))) /* five numbers: a version */
        return 0;
    return skip_port(text, skip_prefix(text, end));
}

/* Hexadecimal digits at `at`, up to four; *telling if times and C++ names do not look like it. */
static size_t group_at(ttag_view text, size_t at, bool *telling)
{
    size_t n = 0;
    bool digit = false;
    for (; n < GROUP_DIGITS && is_hex(byte_at(text, at + n)); n++)
        digit = digit || is_digit(byte_at(text, at + n));
    *telling = *telling || (digit && n >= 3);
    return n;
}

/* End of groups and colons, with at most one gap "::"; *groups of them. */
static size_t groups_at(ttag_view text, size_t at, int *groups, bool *gap, bool *telling)
{
    *groups = 0;
    while (*groups < V6_GROUPS) {
        size_t v4 = *groups > 0 ? octets_at(text, at) : 0;
        if (v4) {
            *groups += 2;
            return v4;
        }
        size_t digits = group_at(text, at, telling);
        if (digits == 0)
            return at;
        at += digits;
        ++*groups;
        size_t colon = colon_at(text, at);
        size_t second = colon ? colon_at(text, at + colon) : 0;
        if (!second && (!colon || !is_hex(byte_at(text, at + colon))))
            return at;
        if (*groups == V6_GROUPS || (second && *gap))
            return 0; /* one more than an address has */
        *gap = *gap || second;
        at += colon + second;
    }
    return at;
}

size_t ipv6_at(ttag_view text, size_t at)
{
    if (at >= 1 && (byte_at(text, at - 1) == ':' || (at >= 3 && colon_at(text, at - 3) == 3)))
        return 0;
    int groups;
    bool gap = false, telling = false;
    size_t end = groups_at(text, at, &groups, &gap, &telling);
    if (!end || !telling || !word_ends(text, end) ||
        (gap ? groups >= V6_GROUPS : groups != V6_GROUPS))
        return 0;
    return skip_prefix(text, end);
}

/* Labels with dots between them, and at most one at sign. */
typedef struct chain {
    size_t end;
    size_t last; /* where the last label begins, if there are two or more (since the at sign) */
    bool dotted, defanged, mail, plus;
} chain;

/* From `at`, in or behind the first label. */
static chain chain_at(ttag_view text, size_t at)
{
    chain c = {.end = at};
    for (;;) {
        unsigned char next = byte_at(text, c.end);
        if (ascii_word[next] || next == '-' || (next == '+' && !c.mail)) {
            c.plus = c.plus || next == '+';
            c.end++;
            continue;
        }
        size_t dot = dot_at(text, c.end);
        size_t sign = dot || c.mail ? 0 : at_sign_at(text, c.end);
        if ((!dot && !sign) || !ascii_word[byte_at(text, c.end + dot + sign)])
            return c;
        c.end += dot + sign;
        c.dotted = dot > 0;
        c.defanged = c.defanged || dot > 1;
        c.mail = c.mail || sign > 0;
        c.last = c.end;
    }
}

/* End of a top-level domain of two letters or more; 0: the label begins with none. */
static size_t top_level_end(ttag_view text, size_t at, size_t label_end)
{
    if (letters_at(text, at, "xn--"))
        return label_end;
    size_t end = at;
    while (is_letter(byte_at(text, end)))
        end++;
    return end - at >= 2 && word_ends(text, end) ? end : 0;
}

host_kind host_at(ttag_view text, size_t word_end, size_t *end)
{
    chain c = chain_at(text, word_end);
    *end = c.end;
    if (!c.dotted || (!c.mail && (!c.defanged || c.plus)))
        return HOST_NONE;
    size_t top = top_level_end(text, c.last, c.end);
    if (!top)
        return HOST_NONE;
    *end = c.mail ? top : skip_port(text, top);
    if (c.mail)
        return HOST_EMAIL;
    if (byte_at(text, *end) != '/')
        return HOST_DOMAIN;
    *end = url_end(text, *end);
    return HOST_URL;
}
