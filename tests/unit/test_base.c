/* Memory, buffer, arena, interned strings, views, errors, random numbers, hashes, version. */
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/intern.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/radix.h"
#include "base/random.h"
#include "base/sized.h"
#include "base/view.h"

/* ---- memory ---- */

static void memory_sizes__overflow_is_told(void **state)
{
    (void)state;
    size_t out;
    assert_true(size_mul(&out, 3, 5));
    assert_int_equal(out, 15);
    assert_true(size_mul(&out, SIZE_MAX, 1));
    assert_false(size_mul(&out, SIZE_MAX / 2 + 1, 2));
    assert_true(size_add(&out, SIZE_MAX - 1, 1));
    assert_false(size_add(&out, SIZE_MAX, 1));
}

static void memory_new__overflow_gives_null(void **state)
{
    (void)state;
    assert_null(mem_new(SIZE_MAX / 2, 3));
    assert_null(mem_zero(SIZE_MAX / 2, 3));
    assert_null(mem_new((size_t)PTRDIFF_MAX + 1, 1));
}

static void memory_new__nothing_is_not_null(void **state)
{
    (void)state;
    void *a = mem_new(0, 8), *b = mem_zero(0, 8), *c = mem_copy(NULL, 0);
    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(c);
    mem_free(a);
    mem_free(b);
    mem_free(c);
    mem_free(NULL);
}

static void memory_zero__is_zero(void **state)
{
    (void)state;
    unsigned char *bytes = mem_zero(100, 10);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(bytes[i], 0);
    mem_free(bytes);
}

static void memory_grow__at_least_doubles_and_keeps(void **state)
{
    (void)state;
    uint32_t *items = NULL;
    size_t capacity = 0;
    size_t growths = 0;
    for (uint32_t i = 0; i < 100000; i++) {
        size_t before = capacity;
        assert_true(mem_grow(&items, &capacity, i + 1, sizeof *items));
        if (capacity != before) {
            assert_true(capacity >= 2 * before);
            growths++;
        }
        items[i] = i;
    }
    assert_true(growths < 20);
    for (uint32_t i = 0; i < 100000; i++)
        assert_int_equal(items[i], i);
    mem_free(items);
}

static void memory_grow__failure_changes_nothing(void **state)
{
    (void)state;
    uint64_t *items = NULL;
    size_t capacity = 0;
    assert_true(mem_grow(&items, &capacity, 4, sizeof *items));
    uint64_t *old = items;
    size_t old_capacity = capacity;
    assert_false(mem_grow(&items, &capacity, SIZE_MAX / 4, sizeof *items));
    assert_ptr_equal(items, old);
    assert_int_equal(capacity, old_capacity);
    assert_true(mem_grow(&items, &capacity, 0, sizeof *items));
    mem_free(items);
}

static void memory_fail_after__counts_down(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    mem_fail_after(2);
    void *first = mem_new(1, 1);
    void *second = mem_new(1, 1);
    void *third = mem_zero(1, 1);
    char *items = NULL;
    size_t capacity = 0;
    bool grew = mem_grow(&items, &capacity, 1, 1);
    mem_fail_after(0);
    assert_non_null(first);
    assert_null(second);
    assert_null(third);
    assert_false(grew);
    void *fourth = mem_new(1, 1);
    assert_non_null(fourth);
    mem_free(first);
    mem_free(fourth);
#else
    skip();
#endif
}

/* ---- buffer ---- */

static void buffer_put__appends_and_terminates(void **state)
{
    (void)state;
    buffer b = {0};
    assert_int_equal(buffer_as_view(&b).size, 0);
    assert_non_null(buffer_as_view(&b).bytes);
    buffer_put(&b, NULL, 0);
    assert_string_equal(b.bytes, "");
    buffer_text(&b, "one");
    buffer_char(&b, ' ');
    buffer_view(&b, (ttag_view){"two three", 3});
    buffer_printf(&b, " %d%s", 3, "!");
    assert_true(buffer_ok(&b));
    assert_string_equal(b.bytes, "one two 3!");
    assert_int_equal(b.size, 10);
    buffer_put(&b, "\0x", 2);
    assert_int_equal(b.size, 12);
    assert_memory_equal(b.bytes, "one two 3!\0x", 13);
    buffer_dispose(&b);
    assert_null(b.bytes);
    buffer_dispose(&b);
}

