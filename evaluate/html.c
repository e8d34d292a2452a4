/* Pages, text, numbers and tables as HTML. */
#include "evaluate/html.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/plain_print.h"
#include "base/view.h"
#include "evaluate/report_assets.h"

enum { ALL_DIGITS = 15 };
enum { LONG_TEXT = 80 }; /* bytes; more gets a column that is wide enough for sentences */

/* ---- Text. ---- */

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\n':
        return NULL;
    default:
        return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f ? "\xef\xbf\xbd" : NULL;
    }
}

void html_text(buffer *b, ttag_view text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.size; i++) {
        const char *entity = entity_of(text.bytes[i]);
        if (!entity)
            continue;
        buffer_put(b, text.bytes + from, i - from);
        buffer_text(b, entity);
        from = i + 1;
    }
    if (text.size > from)
        buffer_put(b, text.bytes + from, text.size - from);
}

void html_words(buffer *b, const char *terminated)
{
    html_text(b, view_of(terminated));
}

void html_element(buffer *b, const char *name, const char *class, ttag_view text)
{
    buffer_printf(b, "<%s", name);
    if (class)
        buffer_printf(b, " class=\"%s\"", class);
    buffer_text(b, " dir=\"auto\">");
    html_text(b, text);
    buffer_printf(b, "</%s>", name);
}

static void put_formatted(buffer *b, const char *format, va_list arguments)
{
    char text[1001];
    plain_print_list(text, sizeof text, format, arguments);
    html_words(b, text);
}

void html_printf(buffer *b, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    put_formatted(b, format, arguments);
    va_end(arguments);
}

void html_note(buffer *b, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buffer_text(b, "<p class=\"note\">");
    put_formatted(b, format, arguments);
    buffer_text(b, "</p>\n");
    va_end(arguments);
}

/* ---- Numbers. ---- */

void html_count(buffer *b, size_t count)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%zu", count);
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            buffer_char(b, ',');
        buffer_char(b, digits[i]);
    }
}

void html_skipped(buffer *b, size_t unlabelled, size_t refused)
{
    if (unlabelled > 0)
        html_printf(b, " %zu record%s skipped.", unlabelled,
                    unlabelled == 1 ? " without labels was" : "s without labels were");
    if (refused > 0)
        html_printf(b, " %zu record%s could not be read.", refused,
                    refused == 1 ? " or file" : "s or files");
}

void html_number(buffer *b, double number, int decimals)
{
    if (isnan(number))
        buffer_text(b, "–");
    else if (isinf(number))
        buffer_text(b, "never");
    else
        buffer_printf(b, "%.*f", decimals, number + 0.0);
}

static void put_all_digits(buffer *b, double number)
{
    if (isinf(number))
        buffer_text(b, number > 0 ? "Infinity" : "-Infinity");
    else if (!isnan(number))
        buffer_printf(b, "%.*g", ALL_DIGITS, number);
}

void html_data(buffer *b, double number, int decimals)
{
    buffer_text(b, "<data value=\"");
    put_all_digits(b, number);
    buffer_text(b, "\">");
    html_number(b, number, decimals);
    buffer_text(b, "</data>");
}

void html_range(buffer *b, double low, double high, int decimals)
{
    if (isnan(low) || isnan(high))
        return;
    buffer_printf(b, "%.*f–%.*f", decimals, low, decimals, high);
}

const char *html_grade(double share)
{
    return isnan(share) ? "" : share >= 0.8 ? "good" : share < 0.5 ? "poor" : "fair";
}

/* ---- Tables. ---- */

static void put_column(buffer *b, const html_column *column)
{
    static const char *const kinds[] = {"words", "number", "picture"};
    buffer_printf(b, "<th scope=\"col\" class=\"%s\"", kinds[column->kind]);
    if (column->hint) {
        buffer_text(b, " title=\"");
        html_words(b, column->hint);
        buffer_char(b, '"');
    }
    buffer_char(b, '>');
    html_words(b, column->name);
    buffer_text(b, "</th>");
}

void html_table_start(buffer *b, const char *caption, const html_column *columns, size_t count,
                      unsigned flags)
{
    buffer_printf(b, "<div class=\"table%s\" role=\"region\" tabindex=\"0\" aria-label=\"",
                  flags & HTML_TALL ? " tall" : "");
    html_words(b, caption);
    buffer_printf(b, "\">\n<table%s%s>\n<caption>", flags & HTML_SORTABLE ? " data-sortable" : "",
                  flags & HTML_FILTER ? " data-filter" : "");
    html_words(b, caption);
    buffer_text(b, "</caption>\n<thead><tr>");
    for (size_t i = 0; i < count; i++)
        put_column(b, &columns[i]);
    /* A row's end tags may be left out: the next row, and the end of the body, close it. */
    buffer_text(b, "</tr></thead>\n<tbody>");
}

/* The first cell of a row is its heading. */
static bool is_heading(const buffer *b)
{
    return b->size >= 4 && memcmp(b->bytes + b->size - 4, "<tr>", 4) == 0;
}

void html_row(buffer *b)
{
    buffer_text(b, "\n<tr>");
}

static void open_cell(buffer *b, const char *class)
{
    buffer_text(b, is_heading(b) ? "<th scope=\"row\"" : "<td");
    if (*class)
        buffer_printf(b, " class=\"%s\"", class);
}

static void put_sort_key(buffer *b, double number)
{
    buffer_text(b, " data-v=\"");
    put_all_digits(b, number);
    buffer_text(b, "\">");
}

