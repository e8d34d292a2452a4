/* bench_bandwidth [MB]: what one core gets out of memory, MB of 1,000,000 bytes a second: reading
   (a sum over 8-byte words) and copying, the best of some passes over an array far larger than the
   caches. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PASSES = 7, UNROLL = 8 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Σ x, in lanes that do not wait for each other. */
static uint64_t sum(const uint64_t *x, size_t n)
{
    uint64_t lanes[UNROLL] = {0}, total = 0;
    for (size_t i = 0; i + UNROLL <= n; i += UNROLL)
        for (size_t k = 0; k < UNROLL; k++)
            lanes[k] += x[i + k];
    for (size_t k = 0; k < UNROLL; k++)
        total += lanes[k];
    return total;
}

int main(int argc, char **argv)
{
    size_t mb = argc > 1 ? strtoul(argv[1], NULL, 10) : 256;
    size_t size = mb * 1000000 / sizeof(uint64_t) * sizeof(uint64_t);
    uint64_t *from = malloc(size + 1), *to = malloc(size + 1), sums = 0;
    if (size == 0 || !from || !to) {
        fputs("bench_bandwidth: expected a number of MB that there are twice\n", stderr);
        return 1;
    }
    memset(from, 1, size);
    memset(to, 2, size);
    double read = 1e9, copy = 1e9;
    for (int pass = 0; pass < PASSES; pass++) {
        double start = now();
        sums += sum(from, size / sizeof *from);
        double between = now();
        memcpy(to, from, size);
        double end = now();
        sums += to[sums % (size / sizeof *to)];
        read = between - start < read ? between - start : read;
        copy = end - between < copy ? end - between : copy;
    }
    /* the sum is of use to nobody, but a compiler that knew that would leave the reading out */
    printf("read %.0f copy %.0f sum %llu\n", (double)size / 1e6 / read, (double)size / 1e6 / copy,
           (unsigned long long)sums);
    free(from);
    free(to);
    return 0;
}
