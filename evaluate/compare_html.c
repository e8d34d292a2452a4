/* A comparison as a page: who is better, the figures, the tags, the articles, how to read it. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/plain_print.h"
#include "base/view.h"
#include "evaluate/chart.h"
#include "evaluate/compare_figures.h"
#include "evaluate/html.h"
#include "evaluate/report_file.h"

enum { TAGS_MOST = 500, ARTICLES_MOST = 500, LABEL_SIZE = 200 };

static const double SURE = 0.05;

/* ---- Pieces. ---- */

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* "good", "poor" or nothing, for classes; the words say it as well. */
static const char *grade(const ttag_change *c)
{
    return c->change.low > 0 ? "good" : c->change.high < 0 ? "poor" : "";
}

/* Cells that are sorted by a number, but show more than that. */
static void open_number(buffer *b, double sorted_by)
{
    html_cell(b, sorted_by);
    buffer_text(b, "<div class=\"number\">");
}

static void put_change_cells(buffer *b, const ttag_change *c, const char *class)
{
    html_cell_number(b, c->a, 3);
    html_cell_number(b, c->b, 3);
    open_number(b, c->b - c->a);
    buffer_printf(b, "<b class=\"%s\">%+.3f</b></div>", class, c->b - c->a);
    open_number(b, c->change.low);
    buffer_printf(b, "%+.3f to %+.3f</div>", c->change.low, c->change.high);
}

static void put_p(buffer *b, double p)
{
    if (p >= 0.001)
        html_number(b, p, 3);
    else
        buffer_text(b, "&lt; 0.001");
}

static void put_p_cell(buffer *b, double p)
{
    open_number(b, p);
    put_p(b, p);
    buffer_text(b, "</div>");
}

/* ---- Summary. ---- */

static void put_verdict(buffer *b, const ttag_comparison *c)
{
    const ttag_change *f1 = &c->micro.f1;
    const char *verdict = compared_verdict(f1);
    buffer_text(b, "<p class=\"lead\">");
    if (f1->change.low > 0 || f1->change.high < 0)
        buffer_printf(b, "<b class=\"%s\">B is %s than A</b>", grade(f1), verdict);
    else if (view_equal(view_of(verdict), view_of("same")))
        buffer_text(b, "<b>A and B do not differ</b>");
    else
        buffer_text(b, "<b>No difference that chance would not make</b>");
    html_printf(b, ": micro-F1 %.3f against %.3f, a change of %+.3f (95 %%: %+.3f to %+.3f).",
                f1->b, f1->a, f1->b - f1->a, f1->change.low, f1->change.high);
    buffer_text(b, "</p>\n");
}

static void put_counts(buffer *b, const ttag_comparison *c)
{
    size_t right, wrong;
    compared_counts(c, &right, &wrong);
    buffer_text(b, "<p>On ");
    html_count(b, c->documents);
    html_printf(b, " labelled article%s and %zu tag%s, B tags ", plural(c->documents), c->n_tags,
                plural(c->n_tags));
    html_count(b, c->n_changed);
    html_printf(b, " article%s differently: %zu change%s for the better, %zu for the worse.",
                plural(c->n_changed), right, plural(right), wrong);
    html_printf(b, " All tags are right with A alone on %zu, with B alone on %zu (p ",
                c->articles.only_a, c->articles.only_b);
    buffer_text(b, c->articles.p >= 0.001 ? "= " : "");
    put_p(b, c->articles.p);
    buffer_text(b, ").");
    html_skipped(b, c->unlabelled, c->refused);
    buffer_text(b, "</p>\n");
}

static void put_tile(buffer *b, const char *name, const ttag_change *c)
{
    char meaning[LABEL_SIZE];
    plain_print(meaning, sizeof meaning, "%+.3f (95 %%: %+.3f to %+.3f) after %.3f: %s",
                c->b - c->a, c->change.low, c->change.high, c->a, compared_verdict(c));
    html_tile(b, name, c->b, NAN, NAN, meaning);
}

static void put_summary(html_page *page, const ttag_comparison *c)
{
    buffer *b = &page->body;
    html_section(page, "summary", "Summary");
    put_verdict(b, c);
    put_counts(b, c);
    buffer_text(b, "<dl class=\"tiles\">\n");
    put_tile(b, "micro-F1 of B", &c->micro.f1);
    put_tile(b, "macro-F1 of B", &c->macro.f1);
    put_tile(b, "F1 per article of B", &c->per_article.f1);
    put_tile(b, "exactly right with B", &c->subset_accuracy);
    buffer_text(b, "</dl>\n");
}

/* ---- Figures. ---- */

