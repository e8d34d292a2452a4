/* Articles to rows in parallel, some articles at a time; then the rows of all side by side. */
#include "train/probes.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "features/pieces.h"
#include "features/vectorizer.h"

enum { TOGETHER = 32 /* articles */, WINDOW = 8, LONG_WINDOW = 14 };

static const size_t ROOM = (size_t)1 << 29; /* bytes for the scores that all rules are made of */

/* ---- Which rules are compared. ---- */

static void choose_rules(probe_set *set, ttag_unit unit, size_t n_tags)
{
    size_t bytes;
    bool few = size_mul(&bytes, set->n_wholes, n_tags) &&
               size_mul(&bytes, bytes, PROBE_WINDOWS * TOP_PASSAGES * sizeof(float)) &&
               bytes <= ROOM;
    for (uint32_t top = 1; top <= TOP_PASSAGES + 1; top++)
        for (unsigned n = 0; n < PROBE_WINDOWS; n++) {
            probe_rule *rule = &set->rules[set->n_rules++];
            rule->windows = n;
            rule->second = top > TOP_PASSAGES;
            rule->rule = (ttag_passage_rule){unit,
                                             {n > 0 ? WINDOW : 0, n > 1 ? LONG_WINDOW : 0},
                                             rule->second ? TOP_PASSAGES : top};
        }
    set->n_windows = few ? PROBE_WINDOWS : 1;
    if (!few)
        set->n_rules = 1;
}

/* ---- Making. ---- */

/* Rows of some articles. */
typedef struct probe_part {
    uint32_t *terms;
    float *values;
    size_t n_cells, terms_capacity, values_capacity;
    size_t *ends; /* n_rows, in cells */
    unsigned char *streams;
    size_t n_rows, ends_capacity, streams_capacity;
    size_t rows[TOGETHER], passages[TOGETHER]; /* of each article */
} probe_part;

typedef struct probe_worker {
    ttag_vectorizer *vectorizer;
    ttag_boilerplate_finder *finder;
    buffer scratch;
} probe_worker;

typedef struct probe_work {
    const whole_list *wholes;
    const ttag_text_opts *text;
    const ttag_boilerplate *boilerplate;
    ttag_passage_rule rule; /* of all pieces that any rule wants */
    probe_part *parts;
    probe_worker *workers;
} probe_work;

static bool add_row(probe_part *p, const ttag_vector *v, unsigned stream)
{
    size_t n = p->n_cells + v->size;
    if (!mem_grow(&p->terms, &p->terms_capacity, n, sizeof *p->terms) ||
        !mem_grow(&p->values, &p->values_capacity, n, sizeof *p->values) ||
        !mem_grow(&p->ends, &p->ends_capacity, p->n_rows + 1, sizeof *p->ends) ||
        !mem_grow(&p->streams, &p->streams_capacity, p->n_rows + 1, 1))
        return false;
    if (v->size > 0) {
        memcpy(p->terms + p->n_cells, v->terms, v->size * sizeof *p->terms);
        memcpy(p->values + p->n_cells, v->values, v->size * sizeof *p->values);
    }
    p->n_cells = p->ends[p->n_rows] = n;
    p->streams[p->n_rows++] = (unsigned char)stream;
    return true;
}

/* Some words of the passage whose terms were found last. */
static bool add_run(probe_part *part, probe_worker *worker, size_t first, size_t n, unsigned stream)
{
    ttag_vector vector;
    return vectorizer_run(worker->vectorizer, &vector, first, n, NULL) == TTAG_OK &&
           add_row(part, &vector, stream);
}

static ttag_status add_article(const probe_work *w, probe_part *part, probe_worker *worker,
                               const ttag_article *article)
{
    piece_walk walk = piece_walk_over(article, w->text, w->rule.unit);
    text_piece next;
    bool ok = true;
    while (ok && piece_walk_next(&walk, &next)) {
        size_t n, first;
        const ttag_article alone = piece_alone(&next, article);
        ok = vectorizer_find(worker->vectorizer, &alone, &n, NULL) == TTAG_OK &&
             add_run(part, worker, 0, n, 0);
        for (unsigned k = 0; k + 1 < PIECE_STREAMS; k++) {
            uint32_t words = w->rule.windows[k];
            window_walk windows = windows_over(n, words);
            while (ok && next_window(&windows, &first))
                ok = add_run(part, worker, first, words, k + 1);
        }
    }
    return ok ? TTAG_OK : TTAG_NOMEM;
}

static ttag_status make_part(void *context, size_t index, unsigned number)
{
    const probe_work *w = context;
    probe_part *part = &w->parts[index];
    probe_worker *worker = &w->workers[number];
    ttag_status status = TTAG_OK;
    size_t first = index * TOGETHER, left = w->wholes->count - first;
    for (size_t k = 0; status == TTAG_OK && k < TOGETHER && k < left; k++) {
        size_t before = part->n_rows;
        ttag_article article = whole_list_get(w->wholes, first + k, &worker->scratch);
        status = buffer_ok(&worker->scratch) ? ttag_boilerplate_find(worker->finder, &article, NULL)
                                             : TTAG_NOMEM;
        if (status == TTAG_OK)
            status = add_article(w, part, worker, &article);
        part->rows[k] = part->n_rows - before;
        part->passages[k] = 0;
        for (size_t i = before; i < part->n_rows; i++)
            part->passages[k] += part->streams[i] == 0;
    }
    return status;
}

