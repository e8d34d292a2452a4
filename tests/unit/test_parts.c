/* Parts of an evaluation: merged they are the whole, and what is none is refused. */
#include "model_fixture.h"

#include "base/memory.h"
#include "evaluate/part.h"
#include "tests/fuzz/part_seal.h"
#include "ttag/evaluate.h"

/* ---- Helpers. ---- */

enum { MOST_SHARDS = 9, PATH_SIZE = 96 };

typedef struct parts_fixture {
    model_fixture f;
    char feed[PATH_SIZE];
    char parts[MOST_SHARDS][PATH_SIZE];
    ttag_evaluate_opts opts;
    ttag_error err;
} parts_fixture;

static void put_path(char out[PATH_SIZE], const char *folder, const char *name)
{
    size_t size = strlen(folder);
    assert_true(size + 1 + strlen(name) < PATH_SIZE);
    memcpy(out, folder, size);
    out[size] = '/';
    strcpy(out + size + 1, name);
}

static int setup(void **state)
{
    parts_fixture *p = calloc(1, sizeof *p);
    assert_non_null(p);
    fixture_init(&p->f);
    fixture_open(&p->f);
    put_path(p->feed, p->f.folder, "feed.jsonl");
    for (int i = 0; i < MOST_SHARDS; i++) {
        char name[32];
        snprintf(name, sizeof name, "%d.part", i + 1);
        put_path(p->parts[i], p->f.folder, name);
    }
    p->opts = (ttag_evaluate_opts)TTAG_EVALUATE_OPTS_INIT;
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    parts_fixture *p = *state;
    unlink(p->feed);
    for (int i = 0; i < MOST_SHARDS; i++)
        unlink(p->parts[i]);
    fixture_dispose(&p->f);
    free(p);
    return 0;
}

