/* From bits to positions: a run begins at a bit whose lower neighbour is 0, and ends behind one
   whose upper neighbour is. */
#include "features/word_runs.h"

#include <string.h>

void runs_init(word_runs *r, ttag_view text)
{
    r->text = text;
    r->fill = word_blocks_best();
    r->window = r->behind = r->n = 0;
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

static void find_runs(word_runs *r, size_t n_blocks)
{
    uint64_t beyond = 0, before = r->goes_on;
    word_run *run = r->items;
    run->start = r->goes_on_from;
    size_t base = r->window;
    for (size_t b = 0; b < n_blocks; b++, base += BLOCK_BYTES) {
        uint64_t bits = r->blocks[b].words | r->blocks[b].beyond, shifted = bits << 1 | before;
        uint64_t starts = bits & ~shifted, ends = ~bits & shifted;
        beyond |= r->blocks[b].beyond;
        if (before && ends) { /* whose start is in an earlier block */
            run->end = base + (unsigned)__builtin_ctzll(ends);
            ends &= ends - 1;
            run++;
        }
        for (; ends; ends &= ends - 1, starts &= starts - 1) {
            run->start = base + (unsigned)__builtin_ctzll(starts);
            run->end = base + (unsigned)__builtin_ctzll(ends);
            run++;
        }
        if (starts)
            run->start = base + (unsigned)__builtin_ctzll(starts);
        before = bits >> 63;
    }
    bool at_end = r->behind == r->text.size;
    if (before && at_end) {
        run->end = r->text.size;
        run++;
        before = 0;
    }
    r->n = (size_t)(run - r->items);
    r->ascii = beyond == 0 && r->goes_on_ascii;
    r->goes_on = before != 0;
    r->goes_on_ascii = !r->goes_on || r->ascii;
    r->goes_on_from = r->goes_on ? run->start : 0;
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
