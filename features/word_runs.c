/* From bits to positions: a run begins at a bit whose lower neighbour is 0, and ends behind one
   whose upper neighbour is. */
#include "features/word_runs.h"

#include <string.h>

void runs_init(word_runs *r, ttag_view text, bool singles)
{
    r->text = text;
    r->fill = word_blocks_best();
    r->singles = singles;
    r->window = r->behind = r->n = r->from = 0;
    r->ascii = true;
    r->goes_on = false;
    r->goes_on_ascii = true;
    r->goes_on_from = 0;
    memset(r->lower + WINDOW_BYTES, 0, SHORT_BYTES);
}

/* The blocks of the window; behind the text there are zeros. Returns how many. */
static size_t fill_window(word_runs *r)
{
    r->window = r->behind;
    const char *bytes = r->text.bytes + r->window;
    size_t size = r->text.size - r->window;
    if (size > WINDOW_BYTES)
        size = WINDOW_BYTES;
    r->behind += size;
    size_t whole = size / BLOCK_BYTES, rest = size % BLOCK_BYTES;
    r->fill(r->blocks, r->lower, bytes, whole);
    if (rest > 0) {
        char last[BLOCK_BYTES] = {0};
        memcpy(last, bytes + whole * BLOCK_BYTES, rest);
        r->fill(r->blocks + whole, r->lower + whole * BLOCK_BYTES, last, 1);
    }
    return whole + (rest > 0);
}

/* Bits of the blocks where runs may be. Returns whether all is ASCII. */
static bool join_bits(const word_runs *r, size_t n_blocks, uint64_t bits[WINDOW_BLOCKS + 1])
{
    uint64_t beyond = 0, before = r->goes_on;
    for (size_t b = 0; b < n_blocks; b++) {
        beyond |= r->blocks[b].beyond;
        bits[b] = r->blocks[b].words | r->blocks[b].beyond;
    }
    bits[n_blocks] = r->behind < r->text.size; /* not known yet: a run may go on */
    for (size_t b = 0; b < n_blocks && !r->singles; b++) {
        uint64_t lower = bits[b] << 1 | before, upper = bits[b] >> 1 | bits[b + 1] << 63;
        before = bits[b] >> 63;
        bits[b] &= lower | upper | r->blocks[b].beyond;
    }
    return beyond == 0;
}

static void end_run(window_run *run, unsigned end, bool *carried)
{
    run->end = (uint16_t)end;
    if (*carried)
        run->start = (uint16_t)(end + 1);
    *carried = false;
}

static void find_runs(word_runs *r, size_t n_blocks)
{
    uint64_t bits[WINDOW_BLOCKS + 1], before = r->goes_on;
    bool carried = r->goes_on; /* the open run begins before the window */
    window_run *run = r->items;
    unsigned base = 0;
    r->from = r->goes_on_from;
    r->ascii = join_bits(r, n_blocks, bits) && r->goes_on_ascii;
    for (size_t b = 0; b < n_blocks; b++, base += BLOCK_BYTES) {
        uint64_t shifted = bits[b] << 1 | before;
        uint64_t starts = bits[b] & ~shifted, ends = ~bits[b] & shifted;
        if (before && ends) { /* the open run */
            end_run(run++, base + (unsigned)__builtin_ctzll(ends), &carried);
            ends &= ends - 1;
        }
        for (; ends; ends &= ends - 1, starts &= starts - 1, run++) {
            run->start = (uint16_t)(base + (unsigned)__builtin_ctzll(starts));
            run->end = (uint16_t)(base + (unsigned)__builtin_ctzll(ends));
        }
        if (starts)
            run->start = (uint16_t)(base + (unsigned)__builtin_ctzll(starts));
        before = bits[b] >> 63;
    }
    r->goes_on = before && r->behind < r->text.size;
    r->goes_on_from = carried ? r->from : r->window + run->start;
    r->goes_on_ascii = !r->goes_on || r->ascii;
    if (before && !r->goes_on)
        end_run(run++, (unsigned)(r->text.size - r->window), &carried);
    r->n = (size_t)(run - r->items);
}

bool runs_next(word_runs *r)
{
    do {
        if (r->behind == r->text.size)
            return false;
        find_runs(r, fill_window(r));
    } while (r->n == 0);
    return true;
}

bool run_is_ascii(const word_runs *r, word_run run)
{
    if (r->ascii)
        return true;
    unsigned char all = 0;
    for (size_t i = run.start; i < run.end; i++)
        all |= (unsigned char)r->text.bytes[i];
    return all < 0x80;
}
