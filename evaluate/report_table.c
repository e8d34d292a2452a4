/* What a page has no room for, as tables. */
#include <math.h>
#include <stdlib.h>

#include "base/csv.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"
#include "evaluate/breakdown.h"
#include "evaluate/evaluation.h"
#include "evaluate/report_file.h"
#include "evaluate/tag_curves.h"
#include "evaluate/tag_pairs.h"

enum { CUTS_MOST = 1000 };

const char *ttag_evaluation_table_name(ttag_evaluation_table table)
{
    static const char *const names[TTAG_TABLE_COUNT] = {"tags.csv", "curves.csv", "pairs.csv",
                                                        "articles.csv", "errors.csv"};
    return (unsigned)table < TTAG_TABLE_COUNT ? names[table] : NULL;
}

static ttag_status put_curves(buffer *b, const kept_evaluation *kept, ttag_error *err)
{
    const outcomes *o = &kept->results;
    buffer_text(b, "tag,threshold,precision,recall,f1\n");
    for (size_t t = 0; t < o->n_scored; t++) {
        sweep_point *points;
        size_t n;
        ttag_status status = tag_sweep_new(&points, &n, o, t, CUTS_MOST, err);
        if (status != TTAG_OK)
            return status;
        for (size_t i = 0; i < n; i++) {
            csv_text(b, kept->tags[t].tag);
            csv_next_number(b, points[i].threshold);
            csv_next_number(b, points[i].precision);
            csv_next_number(b, points[i].recall);
            csv_next_number(b, points[i].f1);
            buffer_char(b, '\n');
        }
        mem_free(points);
    }
    return TTAG_OK;
}

static ttag_status put_pairs(buffer *b, const kept_evaluation *kept, ttag_error *err)
{
    tag_pairs p;
    ttag_status status = tag_pairs_init(&p, &kept->shown, &kept->results, err);
    if (status != TTAG_OK)
        return status;
    buffer_text(b, "tag,other,both_true,given_and_other_true,given_in_place_of_other\n");
    for (size_t row = 0; row < p.n; row++) {
        for (size_t column = 0; column < p.n; column++) {
            size_t at = row * p.n + column;
            if (row == column || p.true_true[at] + p.given_true[at] + p.wrong_missed[at] == 0)
                continue;
            csv_text(b, kept->tags[p.tags[row]].tag);
            buffer_char(b, ',');
            csv_text(b, kept->tags[p.tags[column]].tag);
            csv_next_count(b, p.true_true[at]);
            csv_next_count(b, p.given_true[at]);
            csv_next_count(b, p.wrong_missed[at]);
            buffer_char(b, '\n');
        }
    }
    tag_pairs_dispose(&p);
    return TTAG_OK;
}

/* ---- Articles. ---- */

static void put_article(buffer *b, const article_notes *notes, size_t row)
{
    const article_note *note = &notes->items[row];
    csv_text(b, note->name);
    buffer_char(b, ',');
    if (note->source != INTERN_NONE)
        csv_text(b, intern_view(&notes->sources, note->source));
    buffer_char(b, ',');
    if (note->month)
        buffer_printf(b, "%04u-%02u", (unsigned)(note->month / 12),
                      (unsigned)(note->month % 12 + 1));
}

static void put_articles(buffer *b, const kept_evaluation *kept)
{
    buffer_text(b, "article,source,month,right,wrong,missed\n");
    for (size_t row = 0; row < kept->notes.count; row++) {
        slice s = slice_of_row(&kept->results, row);
        put_article(b, &kept->notes, row);
        csv_next_count(b, s.tp);
        csv_next_count(b, s.fp);
        csv_next_count(b, s.fn);
        buffer_char(b, '\n');
    }
}

/* ---- Errors. ---- */

typedef struct wrong_pair {
    float badness; /* how far the probability was off */
    uint32_t row, tag;
} wrong_pair;

