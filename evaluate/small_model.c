/* Which weights matter, and the model of those that do. */
#include "evaluate/small_model.h"

#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "classify/packed_rows.h"

/* ---- What matters. ---- */

enum { BUCKET_SHIFT = 16, N_BUCKETS = 1 << 15 };

/* Of numbers that are not negative. */
static uint32_t bucket_of(float matter)
{
    uint32_t bits;
    memcpy(&bits, &matter, sizeof bits);
    return (bits & 0x7fffffff) >> BUCKET_SHIFT;
}

/* A damaged model's weight that is no number counts as none. */
static float weight_at(const ttag_model_parts *parts, size_t term, size_t tag)
{
    float w = parts->weights[term * parts->weight_stride + tag];
    return isfinite(w) ? w : 0;
}

static uint32_t matter_of(const importance *m, size_t term, size_t tag, float weight)
{
    return bucket_of(fabsf(weight) * m->of_term[term] * m->of_tag[tag]);
}

static void fill_terms(importance *m)
{
    const ttag_vocabulary *v = &m->parts->vocabulary;
    for (size_t term = 0; term < v->n_terms; term++)
        m->of_term[term] = (float)(fabs((double)v->idf[term]) * sqrt((double)v->df[term]));
}

static void fill_tags(importance *m, double *squares)
{
    const ttag_model_parts *parts = m->parts;
    for (size_t term = 0; term < parts->vocabulary.n_terms; term++)
        for (size_t tag = 0; tag < parts->n_tags; tag++) {
            double effect = (double)weight_at(parts, term, tag) * (double)m->of_term[term];
            squares[tag] += effect * effect;
        }
    for (size_t tag = 0; tag < parts->n_tags; tag++)
        m->of_tag[tag] = squares[tag] > 0 ? (float)(1 / sqrt(sqrt(squares[tag]))) : 1;
}

static void count_weights(importance *m)
{
    const ttag_model_parts *parts = m->parts;
    for (size_t term = 0; term < parts->vocabulary.n_terms; term++)
        for (size_t tag = 0; tag < parts->n_tags; tag++) {
            float weight = weight_at(parts, term, tag);
            if (weight == 0)
                continue;
            m->counts[matter_of(m, term, tag, weight)]++;
            m->total++;
        }
}

ttag_status importance_init(importance *m, const ttag_model_parts *parts, ttag_error *err)
{
    double *squares = mem_zero(parts->n_tags, sizeof *squares);
    *m = (importance){.parts = parts,
                      .of_term = mem_new(parts->vocabulary.n_terms, sizeof *m->of_term),
                      .of_tag = mem_new(parts->n_tags, sizeof *m->of_tag),
                      .counts = mem_zero(N_BUCKETS, sizeof *m->counts)};
    bool ok = squares && m->of_term && m->of_tag && m->counts;
    if (ok) {
        fill_terms(m);
        fill_tags(m, squares);
        count_weights(m);
    }
    mem_free(squares);
    return ok ? TTAG_OK : fail_memory(err);
}

void importance_dispose(importance *m)
{
    mem_free(m->of_term);
    mem_free(m->of_tag);
    mem_free(m->counts);
    *m = (importance){0};
}

uint32_t importance_cut(const importance *m, double share)
{
    double allowed = share * (double)m->total, below = 0;
    uint32_t cut = 0;
    while (cut + 1 < N_BUCKETS && below + (double)m->counts[cut] <= allowed)
        below += (double)m->counts[cut++];
    return cut;
}

/* ---- The model of it. ---- */

typedef struct selection {
    const importance *m;
    uint32_t cut;
    float *row; /* n_tags: the term's weights that are kept */
} selection;

