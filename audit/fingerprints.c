/* hash(i) = Σ words[i + k] FACTOR^(run - 1 - k) mod 2^64, mixed; rolled from one run to the next.
 */
#include "audit/fingerprints.h"

#include "base/memory.h"

static const uint64_t FACTOR = 0x9e3779b97f4a7c15u;

static uint64_t mix(uint64_t h)
{
    h = (h ^ (h >> 32)) * 0xd6e8feb86659fd93u;
    h = (h ^ (h >> 32)) * 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}

static void hash_runs(uint64_t *out, const uint64_t *words, size_t n, size_t run)
{
    uint64_t sum = 0, highest = 1;
    for (size_t k = 1; k < run; k++)
        highest *= FACTOR;
    for (size_t i = 0; i < n; i++) {
        if (i >= run)
            sum -= words[i - run] * highest;
        sum = sum * FACTOR + words[i];
        if (i + 1 >= run)
            out[i + 1 - run] = mix(sum);
    }
}

/* Last place of the least of hashes[first … end - 1]. */
static size_t least_of(const uint64_t *hashes, size_t first, size_t end)
{
    size_t least = first;
    for (size_t i = first + 1; i < end; i++)
        least = hashes[i] <= hashes[least] ? i : least;
    return least;
}

bool fingerprints_add(fingerprint_list *out, const uint64_t *words, size_t n, size_t run,
                      size_t window)
{
    if (n < run + window - 1)
        return true;
    size_t n_runs = n - run + 1;
    if (!mem_grow(&out->hashes, &out->hashes_capacity, n_runs, sizeof *out->hashes))
        return false;
    hash_runs(out->hashes, words, n, run);
    size_t least = n_runs; /* none yet */
    for (size_t end = window; end <= n_runs; end++) {
        size_t before = least, first = end - window;
        if (least == n_runs || least < first)
            least = least_of(out->hashes, first, end);
        else if (out->hashes[end - 1] <= out->hashes[least])
            least = end - 1;
        if (least == before)
            continue;
        if (!mem_grow(&out->items, &out->capacity, out->n + 1, sizeof *out->items))
            return false;
        out->items[out->n++] = (fingerprint){out->hashes[least], (uint32_t)least};
    }
    return true;
}

void fingerprints_dispose(fingerprint_list *list)
{
    mem_free(list->items);
    mem_free(list->hashes);
    *list = (fingerprint_list){0};
}