static void buffer_clear__keeps_memory_and_terminates(void **state)
{
    (void)state;
    buffer b = {0};
    buffer_clear(&b);
    buffer_text(&b, "something");
    char *bytes = b.bytes;
    buffer_clear(&b);
    assert_ptr_equal(b.bytes, bytes);
    assert_string_equal(b.bytes, "");
    buffer_text(&b, "x");
    assert_string_equal(b.bytes, "x");
    buffer_dispose(&b);
}

static void buffer_printf__long_text(void **state)
{
    (void)state;
    buffer b = {0};
    buffer_printf(&b, "%0*d", 100000, 7);
    assert_int_equal(b.size, 100000);
    assert_int_equal(strlen(b.bytes), 100000);
    assert_int_equal(b.bytes[99999], '7');
    buffer_dispose(&b);
}

static void buffer_failure__is_kept_until_clear(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    buffer b = {0};
    buffer_text(&b, "kept");
    mem_fail_after(1);
    buffer_printf(&b, "%0*d", 1000, 0);
    mem_fail_after(0);
    buffer_text(&b, "ignored");
    assert_false(buffer_ok(&b));
    assert_string_equal(b.bytes, "kept");
    buffer_clear(&b);
    buffer_text(&b, "new");
    assert_true(buffer_ok(&b));
    assert_string_equal(b.bytes, "new");
    buffer_dispose(&b);
#else
    skip();
#endif
}

static void buffer_put__overflowing_size_fails(void **state)
{
    (void)state;
    volatile size_t too_much = SIZE_MAX; /* the compiler would see through it */
    buffer b = {0};
    buffer_put(&b, "x", too_much);
    assert_false(buffer_ok(&b));
    buffer_dispose(&b);
}

/* ---- arena ---- */

static size_t count_blocks(const arena *a)
{
    size_t count = 0;
    for (const void *const *block = (const void *const *)a->first; block; count++)
        block = *block; /* a block begins with its link to the next */
    return count;
}

