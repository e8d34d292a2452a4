/* A comparison as tables of Markdown. */
#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"
#include "evaluate/compare_figures.h"
#include "evaluate/markdown.h"
#include "evaluate/report_file.h"

static void put_change(buffer *b, const ttag_change *c)
{
    buffer_printf(b, " %.3f | %.3f | %+.3f | %+.3f to %+.3f |", c->a, c->b, c->b - c->a,
                  c->change.low, c->change.high);
}

static void put_figures(buffer *b, const ttag_comparison *c)
{
    compared_figure figures[COMPARED_FIGURES];
    compared_figures(figures, c);
    buffer_text(b, "\n| figure | A | B | change | 95 % of the change | p | B is |\n"
                   "|---|--:|--:|--:|--:|--:|---|\n");
    for (size_t i = 0; i < COMPARED_FIGURES; i++) {
        buffer_text(b, "| ");
        markdown_text(b, view_of(figures[i].name));
        buffer_text(b, " |");
        put_change(b, figures[i].change);
        buffer_printf(b, " %.3f | %s |\n", figures[i].change->p,
                      compared_verdict(figures[i].change));
    }
}

static ttag_status put_tags(buffer *b, const ttag_comparison *c, ttag_error *err)
{
    size_t n;
    const ttag_compared_tag **tags = compared_tags(c, &n);
    if (!tags)
        return fail_memory(err);
    if (n > 0)
        buffer_text(b, "\n| tag | support | F1 of A | F1 of B | change | 95 % of the change | "
                       "right: A alone | right: B alone | p | p of all |\n"
                       "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (size_t i = 0; i < n; i++) {
        const ttag_compared_tag *t = tags[i];
        buffer_text(b, "| ");
        markdown_text(b, t->tag);
        buffer_printf(b, " | %zu |", t->support);
        put_change(b, &t->scores.f1);
        buffer_printf(b, " %zu | %zu | %.3f | %.3f |\n", t->articles.only_a, t->articles.only_b,
                      t->articles.p, t->p_of_all);
    }
    buffer_printf(b, "\n%zu of %zu tags have the same articles with both.\n", c->n_tags - n,
                  c->n_tags);
    mem_free(tags);
    return TTAG_OK;
}

/* Tags gained, or lost, as "Malware (rightly), News (wrongly)". */
static void put_changes(buffer *b, const ttag_comparison *c, const ttag_changed_article *article,
                        bool gained)
{
    const char *comma = " ";
    for (size_t i = 0; i < article->n_changes; i++) {
        const ttag_tag_change *change = &article->changes[i];
        if (change->gained != gained)
            continue;
        buffer_text(b, comma);
        markdown_text(b, c->tags[change->tag].tag);
        buffer_text(b, change->right ? " (rightly)" : " (wrongly)");
        comma = ", ";
    }
    buffer_text(b, " |");
}

static void put_articles(buffer *b, const ttag_comparison *c, size_t most)
{
    size_t n = c->n_changed < most ? c->n_changed : most;
    if (n == 0)
        return;
    buffer_text(b, "\n| article | title | gained | lost |\n|---|---|---|---|\n");
    for (size_t i = 0; i < n; i++) {
        buffer_text(b, "| ");
        compared_put_name(b, &c->changed[i], markdown_text);
        buffer_text(b, " | ");
        markdown_text(b, c->changed[i].title);
        buffer_text(b, " |");
        put_changes(b, c, &c->changed[i], true);
        put_changes(b, c, &c->changed[i], false);
        buffer_char(b, '\n');
    }
    if (n < c->n_changed)
        buffer_printf(b, "\n%zu of %zu are shown.\n", n, c->n_changed);
}

ttag_status ttag_comparison_write_markdown(const ttag_comparison *comparison, FILE *out,
                                           size_t changed, ttag_error *err)
{
    const ttag_comparison *c = comparison;
    size_t right, wrong;
    buffer report = {0};
    compared_counts(c, &right, &wrong);
    buffer_printf(&report,
                  "# Comparison\n\n%zu articles, %zu tags; skipped: %zu without labels, %zu "
                  "refused.\n%zu articles are tagged differently: %zu changes for the better, %zu "
                  "for the worse.\nAll tags are right with A alone on %zu, with B alone on %zu "
                  "(p = %.3f).\n",
                  c->documents, c->n_tags, c->unlabelled, c->refused, c->n_changed, right, wrong,
                  c->articles.only_a, c->articles.only_b, c->articles.p);
    put_figures(&report, c);
    ttag_status status = put_tags(&report, c, err);
    if (status == TTAG_OK) {
        put_articles(&report, c, changed);
        status = report_send(&report, out, err);
    }
    buffer_dispose(&report);
    return status;
}
