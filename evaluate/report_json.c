/* An evaluation as one JSON object: a key a line, a tag a line. */
#include "base/json.h"
#include "evaluate/report_file.h"
#include "ttag/evaluate.h"

enum { FIGURE_DIGITS = 15, THRESHOLD_DIGITS = 9 }; /* thresholds are single precision */

static void put_figure(buffer *b, const char *key, double value)
{
    buffer_printf(b, "  \"%s\": ", key);
    json_put_number(b, value, FIGURE_DIGITS);
    buffer_text(b, ",\n");
}

static void put_three(buffer *b, double precision, double recall, double f1)
{
    buffer_text(b, "\"precision\": ");
    json_put_number(b, precision, FIGURE_DIGITS);
    buffer_text(b, ", \"recall\": ");
    json_put_number(b, recall, FIGURE_DIGITS);
    buffer_text(b, ", \"f1\": ");
    json_put_number(b, f1, FIGURE_DIGITS);
}

static void put_mean(buffer *b, const char *key, const ttag_scores *s)
{
    buffer_printf(b, "  \"%s\": {", key);
    put_three(b, s->precision, s->recall, s->f1);
    buffer_text(b, "},\n");
}

static void put_unseen(buffer *b, const ttag_evaluation *e)
{
    buffer_text(b, "  \"unseen_tags\": [");
    for (size_t i = 0; i < e->n_unseen; i++) {
        buffer_text(b, i > 0 ? ", " : "");
        json_put_string(b, e->unseen[i]);
    }
    buffer_text(b, "],\n");
}

static void put_tag(buffer *b, const ttag_tag_scores *t)
{
    buffer_text(b, "    {\"tag\": ");
    json_put_string(b, t->tag);
    buffer_printf(b, ", \"support\": %zu, \"tp\": %zu, \"fp\": %zu, \"fn\": %zu, ", t->support,
                  t->tp, t->fp, t->fn);
    put_three(b, t->precision, t->recall, t->f1);
    buffer_text(b, ", \"average_precision\": ");
    json_put_number(b, t->average_precision, FIGURE_DIGITS);
    buffer_text(b, ", \"threshold\": ");
    json_put_number(b, t->threshold, THRESHOLD_DIGITS);
    buffer_char(b, '}');
}

/* ---- Intervals. ---- */

static void put_interval(buffer *b, const char *key, ttag_interval i)
{
    buffer_printf(b, "\"%s\": [", key);
    json_put_number(b, i.low, FIGURE_DIGITS);
    buffer_text(b, ", ");
    json_put_number(b, i.high, FIGURE_DIGITS);
    buffer_char(b, ']');
}

static void put_three_intervals(buffer *b, const ttag_score_intervals *i)
{
    put_interval(b, "precision", i->precision);
    buffer_text(b, ", ");
    put_interval(b, "recall", i->recall);
    buffer_text(b, ", ");
    put_interval(b, "f1", i->f1);
    buffer_char(b, '}');
}

static void put_mean_intervals(buffer *b, const char *key, const ttag_score_intervals *i)
{
    buffer_printf(b, "    \"%s\": {", key);
    put_three_intervals(b, i);
    buffer_text(b, ",\n");
}

static void put_intervals(buffer *b, const ttag_evaluation *e)
{
    const ttag_intervals *i = e->intervals;
    if (!i)
        return;
    buffer_printf(b, ",\n  \"intervals\": {\n    \"replicates\": %u,\n    \"seed\": %llu,\n",
                  (unsigned)i->replicates, (unsigned long long)i->seed);
    put_mean_intervals(b, "micro", &i->micro);
    put_mean_intervals(b, "macro", &i->macro);
    put_mean_intervals(b, "weighted", &i->weighted);
    put_mean_intervals(b, "samples", &i->samples);
    put_mean_intervals(b, "per_article", &i->per_article);
    buffer_text(b, "    ");
    put_interval(b, "subset_accuracy", i->subset_accuracy);
    buffer_text(b, ",\n    ");
    put_interval(b, "jaccard", i->jaccard);
    buffer_text(b, ",\n    \"tags\": [");
    for (size_t t = 0; t < e->n_tags; t++) {
        buffer_text(b, t > 0 ? ",\n      {\"tag\": " : "\n      {\"tag\": ");
        json_put_string(b, e->tags[t].tag);
        buffer_text(b, ", ");
        put_three_intervals(b, &i->tags[t]);
    }
    buffer_text(b, e->n_tags > 0 ? "\n    ]\n  }" : "]\n  }");
}

static void put_evaluation(buffer *b, const ttag_evaluation *e)
{
    buffer_printf(b, "{\n  \"documents\": %zu,\n", e->documents);
    put_mean(b, "micro", &e->micro);
    put_mean(b, "macro", &e->macro);
    put_mean(b, "weighted", &e->weighted);
    put_mean(b, "samples", &e->samples);
    put_mean(b, "per_article", &e->per_article);
    put_figure(b, "subset_accuracy", e->subset_accuracy);
    put_figure(b, "hamming_loss", e->hamming_loss);
    put_figure(b, "jaccard", e->jaccard);
    put_figure(b, "map", e->map);
    put_figure(b, "ece", e->ece);
    put_unseen(b, e);
    buffer_text(b, "  \"tags\": [");
    for (size_t i = 0; i < e->n_tags; i++) {
        buffer_text(b, i > 0 ? ",\n" : "\n");
        put_tag(b, &e->tags[i]);
    }
    buffer_printf(b, "%s],\n", e->n_tags > 0 ? "\n  " : "");
    buffer_printf(b, "  \"unlabelled\": %zu,\n  \"refused\": %zu", e->unlabelled, e->refused);
    put_intervals(b, e);
    buffer_text(b, "\n}\n");
}

ttag_status ttag_evaluation_write_json(const ttag_evaluation *evaluation, FILE *out,
                                       ttag_error *err)
{
    buffer report = {0};
    put_evaluation(&report, evaluation);
    ttag_status status = report_send(&report, out, err);
    buffer_dispose(&report);
    return status;
}
