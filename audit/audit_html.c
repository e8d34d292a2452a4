/* An audit as a page: a section for each kind of finding, the most important first. */
#include <math.h>

#include "audit/shown_article.h"
#include "base/view.h"
#include "evaluate/html.h"
#include "evaluate/report_file.h"
#include "ttag/audit.h"

enum {
    ROWS_MOST = 500, /* of a table: the JSON has all */
    NAMES_MOST = 20,
    QUOTED = 400 /* code points */
};

/* ---- Cells. ---- */

static void put_name(buffer *b, const ttag_audited *article)
{
    buffer name = {0};
    shown_article_put(&name, article);
    html_text(b, buffer_as_view(&name));
    b->failed = b->failed || name.failed;
    buffer_dispose(&name);
}

static void cell_article(buffer *b, const ttag_audited *article)
{
    html_cell(b, NAN);
    put_name(b, article);
}

static void cell_quote(buffer *b, ttag_view text)
{
    buffer line = {0};
    shown_text_put(&line, text, QUOTED);
    html_cell_text(b, buffer_as_view(&line));
    b->failed = b->failed || line.failed;
    buffer_dispose(&line);
}

static void cell_tags(buffer *b, const ttag_audit *a, const uint32_t *tags, size_t n)
{
    html_cell(b, (double)n);
    for (size_t k = 0; k < n && k < NAMES_MOST; k++) {
        html_words(b, k ? ", " : "");
        html_text(b, a->tags[tags[k]].name);
    }
    if (n > NAMES_MOST)
        html_printf(b, " and %zu more", n - NAMES_MOST);
}

static size_t rows(size_t n)
{
    return n < ROWS_MOST ? n : ROWS_MOST;
}

static void end_table(buffer *b, size_t n)
{
    html_table_end(b);
    if (n > ROWS_MOST)
        html_note(b, "The first %d of %zu are shown; --format json has all.", ROWS_MOST, n);
}

/* A section of n findings; false: there are none, which it says. */
static bool open_section(html_page *page, const char *id, const char *title, size_t n,
                         const char *none)
{
    html_section(page, id, title);
    if (n == 0)
        html_element(&page->body, "p", NULL, view_of(none));
    return n > 0;
}

/* ---- Sections. ---- */

static void put_overview(html_page *page, const ttag_audit *a)
{
    buffer *b = &page->body;
    html_section(page, "overview", "Overview");
    buffer_text(b, "<p class=\"lead\">");
    html_printf(b,
                "%zu articles, %zu labelled, %zu tags: %zu copies, %zu blanket-tagged, %zu leaks, "
                "%zu labels in doubt.",
                a->n_articles, a->labelled, a->n_tags, a->copies, a->n_blanket, a->n_leaks,
                a->n_labels);
    buffer_text(b, "</p>\n");
    const size_t *q = a->quartiles;
    html_note(b,
              "Words: %zu to %zu, half of the articles %zu to %zu, the median %zu. %zu articles "
              "have under ten words.",
              q[0], q[4], q[1], q[3], q[2], a->n_short);
    static const html_column columns[] = {
        {"language", HTML_WORDS, "guessed by script and small words"},
        {"articles", HTML_NUMBER, NULL}};
    html_table_start(b, "Languages", columns, 2, HTML_SORTABLE);
    for (size_t k = 0; k < a->n_languages; k++) {
        html_row(b);
        html_cell_text(b, view_of(a->languages[k].name));
        html_cell_count(b, a->languages[k].articles);
    }
    html_table_end(b);
}

static void put_leaks(html_page *page, const ttag_audit *a)
{
    static const html_column columns[] = {{"article", HTML_WORDS, NULL},
                                          {"held against", HTML_WORDS, NULL},
                                          {"similarity", HTML_NUMBER, "1: the same words"}};
    if (a->n_against == 0 ||
        !open_section(page, "leaks", "Leaks", a->n_leaks, "No article is in both feeds."))
        return;
    html_table_start(&page->body, "Articles that are in both feeds", columns, 3,
                     HTML_SORTABLE | HTML_FILTER | HTML_TALL);
    for (size_t k = 0; k < rows(a->n_leaks); k++) {
        html_row(&page->body);
        cell_article(&page->body, &a->articles[a->leaks[k].article]);
        cell_article(&page->body, &a->against[a->leaks[k].other]);
        html_cell_number(&page->body, a->leaks[k].similarity, 2);
    }
    end_table(&page->body, a->n_leaks);
}

