/* Piece after piece: vector, scores, and the highest of them. */
#include "classify/by_passage.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/simd.h"
#include "classify/decisions.h"
#include "features/combine.h"
#include "features/vectorizer.h"

bool by_passage_init(by_passage *b, const scorer *with, size_t keep)
{
    size_t stride = with->parts->weight_stride, n_streams, n_highest;
    *b = (by_passage){.parts = with->parts, .scorer = with, .keep = keep};
    if (!size_mul(&n_streams, stride, PIECE_STREAMS) || !size_mul(&n_highest, stride, TOP_PASSAGES))
        return false;
    b->piece = mem_new(stride, sizeof *b->piece);
    b->streams = mem_new(n_streams, sizeof *b->streams);
    b->highest = mem_new(n_highest, sizeof *b->highest);
    return b->piece && b->streams && b->highest;
}

void by_passage_dispose(by_passage *b)
{
    mem_free(b->piece);
    mem_free(b->streams);
    mem_free(b->highest);
    mem_free(b->wanted);
    mem_free(b->passages);
    mem_free(b->scores);
    mem_free(b->items);
    *b = (by_passage){0};
}

/* ---- Scores. ---- */

SIMD_CLONES
static void clear(float *highest, size_t n)
{
    for (size_t t = 0; t < n; t++)
        highest[t] = -FLT_MAX;
}

SIMD_CLONES
static void take_higher(float *restrict highest, const float *restrict scores, size_t n)
{
    for (size_t t = 0; t < n; t++)
        highest[t] = scores[t] > highest[t] ? scores[t] : highest[t];
}

/* Its scores are left in b->piece. */
SIMD_CLONES
static void combine_passage(const by_passage *b)
{
    const ttag_passage_rule *rule = &b->parts->passages;
    size_t stride = b->parts->weight_stride;
    unsigned n = rule_streams(rule);
    for (size_t t = 0; t < stride; t++)
        b->piece[t] = combine_streams(b->streams + t, stride, n);
    for (size_t t = 0; t < stride; t++)
        keep_highest(b->highest + t, stride, rule->top, b->piece[t]);
}

/* The best passage for a tag that comes behind the one that was told last; n_passages: none. */
static size_t next_best(const by_passage *b, size_t tag, size_t told)
{
    size_t best = b->n_passages, stride = b->parts->weight_stride;
    for (size_t i = 0; i < b->n_passages; i++) {
        float score = b->scores[i * stride + tag];
        bool behind = told == b->n_passages || score < b->scores[told * stride + tag] ||
                      (score == b->scores[told * stride + tag] && i > told);
        if (behind && (best == b->n_passages || score > b->scores[best * stride + tag]))
            best = i;
    }
    return best;
}

/* So many passages are kept before those are let go that no tag wants, half of them or more. */
static size_t passages_most(const by_passage *b)
{
    enum { SOME = 1024 };
    size_t most;
    return size_mul(&most, b->keep, 2 * b->parts->n_tags) && size_add(&most, most, SOME) ? most
                                                                                         : SIZE_MAX;
}

static bool let_go(by_passage *b)
{
    size_t kept = 0, stride = b->parts->weight_stride;
    if (!mem_grow(&b->wanted, &b->wanted_capacity, b->n_passages, sizeof *b->wanted))
        return false;
    memset(b->wanted, 0, b->n_passages * sizeof *b->wanted);
    for (size_t t = 0; t < b->parts->n_tags; t++) {
        size_t at = b->n_passages;
        for (size_t k = 0; k < b->keep && (at = next_best(b, t, at)) < b->n_passages; k++)
            b->wanted[at] = true;
    }
    for (size_t i = 0; i < b->n_passages; i++) {
        if (!b->wanted[i])
            continue;
        memmove(b->scores + kept * stride, b->scores + i * stride, stride * sizeof *b->scores);
        b->passages[kept++] = b->passages[i];
    }
    b->n_passages = kept;
    return true;
}

static bool keep_passage(by_passage *b, const text_piece *piece)
{
    if (b->n_passages >= passages_most(b) && !let_go(b))
        return false;
    size_t stride = b->parts->weight_stride, n;
    if (!size_mul(&n, b->n_passages + 1, stride) ||
        !mem_grow(&b->scores, &b->scores_capacity, n, sizeof *b->scores) ||
        !mem_grow(&b->passages, &b->passages_capacity, b->n_passages + 1, sizeof *b->passages))
        return false;
    memcpy(b->scores + (n - stride), b->piece, stride * sizeof *b->scores);
    b->passages[b->n_passages++] = (scored_passage){piece->passage, piece->title};
    return true;
}