static bool reserve(probe_set *set, const probe_part *parts, size_t n_parts)
{
    size_t n_cells = 0, n_rows = 0;
    for (size_t i = 0; i < n_parts; i++) {
        n_cells += parts[i].n_cells;
        n_rows += parts[i].n_rows;
    }
    set->row_starts = mem_zero(n_rows + 1, sizeof *set->row_starts);
    set->terms = mem_new(n_cells, sizeof *set->terms);
    set->values = mem_new(n_cells, sizeof *set->values);
    set->x = (ttag_matrix){n_rows, set->x.n_columns, set->row_starts, set->terms, set->values};
    set->streams = mem_new(n_rows, 1);
    set->starts = mem_zero(set->n_wholes + 1, sizeof *set->starts);
    set->fold_rows = mem_new(set->n_wholes, sizeof *set->fold_rows);
    set->log_passages = mem_new(set->n_wholes, sizeof *set->log_passages);
    return set->row_starts && set->terms && set->values && set->streams && set->starts &&
           set->fold_rows && set->log_passages;
}

/* Appends a part's rows and frees it. */
static void append_part(probe_set *set, probe_part *p, size_t *row)
{
    size_t cells = set->row_starts[*row];
    if (p->n_cells > 0) {
        memcpy(set->terms + cells, p->terms, p->n_cells * sizeof *p->terms);
        memcpy(set->values + cells, p->values, p->n_cells * sizeof *p->values);
    }
    for (size_t i = 0; i < p->n_rows; i++) {
        set->streams[*row] = p->streams[i];
        set->row_starts[++*row] = cells + p->ends[i];
    }
}

static void part_dispose(probe_part *p)
{
    mem_free(p->terms);
    mem_free(p->values);
    mem_free(p->ends);
    mem_free(p->streams);
    *p = (probe_part){0};
}

static bool append_all(probe_set *set, const probe_work *w, size_t n_parts)
{
    size_t row = 0;
    if (!reserve(set, w->parts, n_parts))
        return false;
    for (size_t i = 0; i < n_parts; i++) {
        for (size_t k = 0; k < TOGETHER && i * TOGETHER + k < set->n_wholes; k++) {
            size_t at = i * TOGETHER + k;
            set->starts[at + 1] = set->starts[at] + w->parts[i].rows[k];
            set->log_passages[at] = log_passages(w->parts[i].passages[k]);
            set->fold_rows[at] = w->wholes->items[at].row;
        }
        append_part(set, &w->parts[i], &row);
        part_dispose(&w->parts[i]);
    }
    return true;
}

static ttag_status work_run(probe_set *out, probe_work *w, size_t n_parts,
                            const ttag_vocabulary *vocabulary, unsigned threads)
{
    ttag_status status = TTAG_OK;
    w->parts = mem_zero(n_parts, sizeof *w->parts);
    w->workers = mem_zero(threads, sizeof *w->workers);
    if (!w->parts || !w->workers)
        return TTAG_NOMEM;
    for (unsigned k = 0; status == TTAG_OK && k < threads; k++) {
        status = ttag_vectorizer_new(&w->workers[k].vectorizer, vocabulary, w->text, NULL);
        if (status == TTAG_OK)
            status = ttag_boilerplate_finder_new(&w->workers[k].finder, w->boilerplate, NULL);
    }
    if (status == TTAG_OK)
        status = parallel_for(threads, n_parts, make_part, w, NULL, NULL);
    return status == TTAG_OK && append_all(out, w, n_parts) ? TTAG_OK : TTAG_NOMEM;
}

ttag_status probes_make(probe_set *out, const whole_list *wholes, const ttag_vocabulary *vocabulary,
                        const ttag_text_opts *text, const ttag_boilerplate *boilerplate,
                        ttag_unit unit, size_t n_tags, unsigned threads, ttag_error *err)
{
    size_t n_parts = (wholes->count + TOGETHER - 1) / TOGETHER;
    probe_work w = {.wholes = wholes, .text = text, .boilerplate = boilerplate};
    *out = (probe_set){.n_wholes = wholes->count};
    out->x.n_columns = vocabulary->n_terms;
    choose_rules(out, unit, n_tags);
    w.rule = out->rules[out->n_windows - 1].rule;
    ttag_status status = work_run(out, &w, n_parts, vocabulary, threads);
    for (unsigned k = 0; w.workers && k < threads; k++) {
        ttag_vectorizer_free(w.workers[k].vectorizer);
        ttag_boilerplate_finder_free(w.workers[k].finder);
        buffer_dispose(&w.workers[k].scratch);
    }
    for (size_t i = 0; w.parts && i < n_parts; i++)
        part_dispose(&w.parts[i]);
    mem_free(w.parts);
    mem_free(w.workers);
    if (status == TTAG_OK)
        return TTAG_OK;
    probes_dispose(out);
    return fail_memory(err);
}

bool probes_order(probe_set *out, const probe_set *set, const df_order *order)
{
    size_t n_cells = set->x.starts[set->x.n_rows];
    uint32_t *numbers = mem_new(set->x.n_columns, sizeof *numbers);
    uint32_t *terms = mem_new(n_cells, sizeof *terms);
    *out = *set;
    out->borrowed = true;
    out->x.terms = out->terms = terms;
    for (size_t t = 0; numbers && terms && t < set->x.n_columns; t++)
        numbers[order->original[t]] = (uint32_t)t;
    for (size_t e = 0; numbers && terms && e < n_cells; e++)
        terms[e] = numbers[set->x.terms[e]];
    bool ok = numbers && terms;
    mem_free(numbers);
    if (!ok)
        probes_dispose(out);
    return ok;
}

void probes_dispose(probe_set *set)
{
    mem_free(set->terms);
    if (!set->borrowed) {
        mem_free(set->row_starts);
        mem_free(set->values);
        mem_free(set->streams);
        mem_free(set->starts);
        mem_free(set->fold_rows);
        mem_free(set->log_passages);
    }
    *set = (probe_set){0};
}
