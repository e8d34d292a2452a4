/* The errors that the model was surest of, with what spoke for them. */
#include "base/memory.h"
#include "base/view.h"
#include "evaluate/excerpt.h"
#include "evaluate/report_page.h"

static void put_term(buffer *b, const error_term *term)
{
    buffer_text(b, "<li class=\"chip\" dir=\"auto\">");
    html_text(b, term->term);
    html_printf(b, " %+.2f", (double)term->weight);
    buffer_text(b, "</li>");
}

/* Tags of the article: what is true and what was given. */
static void put_article_tags(report_page *p, size_t row)
{
    const outcomes *o = &p->kept->results;
    const unsigned char *pairs = o->pairs + row * o->n_tags;
    buffer *b = &p->html.body;
    static const struct {
        const char *name;
        unsigned char mask, wanted;
    } lists[] = {{"right", PAIR_TRUE | PAIR_GIVEN, PAIR_TRUE | PAIR_GIVEN},
                 {"wrong", PAIR_TRUE | PAIR_GIVEN | PAIR_UNKNOWN, PAIR_GIVEN},
                 {"missed", PAIR_TRUE | PAIR_GIVEN, PAIR_TRUE}};
    buffer_text(b, "<p class=\"note\">");
    for (size_t k = 0, put = 0; k < 3; k++) {
        size_t n = 0;
        for (size_t t = 0; t < o->n_tags && n < 12; t++) {
            if ((pairs[t] & lists[k].mask) != lists[k].wanted)
                continue;
            if (n == 0)
                html_printf(b, "%s%s: ", put++ > 0 ? "; " : "", lists[k].name);
            buffer_text(b, n++ > 0 ? ", " : "");
            html_text(b, p->e->tags[t].tag);
        }
    }
    buffer_text(b, "</p>\n");
}

static void put_error(report_page *p, const worst_error *e)
{
    buffer *b = &p->html.body;
    const ttag_tag_scores *t = &p->e->tags[e->tag];
    const article_notes *notes = &p->kept->notes;
    buffer_text(b, "<article class=\"card\"><h3>");
    html_element(b, "span", "name", t->tag);
    buffer_text(b, " <small>");
    html_printf(b, "%s at probability %.3f (threshold %.3f)",
                e->kind == ERROR_GIVEN ? "given" : "not given", (double)e->probability,
                t->threshold);
    buffer_text(b, "</small></h3>\n");
    buffer_text(b, "<p class=\"note\">");
    if (e->row < notes->count) {
        html_element(b, "code", "id", notes->items[e->row].name);
        if (notes->items[e->row].source != INTERN_NONE) {
            buffer_text(b, " · ");
            html_element(b, "span", "name",
                         intern_view(&notes->sources, notes->items[e->row].source));
        }
    }
    buffer_text(b, "</p>\n");
    excerpt_put(b, (ttag_view){e->title, e->title_size}, (ttag_view){e->text, e->text_size},
                e->terms, e->n_terms);
    if (e->n_terms > 0) {
        buffer_text(b, "<ul class=\"chips\" aria-label=\"terms that spoke for the tag\">");
        for (size_t i = 0; i < e->n_terms; i++)
            put_term(b, &e->terms[i]);
        buffer_text(b, "</ul>\n");
    }
    put_article_tags(p, e->row);
    buffer_text(b, "</article>\n");
}

static ttag_status put_list(report_page *p, error_kind kind, ttag_error *err)
{
    worst_error **list = NULL;
    size_t n;
    buffer *b = &p->html.body;
    ttag_status status = worst_errors_list(&list, &n, &p->kept->worst, kind, PAGE_ERRORS, err);
    if (status == TTAG_OK && n > 0) {
        buffer_text(b, kind == ERROR_GIVEN ? "<h3>Given, but not true</h3>\n"
                                           : "<h3>True, but not given</h3>\n");
        buffer_text(b, "<div class=\"cards wide\">\n");
        for (size_t i = 0; i < n; i++)
            put_error(p, list[i]);
        buffer_text(b, "</div>\n");
    }
    mem_free(list);
    return status;
}

ttag_status page_put_errors(report_page *p, ttag_error *err)
{
    const worst_errors *w = &p->kept->worst;
    size_t n = 0, wrong = 0;
    for (size_t i = 0; w->counts && i < w->n_tags * ERROR_KINDS; i++)
        n += w->counts[i];
    for (size_t t = 0; t < p->e->n_tags; t++)
        wrong += p->e->tags[t].fp + p->e->tags[t].fn;
    if (n == 0)
        return TTAG_OK;
    html_section(&p->html, "errors", "Worst errors");
    html_note(&p->html.body,
              "The errors that the model was surest of, at most %d of a tag and kind. Some are "
              "errors of the labels. Marked words, and the terms below them, spoke for the tag.",
              WORST_OF_TAG);
    ttag_status status = put_list(p, ERROR_GIVEN, err);
    if (status == TTAG_OK)
        status = put_list(p, ERROR_MISSED, err);
    page_put_cap(p, n < 2 * PAGE_ERRORS ? n : 2 * PAGE_ERRORS, wrong, "errors", TTAG_TABLE_ERRORS);
    return status;
}