static void combine_article(const by_passage *b, float *scores)
{
    size_t stride = b->parts->weight_stride;
    const ttag_second_stage *second = &b->parts->second;
    for (size_t t = 0; t < stride; t++)
        scores[t] = combine_highest(b->highest + t, stride, b->parts->passages.top);
    for (size_t t = 0; second->used && t < b->parts->n_tags; t++)
        if (!b->parts->tags[t].constant)
            scores[t] = second_stage_score(second, b->highest + t, stride, b->log_passages);
}

/* The scores of some words of the passage whose terms were found last go to a stream. */
static ttag_status score_run(const by_passage *b, ttag_vectorizer *vectorizer, size_t first,
                             size_t n, unsigned stream, ttag_error *err)
{
    ttag_vector vector;
    size_t stride = b->parts->weight_stride;
    ttag_status status = vectorizer_run(vectorizer, &vector, first, n, err);
    if (status != TTAG_OK)
        return status;
    score_tags(b->piece, b->scorer, &vector);
    take_higher(b->streams + stream * stride, b->piece, stride);
    return TTAG_OK;
}

/* The passage as a whole, and its windows. */
static ttag_status score_passage(const by_passage *b, ttag_vectorizer *vectorizer,
                                 const ttag_article *passage, ttag_error *err)
{
    size_t n, first;
    ttag_status status = vectorizer_find(vectorizer, passage, &n, err);
    clear(b->streams, b->parts->weight_stride * PIECE_STREAMS);
    if (status == TTAG_OK)
        status = score_run(b, vectorizer, 0, n, 0, err);
    for (unsigned k = 0; k + 1 < PIECE_STREAMS; k++) {
        uint32_t words = b->parts->passages.windows[k];
        window_walk windows = windows_over(n, words);
        while (status == TTAG_OK && next_window(&windows, &first))
            status = score_run(b, vectorizer, first, words, k + 1, err);
    }
    return status;
}

ttag_status by_passage_score(by_passage *b, float *scores, ttag_vectorizer *vectorizer,
                             const ttag_article *article, ttag_error *err)
{
    piece_walk walk = piece_walk_over(article, &b->parts->text, b->parts->passages.unit);
    text_piece piece;
    size_t n_passages = 0;
    b->n_passages = b->n_items = 0;
    clear(b->highest, b->parts->weight_stride * TOP_PASSAGES);
    for (; piece_walk_next(&walk, &piece); n_passages++) {
        const ttag_article alone = piece_alone(&piece, article);
        ttag_status status = score_passage(b, vectorizer, &alone, err);
        if (status != TTAG_OK)
            return status;
        combine_passage(b);
        if (b->keep && !keep_passage(b, &piece))
            return fail_memory(err);
    }
    b->log_passages = log_passages(n_passages);
    combine_article(b, scores);
    return TTAG_OK;
}

/* ---- Evidence. ---- */

/* What an article as long as this one has whose best passages all have that score. */
static float passage_probability(const by_passage *b, const ttag_model_tag *tag, float score)
{
    const ttag_second_stage *second = &b->parts->second;
    if (tag->constant)
        return 1;
    if (second->used)
        score = second_stage_score(second, &score, 0, b->log_passages);
    return tag_probability(tag, score);
}

bool by_passage_explain(by_passage *b, size_t tag, size_t limit)
{
    const ttag_model_tag *of = &b->parts->tags[tag];
    size_t at = b->n_passages;
    for (size_t k = 0; k < limit; k++) {
        at = next_best(b, tag, at);
        if (at == b->n_passages)
            break;
        if (!mem_grow(&b->items, &b->items_capacity, b->n_items + 1, sizeof *b->items))
            return false;
        const ttag_passage *passage = &b->passages[at].passage;
        float score = b->scores[at * b->parts->weight_stride + tag];
        b->items[b->n_items++] = (ttag_passage_evidence){
            passage->text,         passage->first, passage->behind,
            b->passages[at].title, score,          passage_probability(b, of, score),
        };
    }
    return true;
}
