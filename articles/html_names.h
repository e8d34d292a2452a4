/* Names of HTML's elements and attributes, which are told apart without regard to case. */
#ifndef ARTICLES_HTML_NAMES_H
#define ARTICLES_HTML_NAMES_H

#include "articles/xml_scan.h"

/* One of a list that ends with NULL, in small letters. */
bool html_is_one_of(ttag_view name, const char *const *list);

/* An element that ends a line of text. */
bool html_is_block(ttag_view name);

/* An attribute's value, as xml_attribute gives it. */
ttag_view html_attribute(const xml_token *tag, const char *name);

/* Passes over what a script or the like holds, up to its closing tag, or to the end: no markup. */
void html_skip_raw(xml_scan *scan, ttag_view name);

#endif