static void arena_new__pieces_are_aligned_and_apart(void **state)
{
    (void)state;
    arena a = {0};
    rng r;
    rng_seed(&r, 5);
    enum { PIECES = 2000 };
    unsigned char *pieces[PIECES];
    size_t sizes[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        sizes[i] = rng_below(&r, i % 100 ? 200 : 20000);
        pieces[i] = arena_new(&a, sizes[i], 1);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        memset(pieces[i], (int)(i & 0xff), sizes[i]);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(pieces[i][k], i & 0xff);
    assert_true(count_blocks(&a) < 16);
    arena_dispose(&a);
    arena_dispose(&a);
}

static void arena_new__overflow_gives_null(void **state)
{
    (void)state;
    arena a = {0};
    assert_null(arena_new(&a, SIZE_MAX, 2));
    assert_null(arena_new(&a, SIZE_MAX, 1));
    assert_null(arena_copy(&a, (ttag_view){"", SIZE_MAX}).bytes);
    arena_dispose(&a);
}

static void arena_copy__terminates(void **state)
{
    (void)state;
    arena a = {0};
    ttag_view copy = arena_copy(&a, (ttag_view){"ransomware", 6});
    assert_int_equal(copy.size, 6);
    assert_string_equal(copy.bytes, "ransom");
    copy = arena_copy(&a, (ttag_view){NULL, 0});
    assert_string_equal(copy.bytes, "");
    arena_dispose(&a);
}

static void arena_clear__gives_the_same_memory_again(void **state)
{
    (void)state;
    arena a = {0};
    for (int round = 0; round < 50; round++) {
        arena_clear(&a);
        assert_non_null(arena_new(&a, 100, 1));
        assert_non_null(arena_new(&a, 50000, 1));
        assert_non_null(arena_new(&a, 100, 1));
    }
    assert_true(count_blocks(&a) <= 3);
    arena_dispose(&a);
}

static void arena_clear__growing_pieces_need_few_blocks(void **state)
{
    (void)state;
    arena a = {0};
    for (size_t size = 5000; size < 500000; size += 100) {
        arena_clear(&a);
        assert_non_null(arena_new(&a, size, 1));
    }
    assert_true(count_blocks(&a) < 12);
    arena_dispose(&a);
}

/* ---- interned strings ---- */

static void intern_add__numbers_in_order_of_appearance(void **state)
{
    (void)state;
    intern t = {0};
    assert_int_equal(intern_find(&t, view_of("absent")), INTERN_NONE);
    assert_int_equal(intern_add(&t, view_of("b")), 0);
    assert_int_equal(intern_add(&t, view_of("a")), 1);
    assert_int_equal(intern_add(&t, view_of("b")), 0);
    assert_int_equal(intern_add(&t, (ttag_view){NULL, 0}), 2);
    assert_int_equal(intern_add(&t, (ttag_view){"", 0}), 2);
    assert_int_equal(intern_add(&t, (ttag_view){"a\0b", 3}), 3);
    assert_int_equal(intern_find(&t, view_of("a")), 1);
    assert_int_equal(intern_find(&t, view_of("c")), INTERN_NONE);
    assert_true(view_equal(intern_view(&t, 3), (ttag_view){"a\0b", 3}));
    assert_int_equal(t.count, 4);
    intern_dispose(&t);
}

static void intern_add__many(void **state)
{
    (void)state;
    intern t = {0};
    char text[32];
    for (unsigned i = 0; i < 50000; i++) {
        int size = snprintf(text, sizeof text, "term-%u", i);
        assert_int_equal(intern_add(&t, (ttag_view){text, (size_t)size}), i);
    }
    for (unsigned i = 0; i < 50000; i++) {
        int size = snprintf(text, sizeof text, "term-%u", i);
        ttag_view string = {text, (size_t)size};
        assert_int_equal(intern_find(&t, string), i);
        assert_true(view_equal(intern_view(&t, i), string));
    }
    intern_dispose(&t);
    intern_dispose(&t);
}

/* Equal halves of the hash lead to the same slot; only the strings tell them apart. */
static void intern_add__hashed_alike(void **state)
{
    (void)state;
    intern t = {0};
    char text[32];
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned i = 0; i < 300; i++) {
            int size = snprintf(text, sizeof text, "%u", i);
            ttag_view string = {text, (size_t)size};
            assert_int_equal(intern_add_hashed(&t, string, (uint64_t)(i % 3) << 32 | i), i);
            intern_prefetch(&t, i);
        }
        assert_int_equal(intern_add_hashed(&t, view_of("7"), (uint64_t)1 << 32), 7);
        assert_int_equal(t.count, 300);
    }
    intern_dispose(&t);
}

static void intern_clear__forgets_strings(void **state)
{
    (void)state;
    intern t = {0};
    intern_clear(&t);
    for (unsigned round = 0; round < 3; round++) {
        assert_int_equal(intern_find(&t, view_of("first")), INTERN_NONE);
        assert_int_equal(intern_add(&t, view_of(round % 2 ? "second" : "first")), 0);
        assert_int_equal(intern_add(&t, view_of(round % 2 ? "first" : "second")), 1);
        assert_int_equal(t.count, 2);
        intern_clear(&t);
        assert_int_equal(t.count, 0);
        assert_int_equal(intern_find(&t, view_of("second")), INTERN_NONE);
    }
    intern_dispose(&t);
}

static void intern_add__no_memory_leaves_it_whole(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    for (size_t n = 1;; n++) {
        intern t = {0};
        char text[16];
        unsigned added = 0;
        mem_fail_after(n);
        for (; added < 300; added++) {
            snprintf(text, sizeof text, "%u", added);
            if (intern_add(&t, view_of(text)) == INTERN_NONE)
                break;
        }
        mem_fail_after(0);
        assert_int_equal(t.count, added);
        for (unsigned i = 0; i < added; i++) {
            snprintf(text, sizeof text, "%u", i);
            assert_int_equal(intern_find(&t, view_of(text)), i);
        }
        intern_dispose(&t);
        if (added == 300)
            break;
    }
#else
    skip();
#endif
}

/* ---- sorting by a number ---- */

