/* The table of settings, for people and for the card. */
#include "train/tune_table.h"

#include "base/json_member.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/view.h"

static const char *const RULES[] = {"none", "f1", "f1-best", "f1-count", "precision", "recall"};

static const char *scaling_name(const tune_setting *s)
{
    return s->scaling == TTAG_SCALING_RATIO ? "ratio" : "none";
}

static void put_chars(buffer *b, const tune_setting *s)
{
    if (s->char_most)
        buffer_printf(b, "%u-%u", (unsigned)s->char_least, (unsigned)s->char_most);
    else
        buffer_text(b, "none");
}

/* "words 2, characters 3-5, ratio, cost 1, f1" */
static void put_setting(buffer *b, const tune_setting *s)
{
    buffer_printf(b, "words %u, characters ", (unsigned)s->word_ngrams);
    put_chars(b, s);
    buffer_printf(b, ", scaling %s, cost %g%s, %s", scaling_name(s), s->cost,
                  s->cost_searched ? " (auto)" : "", RULES[s->rule]);
}

/* ---- For people. ---- */

static void put_figures(buffer *b, const tune_row *row)
{
    mean_spread micro = mean_spread_of(row->figures.micro, row->figures.n_folds);
    mean_spread macro = mean_spread_of(row->figures.macro, row->figures.n_folds);
    buffer_printf(b, "micro-F1 %.4f ±%.4f, macro-F1 %.4f ±%.4f", micro.mean, micro.spread,
                  macro.mean, macro.spread);
}

static void tell_row(const tune_table *t, size_t k, const ttag_monitor *monitor)
{
    buffer b = {0};
    const tune_row *row = &t->rows[k];
    buffer_printf(&b, "%c %zu. ", k == t->chosen ? '*' : ' ', k + 1);
    put_setting(&b, &row->setting);
    buffer_text(&b, ": ");
    if (row->figures.n_folds)
        put_figures(&b, row);
    else
        buffer_text(&b, "not finished in time");
    if (row->figures.n_folds && k > 0)
        buffer_printf(&b, ", gain over %zu. %+.4f ±%.4f", row->against + 1, row->gain.mean,
                      row->gain.error);
    if (row->seconds > 0)
        buffer_printf(&b, ", %.1f s", row->seconds);
    if (buffer_ok(&b))
        tell(monitor, TTAG_NOTE, NULL, "%s", b.bytes);
    buffer_dispose(&b);
}

void tune_table_tell(const tune_table *t, const ttag_monitor *monitor)
{
    if (t->n_rows == 0)
        return;
    tell(monitor, TTAG_NOTE, NULL,
         "settings compared on %s%zu articles, %u folds: means of the folds and their standard "
         "deviation; gains and their standard error%s",
         t->sampled ? "a sample of " : "", t->n_articles, (unsigned)t->rows[0].figures.n_folds,
         t->cut_short ? "; with more time there would have been more" : "");
    for (size_t k = 0; k < t->n_rows; k++)
        tell_row(t, k, monitor);
}

/* ---- For the card. ---- */

static void put_folds(buffer *b, const char *key, const char *spread, const double *folds,
                      uint32_t n)
{
    mean_spread m = mean_spread_of(folds, n);
    member_number(b, key, m.mean);
    member_number(b, spread, m.spread);
}

static void put_row(buffer *b, const tune_table *t, size_t k)
{
    const tune_row *row = &t->rows[k];
    const tune_setting *s = &row->setting;
    buffer_printf(b, "{\"word_ngrams\":%u,\"char_ngrams\":\"", (unsigned)s->word_ngrams);
    put_chars(b, s);
    buffer_printf(b, "\",\"term_scaling\":\"%s\"", scaling_name(s));
    member_number(b, "cost", s->cost);
    if (s->cost_searched)
        buffer_text(b, ",\"cost_search\":true");
    buffer_printf(b, ",\"thresholds\":\"%s\"", RULES[s->rule]);
    if (row->figures.n_folds) {
        put_folds(b, "micro_f1", "micro_f1_spread", row->figures.micro, row->figures.n_folds);
        put_folds(b, "macro_f1", "macro_f1_spread", row->figures.macro, row->figures.n_folds);
    }
    if (row->figures.n_folds && k > 0) {
        member_number(b, "gain", row->gain.mean);
        member_number(b, "gain_error", row->gain.error);
        buffer_printf(b, ",\"against\":%zu", row->against);
    }
    buffer_printf(b, ",\"finished\":%s,\"chosen\":%s}", row->figures.n_folds ? "true" : "false",
                  k == t->chosen ? "true" : "false");
}

void tune_table_put(buffer *b, const tune_table *t)
{
    buffer_printf(b, ",\"tuned_on\":%zu,\"tune_cut_short\":%s,\"tune\":[", t->n_articles,
                  t->cut_short ? "true" : "false");
    for (size_t k = 0; k < t->n_rows; k++) {
        buffer_text(b, k ? "," : "");
        put_row(b, t, k);
    }
    buffer_char(b, ']');
}

void tune_table_dispose(tune_table *t)
{
    mem_free(t->rows);
    *t = (tune_table){0};
}
