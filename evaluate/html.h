/* Pages for people: one file that needs nothing else, light and dark, for phones and for paper.

       html_page page = {0};
       html_section(&page, "figures", "Figures");
       html_text(&page.body, tag->name);        (what others wrote: always escaped)
       const html_column columns[] = {{"tag", HTML_WORDS, NULL}, {"F1", HTML_NUMBER, "both in
   one"}}; html_table_start(&page.body, "Tags by F1", columns, 2, HTML_SORTABLE);
       html_row(&page.body);
       html_cell_text(&page.body, tag->name);
       html_cell_number(&page.body, tag->f1, 3);
       html_table_end(&page.body);
       html_page_finish(&out, &page, "Evaluation", view_of("news.ttag on test.jsonl"));
       status = report_send(&out, file, err);

   Charts are in chart.h. Looks are in report.css, what moves in report.js; both stand in the page.
   A page without script shows everything, too: scripts sort, filter and change the theme.

   Classes for what sections hold (report.css says the rest): `lead` a sentence in large letters;
   `note` a remark in small ones; `tiles` and `tile` figures side by side; `cards` and `card` boxes
   side by side; `good`, `fair`, `poor` colours that say what words or numbers next to them say as
   well; `chips` and `chip` short terms; `quote` text of an article, with <mark> for evidence. */
#ifndef EVALUATE_HTML_H
#define EVALUATE_HTML_H

#include "base/buffer.h"

enum { HTML_SECTIONS_MOST = 24 };

typedef struct html_section_name {
    const char *id, *title;
} html_section_name;

/* Zero-initialise before use. Put the body together in order; failures mark the buffers. */
typedef struct html_page {
    buffer body;
    html_section_name sections[HTML_SECTIONS_MOST];
    size_t n_sections;
} html_page;

/* Opens a section, closes the one before. `id` and `title` are fixed words of ours that outlive the
   page; ids are lower-case words, and no two of a page the same. */
void html_section(html_page *page, const char *id, const char *title);

/* Appends the whole page to `out`: head, heading, list of sections, body, foot. `kind` is what the
   report is ("Evaluation"), `subject` what it is about, escaped. Empties the page. */
void html_page_finish(buffer *out, html_page *page, const char *kind, ttag_view subject);
void html_page_dispose(html_page *page); /* of one that is not to be finished */

/* ---- Text. ---- */

/* Escaped for contents and attributes in quotes; control characters but newline become U+FFFD. */
void html_text(buffer *b, ttag_view text);
void html_words(buffer *b, const char *terminated); /* likewise */
/* "in a sentence": an element with escaped text, whose direction of writing stays its own. class:
   NULL: none. */
void html_element(buffer *b, const char *name, const char *class, ttag_view text);
/* As text, formatted; escaped. At most 1,000 bytes. */
void html_printf(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A paragraph of class `note`, formatted; escaped. */
void html_note(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- Numbers. ---- */

/* 12,345 */
void html_count(buffer *b, size_t count);
/* " 2 records without labels were skipped. 1 record or file could not be read." */
void html_skipped(buffer *b, size_t unlabelled, size_t refused);
/* With fixed decimals; a dash if it is not a number, "never" if infinite. */
void html_number(buffer *b, double number, int decimals);
/* <data value="0.838372093023256">0.838</data>: what is shown, with all its digits behind it. */
void html_data(buffer *b, double number, int decimals);
/* 0.812–0.871; nothing if either is not a number */
void html_range(buffer *b, double low, double high, int decimals);
/* "good", "fair" or "poor", for classes; `share` from 0 to 1, or not a number: "" */
const char *html_grade(double share);

/* ---- Tables. ---- */

typedef enum html_column_kind { HTML_WORDS, HTML_NUMBER, HTML_PICTURE } html_column_kind;

/* `hint` says what the column means, or is NULL. A picture cannot be sorted by. */
typedef struct html_column {
    const char *name;
    html_column_kind kind;
    const char *hint;
} html_column;

enum html_table_flag {
    HTML_PLAIN = 0,
    HTML_SORTABLE = 1, /* by each column that is no picture */
    HTML_FILTER = 2,   /* a field above it keeps the rows whose first column has what is typed */
    HTML_TALL = 4      /* at most as high as the window, its head stays in sight */
};

/* The caption is shown. Each row has a cell for each column, the first being its heading. */
void html_table_start(buffer *b, const char *caption, const html_column *columns, size_t count,
                      unsigned flags);
void html_row(buffer *b); /* closes the one before */
void html_cell_text(buffer *b, ttag_view text);
void html_cell_count(buffer *b, size_t count);
void html_cell_number(buffer *b, double number, int decimals); /* all digits for sorting */
/* Number, interval in small letters, and a bar from 0 to 1. Without an interval low is NaN. */
void html_cell_share(buffer *b, double share, double low, double high);
/* A cell of anything that follows, closed by the next cell or row: `sorted_by` is a number to sort
   by, or NaN: by its words. */
void html_cell(buffer *b, double sorted_by);
void html_table_end(buffer *b);

/* A big number with its name below, its interval (low NaN: none) and a sentence. */
void html_tile(buffer *b, const char *name, double value, double low, double high,
               const char *meaning);

#endif
