/* Copies of records, to be decoded later and by another thread. */
#ifndef ARTICLES_RECORD_LIST_H
#define ARTICLES_RECORD_LIST_H

#include "base/buffer.h"
#include "ttag/articles.h"

typedef struct listed_record {
    ttag_record record;
    size_t start; /* in the list's bytes: those of the record, then its name */
} listed_record;

/* Zero-initialise before use. */
typedef struct record_list {
    buffer bytes;
    listed_record *items;
    size_t count, capacity;
} record_list;

bool record_list_add(record_list *list, const ttag_record *record); /* false: no memory */
/* The record with its views; they live until the list changes. */
ttag_record record_list_get(const record_list *list, size_t index);
/* Keeps up to most_bytes of memory for the records' bytes. */
void record_list_clear(record_list *list, size_t most_bytes);
void record_list_dispose(record_list *list);

#endif
