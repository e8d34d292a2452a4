/* An evaluation as one table: a row for each count, single figure, mean and tag. */
#include <math.h>

#include "base/csv.h"
#include "base/view.h"
#include "evaluate/report_file.h"
#include "ttag/evaluate.h"

static const ttag_interval NONE = {NAN, NAN};

static void put_interval(buffer *b, double value, ttag_interval i)
{
    csv_next_number(b, value);
    csv_next_number(b, i.low);
    csv_next_number(b, i.high);
}

/* Columns that rows of this kind do not have. */
static void put_empty(buffer *b, size_t count)
{
    while (count-- > 0)
        buffer_char(b, ',');
}

/* kind, name, value with its interval; nothing else */
static void put_single(buffer *b, const char *kind, const char *name, double value, ttag_interval i)
{
    buffer_printf(b, "%s,%s", kind, name);
    put_interval(b, value, i);
    put_empty(b, 15);
    buffer_char(b, '\n');
}

static void put_three(buffer *b, const ttag_scores *s, const ttag_score_intervals *i)
{
    put_interval(b, s->precision, i ? i->precision : NONE);
    put_interval(b, s->recall, i ? i->recall : NONE);
    put_interval(b, s->f1, i ? i->f1 : NONE);
}

static void put_mean(buffer *b, const char *name, const ttag_scores *s,
                     const ttag_score_intervals *i)
{
    buffer_printf(b, "mean,%s", name);
    put_empty(b, 7);
    put_three(b, s, i);
    put_empty(b, 2);
    buffer_char(b, '\n');
}

static void put_tag(buffer *b, const ttag_tag_scores *t, const ttag_score_intervals *i)
{
    const ttag_scores s = {t->precision, t->recall, t->f1};
    buffer_text(b, "tag,");
    csv_text(b, t->tag);
    put_empty(b, 3);
    csv_next_count(b, t->support);
    csv_next_count(b, t->tp);
    csv_next_count(b, t->fp);
    csv_next_count(b, t->fn);
    put_three(b, &s, i);
    csv_next_number(b, t->average_precision);
    csv_next_number(b, t->threshold);
    buffer_char(b, '\n');
}

static void put_head(buffer *b)
{
    buffer_text(b, "kind,name,value,value_low,value_high,support,tp,fp,fn,"
                   "precision,precision_low,precision_high,recall,recall_low,recall_high,"
                   "f1,f1_low,f1_high,average_precision,threshold\n");
}

static void put_evaluation(buffer *b, const ttag_evaluation *e)
{
    const ttag_intervals *i = e->intervals;
    put_head(b);
    put_single(b, "count", "documents", (double)e->documents, NONE);
    put_single(b, "count", "unlabelled", (double)e->unlabelled, NONE);
    put_single(b, "count", "refused", (double)e->refused, NONE);
    put_single(b, "count", "unseen_tags", (double)e->n_unseen, NONE);
    put_single(b, "figure", "subset_accuracy", e->subset_accuracy, i ? i->subset_accuracy : NONE);
    put_single(b, "figure", "hamming_loss", e->hamming_loss, NONE);
    put_single(b, "figure", "jaccard", e->jaccard, i ? i->jaccard : NONE);
    put_single(b, "figure", "map", e->map, NONE);
    put_single(b, "figure", "ece", e->ece, NONE);
    put_mean(b, "micro", &e->micro, i ? &i->micro : NULL);
    put_mean(b, "macro", &e->macro, i ? &i->macro : NULL);
    put_mean(b, "weighted", &e->weighted, i ? &i->weighted : NULL);
    put_mean(b, "samples", &e->samples, i ? &i->samples : NULL);
    put_mean(b, "per_article", &e->per_article, i ? &i->per_article : NULL);
    for (size_t t = 0; t < e->n_tags; t++)
        put_tag(b, &e->tags[t], i ? &i->tags[t] : NULL);
}

ttag_status ttag_evaluation_write_csv(const ttag_evaluation *evaluation, FILE *out, ttag_error *err)
{
    buffer report = {0};
    put_evaluation(&report, evaluation);
    ttag_status status = report_send(&report, out, err);
    buffer_dispose(&report);
    return status;
}
