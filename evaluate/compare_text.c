/* A comparison as tables for people: who is better, the figures, the tags, the articles. */

#include "base/error.h"
#include "base/memory.h"
#include "base/plain_print.h"
#include "base/view.h"
#include "classify/shown_text.h"
#include "evaluate/cells.h"
#include "evaluate/compare_figures.h"
#include "evaluate/report_file.h"

enum {
    NAME_COLUMNS = 34,   /* of the longest tag name that is shown whole */
    FIGURE_COLUMNS = 21, /* of "per_article.precision" */
    TITLE_COLUMNS = 70,  /* of the title of an article */
    RANGE_COLUMNS = 18   /* of "-0.012 to +0.034" */
};

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* ---- The head. ---- */

static void put_verdict(buffer *b, const ttag_comparison *c)
{
    const ttag_change *f1 = &c->micro.f1;
    const char *verdict = compared_verdict(f1);
    if (view_equal(view_of(verdict), view_of("same")))
        buffer_text(b, "A and B do not differ in micro-F1");
    else if (view_equal(view_of(verdict), view_of("unsure")))
        buffer_text(b, "no difference in micro-F1 that chance would not make");
    else
        buffer_printf(b, "B is %s in micro-F1", verdict);
    buffer_printf(b, ": %.3f against %.3f (%+.3f; 95 %%: %+.3f to %+.3f; p = %.3f)\n\n", f1->b,
                  f1->a, f1->b - f1->a, f1->change.low, f1->change.high, f1->p);
}

static void put_head(buffer *b, const ttag_comparison *c)
{
    size_t right, wrong;
    compared_counts(c, &right, &wrong);
    buffer_printf(b, "%zu article%s, %zu tag%s", c->documents, plural(c->documents), c->n_tags,
                  plural(c->n_tags));
    if (c->unlabelled > 0)
        buffer_printf(b, "; skipped: %zu without labels", c->unlabelled);
    if (c->refused > 0)
        buffer_printf(b, "%s%zu refused", c->unlabelled > 0 ? ", " : "; skipped: ", c->refused);
    buffer_printf(b,
                  "\n%zu article%s tagged differently: %zu change%s for the better, "
                  "%zu for the worse\n",
                  c->n_changed, plural(c->n_changed), right, plural(right), wrong);
    put_verdict(b, c);
}

/* ---- Figures. ---- */

/* The words say the same as the colour, for those who do not see it. */
static void paint(buffer *b, const ttag_change *c, bool color)
{
    if (color && c->change.low > 0)
        buffer_text(b, "\x1b[32m");
    else if (color && c->change.high < 0)
        buffer_text(b, "\x1b[31m");
}

static void put_change(buffer *b, const ttag_change *c, bool color)
{
    char range[64];
    bool sure = c->change.low > 0 || c->change.high < 0;
    cell_put_share(b, c->a, 8);
    cell_put_share(b, c->b, 8);
    paint(b, c, color);
    buffer_printf(b, "%+9.3f", c->b - c->a);
    if (color && sure)
        buffer_text(b, "\x1b[0m");
    plain_print(range, sizeof range, "%+.3f to %+.3f", c->change.low, c->change.high);
    buffer_printf(b, "%*s", RANGE_COLUMNS, range);
}

static void put_figures(buffer *b, const ttag_comparison *c, bool color)
{
    compared_figure figures[COMPARED_FIGURES];
    compared_figures(figures, c);
    cell_put_text(b, view_of(""), FIGURE_COLUMNS);
    buffer_text(b, "       A       B   change  95 % of the change       p\n");
    for (size_t i = 0; i < COMPARED_FIGURES; i++) {
        const ttag_change *change = figures[i].change;
        cell_put_text(b, view_of(figures[i].name), FIGURE_COLUMNS);
        put_change(b, change, color);
        cell_put_share(b, change->p, 10);
        buffer_printf(b, "  %s\n", compared_verdict(change));
    }
    buffer_printf(
        b, "\nall tags right with A alone on %zu article%s, with B alone on %zu: p = %.3f\n",
        c->articles.only_a, plural(c->articles.only_a), c->articles.only_b, c->articles.p);
}

