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

/* As it lies in a window; one that begins before it has its start behind its end. */
typedef struct window_run {
    uint16_t start, end;
} window_run;

/* Those runs that end in one window of the text. */
typedef struct word_runs {
    ttag_view text;
    word_blocks_way *fill;
    bool singles;  /* runs of one byte, too */
    size_t window; /* where it begins … */
    size_t behind; /* … and the next one */
    size_t n;
    bool ascii;  /* all n of them are */
    size_t from; /* where a run begins that begins before the window */
    /* The run that reaches into the next window. */
    bool goes_on, goes_on_ascii;
    size_t goes_on_from;
    window_run items[WINDOW_RUNS];
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
    window_run run = runs->items[i];
    size_t start = run.start > run.end ? runs->from : runs->window + run.start;
    return (word_run){start, runs->window + run.end};
}

/* Bytes of a run that begins in the window; over SHORT_BYTES for another one. */
static inline unsigned run_size(window_run run)
{
    return (uint16_t)(run.end - run.start);
}

/* Whether the run is ASCII. */
bool run_is_ascii(const word_runs *runs, word_run run);

#endif
