/* An article's scores from those of its passages, and which of them speak for a tag. */
#ifndef CLASSIFY_BY_PASSAGE_H
#define CLASSIFY_BY_PASSAGE_H

#include "classify/score.h"
#include "features/pieces.h"
#include "ttag/classify.h"

/* A passage that was scored. */
typedef struct scored_passage {
    ttag_passage passage;
    bool title;
} scored_passage;

/* Zero-initialise before use. */
typedef struct by_passage {
    const ttag_model_parts *parts;
    const scorer *scorer;
    float *piece;   /* stride: scores of one piece */
    float *streams; /* PIECE_STREAMS x stride: the highest of a passage */
    float *highest; /* top x stride: of the article's passages */
    size_t keep;    /* so many of the best passages for each tag are wanted */
    bool *wanted;   /* passages: while others are let go */
    scored_passage *passages;
    float *scores;                                         /* n_passages x stride */
    size_t n_passages, passages_capacity, scores_capacity; /* n_passages: that were kept */
    size_t wanted_capacity;
    float log_passages;           /* of how many the article has */
    ttag_passage_evidence *items; /* of the article's tags, one behind another */
    size_t n_items, items_capacity;
} by_passage;

bool by_passage_init(by_passage *b, const scorer *with, size_t keep); /* false: no memory */
void by_passage_dispose(by_passage *b);

/* scores: weight_stride floats, of which the first n_tags are the result. */
ttag_status by_passage_score(by_passage *b, float *scores, ttag_vectorizer *vectorizer,
                             const ttag_article *article, ttag_error *err);

/* Appends the best passages for a tag to items, at most `limit`, which is at most `keep`, the best
   first; there is one at least. false: no memory. */
bool by_passage_explain(by_passage *b, size_t tag, size_t limit);

#endif
