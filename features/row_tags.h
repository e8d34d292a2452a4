/* The tags of rows, as numbers that stand for names. */
#ifndef FEATURES_ROW_TAGS_H
#define FEATURES_ROW_TAGS_H

#include "base/intern.h"
#include "ttag/features.h"

/* Zero-initialise before use. */
typedef struct row_tags {
    intern names;
    const ttag_view *given; /* n_given, borrowed; NULL: all names that rows carry */
    size_t n_given;
    uint32_t *numbers; /* starts[n_rows]: numbers in names; after row_tags_rank from 1, in the order
                          of the list, ascending within a row */
    size_t numbers_capacity;
    size_t *starts; /* n_rows + 1 (once n_rows > 0) */
    size_t n_rows, starts_capacity;
    ttag_view *list; /* n_list names, after row_tags_rank */
    size_t n_list;
} row_tags;

/* All return false where memory ran out. Names of `given` are kept, and no others. */
bool row_tags_only(row_tags *rows, const ttag_view *given, size_t n_given);
bool row_tags_add(row_tags *rows, const ttag_article *article); /* a row */
/* Numbers the names as they were given, else by byte order. No row may follow. */
bool row_tags_rank(row_tags *rows);
void row_tags_dispose(row_tags *rows);

#endif