/* Of every size and width of key: ascending, nothing lost, equal keys in their order. */
static void radix_sort__is_stable_and_ascending(void **state)
{
    enum { MOST = 5000 };
    static const uint64_t greatest[] = {0, 1, 2047, 2048, 112000, UINT32_MAX, UINT64_MAX};
    (void)state;
    static radix_item items[2 * MOST];
    rng random;
    rng_seed(&random, 5);
    for (size_t g = 0; g < sizeof greatest / sizeof *greatest; g++) {
        for (size_t n = 0; n <= MOST; n = n < 100 ? n + 1 : n * 7) {
            uint64_t sum = 0, sorted_sum = 0;
            for (size_t i = 0; i < n; i++) {
                uint64_t key = rng_next(&random);
                key = greatest[g] == UINT64_MAX ? key : key % (greatest[g] + 1);
                items[i] = (radix_item){key, i};
                sum += key * (2 * i + 1);
            }
            const radix_item *sorted = radix_sort(items, items + n, n, greatest[g]);
            for (size_t i = 0; i < n; i++) {
                sorted_sum += sorted[i].key * (2 * sorted[i].what + 1);
                assert_true(
                    i == 0 || sorted[i - 1].key < sorted[i].key ||
                    (sorted[i - 1].key == sorted[i].key && sorted[i - 1].what < sorted[i].what));
            }
            assert_true(sum == sorted_sum);
        }
    }
}

/* ---- views ---- */