static void put_figures(html_page *page, const ttag_comparison *c)
{
    static const html_column columns[] = {
        {"figure", HTML_WORDS, NULL},
        {"A", HTML_NUMBER, NULL},
        {"B", HTML_NUMBER, NULL},
        {"change", HTML_NUMBER, "B less A"},
        {"95 % of the change", HTML_NUMBER, "from a paired bootstrap over the articles"},
        {"p", HTML_NUMBER, "how often chance alone would change the figure as much"},
        {"B is", HTML_WORDS, NULL}};
    compared_figure figures[COMPARED_FIGURES];
    buffer *b = &page->body;
    compared_figures(figures, c);
    html_section(page, "figures", "Figures");
    html_table_start(b, "Figures of both over all articles", columns, 7, HTML_SORTABLE);
    for (size_t i = 0; i < COMPARED_FIGURES; i++) {
        html_row(b);
        html_cell_text(b, view_of(figures[i].name));
        put_change_cells(b, figures[i].change, grade(figures[i].change));
        put_p_cell(b, figures[i].change->p);
        html_cell_text(b, view_of(compared_verdict(figures[i].change)));
    }
    html_table_end(b);
}

/* ---- Tags. ---- */

static void put_dot(buffer *b, const chart *c, const ttag_compared_tag *t)
{
    const ttag_change *f1 = &t->scores.f1;
    buffer label = {0};
    int series = t->p_of_all >= SURE ? 1 : t->articles.only_b > t->articles.only_a ? 3 : 2;
    double x = t->support > 0 ? (double)t->support : 1;
    buffer_view(&label, t->tag);
    buffer_printf(&label, ": %+.3f (%+.3f to %+.3f), %zu articles", f1->b - f1->a, f1->change.low,
                  f1->change.high, t->support);
    if (!buffer_ok(&label))
        b->failed = true;
    chart_segment(b, c, x, f1->change.low, x, f1->change.high, "whisker");
    chart_dot(b, c, x, f1->b - f1->a, 4.5, series, buffer_as_view(&label), NULL);
    buffer_dispose(&label);
}

static void put_chart(buffer *b, const ttag_compared_tag *const *tags, size_t n)
{
    static const char *const names[] = {"as chance may have it",
                                        "B is wrong more often, p of all under 0.05",
                                        "B is right more often, p of all under 0.05"};
    double most = 10, widest = 0.05;
    for (size_t i = 0; i < n; i++) {
        const ttag_interval *change = &tags[i]->scores.f1.change;
        most = fmax(most, (double)tags[i]->support);
        widest = fmax(widest, fmax(fabs(change->low), fabs(change->high)));
    }
    widest = ceil(widest * 10) / 10;
    const chart c = {
        .width = 860,
        .height = 340,
        .x = {.low = 1, .high = most * 1.2, .log = true, .label = "articles of the tag"},
        .y = {.low = -widest, .high = widest, .label = "change of F1"},
        .title = "Change of each tag's F1 from A to B, with 95 % intervals, against "
                 "the number of its articles"};
    chart_start(b, &c);
    chart_segment(b, &c, 1, 0, c.x.high, 0, "guide");
    for (size_t i = 0; i < n; i++)
        put_dot(b, &c, tags[i]);
    chart_end(b);
    chart_legend(b, names, 3);
}

/* Coloured where the change of F1 and McNemar's test say the same. */
static const char *grade_of_tag(const ttag_compared_tag *t)
{
    const ttag_change *f1 = &t->scores.f1;
    bool agree = (f1->b > f1->a) == (t->articles.only_b > t->articles.only_a);
    return agree && t->articles.p < SURE ? grade(f1) : "";
}

static void put_tag(buffer *b, const ttag_compared_tag *t)
{
    html_row(b);
    html_cell(b, NAN);
    html_text(b, t->tag);
    if (!t->in_a || !t->in_b)
        html_printf(b, t->in_a ? " (A alone knows it)" : t->in_b ? " (B alone knows it)" : "");
    html_cell_count(b, t->support);
    put_change_cells(b, &t->scores.f1, grade_of_tag(t));
    html_cell_count(b, t->articles.only_a);
    html_cell_count(b, t->articles.only_b);
    put_p_cell(b, t->articles.p);
    put_p_cell(b, t->p_of_all);
}

