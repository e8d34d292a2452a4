/* Articles that are kept whole until the end of the feed, when all tags are known. */
#ifndef TRAIN_HELD_H
#define TRAIN_HELD_H

#include "train/article_copy.h"

typedef struct held_article {
    article_copy copy; /* in the list's memory */
    size_t n_tags;     /* that count */
} held_article;

/* Zero-initialise before use. */
typedef struct held_list {
    held_article *items;
    size_t count, capacity;
    arena memory;
} held_list;

ttag_status held_add(held_list *list, const article_copy *from, size_t n_tags);
void held_dispose(held_list *list);

#endif
