/* Cutting the feeds by bytes. */
#include "articles/shard.h"

/* floor(total * part / parts), part <= parts, without overflow */
static uint64_t cut(uint64_t total, uint64_t part, uint64_t parts)
{
    return total / parts * part + total % parts * part / parts;
}

shard_range shard_range_of(uint64_t total, uint32_t shard, uint32_t shards)
{
    return (shard_range){cut(total, shard - 1, shards), cut(total, shard, shards)};
}

bool shard_is_past(const shard_range *range, uint64_t position)
{
    return position >= range->end;
}

bool shard_meets(const shard_range *range, uint64_t position, const walk_file *file)
{
    return position < range->end && position + shard_extent(file) > range->begin;
}

bool shard_covers(const shard_range *range, uint64_t position, const walk_file *file)
{
    return position >= range->begin && position + shard_extent(file) <= range->end;
}

bool shard_holds(const shard_range *range, uint64_t position)
{
    return position >= range->begin && position < range->end;
}
