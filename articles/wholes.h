/* The articles that passages belong to, kept until there is a vocabulary: their out-of-fold scores,
   put together from those of their pieces, are what cuts and calibration rest on. */
#ifndef ARTICLES_WHOLES_H
#define ARTICLES_WHOLES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/intern.h"
#include "ttag/articles.h"

typedef struct whole_text {
    ttag_view text;
    size_t next; /* of the same article, from 1; 0: none */
} whole_text;

typedef struct whole_article {
    ttag_view title;
    uint32_t name;      /* among those that records name; INTERN_NONE: none */
    size_t first, last; /* of its texts, from 1 */
    uint32_t row;       /* the first of its rows */
    bool split;         /* its rows are its own passages, with the article's tags each */
} whole_article;

/* Zero-initialise before use. */
typedef struct whole_list {
    intern names;      /* of articles that records name */
    uint32_t *of_name; /* names.count */
    size_t of_name_capacity;
    whole_article *items;
    size_t count, capacity;
    whole_text *texts;
    size_t n_texts, texts_capacity;
    uint32_t *of_row; /* n_rows: the article that each row of the matrix belongs to */
    size_t n_rows, rows_capacity;
    arena memory;
} whole_list;

/* Takes a record whose passages are the next n_rows rows: a passage of the article that it names,
   or else an article. false: no memory. */
bool whole_list_add(whole_list *list, const ttag_article *record, size_t n_rows);

/* Article i and its name, its texts with an empty line between; they live in `scratch`. Check
   buffer_ok. */
ttag_article whole_list_get(const whole_list *list, size_t i, buffer *scratch);

/* truth[count] from that of the rows: +1 where a row carries the tag, else 0 where one is unknown.
 */
void whole_list_truth(const whole_list *list, const signed char *rows, signed char *truth);

void whole_list_dispose(whole_list *list);

#endif
