/* Ours and cJSON's reading of the same bytes, held against each other. */
#ifndef TESTS_SAME_READING_H
#define TESTS_SAME_READING_H

#include "ttag/articles.h"

/* What differs between the two readings of a text as JSON, or NULL. UTF-8 without NUL. */
const char *json_difference(ttag_view text);

/* What differs between the two readings of a line as an article, or NULL. The decoder may have
   habits from lines before. */
const char *article_difference(ttag_decoder *ours, ttag_view line);

#endif
