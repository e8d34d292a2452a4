/* A feed from its first record to its last, in the calling thread. */
#ifndef ARTICLES_EACH_ARTICLE_H
#define ARTICLES_EACH_ARTICLE_H

#include "ttag/articles.h"

/* Takes a record and its article, whose views live until it returns. */
typedef ttag_status article_taker(void *context, const ttag_record *record,
                                  const ttag_article *article, ttag_error *err);

/* Gives all articles to `take`. Records that cannot be read or decoded are told to the monitor and
   added to *refused. TTAG_OK: all were taken; else what the reader or `take` returned. */
ttag_status each_article(ttag_reader *feed, article_taker *take, void *context,
                         const ttag_monitor *monitor, size_t *refused, ttag_error *err);

#endif
