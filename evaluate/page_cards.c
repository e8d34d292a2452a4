/* What is in the data and in the model. */
#include "base/json.h"
#include "base/view.h"
#include "evaluate/report_page.h"

enum { UNSEEN_SHOWN = 60, CARD_DEPTH = 4, CARD_VALUE_MOST = 300 };

static void put_fact(buffer *b, const char *name)
{
    buffer_text(b, "<dt>");
    html_words(b, name);
    buffer_text(b, "</dt><dd>");
}

static void put_count(buffer *b, const char *name, size_t count)
{
    put_fact(b, name);
    html_count(b, count);
    buffer_text(b, "</dd>");
}

/* ---- The data. ---- */

typedef struct data_facts {
    size_t labels, untagged, unknown, most_tags;
    uint32_t first_month, last_month;
    size_t undated, unsourced;
} data_facts;

static data_facts count_facts(const kept_evaluation *kept)
{
    data_facts f = {0};
    const outcomes *o = &kept->results;
    for (size_t row = 0; row < o->n_documents; row++) {
        size_t tags = 0;
        for (size_t t = 0; t < o->n_tags; t++) {
            tags += (o->pairs[row * o->n_tags + t] & PAIR_TRUE) != 0;
            f.unknown += (o->pairs[row * o->n_tags + t] & PAIR_UNKNOWN) != 0;
        }
        f.labels += tags;
        f.untagged += tags == 0;
        f.most_tags = tags > f.most_tags ? tags : f.most_tags;
    }
    for (size_t row = 0; row < kept->notes.count; row++) {
        const article_note *note = &kept->notes.items[row];
        f.undated += note->month == 0;
        f.unsourced += note->source == INTERN_NONE;
        if (note->month == 0)
            continue;
        if (f.first_month == 0 || note->month < f.first_month)
            f.first_month = note->month;
        if (note->month > f.last_month)
            f.last_month = note->month;
    }
    return f;
}

static void put_data(report_page *p)
{
    buffer *b = &p->html.body;
    const ttag_evaluation *e = p->e;
    data_facts f = count_facts(p->kept);
    buffer_text(b, "<article class=\"card\"><h3>The data</h3>\n<dl class=\"facts\">");
    put_count(b, "articles", e->documents);
    put_count(b, "true tags", f.labels);
    put_fact(b, "tags per article");
    html_printf(b, "%.2f, at most %zu", (double)f.labels / (double)e->documents, f.most_tags);
    buffer_text(b, "</dd>");
    put_count(b, "articles without a tag", f.untagged);
    if (f.unknown > 0)
        put_count(b, "pairs that are unknown", f.unknown);
    if (p->kept->notes.sources.count > 0)
        put_count(b, "sources", p->kept->notes.sources.count);
    if (f.first_month) {
        put_fact(b, "months");
        html_printf(b, "%04u-%02u to %04u-%02u", (unsigned)(f.first_month / 12),
                    (unsigned)(f.first_month % 12 + 1), (unsigned)(f.last_month / 12),
                    (unsigned)(f.last_month % 12 + 1));
        if (f.undated > 0)
            html_printf(b, "; %zu articles without", f.undated);
        buffer_text(b, "</dd>");
    }
    put_count(b, "records without labels", e->unlabelled);
    put_count(b, "records or files refused", e->refused);
    buffer_text(b, "</dl>\n");
    if (e->n_unseen > 0) {
        html_printf(b, "Unknown to the model: ");
        for (size_t i = 0; i < e->n_unseen && i < UNSEEN_SHOWN; i++) {
            buffer_text(b, i > 0 ? ", " : "");
            html_text(b, e->unseen[i]);
        }
        if (e->n_unseen > UNSEEN_SHOWN)
            html_printf(b, " and %zu more", e->n_unseen - UNSEEN_SHOWN);
    }
    buffer_text(b, "</article>\n");
}

/* ---- The model. ---- */

static void put_scalar(buffer *b, ttag_view path, ttag_view value)
{
    buffer shown = {0};
    if (json_kind_of(value) == JSON_STRING)
        json_put_unescaped(&shown, value);
    else
        buffer_view(&shown, value);
    buffer_text(b, "<dt>");
    html_text(b, path);
    buffer_text(b, "</dt><dd>");
    ttag_view whole = buffer_as_view(&shown);
    size_t size = whole.size < CARD_VALUE_MOST ? whole.size : CARD_VALUE_MOST;
    while (size < whole.size && size > 0 && ((unsigned char)whole.bytes[size] & 0xC0) == 0x80)
        size--;
    html_text(b, (ttag_view){whole.bytes, size});
    buffer_text(b, size < whole.size ? "…</dd>" : "</dd>");
    if (!buffer_ok(&shown))
        b->failed = true;
    buffer_dispose(&shown);
}

/* Members by their paths, "data.articles"; what the card says of each tag is in the table. */
static void put_object(buffer *b, ttag_view path, ttag_view object, size_t depth)
{
    json_walk walk = json_walk_over(object, NULL);
    json_item item;
    while (json_walk_next(&walk, &item)) {
        buffer name = {0};
        buffer_view(&name, path);
        buffer_text(&name, path.size > 0 ? "." : "");
        buffer_view(&name, item.name);
        json_kind kind = json_kind_of(item.value);
        if (!buffer_ok(&name))
            b->failed = true;
        else if (kind == JSON_OBJECT && depth < CARD_DEPTH)
            put_object(b, buffer_as_view(&name), item.value, depth + 1);
        else if (kind != JSON_OBJECT && !(depth == 0 && view_equal(item.name, view_of("tags"))))
            put_scalar(b, buffer_as_view(&name), item.value);
        buffer_dispose(&name);
    }
}

static void put_model(report_page *p)
{
    const ttag_model_parts *parts = ttag_model_get(p->opts->model);
    buffer *b = &p->html.body;
    buffer_text(b, "<article class=\"card\"><h3>The model</h3>\n<dl class=\"facts\">");
    put_count(b, "bytes", ttag_model_size(p->opts->model));
    put_count(b, "tags", parts->n_tags);
    put_count(b, "terms", parts->vocabulary.n_terms);
    put_fact(b, "probabilities");
    html_words(b, parts->calibrated ? "calibrated" : "not calibrated");
    buffer_text(b, "</dd>");
    put_object(b, view_of(""), parts->card, 0);
    buffer_text(b, "</dl></article>\n");
}

void page_put_cards(report_page *p)
{
    html_section(&p->html, "about", "Data and model");
    buffer_text(&p->html.body, "<div class=\"cards wide\">\n");
    put_data(p);
    if (p->opts->model)
        put_model(p);
    buffer_text(&p->html.body, "</div>\n");
}
