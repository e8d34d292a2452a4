/* An evaluation as tables of Markdown. */
#include <math.h>

#include "base/view.h"
#include "evaluate/markdown.h"
#include "evaluate/report_file.h"
#include "ttag/evaluate.h"

static void put_cell(buffer *b, double value, const ttag_interval *i)
{
    if (isinf(value))
        buffer_text(b, " never |");
    else if (isnan(value))
        buffer_text(b, " – |");
    else if (i)
        buffer_printf(b, " %.3f (%.3f–%.3f) |", value, i->low, i->high);
    else
        buffer_printf(b, " %.3f |", value);
}

static void put_mean(buffer *b, const char *name, const ttag_scores *s,
                     const ttag_score_intervals *i)
{
    buffer_printf(b, "| %s |", name);
    put_cell(b, s->precision, i ? &i->precision : NULL);
    put_cell(b, s->recall, i ? &i->recall : NULL);
    put_cell(b, s->f1, i ? &i->f1 : NULL);
    buffer_char(b, '\n');
}

static void put_single(buffer *b, const char *name, double value, const ttag_interval *i)
{
    buffer_printf(b, "| %s |", name);
    put_cell(b, value, i);
    buffer_char(b, '\n');
}

static void put_tag(buffer *b, const ttag_tag_scores *t, const ttag_score_intervals *i)
{
    bool positive = t->support > 0, given = t->tp + t->fp > 0;
    buffer_text(b, "| ");
    markdown_text(b, t->tag);
    buffer_printf(b, " | %zu | %zu | %zu | %zu |", t->support, t->tp, t->fp, t->fn);
    put_cell(b, given ? t->precision : NAN, i ? &i->precision : NULL);
    put_cell(b, positive ? t->recall : NAN, i ? &i->recall : NULL);
    put_cell(b, positive || given ? t->f1 : NAN, i ? &i->f1 : NULL);
    put_cell(b, positive ? t->average_precision : NAN, NULL);
    put_cell(b, t->threshold, NULL);
    buffer_char(b, '\n');
}

static void put_summary(buffer *b, const ttag_evaluation *e)
{
    const ttag_intervals *i = e->intervals;
    buffer_printf(b, "# Evaluation\n\n%zu articles, %zu tags", e->documents, e->n_tags);
    if (e->n_unseen > 0)
        buffer_printf(b, " (%zu of them unknown to the model)", e->n_unseen);
    buffer_printf(b, "; skipped: %zu without labels, %zu refused", e->unlabelled, e->refused);
    if (i)
        buffer_printf(b, ".\n95 %% intervals in parentheses: bootstrap, %u replicates",
                      (unsigned)i->replicates);
    buffer_text(b, ".\n\n| mean | precision | recall | F1 |\n|---|--:|--:|--:|\n");
    put_mean(b, "micro", &e->micro, i ? &i->micro : NULL);
    put_mean(b, "macro", &e->macro, i ? &i->macro : NULL);
    put_mean(b, "weighted", &e->weighted, i ? &i->weighted : NULL);
    put_mean(b, "samples", &e->samples, i ? &i->samples : NULL);
    put_mean(b, "per\\_article", &e->per_article, i ? &i->per_article : NULL);
    buffer_text(b, "\n| figure | |\n|---|--:|\n");
    put_single(b, "subset\\_accuracy", e->subset_accuracy, i ? &i->subset_accuracy : NULL);
    put_single(b, "jaccard", e->jaccard, i ? &i->jaccard : NULL);
    put_single(b, "map", e->map, NULL);
    buffer_printf(b, "| hamming\\_loss | %.4f |\n", e->hamming_loss);
    put_single(b, "ece", e->ece, NULL);
}

ttag_status ttag_evaluation_write_markdown(const ttag_evaluation *evaluation, FILE *out,
                                           ttag_error *err)
{
    const ttag_evaluation *e = evaluation;
    buffer report = {0};
    put_summary(&report, e);
    buffer_text(&report, "\n| tag | support | tp | fp | fn | precision | recall | F1 | average "
                         "precision | threshold |\n"
                         "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (size_t t = 0; t < e->n_tags; t++)
        put_tag(&report, &e->tags[t], e->intervals ? &e->intervals->tags[t] : NULL);
    ttag_status status = report_send(&report, out, err);
    buffer_dispose(&report);
    return status;
}