/* Of equal views of every length up to 40 each byte in turn is changed. */
static void sized_sort__equal_ones_by_number(void **state)
{
    (void)state;
    sized items[] = {{2, 3}, {9, 1}, {2, 0}, {0, 2}};
    const uint32_t rising[] = {2, 0, 3, 1}, falling[] = {1, 0, 3, 2};
    sized_sort_rising(items, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(items[i].number, rising[i]);
    sized_sort_falling(items, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(items[i].number, falling[i]);
}

static void view_equal__sees_every_byte(void **state)
{
    (void)state;
    char a[40], b[40];
    for (size_t i = 0; i < sizeof a; i++)
        a[i] = b[i] = (char)(i * 37);
    for (size_t size = 0; size <= sizeof a; size++) {
        ttag_view x = {a, size}, y = {b, size};
        assert_true(view_equal(x, y));
        for (size_t i = 0; i < sizeof a; i++) {
            b[i] ^= 0x10;
            assert_int_equal(view_equal(x, y), i >= size);
            b[i] ^= 0x10;
        }
        assert_false(view_equal(x, (ttag_view){b, size + 1}));
    }
    assert_true(view_equal((ttag_view){NULL, 0}, (ttag_view){"", 0}));
}

static void view_cut__takes_what_stands_before_a_mark(void **state)
{
    (void)state;
    ttag_view rest = view_of("a,,b");
    assert_true(view_equal(view_cut(&rest, ','), view_of("a")));
    assert_true(view_equal(rest, view_of(",b")));
    assert_true(view_equal(view_cut(&rest, ','), view_of("")));
    assert_true(view_equal(view_cut(&rest, ','), view_of("b")));
    assert_int_equal(rest.size, 0);
    assert_int_equal(view_cut(&rest, ',').size, 0);
    rest = view_of("line\n");
    assert_true(view_equal(view_cut(&rest, '\n'), view_of("line")));
    assert_int_equal(rest.size, 0);
    rest = (ttag_view){NULL, 0};
    assert_int_equal(view_cut(&rest, ',').size, 0);
    assert_null(rest.bytes);
    assert_int_equal(view_count(view_of("a,,b"), ','), 2);
    assert_int_equal(view_count(rest, ','), 0);
}

static void view__compare_and_ends(void **state)
{
    (void)state;
    ttag_view absent = {NULL, 0};
    assert_true(view_equal(view_of("x"), view_of("x")));
    assert_false(view_equal(view_of("x"), view_of("y")));
    assert_false(view_equal(view_of("x"), view_of("xx")));
    assert_true(view_equal(absent, view_of("")));
    assert_int_equal(view_of(NULL).size, 0);
    assert_true(view_compare(view_of("ab"), view_of("abc")) < 0);
    assert_true(view_compare(view_of("b"), view_of("abc")) > 0);
    assert_true(view_compare(view_of("\xc3\xa4"), view_of("z")) > 0); /* bytes are unsigned */
    assert_int_equal(view_compare(absent, absent), 0);
    assert_true(view_ends(view_of("feed.jsonl.gz"), ".gz"));
    assert_false(view_ends(view_of("gz"), ".gz"));
    assert_true(view_begins(view_of("path=a"), "path="));
    assert_false(view_begins(view_of("path"), "path="));
    assert_false(view_begins(view_of("Path=a"), "path="));
    assert_true(view_begins(absent, "") && !view_begins(absent, "x"));
    assert_true(view_ends(absent, ""));
    assert_false(view_ends(absent, "x"));
}

/* ---- errors ---- */

static void check_format(const char *path, size_t line, size_t column, const char *expected)
{
    ttag_error err;
    char out[1024];
    assert_int_equal(fail_at(&err, TTAG_PARSE, path, line, column, "bad %s", "thing"), TTAG_PARSE);
    assert_int_equal(err.code, TTAG_PARSE);
    ttag_error_format(&err, out, sizeof out);
    assert_string_equal(out, expected);
}

static void error_format__every_part_present_or_absent(void **state)
{
    (void)state;
    check_format("a.jsonl", 12, 3, "a.jsonl:12:3: bad thing");
    check_format("a.jsonl", 12, 0, "a.jsonl:12: bad thing");
    check_format("a.jsonl", 0, 3, "a.jsonl: bad thing"); /* a column of no line says nothing */
    check_format("a.jsonl", 0, 0, "a.jsonl: bad thing");
    check_format("", 12, 3, "bad thing");
    check_format(NULL, 0, 0, "bad thing");
}

static void error_format__is_cut_and_terminated(void **state)
{
    (void)state;
    ttag_error err;
    fail_at(&err, TTAG_IO, "path", 1, 2, "text");
    char out[8];
    memset(out, 'x', sizeof out);
    ttag_error_format(&err, out, 7);
    assert_string_equal(out, "path:1");
    assert_int_equal(out[7], 'x');
    ttag_error_format(&err, out, 1);
    assert_string_equal(out, "");
}

static void error_fail__accepts_null(void **state)
{
    (void)state;
    assert_int_equal(fail(NULL, TTAG_INVALID, "nobody listens"), TTAG_INVALID);
    assert_int_equal(fail_memory(NULL), TTAG_NOMEM);
    assert_int_equal(fail_errno(NULL, "x", "cannot open", ENOENT), TTAG_IO);
}

static void error_errno__names_file_and_reason(void **state)
{
    (void)state;
    ttag_error err;
    char out[256];
    assert_int_equal(fail_errno(&err, "model.ttag", "cannot open", ENOENT), TTAG_IO);
    ttag_error_format(&err, out, sizeof out);
    assert_string_equal(out, "model.ttag: cannot open: No such file or directory");
}

static void error_fail__may_quote_the_error_it_replaces(void **state)
{
    (void)state;
    ttag_error err;
    fail_at(&err, TTAG_PARSE, "old.jsonl", 3, 4, "first");
    fail_at(&err, TTAG_IO, err.path, err.line, 0, "second after %s", err.text);
    assert_string_equal(err.path, "old.jsonl");
    assert_string_equal(err.text, "second after first");
}

static void error_text__is_one_line_of_whole_characters(void **state)
{
    (void)state;
    ttag_error err;
    fail(&err, TTAG_PARSE, "tag \"%s\" is unknown", "a\nb\x7f");
    assert_string_equal(err.text, "tag \"a?b?\" is unknown");
    char longer[400];
    for (size_t shift = 0; shift < 4; shift++) { /* a four-byte character across the cut */
        memset(longer, 'x', sizeof longer);
        for (size_t i = 240 + shift; i < 396; i += 4)
            memcpy(longer + i, "\xf0\x9f\x94\x92", 4);
        longer[399] = '\0';
        fail(&err, TTAG_PARSE, "%s", longer);
        size_t size = strlen(err.text);
        assert_true(size >= 252 && size <= 255);
        assert_int_equal((size - 240 - shift) % 4, 0);
        assert_memory_equal(err.text, longer, size);
    }
    fail(&err, TTAG_PARSE, "%s", "caf\xc3\xa9"); /* whole: stays */
    assert_string_equal(err.text, "caf\xc3\xa9");
}

/* ---- monitor ---- */

typedef struct heard {
    ttag_level level;
    char place[32], text[64];
    double done, total;
} heard;

static void hear(void *payload, ttag_level level, const char *place, const char *text)
{
    heard *h = payload;
    h->level = level;
    snprintf(h->place, sizeof h->place, "%s", place ? place : "");
    snprintf(h->text, sizeof h->text, "%s", text);
}

static void hear_progress(void *payload, const char *activity, double done, double total)
{
    heard *h = payload;
    snprintf(h->text, sizeof h->text, "%s", activity);
    h->done = done;
    h->total = total;
}

static void monitor__may_be_absent_or_empty(void **state)
{
    (void)state;
    ttag_monitor empty = {0};
    tell(NULL, TTAG_ERROR, NULL, "x");
    tell(&empty, TTAG_ERROR, NULL, "x");
    tell_progress(NULL, "reading", 1, 2);
    tell_progress(&empty, "reading", 1, 2);
    assert_false(is_cancelled(NULL));
    assert_false(is_cancelled(&empty));
}

static void monitor__hears(void **state)
{
    (void)state;
    heard h = {0};
    ttag_monitor monitor = {.message = hear, .progress = hear_progress, .payload = &h};
    tell(&monitor, TTAG_WARNING, "a.jsonl:3", "%d bytes", 7);
    assert_int_equal(h.level, TTAG_WARNING);
    assert_string_equal(h.place, "a.jsonl:3");
    assert_string_equal(h.text, "7 bytes");
    ttag_error err;
    fail_at(&err, TTAG_PARSE, "b", 1, 0, "is 100%% wrong");
    tell_error(&monitor, TTAG_ERROR, &err);
    assert_string_equal(h.text, "b:1: is 100% wrong");
    tell_progress(&monitor, "reading", 1, 2);
    assert_string_equal(h.text, "reading");
    assert_true(h.done == 1 && h.total == 2);
}

/* ---- random numbers ---- */

static void random__agrees_with_reference(void **state)
{
    (void)state;
    FILE *golden = fopen("golden/random.txt", "r"); /* made by golden/random.py */
    assert_non_null(golden);
    unsigned long long seed, expected;
    int seeds = 0;
    for (; fscanf(golden, "%llu", &seed) == 1; seeds++) {
        rng r;
        rng_seed(&r, seed);
        for (int i = 0; i < 8; i++) {
            assert_int_equal(fscanf(golden, "%llu", &expected), 1);
            assert_true(rng_next(&r) == expected);
        }
    }
    assert_int_equal(seeds, 7);
    fclose(golden);
}

static void random_below__stays_below_and_is_even(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 9);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(rng_below(&r, 1), 0);
    enum { BOUND = 7, DRAWS = 70000 };
    double counts[BOUND] = {0};
    for (int i = 0; i < DRAWS; i++)
        counts[rng_below(&r, BOUND)]++;
    double chi2 = 0;
    for (int i = 0; i < BOUND; i++)
        chi2 += (counts[i] - DRAWS / BOUND) * (counts[i] - DRAWS / BOUND) / (DRAWS / BOUND);
    assert_true(chi2 < 22.46); /* 0.999 quantile, 6 degrees of freedom */
}

/* Three quarters of 2^64: a plain remainder would give the lower third twice as often. */
static void random_below__has_no_modulo_bias(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 10);
    size_t bound = SIZE_MAX / 4 * 3;
    int lower = 0;
    for (int i = 0; i < 30000; i++) {
        size_t x = rng_below(&r, bound);
        assert_true(x < bound);
        lower += x < bound / 3;
    }
    assert_in_range(lower, 9600, 10400); /* 10000, standard deviation 82 */
}

