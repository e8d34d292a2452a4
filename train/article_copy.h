/* What training keeps of an article when its record is gone. */
#ifndef TRAIN_ARTICLE_COPY_H
#define TRAIN_ARTICLE_COPY_H

#include "base/arena.h"
#include "ttag/articles.h"

typedef struct article_copy {
    ttag_article article; /* without id, date, source, url, record and dropped */
    ttag_view digested;   /* text, title and tags, each with its size before it, then the number of
                             tags: what the digest of the data is made of */
    uint64_t unknown_rules; /* that are about it; the maker's to fill in */
} article_copy;

/* All views point into `memory`; the path is shared with the original. false: no memory. */
bool article_copy_make(article_copy *copy, const ttag_article *article, arena *memory);

#endif
