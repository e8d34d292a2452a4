/* What is kept of an article. */
#include "audit/candidate.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* ---- Its vector. ---- */

typedef struct cell {
    uint32_t term;
    float value;
} cell;

static int by_term(const void *a, const void *b)
{
    const cell *x = a, *y = b;
    return (x->term > y->term) - (x->term < y->term);
}

/* The article's vector by term, its length made 1. */
static bool keep_vector(candidate *c, const ttag_vector *v)
{
    cell *cells = mem_new(v->size, sizeof *cells);
    double square = 0;
    c->terms = mem_new(v->size, sizeof *c->terms);
    c->values = mem_new(v->size, sizeof *c->values);
    if (!cells || !c->terms || !c->values) {
        mem_free(cells);
        return false;
    }
    for (size_t i = 0; i < v->size; i++)
        cells[i] = (cell){v->terms[i], v->values[i]};
    qsort(cells, v->size, sizeof *cells, by_term);
    for (size_t i = 0; i < v->size; i++)
        square += (double)cells[i].value * (double)cells[i].value;
    for (size_t i = 0; i < v->size; i++) {
        c->terms[i] = cells[i].term;
        c->values[i] = (float)((double)cells[i].value / sqrt(square));
    }
    c->n_terms = v->size;
    mem_free(cells);
    return true;
}

/* ---- Its tags. ---- */

static int by_probability(const void *a, const void *b)
{
    const ttag_pick_tag *x = a, *y = b;
    if (x->probability != y->probability)
        return x->probability < y->probability ? 1 : -1;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

static void keep_unsure(candidate *c, const ttag_pick_tag *found, size_t n)
{
    for (size_t t = 0; t < n; t++) {
        size_t at = c->n_unsure < UNSURE_MOST ? c->n_unsure : UNSURE_MOST;
        if (!(found[t].doubt > 0))
            continue;
        while (at > 0 && c->unsure[at - 1].doubt < found[t].doubt) {
            if (at < UNSURE_MOST)
                c->unsure[at] = c->unsure[at - 1];
            at--;
        }
        if (at < UNSURE_MOST)
            c->unsure[at] = found[t];
        c->n_unsure += c->n_unsure < UNSURE_MOST;
    }
}

static bool keep_given(candidate *c, const ttag_pick_tag *found, size_t n_tags, size_t suggest)
{
    size_t n = 0;
    for (size_t t = 0; t < n_tags; t++)
        n += found[t].given;
    c->suggested = mem_new(n, sizeof *c->suggested);
    if (!c->suggested)
        return false;
    for (size_t t = 0; t < n_tags; t++)
        if (found[t].given)
            c->suggested[c->n_suggested++] = found[t];
    qsort(c->suggested, n, sizeof *c->suggested, by_probability);
    if (c->n_suggested > suggest)
        c->n_suggested = suggest;
    return true;
}

/* ---- Its text. ---- */

static bool keep_article(candidate *c, const ttag_article *article)
{
    c->path = article->path;
    c->line = article->line;
    c->record_size = article->record.size;
    if (article->record.size > 0) {
        buffer_view(&c->bytes, article->record);
        return buffer_ok(&c->bytes);
    }
    c->id_size = article->id.size;
    c->title_size = article->title.size;
    buffer_view(&c->bytes, article->id);
    buffer_view(&c->bytes, article->title);
    buffer_view(&c->bytes, article->text);
    return buffer_ok(&c->bytes);
}

bool candidate_fill(candidate *c, const ttag_article *article, const ttag_vector *vector,
                    const ttag_pick_tag *found, size_t n_tags, size_t suggest)
{
    if (!keep_article(c, article) || !keep_vector(c, vector) ||
        !keep_given(c, found, n_tags, suggest))
        return false;
    keep_unsure(c, found, n_tags);
    return true;
}

/* ---- What is asked of it. ---- */

double candidate_likeness(const candidate *a, const candidate *b)
{
    double sum = 0;
    for (size_t i = 0, j = 0; i < a->n_terms && j < b->n_terms;) {
        if (a->terms[i] == b->terms[j])
            sum += (double)a->values[i++] * (double)b->values[j++];
        else if (a->terms[i] < b->terms[j])
            i++;
        else
            j++;
    }
    return sum > 1 ? 1 : sum;
}

void candidate_show(ttag_picked *to, const candidate *from)
{
    const char *bytes = buffer_as_view(&from->bytes).bytes;
    *to = (ttag_picked){.path = from->path,
                        .line = from->line,
                        .doubt = from->doubt,
                        .suggested = from->suggested,
                        .n_suggested = from->n_suggested,
                        .unsure = from->unsure,
                        .n_unsure = from->n_unsure};
    if (from->record_size > 0) {
        to->record = (ttag_view){bytes, from->record_size};
        return;
    }
    to->id = (ttag_view){bytes, from->id_size};
    to->title = (ttag_view){bytes + from->id_size, from->title_size};
    to->text = (ttag_view){to->title.bytes + to->title.size,
                           from->bytes.size - from->id_size - from->title_size};
}

void candidate_dispose(candidate *item)
{
    buffer_dispose(&item->bytes);
    mem_free(item->terms);
    mem_free(item->values);
    mem_free(item->suggested);
    *item = (candidate){0};
}
