/* How well it does by source and by month. */
#include "base/memory.h"
#include "base/plain_print.h"
#include "base/view.h"
#include "evaluate/breakdown.h"
#include "evaluate/report_page.h"

enum { SOURCES_SHOWN = 40, MONTHS_SHOWN = 120, MONTH_TICKS = 8 };

static void put_slice(report_page *p, ttag_view name, double key, const slice *s)
{
    buffer *b = &p->html.body;
    bool given = s->tp + s->fp > 0, positive = s->tp + s->fn > 0;
    html_row(b);
    html_cell(b, key);
    html_text(b, name);
    html_cell_count(b, s->documents);
    html_cell_share(b, given ? s->scores.precision : NAN, NAN, NAN);
    html_cell_share(b, positive ? s->scores.recall : NAN, NAN, NAN);
    html_cell_share(b, given || positive ? s->scores.f1 : NAN, NAN, NAN);
    html_cell_number(b, (double)s->exact / (double)s->documents, 3);
}

static void open_table(report_page *p, const char *caption, const char *key)
{
    const html_column columns[] = {
        {key, HTML_WORDS, NULL},
        {"articles", HTML_NUMBER, NULL},
        {"precision", HTML_NUMBER, "micro, over all pairs"},
        {"recall", HTML_NUMBER, "micro, over all pairs"},
        {"F1", HTML_NUMBER, "micro, over all pairs"},
        {"exactly right", HTML_NUMBER, "share of articles with all tags right"}};
    html_table_start(&p->html.body, caption, columns, sizeof columns / sizeof *columns,
                     HTML_SORTABLE | HTML_TALL);
}

static ttag_status put_sources(report_page *p, ttag_error *err)
{
    const article_notes *notes = &p->kept->notes;
    slice *slices;
    size_t n;
    ttag_status status = breakdown_by_source(&slices, &n, notes, &p->kept->results, err);
    if (status == TTAG_OK && notes->sources.count > 0) {
        size_t shown = n < SOURCES_SHOWN ? n : SOURCES_SHOWN;
        open_table(p, "By source", "source");
        for (size_t i = 0; i < shown; i++)
            put_slice(p,
                      slices[i].key == INTERN_NONE ? view_of("not said")
                                                   : intern_view(&notes->sources, slices[i].key),
                      NAN, &slices[i]);
        html_table_end(&p->html.body);
        page_put_cap(p, shown, n, "sources, those with most articles,", TTAG_TABLE_ARTICLES);
    }
    mem_free(slices);
    return status;
}

static ttag_view month_name(uint32_t month, char *room, size_t size)
{
    snprintf(room, size, "%04u-%02u", (unsigned)(month / 12), (unsigned)(month % 12 + 1));
    return view_of(month ? room : "not said");
}

/* F1 as a line, numbers of articles as columns behind it. */
static void draw_months(report_page *p, const slice *months, size_t n)
{
    size_t most = 1;
    for (size_t i = 0; i < n; i++)
        most = months[i].documents > most ? months[i].documents : most;
    const chart c = {.width = 1080,
                     .height = 280,
                     .x = {-0.5, (double)n - 0.5, false, "", true},
                     .y = {0, 1, false, "micro-F1", false},
                     .title = "micro-F1 by month; the table has the numbers"};
    buffer *b = &p->html.body;
    double x[MONTHS_SHOWN], y[MONTHS_SHOWN];
    buffer_text(b, "<div class=\"card scroll\" tabindex=\"0\" role=\"region\" "
                   "aria-label=\"F1 by month\">");
    chart_start(b, &c);
    for (size_t i = 0; i < n; i += (n + MONTH_TICKS - 1) / MONTH_TICKS) {
        char name[16];
        chart_tick(b, &c, true, (double)i, month_name(months[i].key, name, sizeof name));
    }
    for (size_t i = 0; i < n; i++) {
        char name[16], label[80];
        x[i] = (double)i;
        y[i] = months[i].scores.f1;
        month_name(months[i].key, name, sizeof name);
        plain_print(label, sizeof label, "%s: F1 %.3f, %zu articles", name, y[i],
                    months[i].documents);
        chart_column(b, &c, x[i] - 0.4, x[i] + 0.4,
                     (double)months[i].documents / (double)most * 0.35, 4, view_of(label));
    }
    chart_line(b, &c, x, y, n, 1);
    for (size_t i = 0; i < n && n <= 40; i++)
        chart_dot(b, &c, x[i], y[i], 3.5, 1, view_of(""), NULL);
    chart_end(b);
    buffer_text(b, "<ul class=\"legend\"><li>line: micro-F1</li><li>columns: number of articles, "
                   "the tallest being ");
    html_count(b, most);
    buffer_text(b, "</li></ul></div>\n");
}

static ttag_status put_months(report_page *p, ttag_error *err)
{
    slice *slices;
    size_t n;
    ttag_status status = breakdown_by_month(&slices, &n, &p->kept->notes, &p->kept->results, err);
    size_t known = n > 0 && slices[n - 1].key == 0 ? n - 1 : n;
    if (status == TTAG_OK && known > 0) {
        size_t skipped = known > MONTHS_SHOWN ? known - MONTHS_SHOWN : 0;
        if (known > 1)
            draw_months(p, slices + skipped, known - skipped);
        open_table(p, "By month", "month");
        for (size_t i = skipped; i < n; i++) {
            char name[16];
            put_slice(p, month_name(slices[i].key, name, sizeof name),
                      slices[i].key ? (double)slices[i].key : NAN, &slices[i]);
        }
        html_table_end(&p->html.body);
        page_put_cap(p, n - skipped, n, "months, the latest,", TTAG_TABLE_ARTICLES);
    }
    mem_free(slices);
    return status;
}

static bool any_month(const article_notes *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        if (notes->items[i].month)
            return true;
    return false;
}

ttag_status page_put_slices(report_page *p, ttag_error *err)
{
    const article_notes *notes = &p->kept->notes;
    bool months = any_month(notes);
    if (notes->sources.count == 0 && !months)
        return TTAG_OK;
    html_section(&p->html, "slices", "Sources and months");
    ttag_status status = months ? put_months(p, err) : TTAG_OK;
    return status == TTAG_OK ? put_sources(p, err) : status;
}
