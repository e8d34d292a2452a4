/* SHA-1 over two runs of bytes, and what RFC 4122 makes of it. */
#include "base/uuid.h"

#include "base/ascii.h"

#include <string.h>

enum { BLOCK = 64 };

typedef struct sha1_state {
    uint32_t h[5];
    unsigned char block[BLOCK];
    uint64_t size; /* bytes so far */
} sha1_state;

static uint32_t rotate(uint32_t x, unsigned by)
{
    return x << by | x >> (32 - by);
}

/* FIPS 180-4, 6.1.2: f and K of each round of 20. */
static void add_block(sha1_state *s)
{
    uint32_t w[80], a = s->h[0], b = s->h[1], c = s->h[2], d = s->h[3], e = s->h[4];
    for (size_t t = 0; t < 16; t++)
        w[t] = (uint32_t)s->block[4 * t] << 24 | (uint32_t)s->block[4 * t + 1] << 16 |
               (uint32_t)s->block[4 * t + 2] << 8 | s->block[4 * t + 3];
    for (size_t t = 16; t < 80; t++)
        w[t] = rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    for (size_t t = 0; t < 80; t++) {
        static const uint32_t k[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
        const uint32_t choose = (b & c) | (~b & d), parity = b ^ c ^ d;
        const uint32_t majority = (b & c) | (b & d) | (c & d);
        const uint32_t f = t < 20 ? choose : t >= 40 && t < 60 ? majority : parity;
        const uint32_t next = rotate(a, 5) + f + e + k[t / 20] + w[t];
        e = d;
        d = c;
        c = rotate(b, 30);
        b = a;
        a = next;
    }
    const uint32_t sums[5] = {a, b, c, d, e};
    for (size_t i = 0; i < 5; i++)
        s->h[i] += sums[i];
}

static void add_bytes(sha1_state *s, ttag_view bytes)
{
    for (size_t i = 0; i < bytes.size; i++) {
        s->block[s->size++ % BLOCK] = (unsigned char)bytes.bytes[i];
        if (s->size % BLOCK == 0)
            add_block(s);
    }
}

/* A one, zeros, and how many bits there were, up to the end of a block. */
static void add_padding(sha1_state *s)
{
    const uint64_t bits = 8 * s->size;
    static const char one = '\x80', zero = '\0';
    add_bytes(s, (ttag_view){&one, 1});
    while (s->size % BLOCK != BLOCK - 8)
        add_bytes(s, (ttag_view){&zero, 1});
    char count[8];
    for (int i = 0; i < 8; i++)
        count[i] = (char)(bits >> (56 - 8 * i));
    add_bytes(s, (ttag_view){count, sizeof count});
}

void sha1(unsigned char out[SHA1_SIZE], ttag_view first, ttag_view second)
{
    sha1_state s = {.h = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}};
    add_bytes(&s, first);
    add_bytes(&s, second);
    add_padding(&s);
    for (size_t i = 0; i < SHA1_SIZE; i++)
        out[i] = (unsigned char)(s.h[i / 4] >> (24 - 8 * (i % 4)));
}

uuid uuid_of_name(const uuid *space, ttag_view name)
{
    unsigned char sum[SHA1_SIZE];
    uuid u;
    sha1(sum, (ttag_view){(const char *)space->bytes, sizeof space->bytes}, name);
    memcpy(u.bytes, sum, sizeof u.bytes);
    u.bytes[6] = (u.bytes[6] & 0x0f) | 0x50; /* version 5 */
    u.bytes[8] = (u.bytes[8] & 0x3f) | 0x80; /* variant of the RFC */
    return u;
}

void uuid_text(const uuid *u, char out[UUID_TEXT + 1])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof u->bytes; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *out++ = '-';
        *out++ = digits[u->bytes[i] >> 4];
        *out++ = digits[u->bytes[i] & 15];
    }
    *out = '\0';
}

bool uuid_read(uuid *out, ttag_view text)
{
    uuid u;
    size_t at = 0;
    if (text.size != UUID_TEXT)
        return false;
    for (size_t i = 0; i < sizeof u.bytes; i++) {
        if ((i == 4 || i == 6 || i == 8 || i == 10) && text.bytes[at++] != '-')
            return false;
        const int high = hex_digit(text.bytes[at]), low = hex_digit(text.bytes[at + 1]);
        if (high < 0 || low < 0)
            return false;
        u.bytes[i] = (unsigned char)(16 * high + low);
        at += 2;
    }
    *out = u;
    return true;
}
