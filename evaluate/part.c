/* Reading parts: a stranger's file is refused, or everything in it holds together. */
#include "evaluate/part.h"

#include <float.h>
#include <string.h>

#include "articles/utf8.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/view.h"

/* ---- The frame. ---- */

static ttag_status refuse(const char *path, ttag_error *err, const char *why)
{
    return fail_at(err, TTAG_FORMAT, path, 0, 0, "%s", why);
}

static ttag_status check_header(const part_header *h, const char *path, ttag_error *err)
{
    if (h->version != PART_VERSION)
        return fail_at(err, TTAG_VERSION_UNKNOWN, path, 0, 0,
                       "format version %u; this program reads version %d", (unsigned)h->version,
                       PART_VERSION);
    if (h->shard == 0 || h->shard > h->shards)
        return fail_at(err, TTAG_FORMAT, path, 0, 0, "damaged: it says shard %u of %u",
                       (unsigned)h->shard, (unsigned)h->shards);
    if (h->cut > TTAG_CUT_FIXED || h->flags > (PART_NO_IMPLIES | PART_IMPLY_TRUTH) ||
        !(h->probability >= 0 && h->probability <= 1))
        return refuse(path, err, "damaged: its options are not those of version 1");
    if (h->n_tags == 0 || h->n_names < h->n_tags || h->n_names == UINT32_MAX ||
        h->n_documents > UINT32_MAX)
        return refuse(path, err, "damaged: the numbers of tags, names and articles are impossible");
    return TTAG_OK;
}

/* What is left of the file. */
typedef struct cursor {
    const unsigned char *bytes;
    size_t left;
    bool failed;
} cursor;

static const void *take(cursor *c, uint64_t rows, uint64_t columns, size_t width)
{
    size_t size = 0;
    if (c->failed || rows > SIZE_MAX || columns > SIZE_MAX ||
        !size_mul(&size, (size_t)rows, (size_t)columns) || !size_mul(&size, size, width) ||
        size > c->left) {
        c->failed = true;
        return NULL;
    }
    const void *taken = c->bytes;
    c->bytes += size;
    c->left -= size;
    return taken;
}

static bool place_arrays(part *p, const void *bytes, size_t size)
{
    const part_header *h = p->header;
    cursor c = {bytes, size, false};
    take(&c, 1, 1, sizeof *h);
    p->thresholds = take(&c, 1, h->n_tags, sizeof *p->thresholds);
    p->scores = take(&c, h->n_documents, h->n_tags, sizeof *p->scores);
    p->probabilities = take(&c, h->n_documents, h->n_tags, sizeof *p->probabilities);
    p->rows = take(&c, h->n_documents, 1, sizeof *p->rows);
    p->items = take(&c, h->n_items, 1, sizeof *p->items);
    p->name_sizes = take(&c, h->n_names, 1, sizeof *p->name_sizes);
    p->given = take(&c, h->n_documents, h->n_tags, sizeof *p->given);
    p->names = take(&c, h->n_bytes, 1, 1);
    return !c.failed && c.left == PART_DIGEST_SIZE;
}

static ttag_status check_digest(const void *bytes, size_t size, const char *path, ttag_error *err)
{
    const size_t covered = size - PART_DIGEST_SIZE;
    char expected[PART_DIGEST_SIZE + 1];
    digest *d = digest_new();
    if (!d)
        return fail_memory(err);
    digest_add(d, bytes, covered);
    digest_hex(d, expected);
    digest_free(d);
    if (memcmp((const char *)bytes + covered, expected, PART_DIGEST_SIZE) != 0)
        return refuse(path, err, "damaged: its checksum does not match");
    return TTAG_OK;
}

/* ---- The contents. ---- */

/* Walks the names; *at is where the next one begins. False behind the last byte. */
static bool next_name(const part *p, size_t number, size_t *at, ttag_view *name)
{
    size_t size = p->name_sizes[number];
    if (size > p->header->n_bytes - *at)
        return false;
    *name = (ttag_view){p->names + *at, size};
    *at += size;
    return true;
}

static bool names_hold(const part *p)
{
    ttag_view name, last = {"", 0};
    size_t at = 0;
    for (size_t i = 0; i < p->header->n_names; i++) {
        if (!next_name(p, i, &at, &name) || name.size == 0 || utf8_good(name) < name.size ||
            (i < p->header->n_tags && view_compare(last, name) >= 0))
            return false;
        last = name;
    }
    return at == p->header->n_bytes;
}

static bool rows_hold(const part *p)
{
    const part_header *h = p->header;
    uint64_t left = h->n_items;
    for (size_t i = 0; i < h->n_documents; i++) {
        const part_row *row = &p->rows[i];
        uint64_t n = (uint64_t)row->n_true + row->n_unknown;
        if (n > left || row->unknown_others > 1)
            return false;
        left -= n;
    }
    for (size_t i = 0; i < h->n_items; i++)
        if (p->items[i] >= h->n_names)
            return false;
    return left == 0;
}

