/* An evaluation as tables for people: the figures, the tags by support, and what to look at. */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"
#include "evaluate/cells.h"
#include "evaluate/report_file.h"
#include "ttag/evaluate.h"

enum {
    NAME_COLUMNS = 34,     /* of the longest tag name that is shown whole */
    MEAN_COLUMNS = 15,     /* of "subset_accuracy" */
    INTERVAL_COLUMNS = 13, /* with two blanks before it */
    BAR_COLUMNS = 10,      /* of an F1 of 1 */
    LINE_COLUMNS = 96,     /* where lists are broken */
    UNSEEN_SHOWN = 20,     /* names of unseen tags */
    WEAK_SHOWN = 5,        /* tags at the end of the report */
    WEAK_MIN_SUPPORT = 5   /* fewer articles make a poor witness */
};

static const double F1_GOOD = 0.8, F1_POOR = 0.5;

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* ---- The head. ---- */

static void put_head(buffer *b, const ttag_evaluation *e)
{
    buffer_printf(b, "%zu article%s, %zu tag%s", e->documents, plural(e->documents), e->n_tags,
                  plural(e->n_tags));
    if (e->n_unseen > 0)
        buffer_printf(b, " (%zu of them unknown to the model)", e->n_unseen);
    if (e->unlabelled > 0)
        buffer_printf(b, "; skipped: %zu without labels", e->unlabelled);
    if (e->refused > 0)
        buffer_printf(b, "%s%zu refused", e->unlabelled > 0 ? ", " : "; skipped: ", e->refused);
    buffer_text(b, "\n\n");
}

/* "0.812–0.871", where there are intervals; blanks where this figure has none. */
static void put_interval(buffer *b, const ttag_interval *i, bool wanted)
{
    if (i)
        buffer_printf(b, "  %.3f–%.3f", i->low, i->high);
    else if (wanted)
        cell_put_text(b, view_of(""), INTERVAL_COLUMNS);
}

/* The bar and the number say the same as the colour, for those who do not see it. */
static void put_f1(buffer *b, double f1, const ttag_interval *i, bool color)
{
    const char *paint = f1 >= F1_GOOD ? "\x1b[32m" : f1 < F1_POOR ? "\x1b[31m" : "";
    if (color)
        buffer_text(b, paint);
    cell_put_share(b, f1, 7);
    put_interval(b, isnan(f1) ? NULL : i, i);
    buffer_text(b, "  ");
    cell_put_bar(b, f1, BAR_COLUMNS);
    if (color && *paint)
        buffer_text(b, "\x1b[0m");
}

static void put_mean(buffer *b, const char *name, const ttag_scores *s,
                     const ttag_score_intervals *i, const char *meaning, bool color)
{
    cell_put_text(b, view_of(name), MEAN_COLUMNS);
    cell_put_share(b, s->precision, 11);
    cell_put_share(b, s->recall, 8);
    put_f1(b, s->f1, i ? &i->f1 : NULL, color);
    buffer_printf(b, "  %s\n", meaning);
}

static void put_single(buffer *b, const char *name, double value, const ttag_interval *i,
                       bool wanted, const char *meaning)
{
    cell_put_text(b, view_of(name), MEAN_COLUMNS);
    cell_put_share(b, value, 11);
    put_interval(b, i, wanted);
    buffer_printf(b, "  %s\n", meaning);
}

static void put_means(buffer *b, const ttag_evaluation *e, bool color)
{
    const ttag_intervals *i = e->intervals;
    put_mean(b, "micro", &e->micro, i ? &i->micro : NULL, "all pairs of article and tag", color);
    put_mean(b, "macro", &e->macro, i ? &i->macro : NULL, "mean over tags", color);
    put_mean(b, "weighted", &e->weighted, i ? &i->weighted : NULL, "mean over tags, by support",
             color);
    put_mean(b, "samples", &e->samples, i ? &i->samples : NULL, "mean over articles", color);
    put_mean(b, "per_article", &e->per_article, i ? &i->per_article : NULL,
             "mean over articles with a tag", color);
}

static void put_summary(buffer *b, const ttag_evaluation *e, bool color)
{
    const ttag_intervals *i = e->intervals;
    cell_put_text(b, view_of(""), MEAN_COLUMNS);
    buffer_printf(b, "  precision  recall     f1%s\n", i ? "  95 % range" : "");
    put_means(b, e, color);
    buffer_char(b, '\n');
    put_single(b, "subset_accuracy", e->subset_accuracy, i ? &i->subset_accuracy : NULL, i,
               "articles with exactly the right tags");
    put_single(b, "jaccard", e->jaccard, i ? &i->jaccard : NULL, i,
               "tags in common / tags in all, mean over articles");
    put_single(b, "map", e->map, NULL, i,
               "mean average precision: how well scores rank the articles");
    cell_put_text(b, view_of("hamming_loss"), MEAN_COLUMNS);
    buffer_printf(b, "%12.4f", e->hamming_loss);
    cell_put_text(b, view_of(""), i ? INTERVAL_COLUMNS : 0);
    buffer_text(b, " share of wrong pairs; less is better\n");
    put_single(b, "ece", e->ece, NULL, i,
               "how far probabilities are from what came true; less is better");
}

/* ---- The table of tags. ---- */

static int by_support(const void *a, const void *b)
{
    const ttag_tag_scores *x = *(const ttag_tag_scores *const *)a;
    const ttag_tag_scores *y = *(const ttag_tag_scores *const *)b;
    if (x->support != y->support)
        return x->support < y->support ? 1 : -1;
    return view_compare(x->tag, y->tag);
}