/* ---- Tags. ---- */

static size_t name_columns(const ttag_compared_tag *const *tags, size_t n)
{
    size_t columns = 3; /* "tag" */
    for (size_t i = 0; i < n; i++) {
        size_t width = cell_width(tags[i]->tag);
        columns = width > columns ? width : columns;
    }
    return columns < NAME_COLUMNS ? columns : NAME_COLUMNS;
}

static const char *whose(const ttag_compared_tag *t)
{
    if (t->in_a && t->in_b)
        return "";
    return t->in_a ? "  A alone knows it" : t->in_b ? "  B alone knows it" : "";
}

static void put_tag(buffer *b, const ttag_compared_tag *t, size_t columns, bool color)
{
    cell_put_text(b, t->tag, columns);
    buffer_printf(b, "%9zu", t->support);
    put_change(b, &t->scores.f1, color);
    buffer_printf(b, "%9zu%9zu", t->articles.only_a, t->articles.only_b);
    cell_put_share(b, t->articles.p, 9);
    cell_put_share(b, t->p_of_all, 10);
    buffer_printf(b, "%s\n", whose(t));
}

static void put_tags(buffer *b, const ttag_comparison *c, const ttag_compared_tag *const *tags,
                     size_t n, bool color)
{
    size_t columns = name_columns(tags, n), same = c->n_tags - n;
    if (n > 0) {
        buffer_char(b, '\n');
        cell_put_text(b, view_of("tag"), columns);
        buffer_text(b, "  support    A f1    B f1   change  95 % of the change  right A  right B"
                       "        p  p of all\n");
    }
    for (size_t i = 0; i < n; i++)
        put_tag(b, tags[i], columns, color);
    if (same > 0)
        buffer_printf(b, "\n%zu tag%s the same articles with both\n", same,
                      same == 1 ? " has" : "s have");
}

/* ---- Articles. ---- */

static void put_article(buffer *b, const ttag_comparison *c, const ttag_changed_article *article)
{
    buffer_text(b, "  ");
    compared_put_name(b, article, put_clean);
    if (article->title.size > 0) {
        size_t width = cell_width(article->title);
        buffer_text(b, "  ");
        cell_put_text(b, article->title, width < TITLE_COLUMNS ? width : TITLE_COLUMNS);
    }
    buffer_char(b, '\n');
    for (size_t i = 0; i < article->n_changes; i++) {
        const ttag_tag_change *change = &article->changes[i];
        ttag_view tag = c->tags[change->tag].tag;
        buffer_printf(b, "    %c ", change->gained ? '+' : '-');
        cell_put_text(b, tag, cell_width(tag));
        buffer_printf(b, ", %s\n", change->right ? "rightly" : "wrongly");
    }
}

static void put_articles(buffer *b, const ttag_comparison *c, size_t most)
{
    size_t n = c->n_changed < most ? c->n_changed : most;
    if (n == 0)
        return;
    buffer_printf(b, "\narticles that B tags differently%s\n",
                  n < c->n_changed ? ", the first of them" : "");
    for (size_t i = 0; i < n; i++)
        put_article(b, c, &c->changed[i]);
    if (n < c->n_changed)
        buffer_printf(b, "  and %zu more\n", c->n_changed - n);
}

ttag_status ttag_comparison_write_text(const ttag_comparison *comparison, FILE *out, bool color,
                                       size_t changed, ttag_error *err)
{
    size_t n;
    const ttag_compared_tag **tags = compared_tags(comparison, &n);
    if (!tags)
        return fail_memory(err);
    buffer report = {0};
    put_head(&report, comparison);
    put_figures(&report, comparison, color);
    put_tags(&report, comparison, tags, n, color);
    put_articles(&report, comparison, changed);
    ttag_status status = report_send(&report, out, err);
    buffer_dispose(&report);
    mem_free(tags);
    return status;
}
