/* Scores of pieces, sixteen problems or tags abreast, and of these the articles'. */
#include <float.h>
#include <string.h>

#include "base/simd.h"
#include "features/pieces.h"
#include "train/probes.h"

/* ---- Pieces. ---- */

SIMD_CLONES
void probes_score_problems(float *scores, const probe_set *set, const lanes *weights,
                           const probe_folds *folds, size_t first, size_t n_lanes)
{
    const ttag_matrix *x = &set->x;
    size_t end = first + n_lanes;
    for (size_t w = 0; w < set->n_wholes; w++) {
        size_t places[LANES], lane_of[LANES], n = 0;
        for (size_t p = first / folds->n_folds; p * folds->n_folds < end; p++) {
            size_t problem =
                p * folds->n_folds + folds->folds[p * folds->n_articles + set->fold_rows[w]];
            if (problem < first || problem >= end)
                continue;
            lane_of[n] = problem - first;
            places[n++] = p * x->n_rows;
        }
        for (size_t i = set->starts[w]; n > 0 && i < set->starts[w + 1]; i++) {
            lanes f;
            float decided[LANES];
            lanes_decide(&f, weights, &weights[x->n_columns], x, i);
            memcpy(decided, &f, sizeof decided);
            for (size_t k = 0; k < n; k++)
                scores[places[k] + i] = decided[lane_of[k]];
        }
    }
}

SIMD_CLONES
void probes_score_tags(float *const scores[LANES], const probe_set *set, const lanes *weights,
                       const probe_folds *folds, uint8_t fold)
{
    const ttag_matrix *x = &set->x;
    for (size_t w = 0; w < set->n_wholes; w++) {
        if (folds->folds[set->fold_rows[w]] != fold)
            continue;
        for (size_t i = set->starts[w]; i < set->starts[w + 1]; i++) {
            lanes f;
            float decided[LANES];
            lanes_decide(&f, weights, &weights[x->n_columns], x, i);
            memcpy(decided, &f, sizeof decided);
            for (size_t lane = 0; lane < LANES; lane++)
                if (scores[lane])
                    scores[lane][i] = decided[lane];
        }
    }
}

/* ---- Articles. ---- */

/* The three best passages with so many streams, from the scores of all pieces. */
static void find_highest(float *highest, const float *scores, const unsigned char *streams,
                         size_t n_pieces, unsigned n)
{
    for (unsigned k = 0; k < TOP_PASSAGES; k++)
        highest[k] = -FLT_MAX;
    for (size_t i = 0; i < n_pieces;) {
        float best[PIECE_STREAMS] = {-FLT_MAX, -FLT_MAX, -FLT_MAX};
        do {
            float *stream = &best[streams[i]];
            *stream = scores[i] > *stream ? scores[i] : *stream;
            i++;
        } while (i < n_pieces && streams[i] > 0);
        keep_highest(highest, 1, TOP_PASSAGES, combine_streams(best, 1, n));
    }
}

void probes_combine(float *highest, const probe_set *set, const float *scores, size_t n_partitions)
{
    for (unsigned n = 1; n <= set->n_windows; n++)
        for (size_t p = 0; p < n_partitions; p++)
            for (size_t w = 0; w < set->n_wholes; w++, highest += TOP_PASSAGES)
                find_highest(highest, scores + p * set->x.n_rows + set->starts[w],
                             set->streams + set->starts[w], set->starts[w + 1] - set->starts[w], n);
}
