/* Pieces of articles that are scored out of fold, never trained on: passages and windows of words,
   from which each rule of combining makes the article's score. */
#ifndef TRAIN_PROBES_H
#define TRAIN_PROBES_H

#include "articles/wholes.h"
#include "features/combine.h"
#include "train/df_order.h"
#include "train/lanes.h"
#include "ttag/boilerplate.h"
#include "ttag/passages.h"

/* At most. Windows or none; the best passage or several, or a second stage. */
enum { PROBE_WINDOWS = PIECE_STREAMS, PROBE_RULES = PROBE_WINDOWS * (TOP_PASSAGES + 1) };

typedef struct probe_rule {
    ttag_passage_rule rule;
    unsigned windows; /* kinds of windows, 0 to 2 */
    bool second;      /* the best three go through a second stage */
} probe_rule;

/* Zero-initialise before use. */
typedef struct probe_set {
    ttag_matrix x;          /* a row for each piece */
    size_t *row_starts;     /* of x, owned, as are … */
    uint32_t *terms;        /* … its terms … */
    float *values;          /* … and values */
    unsigned char *streams; /* x.n_rows: of each piece; a passage begins where it is 0 */
    size_t *starts;         /* n_wholes + 1 rows */
    uint32_t *fold_rows;    /* n_wholes: the article of the training whose fold is theirs */
    size_t n_wholes;
    float *log_passages; /* n_wholes: of how many each has */
    probe_rule rules[PROBE_RULES];
    size_t n_rules;
    unsigned n_windows; /* kinds of windows that are scored, 1 to 3 */
    bool borrowed;      /* all but the terms are another set's */
} probe_set;

/* The rules that are compared: windows or none, the best passage or several; n_tags says whether
   there is room for all of them, else there is one. */
ttag_status probes_make(probe_set *out, const whole_list *wholes, const ttag_vocabulary *vocabulary,
                        const ttag_text_opts *text, const ttag_boilerplate *boilerplate,
                        ttag_unit unit, size_t n_tags, unsigned threads, ttag_error *err);

/* The same pieces, terms numbered as in `order`; lives no longer than `set`. false: no memory. */
bool probes_order(probe_set *out, const probe_set *set, const df_order *order);

/* Where articles lie in the folds of one or more partitions. */
typedef struct probe_folds {
    const uint8_t *folds; /* partitions x n_articles */
    size_t n_articles;
    uint32_t n_folds;
} probe_folds;

/* Lanes are problems: lane l leaves out fold (first + l) % n_folds of partition (first + l) /
   n_folds. scores: partitions x x.n_rows, of pieces that some lane leaves out. */
void probes_score_problems(float *scores, const probe_set *set, const lanes *weights,
                           const probe_folds *folds, size_t first, size_t n_lanes);

/* Lanes are tags: scores[lane], each x.n_rows, of the pieces that `fold` of folds holds. */
void probes_score_tags(float *const scores[LANES], const probe_set *set, const lanes *weights,
                       const probe_folds *folds, uint8_t fold);

/* The scores of each article's three best passages, falling, where there are fewer with -FLT_MAX
   behind them. highest: n_windows x n_partitions x n_wholes x TOP_PASSAGES, from scores:
   n_partitions x x.n_rows. */
void probes_combine(float *highest, const probe_set *set, const float *scores, size_t n_partitions);

void probes_dispose(probe_set *set);

#endif
