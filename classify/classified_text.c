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

void put_classified_text(buffer *out, const classified *c)
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
    buffer_char(out, '\n');
}

void put_refused_text(buffer *out, const refused *r)
{
    put_place(out, r->path, r->line);
    buffer_text(out, "\terror: ");
    put_clean(out, view_of(r->reason));
    buffer_char(out, '\n');
}
