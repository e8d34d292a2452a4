/* The pieces of an article that are scored: its passages, the title first, and windows of words
   within each. Takes no memory. */
#ifndef FEATURES_PIECES_H
#define FEATURES_PIECES_H

#include "ttag/features.h"
#include "ttag/passages.h"

enum { PIECE_STREAMS = 3 /* passages, windows of either size */ };

typedef struct text_piece {
    ttag_view text;
    unsigned stream;      /* 0: the passage itself; else a window of windows[stream - 1] words */
    bool title;           /* the passage is the title, which has no place in the text */
    ttag_passage passage; /* that it belongs to; with stream 0 its text is the piece's */
} text_piece;

/* Words between blanks, so many at a time. */
typedef struct window_walk {
    ttag_view text;
    size_t begin, end; /* of the window to come */
    uint32_t step;
    bool done;
} window_walk;

typedef struct piece_walk {
    const ttag_passage_rule *rule;
    ttag_view title;
    ttag_splitter splitter;
    text_piece at;
    window_walk windows;
    bool any;
} piece_walk;

/* The rule's unit is not ARTICLE. rule and article are borrowed. */
piece_walk piece_walk_over(const ttag_article *article, const ttag_text_opts *text,
                           const ttag_passage_rule *rule);
/* A passage, then its windows of the first size, then those of the second. There is one piece at
   least, be it empty. */
bool piece_walk_next(piece_walk *walk, text_piece *out);

/* NULL if the rule makes sense, else a sentence (static). */
const char *passage_rule_trouble(const ttag_passage_rule *rule);
/* Likewise of a second stage behind that rule. */
const char *second_stage_trouble(const ttag_second_stage *stage, const ttag_passage_rule *rule);

#endif
