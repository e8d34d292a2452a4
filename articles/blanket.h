/* Blanket-tagged articles: those that carry nearly all tags, and so tell them apart for nobody. */
#ifndef ARTICLES_BLANKET_H
#define ARTICLES_BLANKET_H

#include <stdbool.h>
#include <stddef.h>

/* With fewer tags an article is never blanket-tagged. */
enum { BLANKET_LEAST_TAGS = 10 };

/* Whether an article with so many of all tags is. */
static inline bool is_blanket_tagged(size_t n_tags, size_t n_all)
{
    return n_tags >= BLANKET_LEAST_TAGS && 2 * n_tags > n_all;
}

#endif