/* Also false for NaN. */
static bool is_within(float x, float least, float most)
{
    return x >= least && x <= most;
}

static bool figures_hold(const part *p)
{
    const part_header *h = p->header;
    for (size_t i = 0; i < h->n_documents * h->n_tags; i++)
        if (!is_within(p->scores[i], -FLT_MAX, FLT_MAX) || !is_within(p->probabilities[i], 0, 1) ||
            p->given[i] > 1)
            return false;
    return true;
}

/* ---- Opening. ---- */

ttag_status part_open_memory(part *p, const void *bytes, size_t size, const char *path,
                             ttag_error *err)
{
    *p = (part){.header = bytes};
    if (size < sizeof p->header->mark || memcmp(bytes, PART_MARK, sizeof p->header->mark) != 0)
        return refuse(path, err, "not a part of an evaluation: the first bytes are not its mark");
    if (size < sizeof *p->header + PART_DIGEST_SIZE)
        return refuse(path, err, "truncated: the file ends within its header");
    ttag_status status = check_header(p->header, path, err);
    if (status != TTAG_OK)
        return status;
    if (!place_arrays(p, bytes, size))
        return refuse(path, err, "damaged: its size is not what its numbers say");
    status = check_digest(bytes, size, path, err);
    if (status != TTAG_OK)
        return status;
    if (!names_hold(p))
        return refuse(path, err, "damaged: its names do not hold together");
    if (!rows_hold(p))
        return refuse(path, err, "damaged: its lists of tags do not hold together");
    if (!figures_hold(p))
        return refuse(path, err, "damaged: a score or probability is out of range");
    return TTAG_OK;
}

ttag_status part_open(part *p, const char *path, ttag_error *err)
{
    *p = (part){0};
    mapping map;
    ttag_status status = mapping_open(&map, path, err);
    if (status != TTAG_OK)
        return status;
    status = part_open_memory(p, map.bytes, map.size, path, err);
    if (status == TTAG_OK)
        p->map = map;
    else
        mapping_close(&map);
    return status;
}

void part_close(part *p)
{
    mapping_close(&p->map);
    *p = (part){0};
}

/* ---- Into a tally. ---- */

/* All names as views; NULL: no memory. */
static ttag_view *view_names(const part *p)
{
    ttag_view *names = mem_new(p->header->n_names, sizeof *names);
    size_t at = 0;
    for (size_t i = 0; names && i < p->header->n_names; i++)
        next_name(p, i, &at, &names[i]);
    return names;
}

ttag_status part_start(const part *p, tally *t, ttag_error *err)
{
    const size_t n_tags = p->header->n_tags;
    ttag_view *names = view_names(p);
    scored_tag *tags = mem_new(n_tags, sizeof *tags);
    for (size_t i = 0; names && tags && i < n_tags; i++)
        tags[i] = (scored_tag){names[i], p->thresholds[i]};
    ttag_status status = names && tags ? tally_start_with(t, tags, n_tags, err) : fail_memory(err);
    mem_free(names);
    mem_free(tags);
    return status;
}

static ttag_status add_labels(const part *p, tally *t, const ttag_view *names, ttag_error *err)
{
    ttag_view *views = NULL;
    size_t capacity = 0, at = 0;
    ttag_status status = TTAG_OK;
    for (size_t i = 0; i < p->header->n_documents && status == TTAG_OK; i++) {
        const part_row *row = &p->rows[i];
        size_t n = (size_t)row->n_true + row->n_unknown;
        if (!mem_grow(&views, &capacity, n, sizeof *views)) {
            status = fail_memory(err);
            break;
        }
        for (size_t k = 0; k < n; k++)
            views[k] = names[p->items[at + k]];
        at += n;
        truth_labels labels = {views, row->n_true, n ? views + row->n_true : NULL, row->n_unknown,
                               row->unknown_others != 0};
        status = truth_add(&t->labels, &labels, err);
    }
    mem_free(views);
    return status;
}

static ttag_status add_results(const part *p, outcomes *o, ttag_error *err)
{
    const size_t first = o->n_documents * o->n_tags;
    ttag_status status = outcomes_extend(o, (size_t)p->header->n_documents, err);
    if (status != TTAG_OK)
        return status;
    const size_t n = o->n_documents * o->n_tags - first;
    for (size_t i = 0; i < n; i++) {
        o->pairs[first + i] = p->given[i] ? PAIR_GIVEN : 0;
        o->scores[first + i] = p->scores[i];
        o->probabilities[first + i] = p->probabilities[i];
    }
    return TTAG_OK;
}

ttag_status part_add(const part *p, tally *t, ttag_error *err)
{
    ttag_view *names = view_names(p);
    ttag_status status = names ? add_labels(p, t, names, err) : fail_memory(err);
    if (status == TTAG_OK)
        status = add_results(p, &t->results, err);
    t->unlabelled += (size_t)p->header->unlabelled;
    t->refused += (size_t)p->header->refused;
    mem_free(names);
    return status;
}