static void put_blanket(html_page *page, const ttag_audit *a)
{
    static const html_column columns[] = {
        {"article", HTML_WORDS, NULL}, {"title", HTML_WORDS, NULL}, {"tags", HTML_NUMBER, NULL}};
    if (!open_section(page, "blanket", "Blanket-tagged articles", a->n_blanket, "There are none."))
        return;
    html_table_start(&page->body, "Articles that carry more than half of all tags", columns, 3,
                     HTML_SORTABLE | HTML_TALL);
    for (size_t k = 0; k < rows(a->n_blanket); k++) {
        const ttag_audited *article = &a->articles[a->blanket[k]];
        html_row(&page->body);
        cell_article(&page->body, article);
        cell_quote(&page->body, article->title);
        html_cell_count(&page->body, article->n_tags);
    }
    end_table(&page->body, a->n_blanket);
}

static void put_clusters(html_page *page, const ttag_audit *a)
{
    static const html_column columns[] = {{"articles", HTML_WORDS, NULL},
                                          {"how many", HTML_NUMBER, NULL},
                                          {"similarity", HTML_NUMBER, "of the weakest link"},
                                          {"tags that not all carry", HTML_WORDS, NULL}};
    buffer *b = &page->body;
    if (!open_section(page, "duplicates", "Duplicates", a->n_clusters, "There are none."))
        return;
    html_table_start(b, "Articles that are copies of each other", columns, 4,
                     HTML_SORTABLE | HTML_FILTER | HTML_TALL);
    for (size_t k = 0; k < rows(a->n_clusters); k++) {
        const ttag_audit_cluster *c = &a->clusters[k];
        html_row(b);
        html_cell(b, NAN);
        for (size_t i = 0; i < c->n && i < NAMES_MOST; i++) {
            html_words(b, i ? ", " : "");
            put_name(b, &a->articles[c->articles[i]]);
        }
        html_words(b, c->n > NAMES_MOST ? " …" : "");
        html_cell_count(b, c->n);
        html_cell_number(b, c->least, 2);
        cell_tags(b, a, c->disagreed, c->n_disagreed);
    }
    end_table(b, a->n_clusters);
}

static void put_label(buffer *b, const ttag_audit *a, const ttag_audit_label *label)
{
    html_row(b);
    cell_article(b, &a->articles[label->article]);
    html_cell_text(b, a->tags[label->tag].name);
    html_cell_text(b, view_of(label->missing ? "missing" : "wrong"));
    html_cell_number(b, label->probability, 3);
    html_cell(b, NAN);
    for (size_t k = 0; k < label->n_terms; k++) {
        html_words(b, k ? ", " : "");
        html_text(b, label->terms[k].term);
    }
    cell_quote(b, a->articles[label->article].text);
}

static void put_labels(html_page *page, const ttag_audit *a)
{
    static const html_column columns[] = {
        {"article", HTML_WORDS, NULL},
        {"tag", HTML_WORDS, NULL},
        {"likely", HTML_WORDS, NULL},
        {"probability", HTML_NUMBER, "of the tag, by a model that has not seen the article"},
        {"terms", HTML_WORDS, "that speak for a missing tag, or against one that is there"},
        {"text", HTML_WORDS, NULL}};
    const char *none = a->labels_searched ? "No label is in doubt." : a->why_not;
    if (!open_section(page, "labels", "Labels in doubt", a->n_labels, none))
        return;
    html_note(&page->body,
              "%zu likely wrong, %zu likely missing, the likeliest first. Models that had not seen "
              "the articles reach a micro-F1 of %.3f.",
              a->wrong, a->missing, a->micro_f1);
    html_table_start(&page->body, "Labels that are likely wrong or missing", columns, 6,
                     HTML_SORTABLE | HTML_FILTER | HTML_TALL);
    for (size_t k = 0; k < rows(a->n_labels); k++)
        put_label(&page->body, a, &a->labels[k]);
    end_table(&page->body, a->n_labels);
}

static void put_giveaways(html_page *page, const ttag_audit *a)
{
    static const html_column columns[] = {{"source", HTML_WORDS, NULL},
                                          {"tag", HTML_WORDS, NULL},
                                          {"term", HTML_WORDS, "none: the source by itself"},
                                          {"articles", HTML_NUMBER, "of the source"},
                                          {"elsewhere", HTML_NUMBER, "articles of other sources"},
                                          {"weight", HTML_NUMBER, "of the term for the tag"}};
    buffer *b = &page->body;
    if (!open_section(page, "sources", "Sources that give a tag away", a->n_giveaways,
                      "None was found."))
        return;
    html_table_start(b, "What tells a tag by who wrote", columns, 6, HTML_SORTABLE | HTML_TALL);
    for (size_t k = 0; k < rows(a->n_giveaways); k++) {
        const ttag_audit_giveaway *g = &a->giveaways[k];
        html_row(b);
        html_cell_text(b, g->source);
        html_cell_text(b, a->tags[g->tag].name);
        html_cell_text(b, g->term.bytes ? g->term : view_of(""));
        html_cell_count(b, g->articles);
        html_cell_count(b, g->elsewhere);
        html_cell_number(b, g->term.bytes ? g->weight : NAN, 2);
    }
    end_table(b, a->n_giveaways);
}