static int by_badness(const void *a, const void *b)
{
    const wrong_pair *x = a, *y = b;
    if (x->badness < y->badness || x->badness > y->badness)
        return x->badness < y->badness ? 1 : -1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

static float probability_of(const outcomes *o, size_t row, size_t tag)
{
    return tag < o->n_scored ? o->probabilities[row * o->n_scored + tag] : 0;
}

static bool is_wrong(unsigned char pair)
{
    return !(pair & PAIR_UNKNOWN) && !(pair & PAIR_TRUE) != !(pair & PAIR_GIVEN);
}

static size_t list_wrong(wrong_pair *list, const outcomes *o)
{
    size_t n = 0;
    for (size_t row = 0; row < o->n_documents; row++) {
        for (size_t t = 0; t < o->n_tags; t++) {
            unsigned char pair = o->pairs[row * o->n_tags + t];
            if (!is_wrong(pair))
                continue;
            float p = probability_of(o, row, t);
            list[n++] = (wrong_pair){pair & PAIR_GIVEN ? p : 1 - p, (uint32_t)row, (uint32_t)t};
        }
    }
    qsort(list, n, sizeof *list, by_badness);
    return n;
}

static ttag_status put_errors(buffer *b, const kept_evaluation *kept, ttag_error *err)
{
    const outcomes *o = &kept->results;
    size_t n = 0;
    for (size_t t = 0; t < kept->shown.n_tags; t++)
        n += kept->tags[t].fp + kept->tags[t].fn;
    wrong_pair *list = mem_new(n, sizeof *list);
    if (!list)
        return fail_memory(err);
    n = list_wrong(list, o);
    buffer_text(b, "article,source,month,tag,error,probability,threshold\n");
    for (size_t i = 0; i < n; i++) {
        bool given = o->pairs[list[i].row * o->n_tags + list[i].tag] & PAIR_GIVEN;
        put_article(b, &kept->notes, list[i].row);
        buffer_char(b, ',');
        csv_text(b, kept->tags[list[i].tag].tag);
        buffer_text(b, given ? ",wrong," : ",missed,");
        buffer_float(b, probability_of(o, list[i].row, list[i].tag));
        buffer_char(b, ',');
        if (!isnan(kept->tags[list[i].tag].threshold))
            buffer_printf(b, "%.9g", kept->tags[list[i].tag].threshold);
        buffer_char(b, '\n');
    }
    mem_free(list);
    return TTAG_OK;
}

/* ---- All of them. ---- */

static ttag_status fill(buffer *b, const kept_evaluation *kept, ttag_evaluation_table table,
                        ttag_error *err)
{
    switch (table) {
    case TTAG_TABLE_CURVES:
        return put_curves(b, kept, err);
    case TTAG_TABLE_PAIRS:
        return put_pairs(b, kept, err);
    case TTAG_TABLE_ARTICLES:
        put_articles(b, kept);
        return TTAG_OK;
    default:
        return put_errors(b, kept, err);
    }
}

ttag_status ttag_evaluation_write_table(const ttag_evaluation *evaluation,
                                        ttag_evaluation_table table, FILE *out, ttag_error *err)
{
    const kept_evaluation *kept = evaluation_behind(evaluation);
    if (table == TTAG_TABLE_TAGS)
        return ttag_evaluation_write_csv(evaluation, out, err);
    bool of_articles = table == TTAG_TABLE_ARTICLES || table == TTAG_TABLE_ERRORS;
    if (kept->results.n_documents != evaluation->documents ||
        (of_articles && kept->notes.count != evaluation->documents))
        return fail(err, TTAG_INVALID, "the evaluation kept no articles to make %s of",
                    ttag_evaluation_table_name(table));
    buffer report = {0};
    ttag_status status = fill(&report, kept, table, err);
    if (status == TTAG_OK)
        status = report_send(&report, out, err);
    buffer_dispose(&report);
    return status;
}
