/* A part of the feeds, as positions in all their files put one behind another. */
#ifndef ARTICLES_SHARD_H
#define ARTICLES_SHARD_H

#include "articles/walk.h"

/* From `begin` up to, but without, `end`. */
typedef struct shard_range {
    uint64_t begin, end;
} shard_range;

/* A file takes its bytes and one more, so that empty and missing files have a place as well. */
static inline uint64_t shard_extent(const walk_file *file)
{
    return file->size + 1;
}

/* The range of shard `shard` (from 1) of `shards`; `total` is the extent of all files. */
shard_range shard_range_of(uint64_t total, uint32_t shard, uint32_t shards);

/* How a range meets the file that begins at `position`. */
bool shard_is_past(const shard_range *range, uint64_t position); /* the range ends before it */
bool shard_meets(const shard_range *range, uint64_t position, const walk_file *file);
bool shard_covers(const shard_range *range, uint64_t position, const walk_file *file);
bool shard_holds(const shard_range *range, uint64_t position); /* the file's first byte */

#endif