static void write_feed(const parts_fixture *p, const char *text)
{
    FILE *file = fopen(p->feed, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void put_names(FILE *file, const char *key, uint32_t bits)
{
    static const char *const names[] = {"Malware", "Security News", "VulnerabilitiesLinux",
                                        "Unseen",  "Zwei",          "*"};
    fprintf(file, ",\"%s\":[", key);
    const char *comma = "";
    for (size_t i = 0; i < 6; i++) {
        if (bits >> i & 1) {
            fprintf(file, "%s\"%s\"", comma, names[i]);
            comma = ",";
        }
    }
    fputc(']', file);
}

/* Records of all kinds: labelled or not, with tags the model does not know, unknown ones, refused.
 */
static void write_mixed_feed(const parts_fixture *p, uint32_t n)
{
    static const char *const words[] = {"alpha", "beta", "gamma", "delta"};
    FILE *file = fopen(p->feed, "wb");
    assert_non_null(file);
    uint32_t random = 12345;
    for (uint32_t i = 0; i < n; i++) {
        fputs("{\"text\":\"", file);
        for (int k = 0; k < 6; k++) {
            random = random * 1664525 + 1013904223;
            fprintf(file, "%s ", words[random >> 30]);
        }
        fputc('"', file);
        if (i % 17 != 5)
            put_names(file, "tags", random >> 8 & 0x1f & random >> 16);
        if (i % 4 == 0)
            put_names(file, "unknown", random >> 12 & 0x3f & random >> 3);
        fputs(i % 29 == 11 ? "\n" : "}\n", file);
    }
    assert_int_equal(fclose(file), 0);
}

static ttag_reader *open_feed(parts_fixture *p, uint32_t shard, uint32_t shards)
{
    ttag_reader_opts opts = TTAG_READER_OPTS_INIT;
    opts.shard = shard;
    opts.shards = shards;
    ttag_reader *reader;
    const char *feed = p->feed;
    assert_int_equal(ttag_reader_open(&reader, &feed, 1, &opts, NULL), TTAG_OK);
    return reader;
}

static void write_part(parts_fixture *p, uint32_t shard, uint32_t shards, ttag_part_counts *counts)
{
    ttag_reader *reader = open_feed(p, shard, shards);
    FILE *out = fopen(p->parts[shard - 1], "wb");
    assert_non_null(out);
    assert_int_equal(ttag_evaluate_part(out, p->f.model, reader, &p->opts, counts, &p->err),
                     TTAG_OK);
    assert_int_equal(fclose(out), 0);
    ttag_reader_free(reader);
}

static ttag_status merge(parts_fixture *p, ttag_evaluation **out, const int *order, size_t n)
{
    const char *paths[MOST_SHARDS];
    for (size_t i = 0; i < n; i++)
        paths[i] = p->parts[order ? order[i] - 1 : (int)i];
    return ttag_evaluation_merge(out, paths, n, 2, NULL, &p->err);
}

/* Both reports, one behind the other; the caller frees them. */
static char *reports(const ttag_evaluation *e)
{
    char *bytes;
    size_t size;
    FILE *out = open_memstream(&bytes, &size);
    assert_non_null(out);
    assert_int_equal(ttag_evaluation_write_json(e, out, NULL), TTAG_OK);
    assert_int_equal(ttag_evaluation_write_text(e, out, false, NULL), TTAG_OK);
    fclose(out);
    return bytes;
}

/* ---- Merging. ---- */

static void check_merged(parts_fixture *p)
{
    ttag_evaluation *e;
    ttag_reader *reader = open_feed(p, 0, 0);
    assert_int_equal(ttag_evaluate(&e, p->f.model, reader, &p->opts, &p->err), TTAG_OK);
    char *whole = reports(e);
    size_t documents = e->documents, unlabelled = e->unlabelled, refused = e->refused;
    assert_true(e->n_unseen == 2 && unlabelled > 0 && refused > 0);
    ttag_evaluation_free(e);
    ttag_reader_free(reader);
    for (uint32_t shards = 1; shards <= MOST_SHARDS; shards += 2) {
        ttag_part_counts sum = {0}, counts;
        for (uint32_t shard = 1; shard <= shards; shard++) {
            write_part(p, shard, shards, &counts);
            sum.documents += counts.documents;
            sum.unlabelled += counts.unlabelled;
            sum.refused += counts.refused;
        }
        assert_int_equal(sum.documents, documents);
        assert_int_equal(sum.unlabelled, unlabelled);
        assert_int_equal(sum.refused, refused);
        assert_int_equal(merge(p, &e, NULL, shards), TTAG_OK);
        char *merged = reports(e);
        assert_string_equal(merged, whole);
        free(merged);
        ttag_evaluation_free(e);
    }
    free(whole);
}

static void merge__is_the_whole(void **state)
{
    parts_fixture *p = *state;
    write_mixed_feed(p, 600);
    check_merged(p);
    p->opts.cut = TTAG_CUT_ZERO;
    p->opts.imply_truth = true;
    check_merged(p);
    p->opts.cut = TTAG_CUT_FIXED;
    p->opts.probability = 0.25;
    p->opts.no_implies = true;
    check_merged(p);
}

static void merge__takes_parts_in_any_order(void **state)
{
    parts_fixture *p = *state;
    write_mixed_feed(p, 100);
    for (uint32_t shard = 1; shard <= 4; shard++)
        write_part(p, shard, 4, NULL);
    ttag_evaluation *e;
    assert_int_equal(merge(p, &e, NULL, 4), TTAG_OK);
    char *one = reports(e);
    ttag_evaluation_free(e);
    assert_int_equal(merge(p, &e, (const int[]){3, 1, 4, 2}, 4), TTAG_OK);
    char *other = reports(e);
    ttag_evaluation_free(e);
    assert_string_equal(one, other);
    free(one);
    free(other);
}

static void merge__of_parts_without_articles(void **state)
{
    parts_fixture *p = *state;
    ttag_evaluation *e;
    write_feed(p, "{\"text\":\"alpha\",\"tags\":[\"Malware\"]}\n");
    for (uint32_t shard = 1; shard <= 5; shard++)
        write_part(p, shard, 5, NULL);
    assert_int_equal(merge(p, &e, NULL, 5), TTAG_OK);
    assert_int_equal(e->documents, 1);
    ttag_evaluation_free(e);
    write_feed(p, "{\"text\":\"alpha\"}\n{\"text\":\"beta\"}\n");
    for (uint32_t shard = 1; shard <= 2; shard++)
        write_part(p, shard, 2, NULL);
    assert_int_equal(merge(p, &e, NULL, 2), TTAG_EMPTY);
    assert_null(e);
    assert_non_null(strstr(p->err.text, "no labelled article was read: 2 without tags, 0 refused"));
}

/* ---- Parts that do not belong together. ---- */

static void expect_refused(parts_fixture *p, const int *order, size_t n, const char *why)
{
    ttag_evaluation *e;
    assert_int_equal(merge(p, &e, order, n), TTAG_INVALID);
    assert_null(e);
    if (!strstr(p->err.text, why))
        fail_msg("\"%s\" does not say \"%s\"", p->err.text, why);
}

static void merge__refuses_an_incomplete_set(void **state)
{
    parts_fixture *p = *state;
    write_mixed_feed(p, 50);
    for (uint32_t shard = 1; shard <= 3; shard++)
        write_part(p, shard, 3, NULL);
    expect_refused(p, NULL, 2, "shard 3 of 3 is missing");
    expect_refused(p, (const int[]){1, 3}, 2, "shard 2 of 3 is missing");
    expect_refused(p, (const int[]){2, 3}, 2, "shard 1 of 3 is missing");
    expect_refused(p, (const int[]){2, 1, 2}, 3, "is shard 2 of 3, and so is");
    expect_refused(p, (const int[]){1, 2, 3, 3}, 4, "is shard 3 of 3, and so is");
    assert_int_equal(ttag_evaluation_merge(&(ttag_evaluation *){NULL}, NULL, 0, 1, NULL, &p->err),
                     TTAG_INVALID);
}

static void merge__refuses_parts_of_another_evaluation(void **state)
{
    parts_fixture *p = *state;
    write_mixed_feed(p, 50);
    write_part(p, 1, 2, NULL);
    write_part(p, 2, 3, NULL);
    expect_refused(p, NULL, 2, "another number of shards");
    p->opts.no_implies = true;
    write_part(p, 2, 2, NULL);
    expect_refused(p, NULL, 2, "other options");
    p->opts.no_implies = false;
    p->f.weights[0] += 1;
    fixture_open(&p->f);
    write_part(p, 2, 2, NULL);
    expect_refused(p, NULL, 2, "another model");
    p->f.weights[0] -= 1;
    fixture_open(&p->f);
    write_mixed_feed(p, 51);
    write_part(p, 2, 2, NULL);
    expect_refused(p, NULL, 2, "a feed of another size");
}

/* ---- Files that are none. ---- */

typedef struct bytes {
    unsigned char *bytes;
    size_t size;
    part_header *header;
} bytes;

static bytes slurp_part(parts_fixture *p)
{
    bytes b = {NULL, 0, NULL};
    b.bytes = fixture_slurp(p->parts[0], &b.size);
    b.header = (part_header *)(void *)b.bytes;
    return b;
}

static ttag_status try_open(parts_fixture *p, const bytes *b, size_t size)
{
    part opened;
    unsigned char *exact = malloc(size ? size : 1); /* a sanitizer sees a step too far */
    assert_non_null(exact);
    memcpy(exact, b->bytes, size);
    memset(&p->err, 0, sizeof p->err);
    ttag_status status = part_open_memory(&opened, exact, size, "it", &p->err);
    assert_true(status == TTAG_OK || p->err.text[0] != '\0');
    free(exact);
    return status;
}

static void part__notices_every_changed_or_missing_byte(void **state)
{
    parts_fixture *p = *state;
    write_mixed_feed(p, 5);
    write_part(p, 1, 1, NULL);
    bytes b = slurp_part(p);
    assert_int_equal(try_open(p, &b, b.size), TTAG_OK);
    for (size_t i = 0; i < b.size; i++) {
        b.bytes[i] ^= 0x10;
        assert_int_not_equal(try_open(p, &b, b.size), TTAG_OK);
        b.bytes[i] ^= 0x10;
        assert_int_not_equal(try_open(p, &b, i), TTAG_OK);
    }
    free(b.bytes);
}

/* A file made on purpose, whose checksum fits. */
static void expect_damaged(parts_fixture *p, bytes *b, const char *why)
{
    part_seal(b->bytes, b->size);
    assert_int_equal(try_open(p, b, b->size), TTAG_FORMAT);
    if (!strstr(p->err.text, why))
        fail_msg("\"%s\" does not say \"%s\"", p->err.text, why);
}

static void part__refuses_what_does_not_hold_together(void **state)
{
    parts_fixture *p = *state;
    write_mixed_feed(p, 5);
    write_part(p, 1, 1, NULL);
    bytes b = slurp_part(p);
    const part_header good = *b.header;
    const size_t n_pairs = (size_t)good.n_documents * good.n_tags;
    float *scores = (float *)(void *)(b.bytes + sizeof good + good.n_tags * sizeof(double));
    float *probabilities = scores + n_pairs;
    part_row *rows = (part_row *)(void *)(probabilities + n_pairs);
    uint32_t *items = (uint32_t *)(void *)(rows + good.n_documents);
    uint32_t *name_sizes = items + good.n_items;
    unsigned char *given = (unsigned char *)(name_sizes + good.n_names);
    char *names = (char *)(given + n_pairs);
#define TRY(place, value, why)                                                                     \
    do {                                                                                           \
        unsigned char kept[sizeof(place)];                                                         \
        memcpy(kept, &(place), sizeof kept);                                                       \
        (place) = (value);                                                                         \
        expect_damaged(p, &b, why);                                                                \
        memcpy(&(place), kept, sizeof kept);                                                       \
    } while (0)
    TRY(b.header->shard, 0, "shard 0 of 1");
    TRY(b.header->shard, 2, "shard 2 of 1");
    TRY(b.header->cut, 3, "options");
    TRY(b.header->flags, 4, "options");
    TRY(b.header->probability, (double)NAN, "options");
    TRY(b.header->n_tags, 0, "impossible");
    TRY(b.header->n_names, good.n_tags - 1, "impossible");
    TRY(b.header->n_documents, (uint64_t)1 << 40, "impossible");
    TRY(b.header->n_documents, UINT32_MAX, "size");
    TRY(b.header->n_items, UINT64_MAX, "size");
    TRY(b.header->n_bytes, good.n_bytes + 1, "size");
    TRY(scores[0], (float)INFINITY, "out of range");
    TRY(scores[n_pairs - 1], NAN, "out of range");
    TRY(probabilities[0], 1.5F, "out of range");
    TRY(probabilities[1], NAN, "out of range");
    TRY(given[0], 2, "out of range");
    TRY(rows[0].n_true, UINT32_MAX, "lists");
    TRY(rows[0].unknown_others, 2, "lists");
    TRY(items[0], good.n_names, "lists");
    TRY(name_sizes[0], 0, "names");
    TRY(name_sizes[0], UINT32_MAX, "names");
    TRY(names[0], '\xff', "names");
    TRY(names[0], 'Z', "names"); /* out of order */
#undef TRY
    part_seal(b.bytes, b.size);
    assert_int_equal(try_open(p, &b, b.size), TTAG_OK);
    b.header->version = 2;
    assert_int_equal(try_open(p, &b, b.size), TTAG_VERSION_UNKNOWN);
    free(b.bytes);
}

static void merge__names_the_file_that_is_none(void **state)
{
    parts_fixture *p = *state;
    ttag_evaluation *e;
    write_mixed_feed(p, 5);
    write_part(p, 1, 2, NULL);
    assert_int_equal(merge(p, &e, NULL, 2), TTAG_IO);
    assert_string_equal(p->err.path, p->parts[1]);
    const char *paths[] = {p->parts[0], p->feed};
    assert_int_equal(ttag_evaluation_merge(&e, paths, 2, 1, NULL, &p->err), TTAG_FORMAT);
    assert_string_equal(p->err.path, p->feed);
    assert_non_null(strstr(p->err.text, "not a part of an evaluation"));
}

static void part__full_disk(void **state)
{
    parts_fixture *p = *state;
    FILE *out = fopen("/dev/full", "w");
    if (!out)
        skip();
    write_mixed_feed(p, 500);
    ttag_reader *reader = open_feed(p, 0, 0);
    assert_int_equal(ttag_evaluate_part(out, p->f.model, reader, NULL, NULL, &p->err), TTAG_IO);
    assert_non_null(strstr(p->err.text, "the part cannot be written"));
    ttag_reader_free(reader);
    fclose(out);
}

static void parts__survive_lack_of_memory(void **state)
{
#ifdef TTAG_FAULTS
    parts_fixture *p = *state;
    write_mixed_feed(p, 12);
    write_part(p, 1, 2, NULL);
    ttag_status status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        ttag_reader *reader = open_feed(p, 2, 2);
        FILE *out = fopen(p->parts[1], "wb");
        assert_non_null(out);
        mem_fail_after(n);
        status = ttag_evaluate_part(out, p->f.model, reader, NULL, NULL, NULL);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
        ttag_reader_free(reader);
        fclose(out);
    }
    status = TTAG_NOMEM;
    for (size_t n = 1; status != TTAG_OK; n++) {
        ttag_evaluation *e;
        mem_fail_after(n);
        status = merge(p, &e, NULL, 2);
        mem_fail_after(0);
        assert_true(status == TTAG_OK || status == TTAG_NOMEM);
        assert_int_equal(status == TTAG_OK, e != NULL);
        ttag_evaluation_free(e);
    }
#else
    (void)state;
    skip();
#endif
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(merge__is_the_whole),
        CASE(merge__takes_parts_in_any_order),
        CASE(merge__of_parts_without_articles),
        CASE(merge__refuses_an_incomplete_set),
        CASE(merge__refuses_parts_of_another_evaluation),
        CASE(part__notices_every_changed_or_missing_byte),
        CASE(part__refuses_what_does_not_hold_together),
        CASE(merge__names_the_file_that_is_none),
        CASE(part__full_disk),
        CASE(parts__survive_lack_of_memory),
    };
    return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