void html_cell_text(buffer *b, ttag_view text)
{
    open_cell(b, text.size > LONG_TEXT ? "words long" : "words");
    buffer_text(b, " dir=\"auto\">");
    html_text(b, text);
}

void html_cell_count(buffer *b, size_t count)
{
    open_cell(b, "number");
    put_sort_key(b, (double)count);
    html_count(b, count);
}

void html_cell_number(buffer *b, double number, int decimals)
{
    open_cell(b, "number");
    put_sort_key(b, number);
    html_number(b, number, decimals);
}

static int percent(double share)
{
    return share > 0 ? share < 1 ? (int)(share * 100 + 0.5) : 100 : 0;
}

void html_cell_share(buffer *b, double share, double low, double high)
{
    open_cell(b, "number share");
    put_sort_key(b, share);
    buffer_printf(b, "<b class=\"%s\">", html_grade(share));
    html_number(b, share, 3);
    buffer_text(b, "</b>");
    if (!isnan(low) && !isnan(high)) {
        buffer_text(b, "<small>");
        html_range(b, low, high, 2);
        buffer_text(b, "</small>");
    }
    if (isfinite(share))
        buffer_printf(b, "<i style=\"--w:%d%%\"></i>", percent(share));
}

void html_cell(buffer *b, double sorted_by)
{
    open_cell(b, "");
    if (isnan(sorted_by))
        buffer_char(b, '>');
    else
        put_sort_key(b, sorted_by);
}

void html_table_end(buffer *b)
{
    buffer_text(b, "\n</tbody>\n</table>\n</div>\n");
}

void html_tile(buffer *b, const char *name, double value, double low, double high,
               const char *meaning)
{
    bool ranged = !isnan(low) && !isnan(high);
    buffer_text(b, "<div class=\"tile\"><dt>");
    html_words(b, name);
    buffer_text(b, "</dt><dd class=\"value\">");
    html_data(b, value, 3);
    buffer_text(b, "</dd>");
    if (ranged) {
        buffer_text(b, "<dd class=\"range\"><span>95 %: ");
        html_range(b, low, high, 3);
        buffer_printf(b, "</span><i style=\"--a:%.1f%%;--b:%.1f%%;--w:%.1f%%\"></i></dd>",
                      low * 100, high * 100, value * 100);
    }
    buffer_text(b, "<dd class=\"meaning\">");
    html_words(b, meaning);
    buffer_text(b, "</dd></div>\n");
}

/* ---- The page. ---- */

void html_section(html_page *page, const char *id, const char *title)
{
    if (page->n_sections > 0)
        buffer_text(&page->body, "</section>\n");
    if (page->n_sections < HTML_SECTIONS_MOST)
        page->sections[page->n_sections++] = (html_section_name){id, title};
    buffer_printf(&page->body, "<section id=\"%s\" aria-labelledby=\"%s-title\">\n", id, id);
    buffer_printf(&page->body, "<h2 id=\"%s-title\">", id);
    html_words(&page->body, title);
    buffer_text(&page->body, "</h2>\n");
}

/* Nothing may be fetched, whatever a text in the page says. */
static const char before_title[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<meta name=\"generator\" content=\"ttag " TTAG_VERSION "\">\n"
    "<link rel=\"icon\" href=\"data:,\">\n<title>";

static const char masthead[] =
    "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n"
    "<header>\n<div class=\"bar\"><span class=\"brand\"><svg viewBox=\"0 0 24 24\" width=\"22\" "
    "height=\"22\" aria-hidden=\"true\"><path d=\"M3 4.5A1.5 1.5 0 0 1 4.5 3h7.6a2 2 0 0 1 1.4.6l7 "
    "7a2 2 0 0 1 0 2.8l-7.1 7.1a2 2 0 0 1-2.8 0l-7-7a2 2 0 0 1-.6-1.4z\"/>"
    "<circle cx=\"8\" cy=\"8\" r=\"1.7\"/></svg>ThreatTag</span>"
    "<button type=\"button\" id=\"theme\" hidden>Dark</button></div>\n";

static void put_navigation(buffer *out, const html_page *page)
{
    buffer_text(out, "<nav aria-label=\"Sections\"><ul>");
    for (size_t i = 0; i < page->n_sections; i++) {
        buffer_printf(out, "<li><a href=\"#%s\">", page->sections[i].id);
        html_words(out, page->sections[i].title);
        buffer_text(out, "</a></li>");
    }
    buffer_text(out, "</ul></nav>\n");
}

void html_page_finish(buffer *out, html_page *page, const char *kind, ttag_view subject)
{
    buffer_text(out, before_title);
    html_words(out, kind);
    buffer_text(out, " · ");
    html_text(out, subject);
    buffer_text(out, "</title>\n<style>\n");
    buffer_put(out, report_css, report_css_size);
    buffer_text(out, masthead);
    html_element(out, "p", "kind", view_of(kind));
    html_element(out, "h1", "subject", subject);
    buffer_text(out, "</header>\n");
    put_navigation(out, page);
    buffer_text(out, "<main id=\"main\">\n");
    buffer_view(out, buffer_as_view(&page->body));
    buffer_text(out, page->n_sections > 0 ? "</section>\n" : "");
    buffer_text(out, "</main>\n<footer><p>Made by ttag " TTAG_VERSION
                     ". This page is one file and fetches nothing.</p></footer>\n<script>\n");
    buffer_put(out, report_js, report_js_size);
    buffer_text(out, "</script>\n</body>\n</html>\n");
    if (!buffer_ok(&page->body))
        out->failed = true;
    html_page_dispose(page);
}

void html_page_dispose(html_page *page)
{
    buffer_dispose(&page->body);
    *page = (html_page){0};
}
