/* An evaluation as a page: what it is put together from, and its beginning. */
#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/view.h"
#include "evaluate/report_file.h"
#include "evaluate/report_page.h"
#include "evaluate/tags_by_support.h"

/* ---- What sections share. ---- */

/* Whether its curves are drawn: those of the most frequent tags that the model knows, if an article
   carries them. */
static bool has_curves(const report_page *p, size_t tag)
{
    if (isnan(p->e->tags[tag].threshold) || p->e->tags[tag].support == 0)
        return false;
    if (p->e->n_tags <= PAGE_CURVES_MOST)
        return true;
    for (size_t i = 0; i < PAGE_CURVES_MOST; i++)
        if (p->by_support[i] == tag)
            return true;
    return false;
}

void page_put_tag(report_page *p, size_t tag)
{
    buffer *b = &p->html.body;
    html_cell(b, NAN);
    bool linked = has_curves(p, tag);
    if (linked)
        buffer_printf(b, "<a href=\"#tag-%zu\">", tag);
    html_text(b, p->e->tags[tag].tag);
    buffer_text(b, linked ? "</a>" : "");
}

void page_put_cap(report_page *p, size_t shown, size_t all, const char *what,
                  ttag_evaluation_table table)
{
    buffer *b = &p->html.body;
    if (shown >= all)
        return;
    buffer_text(b, "<p class=\"note\">");
    html_count(b, shown);
    buffer_text(b, " of ");
    html_count(b, all);
    html_printf(b, " %s are shown; ", what);
    if (p->opts->data)
        html_printf(b, "all are in %s/%s", p->opts->data, ttag_evaluation_table_name(table));
    else
        html_printf(b, "--html-data DIR writes all of them to DIR/%s",
                    ttag_evaluation_table_name(table));
    buffer_text(b, ".</p>\n");
}

/* ---- The summary. ---- */

static int in_hundred(double share)
{
    return (int)(share * 100 + 0.5);
}

static void put_verdict(report_page *p)
{
    const ttag_evaluation *e = p->e;
    buffer *b = &p->html.body;
    buffer_text(b, "<p class=\"lead\">Of 100 tags that it gives, <b>");
    html_printf(b, "%d", in_hundred(e->micro.precision));
    buffer_text(b, " are right</b>; of 100 that it should give, it <b>finds ");
    html_printf(b, "%d", in_hundred(e->micro.recall));
    buffer_text(b, "</b>: micro-F1 ");
    html_data(b, e->micro.f1, 3);
    if (e->intervals)
        html_printf(b, " (95 %% interval %.3f–%.3f)", e->intervals->micro.f1.low,
                    e->intervals->micro.f1.high);
    buffer_text(b, " on ");
    html_count(b, e->documents);
    html_printf(b, " article%s and ", e->documents == 1 ? "" : "s");
    html_count(b, e->n_tags);
    html_printf(b, " tag%s.", e->n_tags == 1 ? "" : "s");
    buffer_text(b, "</p>\n");
}

/* The weakest tag that has articles enough to say so; n_tags: there is none. */
static size_t weakest_of(const ttag_evaluation *e)
{
    size_t weakest = e->n_tags;
    for (size_t t = 0; t < e->n_tags; t++) {
        const ttag_tag_scores *tag = &e->tags[t];
        if (tag->support >= PAGE_MIN_SUPPORT && !isnan(tag->threshold) &&
            (weakest == e->n_tags || tag->f1 < e->tags[weakest].f1))
            weakest = t;
    }
    return weakest;
}

static void put_second_sentence(report_page *p)
{
    const ttag_evaluation *e = p->e;
    buffer *b = &p->html.body;
    size_t good = 0, carried = 0, weakest = weakest_of(e);
    for (size_t t = 0; t < e->n_tags; t++) {
        good += e->tags[t].f1 >= 0.8;
        carried += e->tags[t].support > 0;
    }
    html_printf(b, "%zu of the %zu tags that articles carry reach an F1 of 0.8.", good, carried);
    if (weakest < e->n_tags) {
        const ttag_tag_scores *tag = &e->tags[weakest];
        html_printf(b, " Weakest of those with %d articles or more: ", PAGE_MIN_SUPPORT);
        html_element(b, "b", "name", tag->tag);
        html_printf(b, " (F1 %.3f: %zu of %zu missed, %zu given wrongly).", tag->f1, tag->fn,
                    tag->support, tag->fp);
    }
    if (e->n_unseen > 0)
        html_printf(b, " %zu tag%s of the labels the model does not know, and never gives.",
                    e->n_unseen, e->n_unseen == 1 ? "" : "s");
}

static void put_tiles(report_page *p)
{
    const ttag_score_intervals none = {NO_INTERVAL, NO_INTERVAL, NO_INTERVAL};
    const ttag_intervals unsure = {
        .micro = none, .macro = none, .per_article = none, .subset_accuracy = NO_INTERVAL};
    const ttag_evaluation *e = p->e;
    const ttag_intervals *i = e->intervals ? e->intervals : &unsure;
    buffer *b = &p->html.body;
    const struct {
        const char *name;
        double value;
        ttag_interval interval;
        const char *meaning;
    } tiles[] = {
        {"micro-F1", e->micro.f1, i->micro.f1, "over all pairs of article and tag"},
        {"precision", e->micro.precision, i->micro.precision, "of what was given, what was right"},
        {"recall", e->micro.recall, i->micro.recall, "of what is true, what was given"},
        {"macro-F1", e->macro.f1, i->macro.f1, "mean over tags: are rare ones served as well?"},
        {"F1 per article", e->per_article.f1, i->per_article.f1,
         "mean over articles that have a tag"},
        {"exactly right", e->subset_accuracy, i->subset_accuracy,
         "articles with all tags right and none wrong"},
        {"mean average precision", e->map, NO_INTERVAL, "how well scores rank the articles"},
        {"calibration error", e->ece, NO_INTERVAL,
         "how far probabilities are from what came true; less is better"}};
    buffer_text(b, "<dl class=\"tiles\">\n");
    for (size_t k = 0; k < sizeof tiles / sizeof *tiles; k++)
        html_tile(b, tiles[k].name, tiles[k].value, tiles[k].interval.low, tiles[k].interval.high,
                  tiles[k].meaning);
    buffer_text(b, "</dl>\n");
}

