/* What files that are one article each have in common. */
#ifndef ARTICLES_TEXT_FILE_H
#define ARTICLES_TEXT_FILE_H

#include "articles/decoder.h"

/* The path below the FEED as the article's id; absent: it has none. */
ttag_status file_id_put(ttag_decoder *d, ttag_article *article, ttag_view name, ttag_error *err);

#endif
