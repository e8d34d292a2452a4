/* The runs of word characters in a text, found many at a time. */
#ifndef FEATURES_WORD_RUNS_H
#define FEATURES_WORD_RUNS_H

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
    size_t window; /* where it begins … */
    size_t behind; /* … and the next one */
    size_t n;
    bool ascii; /* all n of them are */
    /* The run that reaches into the next window. */
    bool goes_on, goes_on_ascii;
    size_t goes_on_from;
    word_run items[WINDOW_RUNS];
    word_block blocks[WINDOW_BLOCKS];
    char lower[WINDOW_BYTES + SHORT_BYTES]; /* the window, lower-cased */
} word_runs;

void runs_init(word_runs *runs, ttag_view text);

/* The next window that has runs; false: there is none. */
bool runs_next(word_runs *runs);

/* The bytes of a run that begins in the window, lower-cased; SHORT_BYTES at least can be read. */
static inline const char *run_lower(const word_runs *runs, word_run run)
{
    return runs->lower + (run.start - runs->window);
}

static inline bool run_is_short(const word_runs *runs, word_run run)
{
    return run.end - run.start <= SHORT_BYTES && run.start >= runs->window;
}

/* Whether the run is ASCII. */
bool run_is_ascii(const word_runs *runs, word_run run);

#endif
