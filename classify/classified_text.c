/* id TAB Malware (0.97), Security News (0.81, review) */
#include "base/number_text.h"
#include "base/view.h"
#include "classify/classified.h"
#include "classify/shown_text.h"

static void put_because(buffer *out, const ttag_decision *decision)
{
    if (decision->n_because == 0)
        return;
    buffer_text(out, " [");
    for (size_t i = 0; i < decision->n_because; i++) {
        if (i > 0)
            buffer_text(out, ", ");
        put_clean(out, decision->because[i].term);
    }
    buffer_char(out, ']');
}

static void put_hundredths(buffer *out, float probability)
{
    char *room = buffer_room(out, NUMBER_TEXT_MOST);
    size_t size = room ? number_put_hundredths(room, probability) : 0;
    if (size > 0)
        buffer_fill(out, size);
    else
        buffer_printf(out, "%.2f", (double)probability);
}

enum { DROPPED_SHOWN = 3, DROPPED_BYTES = 40 };

/* The beginning of it, whole characters only. */
static void put_beginning(buffer *out, ttag_view text)
{
    size_t size = text.size < DROPPED_BYTES ? text.size : DROPPED_BYTES;
    while (size < text.size && size > 0 && ((unsigned char)text.bytes[size] & 0xc0) == 0x80)
        size--;
    put_clean(out, (ttag_view){text.bytes, size});
    if (size < text.size)
        buffer_text(out, "…");
}

/* ; dropped: "Leave a reply", "Share this" and 2 more */
static void put_dropped(buffer *out, const ttag_classification *result)
{
    for (size_t i = 0; i < result->n_dropped && i < DROPPED_SHOWN; i++) {
        buffer_text(out, i > 0 ? ", \"" : "; dropped: \"");
        put_beginning(out, result->dropped[i].text);
        buffer_char(out, '"');
    }
    if (result->n_dropped > DROPPED_SHOWN) {
        buffer_text(out, " and ");
        buffer_count(out, result->n_dropped - DROPPED_SHOWN);
        buffer_text(out, " more");
    }
}

static void put_found(buffer *out, const classified *c)
{
    size_t n;
    const ttag_decision *decisions = shown_decisions(c, &n);
    put_plain_id(out, c->article);
    buffer_char(out, '\t');
    if (n == 0)
        buffer_char(out, '-');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_text(out, ", ");
        if (!decisions[i].given)
            buffer_text(out, "not ");
        buffer_view(out, c->parts->tags[decisions[i].tag].name);
        buffer_text(out, " (");
        put_hundredths(out, decisions[i].probability);
        buffer_text(out, decisions[i].review ? ", review)" : ")");
        put_because(out, &decisions[i]);
    }
    put_dropped(out, c->result);
    buffer_char(out, '\n');
}

static void put_refusal(buffer *out, const refused *r)
{
    put_place(out, r->path, r->line);
    buffer_text(out, "\terror: ");
    put_clean(out, view_of(r->reason));
    buffer_char(out, '\n');
}

const record_format format_text = {.put_classified = put_found, .put_refused = put_refusal};