/* Fills the row; false: all are 0. */
static bool select_row(const selection *s, size_t term)
{
    bool any = false;
    for (size_t tag = 0; tag < s->m->parts->n_tags; tag++) {
        float weight = weight_at(s->m->parts, term, tag);
        bool kept = weight != 0 && matter_of(s->m, term, tag, weight) >= s->cut;
        s->row[tag] = kept ? weight : 0;
        any |= kept;
    }
    return any;
}

/* Rows of the terms that are left, one behind another. */
static size_t put_rows(small_model *s, const selection *selected, ttag_weight_type type,
                       bool all_terms)
{
    const ttag_model_parts *parts = selected->m->parts;
    size_t n = 0;
    for (size_t term = 0; term < parts->vocabulary.n_terms; term++) {
        bool any = select_row(selected, term);
        if (!any && !all_terms)
            continue;
        s->terms[n] = (uint32_t)term;
        s->starts[n++] = any ? (uint32_t)(s->rows.size / 4) : PACKED_NONE;
        if (any)
            packed_row_put(&s->rows, selected->row, parts->n_tags, type);
    }
    return n;
}

static ttag_status put_parts(small_model *s, const ttag_model_parts *large, size_t n_terms,
                             ttag_weight_type type, ttag_error *err)
{
    for (size_t tag = 0; tag < large->n_tags; tag++)
        s->tags[tag] = large->tags[tag];
    s->model.parts = *large;
    ttag_model_parts *parts = &s->model.parts;
    parts->tags = s->tags;
    parts->weights = NULL;
    parts->packed = (ttag_packed_weights){
        type, s->starts, (const unsigned char *)buffer_as_view(&s->rows).bytes, s->rows.size};
    if (n_terms == large->vocabulary.n_terms)
        return TTAG_OK;
    ttag_status status =
        vocabulary_part(&s->vocabulary, &large->vocabulary, s->terms, n_terms, err);
    parts->vocabulary = s->vocabulary.view;
    return status;
}

ttag_status small_model_init(small_model *s, const importance *m, uint32_t cut,
                             ttag_weight_type type, bool all_terms, ttag_error *err)
{
    const ttag_model_parts *large = m->parts;
    size_t n_terms = large->vocabulary.n_terms;
    *s = (small_model){.tags = mem_new(large->n_tags, sizeof *s->tags),
                       .terms = mem_new(n_terms, sizeof *s->terms),
                       .starts = mem_new(n_terms, sizeof *s->starts)};
    selection selected = {m, cut, mem_new(large->n_tags, sizeof *selected.row)};
    ttag_status status = TTAG_OK;
    if (!s->tags || !s->terms || !s->starts || !selected.row) {
        status = fail_memory(err);
        goto done;
    }
    size_t n = put_rows(s, &selected, type, all_terms);
    if (!buffer_ok(&s->rows))
        status = fail_memory(err);
    else if (n == 0 || s->rows.size == 0)
        status = fail(err, TTAG_INVALID, "no weight would be left; expected a lower --prune");
    else
        status = put_parts(s, large, n, type, err);
done:
    mem_free(selected.row);
    return status;
}

void small_model_dispose(small_model *s)
{
    vocabulary_store_dispose(&s->vocabulary);
    mem_free(s->tags);
    mem_free(s->terms);
    mem_free(s->starts);
    buffer_dispose(&s->rows);
    *s = (small_model){0};
}

/* What a file has for the vocabulary and its weights. */
static size_t large_parts(const ttag_model_parts *parts)
{
    const ttag_vocabulary *v = &parts->vocabulary;
    size_t per_term = sizeof *v->offsets + sizeof *v->df + sizeof *v->idf;
    size_t row = parts->weights ? parts->weight_stride * sizeof *parts->weights
                                : sizeof *parts->packed.starts;
    return v->n_terms * (per_term + row) + v->n_bytes + v->n_slots * sizeof *v->slots +
           parts->packed.n_bytes;
}

size_t small_model_bytes(const small_model *s, const ttag_model *large)
{
    return large->size - large_parts(&large->parts) + large_parts(&s->model.parts);
}