static void random_shuffle__is_a_permutation(void **state)
{
    (void)state;
    rng r;
    rng_seed(&r, 11);
    uint32_t items[100], again[100];
    bool seen[100] = {false};
    for (uint32_t i = 0; i < 100; i++)
        items[i] = again[i] = i;
    rng_shuffle(&r, items, 100);
    assert_memory_not_equal(items, again, sizeof items);
    for (size_t i = 0; i < 100; i++) {
        assert_false(seen[items[i]]);
        seen[items[i]] = true;
    }
    rng_seed(&r, 11);
    rng_shuffle(&r, again, 100);
    assert_memory_equal(items, again, sizeof items);
    rng_shuffle(&r, items, 0);
}

/* ---- hashes, version ---- */

/* XXH3's published values of the empty input; "threat" pins what model files hold. */
static void hash__known_values(void **state)
{
    (void)state;
    assert_true(hash64(NULL, 0) == 0x2d06800538d394c2u);
    assert_true(hash64("threat", 6) == 0x65375f933ecbbb4fu);
    char hex[33];
    digest *d = digest_new();
    digest_hex(d, hex);
    assert_string_equal(hex, "99aa06d3014798d86001c324468d497f");
    digest_add(d, "thr", 3);
    digest_add(d, NULL, 0);
    digest_add(d, "eat", 3);
    digest_hex(d, hex);
    assert_string_equal(hex, "f0a175c9817368dbde3d529c91a95c2d");
    digest_free(d);
    digest_free(NULL);
}

