/* XML or HTML, as it comes: tags, text, CDATA sections, one after another. Forgiving, since both
   are often broken: what is no markup is text, nothing is refused. Every byte is in one token; the
   time is linear in their number, whatever they are. */
#ifndef ARTICLES_XML_SCAN_H
#define ARTICLES_XML_SCAN_H

#include "ttag/base.h"

typedef enum xml_kind {
    XML_TEXT,  /* entities are not undone */
    XML_CDATA, /* `inside` is what stands between the marks */
    XML_OPEN,  /* <name attributes> */
    XML_EMPTY, /* <name attributes/> */
    XML_CLOSE, /* </name> */
    XML_OTHER  /* comments, processing instructions, declarations */
} xml_kind;

typedef struct xml_token {
    xml_kind kind;
    ttag_view whole;  /* all of its bytes */
    ttag_view name;   /* of tags, with its prefix: "content:encoded" */
    ttag_view inside; /* of tags the attributes; of CDATA and text what they hold */
} xml_token;

typedef struct xml_scan {
    ttag_view rest;
    bool no_cdata_end, no_comment_end; /* searched for in vain once: there is none further on */
    bool met_end; /* of XML: with more text behind it the last tokens could have been others */
    bool is_html; /* values in quotes may hold '<' … */
    const char *strict_to; /* … in tags from here on; NULL: in all */
} xml_scan;

xml_scan xml_scan_over(ttag_view text);  /* in an encoding that holds ASCII */
xml_scan html_scan_over(ttag_view text); /* likewise */

/* False behind the last token. */
bool xml_next(xml_scan *scan, xml_token *token);

/* A tag's name without its prefix. */
ttag_view xml_local(ttag_view name);

/* The value of an attribute, entities not undone; absent: there is none. */
ttag_view xml_attribute(const xml_token *tag, const char *name);

#endif
