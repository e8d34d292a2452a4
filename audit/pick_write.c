/* {…its own fields…,"suggested":["Malware"],"picked":{"doubt":0.4,"likeness":0.1,"unsure":[…]}} */
#include "base/json.h"
#include "base/view.h"
#include "classify/proper_json.h"
#include "evaluate/report_file.h"
#include "ttag/pick.h"

enum { CHUNK = 1 << 16 };

static void put_name(buffer *out, const char *name)
{
    if (out->size > 0 && out->bytes[out->size - 1] != '{')
        buffer_char(out, ',');
    buffer_printf(out, "\"%s\":", name);
}

/* But those that an earlier round of picking has left. */
static void put_own_fields(buffer *out, ttag_view record)
{
    json_walk walk = json_walk_over(record, NULL);
    json_item item;
    while (json_walk_next(&walk, &item)) {
        if (json_name_is(&item, "suggested") || json_name_is(&item, "picked"))
            continue;
        if (out->size > 0 && out->bytes[out->size - 1] != '{')
            buffer_char(out, ',');
        buffer_char(out, '"');
        put_proper_text(out, item.name);
        buffer_text(out, "\":");
        put_proper_value(out, item.value);
    }
}

static void put_text_fields(buffer *out, const ttag_picked *p)
{
    put_name(out, "id");
    if (p->id.size > 0)
        buffer_view(out, p->id);
    else
        buffer_text(out, "null");
    if (p->title.size > 0) {
        put_name(out, "title");
        json_put_string(out, p->title);
    }
    put_name(out, "text");
    json_put_string(out, p->text);
}

static void put_why(buffer *out, const ttag_picked *p, const ttag_model_tag *tags)
{
    put_name(out, "picked");
    buffer_text(out, "{\"doubt\":");
    json_put_number(out, p->doubt, 6);
    buffer_text(out, ",\"likeness\":");
    json_put_number(out, p->likeness, 6);
    buffer_text(out, ",\"unsure\":[");
    for (size_t i = 0; i < p->n_unsure; i++) {
        const ttag_pick_tag *tag = &p->unsure[i];
        buffer_text(out, i > 0 ? ",{\"tag\":" : "{\"tag\":");
        json_put_string(out, tags[tag->tag].name);
        buffer_text(out, ",\"probability\":");
        json_put_float(out, tag->probability);
        buffer_text(out, ",\"threshold\":");
        json_put_float(out, tags[tag->tag].threshold);
        buffer_char(out, '}');
    }
    buffer_text(out, "]}");
}

static void put_pick(buffer *out, const ttag_picked *p, const ttag_model_tag *tags)
{
    buffer_char(out, '{');
    if (p->record.size > 0)
        put_own_fields(out, p->record);
    else
        put_text_fields(out, p);
    put_name(out, "suggested");
    buffer_char(out, '[');
    for (size_t i = 0; i < p->n_suggested; i++) {
        if (i > 0)
            buffer_char(out, ',');
        json_put_string(out, tags[p->suggested[i].tag].name);
    }
    buffer_char(out, ']');
    put_why(out, p, tags);
    buffer_text(out, "}\n");
}

ttag_status ttag_picks_write_jsonl(const ttag_picks *picks, FILE *out, ttag_error *err)
{
    const ttag_model_tag *tags = ttag_model_get(picks->model)->tags;
    buffer lines = {0};
    ttag_status status = TTAG_OK;
    for (size_t i = 0; status == TTAG_OK && i < picks->n; i++) {
        put_pick(&lines, &picks->items[i], tags);
        if (lines.size > CHUNK || i + 1 == picks->n) {
            status = report_send(&lines, out, err);
            buffer_clear(&lines);
        }
    }
    buffer_dispose(&lines);
    return status;
}
