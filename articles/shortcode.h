/* Shortcodes of page builders, [gallery ids="1,2"], within a line. */
#ifndef ARTICLES_SHORTCODE_H
#define ARTICLES_SHORTCODE_H

#include "articles/line_patterns.h"

/* Length of the shortcode that the line's byte `at`, a '[', begins; 0: none. A name of the patterns
   with whatever behind it, or any name with name="value" behind it, and the closing [/name]. */
size_t shortcode_at(ttag_view line, size_t at, const line_patterns *patterns);

#endif
