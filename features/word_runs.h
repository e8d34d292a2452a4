/* The runs of word characters in a text, found many at a time. */
#ifndef FEATURES_WORD_RUNS_H
#define FEATURES_WORD_RUNS_H

#include "features/bit_positions.h"
#include "features/short_bytes.h"
#include "features/word_blocks.h"

enum {
    WINDOW_BLOCKS = 16,
    WINDOW_BYTES = WINDOW_BLOCKS * BLOCK_BYTES,
    WINDOW_RUNS = WINDOW_BYTES / 2 + 1
};

/* A run has no ASCII byte that is no word character, and stands between two such bytes or ends of
   the text. What is not ASCII in it may be anything. */
typedef struct word_run {
    size_t start, end;
} word_run;

/* Those runs that end in one window of the text. */
typedef struct word_runs {
    ttag_view text;
    word_blocks_way *fill;
    bit_positions_way *find;
    bool singles;  /* runs of one byte, too */
    size_t window; /* where it begins … */
    size_t behind; /* … and the next one */
    size_t n;
    bool ascii;  /* all n of them are */
    size_t from; /* where a run begins that begins before the window */
    /* The run that reaches into the next window. */
    bool goes_on, goes_on_ascii;
    size_t goes_on_from;
    /* In the window; that of a run that begins before it is behind its end. */
    uint16_t starts[WINDOW_RUNS + POSITIONS_ROOM], ends[WINDOW_RUNS + POSITIONS_ROOM];
    word_block blocks[WINDOW_BLOCKS];
    char lower[WINDOW_BYTES + SHORT_BYTES]; /* the window, lower-cased; SHORT_BYTES can be read
                                               from each of its bytes on */
} word_runs;

/* Without `singles`, runs of one byte are left out, but for some. */
void runs_init(word_runs *runs, ttag_view text, bool singles);

/* The next window that has runs; false: there is none. */
bool runs_next(word_runs *runs);

/* Run number i. */
static inline word_run run_at(const word_runs *runs, size_t i)
{
    bool before = runs->starts[i] > runs->ends[i];
    size_t start = before ? runs->from : runs->window + runs->starts[i];
    return (word_run){start, runs->window + runs->ends[i]};
}

/* Bytes of run number i, if it begins in the window; over SHORT_BYTES if before. */
static inline unsigned run_size(const word_runs *runs, size_t i)
{
    return (uint16_t)(runs->ends[i] - runs->starts[i]);
}

/* Whether the run is ASCII. */
bool run_is_ascii(const word_runs *runs, word_run run);

#endif
