/* Terms of both vocabularies, then tag by tag. */
#include "cli/model_diff.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/nearest.h"

/* ---- The largest of many. ---- */

static float change_of(const term_change *c)
{
    return fabsf(c->weights[1] - c->weights[0]);
}

/* Puts the change among the `size` largest of `list`, which has room for `n`; equal ones in the
   order in which they come. */
static void keep_largest(term_change *list, size_t *size, size_t n, term_change change)
{
    size_t at = *size;
    if (at == n && (n == 0 || change_of(&change) <= change_of(&list[n - 1])))
        return;
    if (at == n)
        at--;
    else
        (*size)++;
    for (; at > 0 && change_of(&list[at - 1]) < change_of(&change); at--)
        list[at] = list[at - 1];
    list[at] = change;
}

/* ---- Terms. ---- */

static size_t n_terms(const model_diff *d, int side)
{
    return d->sides[side]->parts->vocabulary.n_terms;
}

static const ttag_vocabulary *vocabulary(const model_diff *d, int side)
{
    return &d->sides[side]->parts->vocabulary;
}

static bool match_terms(model_diff *d, int side)
{
    const size_t n = n_terms(d, side);
    d->other[side] = calloc(n + 1, sizeof *d->other[side]);
    for (size_t i = 0; d->other[side] && i < n; i++) {
        ttag_view term = ttag_vocabulary_term(vocabulary(d, side), (uint32_t)i);
        uint32_t found = ttag_vocabulary_find(vocabulary(d, !side), term);
        d->other[side][i] = found;
        d->n_only[side] += found == TERM_NONE;
    }
    d->n_common = n - d->n_only[side];
    return d->other[side] != NULL;
}

ttag_view model_diff_term(const model_diff *d, const term_change *change)
{
    int side = change->numbers[0] == TERM_NONE;
    return ttag_vocabulary_term(vocabulary(d, side), change->numbers[side]);
}

/* ---- Weights. ---- */

/* Room for the weights of a tag in both models, and for the largest of each term over all tags. */
typedef struct room {
    float *weights[2];
    float *largest[2];
} room;

static bool room_make(room *r, const model_diff *d)
{
    for (int side = 0; side < 2; side++) {
        r->weights[side] = calloc(n_terms(d, side) + 1, sizeof(float));
        r->largest[side] = calloc(n_terms(d, side) + 1, sizeof(float));
        if (!r->weights[side] || !r->largest[side])
            return false;
    }
    return true;
}

static void room_dispose(room *r)
{
    for (int side = 0; side < 2; side++) {
        free(r->weights[side]);
        free(r->largest[side]);
    }
}

static bool read_weights(room *r, const model_diff *d, const tag_diff *t, int side)
{
    const ttag_model_parts *parts = d->sides[side]->parts;
    const size_t n = parts->vocabulary.n_terms;
    float *weights = r->weights[side], *largest = r->largest[side];
    if (!t->tags[side])
        return true;
    size_t position = (size_t)(t->tags[side] - parts->tags);
    if (ttag_model_term_weights(weights, parts, position, NULL) != TTAG_OK)
        return false;
    for (size_t i = 0; i < n; i++)
        largest[i] = fabsf(weights[i]) > largest[i] ? fabsf(weights[i]) : largest[i];
    return true;
}

/* cos = a·b / (|a| |b|) */
typedef struct cosine {
    double product, squares[2];
} cosine;

static void note_change(tag_diff *t, cosine *c, size_t n, term_change change)
{
    double a = (double)change.weights[0], b = (double)change.weights[1];
    c->product += a * b;
    c->squares[0] += a * a;
    c->squares[1] += b * b;
    if (change.weights[0] == change.weights[1])
        return;
    t->n_moved++;
    keep_largest(t->moved, &t->n_shown, n, change);
}

static bool diff_weights(model_diff *d, tag_diff *t, room *r, size_t n)
{
    cosine c = {0, {0, 0}};
    t->likeness = NAN;
    if (!read_weights(r, d, t, 0) || !read_weights(r, d, t, 1) ||
        !(t->moved = calloc(n + 1, sizeof *t->moved)))
        return false;
    if (!t->tags[0] || !t->tags[1])
        return true;
    for (uint32_t i = 0; i < n_terms(d, 0); i++) {
        uint32_t b = d->other[0][i];
        term_change change = {{i, b}, {r->weights[0][i], b == TERM_NONE ? 0 : r->weights[1][b]}};
        note_change(t, &c, n, change);
    }
    for (uint32_t i = 0; i < n_terms(d, 1); i++)
        if (d->other[1][i] == TERM_NONE)
            note_change(t, &c, n, (term_change){{TERM_NONE, i}, {0, r->weights[1][i]}});
    double lengths = sqrt(c.squares[0]) * sqrt(c.squares[1]);
    if (lengths > 0)
        t->likeness = c.product / lengths < 1 ? c.product / lengths : 1;
    return true;
}

