/* Tags dropped, blocks kept apart. */
#include "articles/markup.h"

#include <string.h>

#include "articles/entities.h"
#include "articles/xml_scan.h"

/* Whether a tag's name, which HTML does not tell apart by case, is one of a list that ends with
   NULL. */
static bool is_one_of(ttag_view name, const char *const *list)
{
    for (; *list; list++) {
        size_t i = 0;
        while (i < name.size && (*list)[i] && (name.bytes[i] | 0x20) == ((*list)[i] | 0x20))
            i++;
        if (i == name.size && !(*list)[i])
            return true;
    }
    return false;
}

static const char *const blocks[] = {
    "p",  "div", "br", "li",     "ul",         "ol",      "tr",      "table",      "h1",
    "h2", "h3",  "h4", "h5",     "h6",         "section", "article", "blockquote", "pre",
    "hr", "dd",  "dt", "figure", "figcaption", "header",  "footer",  NULL};
static const char *const silent[] = {"script", "style", "template", NULL};

static void end_line(buffer *out)
{
    while (out->size && out->bytes[out->size - 1] == ' ')
        out->bytes[--out->size] = '\0';
    if (out->size && out->bytes[out->size - 1] != '\n')
        buffer_char(out, '\n');
}

/* Passes over what a script or a style holds. */
static void skip_to_close(xml_scan *scan)
{
    xml_token token;
    while (xml_next(scan, &token))
        if (token.kind == XML_CLOSE && is_one_of(token.name, silent))
            return;
}

void put_text_of_markup(buffer *out, ttag_view markup)
{
    if (!memchr(markup.bytes ? markup.bytes : "", '<', markup.size)) {
        put_without_entities(out, markup);
        return;
    }
    xml_scan scan = xml_scan_over(markup);
    xml_token token;
    while (xml_next(&scan, &token)) {
        const bool is_tag =
            token.kind == XML_OPEN || token.kind == XML_EMPTY || token.kind == XML_CLOSE;
        if (token.kind == XML_TEXT)
            put_without_entities(out, token.inside);
        else if (token.kind == XML_CDATA)
            buffer_view(out, token.inside);
        else if (is_tag && is_one_of(token.name, blocks))
            end_line(out);
        else if (token.kind == XML_OPEN && is_one_of(token.name, silent))
            skip_to_close(&scan);
    }
}
