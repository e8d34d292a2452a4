/* Parts put together again, in the order of the feed. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "evaluate/evaluation.h"
#include "evaluate/part.h"

/* A part and where it came from. */
typedef struct piece {
    part part;
    const char *path;
} piece;

static int by_shard(const void *a, const void *b)
{
    uint32_t x = ((const piece *)a)->part.header->shard, y = ((const piece *)b)->part.header->shard;
    return (x > y) - (x < y);
}

/* In what the part differs from one that it is to be merged with, or NULL. */
static const char *difference(const part *p, const part *other)
{
    const part_header *a = p->header, *b = other->header;
    if (a->model != b->model || a->n_tags != b->n_tags)
        return "another model";
    if (a->cut != b->cut || a->flags != b->flags || a->probability != b->probability ||
        a->rules != b->rules)
        return "other options";
    if (a->shards != b->shards)
        return "another number of shards";
    if (a->feed_size != b->feed_size)
        return "a feed of another size";
    if (memcmp(p->thresholds, other->thresholds, a->n_tags * sizeof *p->thresholds) != 0)
        return "other thresholds";
    return NULL;
}

static ttag_status check_alike(const piece *pieces, size_t n, ttag_error *err)
{
    for (size_t i = 1; i < n; i++) {
        const char *what = difference(&pieces[i].part, &pieces[0].part);
        if (what)
            return fail_at(err, TTAG_INVALID, pieces[i].path, 0, 0,
                           "was made with %s than %s; expected parts of one evaluation", what,
                           pieces[0].path);
    }
    return TTAG_OK;
}

/* Pieces in order of shard: each once, none missing. */
static ttag_status check_complete(const piece *pieces, size_t n, ttag_error *err)
{
    const uint32_t shards = pieces[0].part.header->shards;
    for (size_t i = 0; i < n; i++) {
        uint32_t shard = pieces[i].part.header->shard;
        if (i > 0 && shard == pieces[i - 1].part.header->shard)
            return fail_at(err, TTAG_INVALID, pieces[i].path, 0, 0,
                           "is shard %u of %u, and so is %s", (unsigned)shard, (unsigned)shards,
                           pieces[i - 1].path);
        if (shard != i + 1)
            return fail(err, TTAG_INVALID, "shard %zu of %u is missing", i + 1, (unsigned)shards);
    }
    if (n < shards)
        return fail(err, TTAG_INVALID, "shard %zu of %u is missing", n + 1, (unsigned)shards);
    return TTAG_OK;
}

static bool same_names(const part *p, const tally *t)
{
    size_t at = 0;
    for (size_t i = 0; i < t->n_tags; i++) {
        ttag_view name = t->tags[i].name;
        if (p->name_sizes[i] != name.size || memcmp(p->names + at, name.bytes, name.size) != 0)
            return false;
        at += name.size;
    }
    return true;
}

static ttag_status add_pieces(tally *t, const piece *pieces, size_t n, ttag_error *err)
{
    ttag_status status = part_start(&pieces[0].part, t, err);
    for (size_t i = 0; i < n && status == TTAG_OK; i++) {
        if (!same_names(&pieces[i].part, t))
            return fail_at(err, TTAG_INVALID, pieces[i].path, 0, 0,
                           "has other tags than %s; expected parts of one evaluation",
                           pieces[0].path);
        status = part_add(&pieces[i].part, t, err);
    }
    return status;
}

ttag_status ttag_evaluation_merge(ttag_evaluation **out, const char *const *parts, size_t n_parts,
                                  uint32_t threads, const ttag_monitor *monitor, ttag_error *err)
{
    *out = NULL;
    if (n_parts == 0)
        return fail(err, TTAG_INVALID, "no part is given; expected the parts of an evaluation");
    tally t = {0};
    size_t n = 0;
    ttag_status status = TTAG_OK;
    piece *pieces = mem_zero(n_parts, sizeof *pieces);
    if (!pieces)
        return fail_memory(err);
    for (; n < n_parts && status == TTAG_OK; n++) {
        pieces[n].path = parts[n];
        status = part_open(&pieces[n].part, parts[n], err);
    }
    if (status != TTAG_OK || (status = check_alike(pieces, n, err)) != TTAG_OK)
        goto done;
    qsort(pieces, n, sizeof *pieces, by_shard);
    if ((status = check_complete(pieces, n, err)) != TTAG_OK ||
        (status = add_pieces(&t, pieces, n, err)) != TTAG_OK)
        goto done;
    status = evaluation_new(out, &t, thread_count(threads), monitor, err);
    if (status == TTAG_OK)
        evaluation_keep(*out, &t);
done:
    tally_dispose(&t);
    for (size_t i = 0; i < n; i++)
        part_close(&pieces[i].part);
    mem_free(pieces);
    return status;
}
