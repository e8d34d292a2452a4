/* Random changes to an input. */
#include "tests/fuzz/mutate.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool pool_add(pool *p, ttag_view bytes)
{
    char *copy = mem_copy(bytes.bytes, bytes.size);
    if (!copy || !mem_grow(&p->items, &p->capacity, p->count + 1, sizeof *p->items)) {
        mem_free(copy);
        return false;
    }
    p->items[p->count++] = (ttag_view){copy, bytes.size};
    return true;
}

bool pool_add_quoted(pool *p, const char *line)
{
    buffer word = {0};
    for (line++; *line && *line != '"'; line++) {
        if (line[0] == '\\' && line[1] == 'x' && line[2] && line[3]) {
            char digits[] = {line[2], line[3], '\0'};
            buffer_char(&word, (char)strtol(digits, NULL, 16));
            line += 3;
        } else {
            line += line[0] == '\\' && line[1];
            buffer_char(&word, *line);
        }
    }
    bool ok = buffer_ok(&word) && pool_add(p, buffer_as_view(&word));
    buffer_dispose(&word);
    return ok;
}

void pool_dispose(pool *p)
{
    for (size_t i = 0; i < p->count; i++)
        free((void *)(uintptr_t)p->items[i].bytes);
    mem_free(p->items);
    *p = (pool){0};
}

static void insert(buffer *b, size_t at, ttag_view bytes)
{
    size_t old = b->size;
    char *copy = mem_copy(bytes.bytes, bytes.size); /* may be a part of b */
    if (copy) {
        buffer_put(b, copy, bytes.size);
        memmove(b->bytes + at + bytes.size, b->bytes + at, old - at);
        memcpy(b->bytes + at, copy, bytes.size);
    }
    mem_free(copy);
}

static void erase(buffer *b, size_t at, size_t size)
{
    memmove(b->bytes + at, b->bytes + at + size, b->size - at - size);
    b->size -= size;
}

/* A range of at most `most` bytes within v. */
static ttag_view random_part(rng *r, ttag_view v, size_t most)
{
    size_t start = rng_below(r, v.size + 1);
    size_t left = v.size - start;
    return (ttag_view){v.bytes + start, rng_below(r, (left < most ? left : most) + 1)};
}

/* 1 to 8 bytes, little-endian: the ends of number ranges, or close to the input's size. */
static void put_number(buffer *b, rng *r)
{
    static const uint64_t ends[] = {0,          1,          0x7f,      0x80,      0xff,
                                    0x7fffffff, 0xffffffff, INT64_MAX, UINT64_MAX};
    size_t which = rng_below(r, sizeof ends / sizeof *ends + 1);
    uint64_t number = which < sizeof ends / sizeof *ends ? ends[which] : b->size;
    number += rng_below(r, 3) - 1;
    size_t width = (size_t)1 << rng_below(r, 4);
    if (b->size < width)
        return;
    size_t at = rng_below(r, b->size - width + 1);
    if (rng_below(r, 2))
        at &= ~(width - 1);
    for (size_t i = 0; i < width; i++)
        b->bytes[at + i] = (char)(number >> 8 * i & 0xff);
}

static void change_byte(buffer *b, rng *r)
{
    size_t at = rng_below(r, b->size);
    if (rng_below(r, 2))
        b->bytes[at] = (char)(b->bytes[at] ^ 1 << rng_below(r, 8));
    else
        b->bytes[at] = (char)rng_below(r, 256);
}

static void change(buffer *b, rng *r, const pool *seeds, const pool *words)
{
    size_t at = rng_below(r, b->size + 1);
    char random_bytes[8];
    switch (rng_below(r, b->size ? 8 : 3)) {
    case 0:
        for (size_t i = 0; i < sizeof random_bytes; i++)
            random_bytes[i] = (char)rng_below(r, 256);
        insert(b, at, (ttag_view){random_bytes, 1 + rng_below(r, sizeof random_bytes)});
        break;
    case 1:
        if (words->count)
            insert(b, at, words->items[rng_below(r, words->count)]);
        break;
    case 2:
        if (seeds->count)
            insert(b, at, random_part(r, seeds->items[rng_below(r, seeds->count)], 4096));
        break;
    case 3:
        erase(b, at, random_part(r, (ttag_view){b->bytes, b->size - at}, 64).size);
        break;
    case 4:
        insert(b, at, random_part(r, buffer_as_view(b), 256));
        break;
    case 5:
        put_number(b, r);
        break;
    case 6:
        if (rng_below(r, 4) == 0)
            b->size = at;
        break;
    default:
        change_byte(b, r);
    }
}

void mutate(buffer *out, rng *r, const pool *seeds, const pool *words, size_t limit)
{
    buffer_clear(out);
    buffer_put(out, "", 0);
    if (seeds->count)
        buffer_view(out, seeds->items[rng_below(r, seeds->count)]);
    for (size_t changes = 1 + rng_below(r, 8); changes > 0; changes--)
        change(out, r, seeds, words);
    if (out->size > limit)
        out->size = limit;
}
