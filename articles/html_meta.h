/* What a page says about itself in its head, and in its first headings and times. */
#ifndef ARTICLES_HTML_META_H
#define ARTICLES_HTML_META_H

#include "articles/format_guess.h"
#include "base/buffer.h"
#include "ttag/base.h"

/* As they stand, entities not undone; absent: the page does not say. */
typedef struct html_meta {
    ttag_view social_title, title, heading;
    ttag_view date, site, url, language;
} html_meta;

html_meta html_read_meta(ttag_view page);

/* The encoding that <meta> names within the first 1024 bytes, or absent. */
ttag_view html_charset(ttag_view page);

/* Whether text of an unknown kind, of which 4 KB tell, begins as a page does. */
format_guess html_begins(ttag_view text);

#endif