static void put_mean(report_page *p, const char *name, const ttag_scores *s,
                     const ttag_score_intervals *i, const char *meaning)
{
    buffer *b = &p->html.body;
    ttag_interval none = NO_INTERVAL;
    html_row(b);
    html_cell_text(b, view_of(name));
    html_cell_share(b, s->precision, i ? i->precision.low : none.low, i ? i->precision.high : 0);
    html_cell_share(b, s->recall, i ? i->recall.low : none.low, i ? i->recall.high : 0);
    html_cell_share(b, s->f1, i ? i->f1.low : none.low, i ? i->f1.high : 0);
    html_cell_text(b, view_of(meaning));
}

static void put_means(report_page *p)
{
    static const html_column columns[] = {{"mean", HTML_WORDS, NULL},
                                          {"precision", HTML_NUMBER, NULL},
                                          {"recall", HTML_NUMBER, NULL},
                                          {"F1", HTML_NUMBER, NULL},
                                          {"what it is", HTML_WORDS, NULL}};
    const ttag_evaluation *e = p->e;
    const ttag_intervals *i = e->intervals;
    buffer *b = &p->html.body;
    html_table_start(b, "Five ways to take the mean", columns, 5, HTML_PLAIN);
    put_mean(p, "micro", &e->micro, i ? &i->micro : NULL, "all pairs of article and tag together");
    put_mean(p, "macro", &e->macro, i ? &i->macro : NULL, "over tags");
    put_mean(p, "weighted", &e->weighted, i ? &i->weighted : NULL, "over tags, by support");
    put_mean(p, "samples", &e->samples, i ? &i->samples : NULL, "over articles");
    put_mean(p, "per article", &e->per_article, i ? &i->per_article : NULL,
             "over articles with a tag");
    html_table_end(b);
}

static void put_rest(report_page *p)
{
    const ttag_evaluation *e = p->e;
    buffer *b = &p->html.body;
    buffer_text(b, "<p class=\"note\">Jaccard index ");
    html_data(b, e->jaccard, 3);
    buffer_text(b, " (tags in common / tags in all), Hamming loss ");
    html_data(b, e->hamming_loss, 4);
    buffer_text(b, " (share of wrong pairs).");
    if (e->intervals) {
        buffer_text(b, " Intervals hold the figure of all articles of this kind in 95 of 100 "
                       "cases: bootstrap over the articles, ");
        html_count(b, e->intervals->replicates);
        buffer_text(b, " replicates.");
    }
    html_skipped(b, e->unlabelled, e->refused);
    buffer_text(b, "</p>\n");
}

static void put_summary(report_page *p)
{
    html_section(&p->html, "summary", "Summary");
    put_verdict(p);
    buffer_text(&p->html.body, "<p>");
    put_second_sentence(p);
    buffer_text(&p->html.body, "</p>\n");
    put_tiles(p);
    put_means(p);
    put_rest(p);
}

/* ---- All of it. ---- */

static ttag_status put_sections(report_page *p, ttag_error *err)
{
    put_summary(p);
    page_put_tags(p);
    ttag_status status = page_put_support(p, err);
    page_put_curves(p);
    page_put_calibration(p);
    if (status == TTAG_OK)
        status = page_put_pairs(p, err);
    if (status == TTAG_OK)
        status = page_put_slices(p, err);
    if (status == TTAG_OK)
        status = page_put_errors(p, err);
    if (status == TTAG_OK)
        page_put_cards(p);
    return status;
}

ttag_status ttag_evaluation_write_html(const ttag_evaluation *evaluation,
                                       const ttag_page_opts *opts, FILE *out, ttag_error *err)
{
    static const ttag_page_opts defaults = TTAG_PAGE_OPTS_INIT;
    const kept_evaluation *kept = evaluation_behind(evaluation);
    if (kept->results.n_documents != evaluation->documents)
        return fail(err, TTAG_INVALID, "the evaluation has no outcomes of articles to draw from");
    tag_curves *curves = NULL;
    uint32_t *order = tags_by_support(evaluation);
    buffer report = {0};
    report_page p = {.e = evaluation, .kept = kept, .opts = opts ? opts : &defaults};
    ttag_status status = order ? TTAG_OK : fail_memory(err);
    if (status == TTAG_OK)
        status = tag_curves_new(&curves, &kept->results, thread_count(0), NULL, err);
    p.by_support = order;
    p.curves = curves;
    if (status == TTAG_OK)
        status = put_sections(&p, err);
    if (status == TTAG_OK) {
        const char *subject = p.opts->subject;
        html_page_finish(&report, &p.html, "Evaluation", view_of(subject ? subject : "a model"));
        status = report_send(&report, out, err);
    }
    html_page_dispose(&p.html);
    buffer_dispose(&report);
    mem_free(curves);
    mem_free(order);
    return status;
}