static ttag_status put_tags(html_page *page, const ttag_comparison *c, ttag_error *err)
{
    static const html_column columns[] = {
        {"tag", HTML_WORDS, NULL},
        {"support", HTML_NUMBER, "articles that truly carry it"},
        {"F1 of A", HTML_NUMBER, NULL},
        {"F1 of B", HTML_NUMBER, NULL},
        {"change", HTML_NUMBER, "B less A"},
        {"95 % of the change", HTML_NUMBER, "from a paired bootstrap over the articles"},
        {"right: A alone", HTML_NUMBER, "articles where A is right about it, and B is not"},
        {"right: B alone", HTML_NUMBER, "articles where B is right about it, and A is not"},
        {"p", HTML_NUMBER, "McNemar's test: is one of them right more often?"},
        {"p of all", HTML_NUMBER, "corrected after Holm for there being many tags"}};
    buffer *b = &page->body;
    size_t n;
    const ttag_compared_tag **tags = compared_tags(c, &n);
    if (!tags)
        return fail_memory(err);
    size_t shown = n < TAGS_MOST ? n : TAGS_MOST;
    html_section(page, "tags", "Tags");
    if (n > 0) {
        put_chart(b, tags, shown);
        html_table_start(b, "Tags that some article has with one of the two only, the surest first",
                         columns, 10, HTML_SORTABLE | HTML_FILTER | HTML_TALL);
        for (size_t i = 0; i < shown; i++)
            put_tag(b, tags[i]);
        html_table_end(b);
    }
    html_note(b, "%zu of %zu tags have the same articles with both.", c->n_tags - n, c->n_tags);
    if (shown < n)
        html_note(b, "%zu more tags are in the JSON report.", n - shown);
    mem_free(tags);
    return TTAG_OK;
}

/* ---- Articles. ---- */

static void put_changes(buffer *b, const ttag_comparison *c, const ttag_changed_article *article,
                        bool gained)
{
    const char *comma = "";
    html_cell(b, NAN);
    for (size_t i = 0; i < article->n_changes; i++) {
        const ttag_tag_change *change = &article->changes[i];
        if (change->gained != gained)
            continue;
        buffer_printf(b, "%s<span class=\"%s\">", comma, change->right ? "good" : "poor");
        html_text(b, c->tags[change->tag].tag);
        buffer_printf(b, ", %s</span>", change->right ? "rightly" : "wrongly");
        comma = "; ";
    }
}

static void put_articles(html_page *page, const ttag_comparison *c)
{
    static const html_column columns[] = {
        {"article", HTML_WORDS, "sorted by their place in the feed"},
        {"title", HTML_WORDS, NULL},
        {"gained", HTML_WORDS, "given by B and not by A"},
        {"lost", HTML_WORDS, "given by A and not by B"},
        {"for the better", HTML_NUMBER, "changes that are right"},
        {"for the worse", HTML_NUMBER, "changes that are wrong"}};
    size_t shown = c->n_changed < ARTICLES_MOST ? c->n_changed : ARTICLES_MOST;
    buffer *b = &page->body;
    if (shown == 0)
        return;
    html_section(page, "articles", "Articles");
    html_table_start(b, "Articles that B tags differently", columns, 6,
                     HTML_SORTABLE | HTML_FILTER | HTML_TALL);
    for (size_t i = 0; i < shown; i++) {
        const ttag_changed_article *article = &c->changed[i];
        html_row(b);
        html_cell(b, (double)article->number);
        compared_put_name(b, article, html_text);
        html_cell_text(b, article->title);
        put_changes(b, c, article, true);
        put_changes(b, c, article, false);
        html_cell_count(b, article->n_right);
        html_cell_count(b, article->n_changes - article->n_right);
    }
    html_table_end(b);
    if (shown < c->n_changed)
        html_note(b, "%zu of %zu are shown, the first of the feed; --format json has all of them.",
                  shown, c->n_changed);
}

/* ---- All of it. ---- */

static void put_reading(html_page *page, const ttag_comparison *c)
{
    buffer *b = &page->body;
    html_section(page, "reading", "How to read this");
    html_note(b,
              "Changes are B less A, measured on the same articles. Their intervals come from %u "
              "draws of the articles with replacement, in each of which both are measured; better "
              "and worse say that an interval lies on one side of 0.",
              (unsigned)c->replicates);
    html_note(b, "p of a tag is that of McNemar's test (the mid-p of its exact form), over the "
                 "articles on which one of the two is right about the tag and the other wrong. "
                 "Among many tags some have a small p by chance; p of all is corrected for that "
                 "after Holm.");
    html_note(b, "A tag that a model does not know it never gives. Means over tags are over the "
                 "tags of both models and of the labels.");
}

ttag_status ttag_comparison_write_html(const ttag_comparison *comparison, const char *subject,
                                       FILE *out, ttag_error *err)
{
    html_page page = {0};
    buffer report = {0};
    put_summary(&page, comparison);
    put_figures(&page, comparison);
    ttag_status status = put_tags(&page, comparison, err);
    if (status == TTAG_OK) {
        put_articles(&page, comparison);
        put_reading(&page, comparison);
        html_page_finish(&report, &page, "Comparison", view_of(subject ? subject : "two models"));
        status = report_send(&report, out, err);
    }
    html_page_dispose(&page);
    buffer_dispose(&report);
    return status;
}
