/* Tags dropped, blocks kept apart. */
#include "articles/markup.h"

#include <string.h>

#include "articles/entities.h"
#include "articles/html_names.h"

static const char *const silent[] = {"script", "style", "template", NULL};

static void end_line(buffer *out)
{
    while (out->size && out->bytes[out->size - 1] == ' ')
        out->bytes[--out->size] = '\0';
    if (out->size && out->bytes[out->size - 1] != '\n')
        buffer_char(out, '\n');
}

void put_text_of_markup(buffer *out, ttag_view markup)
{
    if (!memchr(markup.bytes ? markup.bytes : "", '<', markup.size)) {
        put_without_entities(out, markup);
        return;
    }
    xml_scan scan = html_scan_over(markup);
    xml_token token;
    while (xml_next(&scan, &token)) {
        const bool is_tag =
            token.kind == XML_OPEN || token.kind == XML_EMPTY || token.kind == XML_CLOSE;
        if (token.kind == XML_TEXT)
            put_without_entities(out, token.inside);
        else if (token.kind == XML_CDATA)
            buffer_view(out, token.inside);
        else if (is_tag && html_is_block(token.name))
            end_line(out);
        else if (token.kind == XML_OPEN && html_is_one_of(token.name, silent))
            html_skip_raw(&scan, token.name);
    }
}