/* Names the terms that one side alone has, by their largest weight. */
static bool name_only(model_diff *d, const room *r, int side, size_t n)
{
    d->only[side] = calloc(n + 1, sizeof *d->only[side]);
    for (uint32_t i = 0; d->only[side] && i < n_terms(d, side); i++) {
        term_change change = {{TERM_NONE, TERM_NONE}, {0, 0}};
        change.numbers[side] = i;
        change.weights[side] = r->largest[side][i];
        if (d->other[side][i] == TERM_NONE)
            keep_largest(d->only[side], &d->n_named[side], n, change);
    }
    return d->only[side] != NULL;
}

/* ---- Tags. ---- */

/* Both not a number is no change. */
static bool differs(float a, float b)
{
    return !(a == b) && !(isnan(a) && isnan(b));
}

static bool same_points(const ttag_model_tag *a, const ttag_model_tag *b)
{
    return a->n_points == b->n_points &&
           (a->n_points == 0 || memcmp(a->points, b->points, 2 * a->n_points * sizeof(float)) == 0);
}

static bool facts_differ(const ttag_model_tag *a, const ttag_model_tag *b)
{
    return a->support != b->support || a->constant != b->constant || differs(a->bias, b->bias) ||
           differs(a->cut, b->cut) || differs(a->threshold, b->threshold) || a->slope != b->slope ||
           a->offset != b->offset || !same_points(a, b) ||
           differs(a->oof_precision, b->oof_precision) || differs(a->oof_recall, b->oof_recall) ||
           differs(a->oof_f1, b->oof_f1);
}

static bool same_implications(const model_diff *d, const ttag_model_tag *const tags[2])
{
    if (tags[0]->n_implies != tags[1]->n_implies)
        return false;
    for (size_t i = 0; i < tags[0]->n_implies; i++)
        if (!same_text(d->sides[0]->parts->tags[tags[0]->implies[i]].name,
                       d->sides[1]->parts->tags[tags[1]->implies[i]].name))
            return false;
    return true;
}

static void diff_facts(const model_diff *d, tag_diff *t)
{
    const ttag_model_tag *a = t->tags[0], *b = t->tags[1];
    if (!a || !b)
        return;
    t->facts_changed = facts_differ(a, b);
    t->words_changed = !same_text(a->description, b->description) ||
                       !same_text(a->group, b->group) || !same_implications(d, t->tags);
}

bool tag_diff_any(const tag_diff *t)
{
    return !t->tags[0] || !t->tags[1] || t->n_moved > 0 || t->facts_changed || t->words_changed;
}

static int compare_names(ttag_view a, ttag_view b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size > 0 ? memcmp(a.bytes, b.bytes, size) : 0;
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

/* Tags of both are in order of name. */
static bool match_tags(model_diff *d, ttag_view only)
{
    const ttag_model_parts *a = d->sides[0]->parts, *b = d->sides[1]->parts;
    d->tags = calloc(a->n_tags + b->n_tags + 1, sizeof *d->tags);
    for (size_t i = 0, k = 0; d->tags && (i < a->n_tags || k < b->n_tags);) {
        int order = i == a->n_tags   ? 1
                    : k == b->n_tags ? -1
                                     : compare_names(a->tags[i].name, b->tags[k].name);
        tag_diff t = {.tags = {order <= 0 ? &a->tags[i] : NULL, order >= 0 ? &b->tags[k] : NULL}};
        i += order <= 0;
        k += order >= 0;
        if (!only.bytes || same_text(only, (t.tags[0] ? t.tags[0] : t.tags[1])->name))
            d->tags[d->n_tags++] = t;
    }
    return d->tags != NULL;
}

bool model_diff_make(model_diff *d, const inspection *a, const inspection *b, ttag_view tag,
                     size_t n)
{
    room r = {{NULL, NULL}, {NULL, NULL}};
    size_t most = n;
    d->sides[0] = a;
    d->sides[1] = b;
    if (n_terms(d, 0) + n_terms(d, 1) < most)
        most = n_terms(d, 0) + n_terms(d, 1);
    bool ok = match_terms(d, 0) && match_terms(d, 1) && match_tags(d, tag) && room_make(&r, d);
    for (size_t i = 0; ok && i < d->n_tags; i++) {
        diff_facts(d, &d->tags[i]);
        ok = diff_weights(d, &d->tags[i], &r, most);
    }
    ok = ok && name_only(d, &r, 0, most) && name_only(d, &r, 1, most);
    room_dispose(&r);
    return ok;
}

void model_diff_dispose(model_diff *d)
{
    for (size_t i = 0; i < d->n_tags; i++)
        free(d->tags[i].moved);
    free(d->tags);
    for (int side = 0; side < 2; side++) {
        free(d->only[side]);
        free(d->other[side]);
    }
    *d = (model_diff){0};
}
