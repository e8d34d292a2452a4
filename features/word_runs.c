/* From bits to positions: a run begins at a bit whose lower neighbour is 0, and ends behind one
   whose upper neighbour is. */
#include "features/word_runs.h"

#include <string.h>

void runs_init(word_runs *r, ttag_view text, bool singles)
{
    r->text = text;
    r->fill = word_blocks_best();
    r->find = bit_positions_best();
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

/* From where there is a run to where runs begin and where they end. Returns whether one reaches to
   the end of the blocks. */
static bool find_edges(uint64_t *restrict starts, uint64_t *restrict ends, const uint64_t *bits,
                       size_t n_blocks, uint64_t before)
{
    for (size_t b = 0; b < n_blocks; b++) {
        uint64_t shifted = bits[b] << 1 | before;
        starts[b] = bits[b] & ~shifted;
        ends[b] = ~bits[b] & shifted;
        before = bits[b] >> 63;
    }
    return before;
}

static void find_runs(word_runs *r, size_t n_blocks)
{
    uint64_t bits[WINDOW_BLOCKS + 1], starts[WINDOW_BLOCKS], ends[WINDOW_BLOCKS];
    bool carried = r->goes_on; /* the first run begins before the window */
    r->from = r->goes_on_from;
    r->ascii = join_bits(r, n_blocks, bits) && r->goes_on_ascii;
    bool open = find_edges(starts, ends, bits, n_blocks, carried);
    r->n = r->find(r->ends, ends, n_blocks);
    r->find(r->starts + carried, starts, n_blocks);
    r->goes_on = open && r->behind < r->text.size;
    if (open && !r->goes_on)
        r->ends[r->n++] = (uint16_t)(r->text.size - r->window);
    if (carried && r->n > 0)
        r->starts[0] = (uint16_t)(r->ends[0] + 1);
    if (r->goes_on) /* the same run, if it began before and no other has ended */
        r->goes_on_from = carried && r->n == 0 ? r->from : r->window + r->starts[r->n];
    r->goes_on_ascii = !r->goes_on || r->ascii;
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