static void version__macro_is_function(void **state)
{
    (void)state;
    char numbers[32];
    snprintf(numbers, sizeof numbers, "%d.%d.%d", TTAG_VERSION_MAJOR, TTAG_VERSION_MINOR,
             TTAG_VERSION_PATCH);
    assert_string_equal(ttag_version(), TTAG_VERSION);
    assert_string_equal(ttag_version(), numbers);
}

static void mem_lines__begin_on_a_cache_line(void **state)
{
    (void)state;
    for (size_t count = 0; count < 200; count += 33) {
        char *lines = mem_lines(count, 3);
        assert_non_null(lines);
        assert_int_equal((uintptr_t)lines % 64, 0);
        memset(lines, 1, count * 3);
        mem_free(lines);
    }
    assert_null(mem_lines(SIZE_MAX / 2, 3));
    assert_null(mem_lines(SIZE_MAX - 8, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mem_lines__begin_on_a_cache_line),
        cmocka_unit_test(memory_sizes__overflow_is_told),
        cmocka_unit_test(memory_new__overflow_gives_null),
        cmocka_unit_test(memory_new__nothing_is_not_null),
        cmocka_unit_test(memory_zero__is_zero),
        cmocka_unit_test(memory_grow__at_least_doubles_and_keeps),
        cmocka_unit_test(memory_grow__failure_changes_nothing),
        cmocka_unit_test(memory_fail_after__counts_down),
        cmocka_unit_test(buffer_put__appends_and_terminates),
        cmocka_unit_test(buffer_clear__keeps_memory_and_terminates),
        cmocka_unit_test(buffer_printf__long_text),
        cmocka_unit_test(buffer_failure__is_kept_until_clear),
        cmocka_unit_test(buffer_put__overflowing_size_fails),
        cmocka_unit_test(arena_new__pieces_are_aligned_and_apart),
        cmocka_unit_test(arena_new__overflow_gives_null),
        cmocka_unit_test(arena_copy__terminates),
        cmocka_unit_test(arena_clear__gives_the_same_memory_again),
        cmocka_unit_test(arena_clear__growing_pieces_need_few_blocks),
        cmocka_unit_test(intern_add__numbers_in_order_of_appearance),
        cmocka_unit_test(intern_add__many),
        cmocka_unit_test(intern_add__hashed_alike),
        cmocka_unit_test(intern_clear__forgets_strings),
        cmocka_unit_test(intern_add__no_memory_leaves_it_whole),
        cmocka_unit_test(radix_sort__is_stable_and_ascending),
        cmocka_unit_test(sized_sort__equal_ones_by_number),
        cmocka_unit_test(view_equal__sees_every_byte),
        cmocka_unit_test(view_cut__takes_what_stands_before_a_mark),
        cmocka_unit_test(view__compare_and_ends),
        cmocka_unit_test(error_format__every_part_present_or_absent),
        cmocka_unit_test(error_format__is_cut_and_terminated),
        cmocka_unit_test(error_fail__accepts_null),
        cmocka_unit_test(error_errno__names_file_and_reason),
        cmocka_unit_test(error_fail__may_quote_the_error_it_replaces),
        cmocka_unit_test(error_text__is_one_line_of_whole_characters),
        cmocka_unit_test(monitor__may_be_absent_or_empty),
        cmocka_unit_test(monitor__hears),
        cmocka_unit_test(random__agrees_with_reference),
        cmocka_unit_test(random_below__stays_below_and_is_even),
        cmocka_unit_test(random_below__has_no_modulo_bias),
        cmocka_unit_test(random_shuffle__is_a_permutation),
        cmocka_unit_test(hash__known_values),
        cmocka_unit_test(version__macro_is_function),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
