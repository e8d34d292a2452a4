/* The pieces of an article that are scored: its passages, the title first, and windows of words
   within each. Takes no memory. */
#ifndef FEATURES_PIECES_H
#define FEATURES_PIECES_H

#include "ttag/features.h"
#include "ttag/passages.h"

enum { PIECE_STREAMS = 3 /* passages, windows of either size */ };

/* A passage that is the title has no place in the text. */
typedef struct text_piece {
    ttag_passage passage;
    bool title;
} text_piece;

typedef struct piece_walk {
    ttag_view title;
    ttag_splitter splitter;
    bool any;
} piece_walk;

/* The unit is not ARTICLE. The article is borrowed. */
piece_walk piece_walk_over(const ttag_article *article, const ttag_text_opts *text, ttag_unit unit);
/* There is one passage at least, be it empty. */
bool piece_walk_next(piece_walk *walk, text_piece *out);

/* The passage as a text of its own. */
static inline ttag_article piece_alone(const text_piece *piece, const ttag_article *article)
{
    return (ttag_article){.text = piece->passage.text,
                          .weight = 1,
                          .dropped = article->dropped,
                          .n_dropped = article->n_dropped};
}

/* The windows of a passage: `words` at a time, each half of that behind the one before it, but the
   last one ends with the passage. None where the passage has no more words than that. */
typedef struct window_walk {
    size_t first; /* of the window to come */
    size_t n, words;
    bool done;
} window_walk;

static inline window_walk windows_over(size_t n, uint32_t words)
{
    return (window_walk){.n = n, .words = words, .done = words == 0 || n <= words};
}

/* *first: the window's first word. */
static inline bool next_window(window_walk *w, size_t *first)
{
    if (w->done)
        return false;
    *first = w->first;
    w->done = w->first + w->words == w->n;
    w->first += w->words / 2;
    if (w->first > w->n - w->words)
        w->first = w->n - w->words;
    return true;
}

/* NULL if the rule makes sense, else a sentence (static). */
const char *passage_rule_trouble(const ttag_passage_rule *rule);
/* Likewise of a second stage behind that rule. */
const char *second_stage_trouble(const ttag_second_stage *stage, const ttag_passage_rule *rule);

#endif
