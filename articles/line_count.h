/* Which line of a text a place is in, told for one place after the other. */
#ifndef ARTICLES_LINE_COUNT_H
#define ARTICLES_LINE_COUNT_H

#include <stddef.h>

/* Begins as {text, 1}, or with the number that the text's first line has. */
typedef struct line_count {
    const char *counted; /* lines before it are */
    size_t line;         /* that it is in */
} line_count;

/* The line of `at`, which is not before any place that was asked for. */
size_t line_count_at(line_count *count, const char *at);

#endif
