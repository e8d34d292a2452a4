/* Which tags go together, and which are taken for one another. */
#include "base/memory.h"
#include "base/view.h"
#include "evaluate/report_page.h"
#include "evaluate/tag_pairs.h"

enum { HEAT_TAGS = 20, PAIRS_LISTED = 20 };

/* Row: what was given; column: what is true. In hundredths of the articles the row was given to. */
static void put_heat_row(report_page *p, const tag_pairs *pairs, size_t row, size_t n)
{
    buffer *b = &p->html.body;
    html_row(b);
    html_cell_text(b, p->e->tags[pairs->tags[row]].tag);
    for (size_t column = 0; column < n; column++) {
        uint32_t count = pairs->given_true[row * pairs->n + column], given = pairs->given[row];
        unsigned share = given > 0 ? (unsigned)(100.0 * count / given + 0.5) : 0;
        if (count == 0)
            buffer_text(b, "<td>");
        else
            buffer_printf(b, "<td style=\"--h:%.2f\"%s>%u", 0.45 * share / 100,
                          row == column ? " class=\"own\"" : "", share);
    }
}

static void put_heat(report_page *p, const tag_pairs *pairs)
{
    buffer *b = &p->html.body;
    size_t n = pairs->n < HEAT_TAGS ? pairs->n : HEAT_TAGS;
    buffer_text(b, "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Given and "
                   "true\"><table class=\"heat\">\n<caption>Given and true: of 100 articles that "
                   "were given the tag of the row, how many carry the tag of the column. The "
                   "diagonal is precision; what is dark beside it goes together, or is confused."
                   "</caption>\n<thead><tr><th scope=\"col\">given ↓ true →</th>");
    for (size_t i = 0; i < n; i++) {
        buffer_text(b, "<th scope=\"col\" dir=\"auto\"><span>");
        html_text(b, p->e->tags[pairs->tags[i]].tag);
        buffer_text(b, "</span></th>");
    }
    buffer_text(b, "</tr></thead>\n<tbody>");
    for (size_t row = 0; row < n; row++)
        put_heat_row(p, pairs, row, n);
    html_table_end(b);
    page_put_cap(p, n, p->e->n_tags, "tags, the most frequent,", TTAG_TABLE_PAIRS);
}

static ttag_status put_confused(report_page *p, const tag_pairs *pairs, ttag_error *err)
{
    static const html_column columns[] = {
        {"given", HTML_WORDS, "the tag that was given and is not true"},
        {"in place of", HTML_WORDS, "the tag that is true and was not given"},
        {"articles", HTML_NUMBER, NULL}};
    tag_pair *largest;
    size_t n;
    buffer *b = &p->html.body;
    ttag_status status =
        tag_pairs_largest(&largest, &n, pairs, pairs->wrong_missed, false, PAIRS_LISTED, err);
    if (status == TTAG_OK && n > 0) {
        html_table_start(b, "Taken for one another: one was given wrongly, the other missed",
                         columns, 3, HTML_SORTABLE);
        for (size_t i = 0; i < n; i++) {
            html_row(b);
            html_cell_text(b, p->e->tags[pairs->tags[largest[i].row]].tag);
            html_cell_text(b, p->e->tags[pairs->tags[largest[i].column]].tag);
            html_cell_count(b, largest[i].count);
        }
        html_table_end(b);
    }
    mem_free(largest);
    return status;
}

static void put_together_row(report_page *p, const tag_pairs *pairs, const tag_pair *pair)
{
    buffer *b = &p->html.body;
    uint32_t first = pairs->true_true[pair->row * pairs->n + pair->row];
    uint32_t second = pairs->true_true[pair->column * pairs->n + pair->column];
    html_row(b);
    html_cell_text(b, p->e->tags[pairs->tags[pair->row]].tag);
    html_cell_text(b, p->e->tags[pairs->tags[pair->column]].tag);
    html_cell_count(b, pair->count);
    html_cell_number(b, (double)pair->count / first, 2);
    html_cell_number(b, (double)pair->count / second, 2);
}

static ttag_status put_together(report_page *p, const tag_pairs *pairs, ttag_error *err)
{
    static const html_column columns[] = {
        {"tag", HTML_WORDS, NULL},
        {"and", HTML_WORDS, NULL},
        {"articles", HTML_NUMBER, NULL},
        {"of the first", HTML_NUMBER, "share of the first tag's articles"},
        {"of the second", HTML_NUMBER, "share of the second tag's articles"}};
    tag_pair *largest;
    size_t n;
    buffer *b = &p->html.body;
    ttag_status status =
        tag_pairs_largest(&largest, &n, pairs, pairs->true_true, true, PAIRS_LISTED, err);
    if (status == TTAG_OK && n > 0) {
        html_table_start(b, "Truly together: articles that carry both", columns, 5, HTML_SORTABLE);
        for (size_t i = 0; i < n; i++)
            put_together_row(p, pairs, &largest[i]);
        html_table_end(b);
    }
    mem_free(largest);
    return status;
}

ttag_status page_put_pairs(report_page *p, ttag_error *err)
{
    if (p->e->n_tags < 2)
        return TTAG_OK;
    tag_pairs pairs;
    ttag_status status = tag_pairs_init(&pairs, p->e, &p->kept->results, err);
    if (status != TTAG_OK)
        return status;
    html_section(&p->html, "together", "Together and confused");
    put_heat(p, &pairs);
    buffer_text(&p->html.body, "<div class=\"side\">");
    status = put_confused(p, &pairs, err);
    if (status == TTAG_OK)
        status = put_together(p, &pairs, err);
    buffer_text(&p->html.body, "</div>\n");
    tag_pairs_dispose(&pairs);
    return status;
}