static size_t name_columns(const ttag_evaluation *e)
{
    size_t columns = 3; /* "tag" */
    for (size_t i = 0; i < e->n_tags; i++) {
        size_t width = cell_width(e->tags[i].tag);
        columns = width > columns ? width : columns;
    }
    return columns < NAME_COLUMNS ? columns : NAME_COLUMNS;
}

/* What nothing can be said about is a dash: recall of a tag that no article has. */
static void put_tag(buffer *b, const ttag_tag_scores *t, const ttag_score_intervals *i,
                    size_t columns, bool color)
{
    bool positive = t->support > 0, given = t->tp + t->fp > 0;
    cell_put_text(b, t->tag, columns);
    buffer_printf(b, "%9zu", t->support);
    cell_put_share(b, given ? t->precision : NAN, 11);
    cell_put_share(b, positive ? t->recall : NAN, 8);
    put_f1(b, positive || given ? t->f1 : NAN, i ? &i->f1 : NULL, color);
    cell_put_share(b, positive ? t->average_precision : NAN, 7);
    cell_put_share(b, t->threshold, 11);
    buffer_char(b, '\n');
}

static void put_tags(buffer *b, const ttag_evaluation *e, const ttag_tag_scores *const *sorted,
                     bool color)
{
    size_t columns = name_columns(e);
    buffer_char(b, '\n');
    cell_put_text(b, view_of("tag"), columns);
    buffer_printf(b, "  support  precision  recall     f1%s                  ap  threshold\n",
                  e->intervals ? "  95 % range " : "");
    for (size_t i = 0; i < e->n_tags; i++) {
        size_t tag = (size_t)(sorted[i] - e->tags);
        put_tag(b, sorted[i], e->intervals ? &e->intervals->tags[tag] : NULL, columns, color);
    }
}

/* ---- What to look at. ---- */

static void put_unseen(buffer *b, const ttag_evaluation *e)
{
    if (e->n_unseen == 0)
        return;
    buffer_text(b, "\nunknown to the model, so never given:\n ");
    size_t used = 1, shown = e->n_unseen < UNSEEN_SHOWN ? e->n_unseen : UNSEEN_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        size_t width = cell_width(e->unseen[i]);
        width = width < NAME_COLUMNS ? width : NAME_COLUMNS;
        if (used + width + 2 > LINE_COLUMNS) {
            buffer_text(b, "\n ");
            used = 1;
        }
        buffer_char(b, ' ');
        cell_put_text(b, e->unseen[i], width);
        buffer_text(b, i + 1 < e->n_unseen ? "," : "");
        used += width + 2;
    }
    if (shown < e->n_unseen)
        buffer_printf(b, " and %zu more", e->n_unseen - shown);
    buffer_char(b, '\n');
}

static void put_absent(buffer *b, const ttag_evaluation *e)
{
    size_t absent = 0;
    for (size_t i = 0; i < e->n_tags; i++)
        absent += e->tags[i].support == 0;
    if (absent > 0)
        buffer_printf(b, "\n%zu tag%s no article here; in macro %s as 0\n", absent,
                      absent == 1 ? " has" : "s have", absent == 1 ? "it counts" : "they count");
}

static int by_weakness(const void *a, const void *b)
{
    const ttag_tag_scores *x = *(const ttag_tag_scores *const *)a;
    const ttag_tag_scores *y = *(const ttag_tag_scores *const *)b;
    if (x->f1 < y->f1 || x->f1 > y->f1)
        return x->f1 < y->f1 ? -1 : 1;
    return by_support(a, b);
}

/* Unseen tags (no threshold) are listed elsewhere, and the good ones need no look. */
static bool worth_a_look(const ttag_tag_scores *t)
{
    return t->support >= WEAK_MIN_SUPPORT && t->f1 < F1_GOOD && !isnan(t->threshold);
}

/* Reorders `sorted`. */
static void put_weakest(buffer *b, const ttag_evaluation *e, const ttag_tag_scores **sorted)
{
    qsort(sorted, e->n_tags, sizeof *sorted, by_weakness);
    size_t columns = name_columns(e), shown = 0;
    for (size_t i = 0; i < e->n_tags && shown < WEAK_SHOWN; i++) {
        const ttag_tag_scores *t = sorted[i];
        if (!worth_a_look(t))
            continue;
        if (shown++ == 0)
            buffer_printf(b, "\nweakest tags, of those with %d articles or more:\n",
                          WEAK_MIN_SUPPORT);
        buffer_text(b, "  ");
        cell_put_text(b, t->tag, columns);
        buffer_printf(b, "  f1 %.3f: %zu of %zu missed, %zu given wrongly\n", t->f1, t->fn,
                      t->support, t->fp);
    }
}

ttag_status ttag_evaluation_write_text(const ttag_evaluation *evaluation, FILE *out, bool color,
                                       ttag_error *err)
{
    const ttag_tag_scores **sorted = mem_new(evaluation->n_tags, sizeof *sorted);
    if (!sorted)
        return fail_memory(err);
    for (size_t i = 0; i < evaluation->n_tags; i++)
        sorted[i] = &evaluation->tags[i];
    qsort(sorted, evaluation->n_tags, sizeof *sorted, by_support);
    buffer report = {0};
    put_head(&report, evaluation);
    put_summary(&report, evaluation, color);
    put_tags(&report, evaluation, sorted, color);
    put_unseen(&report, evaluation);
    put_absent(&report, evaluation);
    put_weakest(&report, evaluation, sorted);
    ttag_status status = report_send(&report, out, err);
    buffer_dispose(&report);
    mem_free(sorted);
    return status;
}