static void put_passages(html_page *page, const ttag_audit *a)
{
    static const html_column columns[] = {{"passage", HTML_WORDS, NULL},
                                          {"words", HTML_NUMBER, NULL},
                                          {"articles", HTML_NUMBER, NULL},
                                          {"where", HTML_WORDS, "article and code point"}};
    buffer *b = &page->body;
    if (!open_section(page, "passages", "Shared passages", a->n_passages, "There are none."))
        return;
    html_table_start(b, "Long passages in articles that are no copies of each other", columns, 4,
                     HTML_SORTABLE | HTML_FILTER | HTML_TALL);
    for (size_t k = 0; k < rows(a->n_passages); k++) {
        const ttag_audit_passage *p = &a->passages[k];
        html_row(b);
        cell_quote(b, p->text);
        html_cell_count(b, p->words);
        html_cell_count(b, p->n);
        html_cell(b, NAN);
        for (size_t i = 0; i < p->n && i < NAMES_MOST; i++) {
            html_words(b, i ? ", " : "");
            put_name(b, &a->articles[p->places[i].article]);
            html_printf(b, " at %zu", p->places[i].start);
        }
        html_words(b, p->n > NAMES_MOST ? " …" : "");
    }
    end_table(b, a->n_passages);
}

static void put_lines(html_page *page, const ttag_audit *a)
{
    static const html_column columns[] = {{"line", HTML_WORDS, NULL},
                                          {"source", HTML_WORDS, NULL},
                                          {"articles", HTML_NUMBER, NULL},
                                          {"of", HTML_NUMBER, "articles of the source"}};
    buffer *b = &page->body;
    if (!open_section(page, "lines", "Repeated lines", a->n_lines, "There are none."))
        return;
    html_table_start(b, "Lines that stand in many articles of a source", columns, 4,
                     HTML_SORTABLE | HTML_FILTER | HTML_TALL);
    for (size_t k = 0; k < rows(a->n_lines); k++) {
        html_row(b);
        cell_quote(b, a->lines[k].text);
        html_cell_text(b, a->lines[k].source.bytes ? a->lines[k].source : view_of(""));
        html_cell_count(b, a->lines[k].articles);
        html_cell_count(b, a->lines[k].of);
    }
    end_table(b, a->n_lines);
}

static void put_rare(html_page *page, const ttag_audit *a)
{
    static const html_column columns[] = {{"tag", HTML_WORDS, NULL},
                                          {"articles", HTML_NUMBER, NULL}};
    if (!open_section(page, "rare", "Rare tags", a->n_rare, "There are none."))
        return;
    html_table_start(&page->body, "Tags with too few articles to learn from", columns, 2,
                     HTML_SORTABLE | HTML_TALL);
    for (size_t k = 0; k < rows(a->n_rare); k++) {
        html_row(&page->body);
        html_cell_text(&page->body, a->tags[a->rare[k]].name);
        html_cell_count(&page->body, a->tags[a->rare[k]].support);
    }
    end_table(&page->body, a->n_rare);
}

static void put_pairs(html_page *page, const ttag_audit *a)
{
    static const html_column columns[] = {{"tag", HTML_WORDS, NULL},
                                          {"always with", HTML_WORDS, NULL},
                                          {"and the other way round", HTML_WORDS, NULL},
                                          {"articles", HTML_NUMBER, NULL}};
    buffer *b = &page->body;
    if (!open_section(page, "together", "Tags that never go alone", a->n_pairs, "There are none."))
        return;
    html_table_start(b, "Tags of which one never goes without the other", columns, 4,
                     HTML_SORTABLE | HTML_FILTER | HTML_TALL);
    for (size_t k = 0; k < rows(a->n_pairs); k++) {
        html_row(b);
        html_cell_text(b, a->tags[a->pairs[k].tag].name);
        html_cell_text(b, a->tags[a->pairs[k].with].name);
        html_cell_text(b, view_of(a->pairs[k].both ? "yes" : "no"));
        html_cell_count(b, a->tags[a->pairs[k].tag].support);
    }
    end_table(b, a->n_pairs);
}

ttag_status ttag_audit_write_html(const ttag_audit *audit, FILE *out, const char *name,
                                  ttag_error *err)
{
    html_page page = {0};
    buffer whole = {0};
    put_overview(&page, audit);
    put_leaks(&page, audit);
    put_blanket(&page, audit);
    put_clusters(&page, audit);
    put_labels(&page, audit);
    put_giveaways(&page, audit);
    put_passages(&page, audit);
    put_lines(&page, audit);
    put_rare(&page, audit);
    put_pairs(&page, audit);
    html_page_finish(&whole, &page, "Audit", view_of(name));
    ttag_status status = report_send(&whole, out, err);
    buffer_dispose(&whole);
    return status;
}
