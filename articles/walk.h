/* A FEED into the files it means: a file itself, a folder's article files in byte order. */
#ifndef ARTICLES_WALK_H
#define ARTICLES_WALK_H

#include "base/arena.h"
#include "ttag/articles.h"

typedef enum walk_kind {
    WALK_FILE,
    WALK_LIVE,       /* standard input, a pipe, a device: what it holds may be yet to come */
    WALK_UNREADABLE, /* a folder; `error` is its errno */
    WALK_NOTHING     /* a folder without an article file */
} walk_kind;

typedef struct walk_file {
    const char *path; /* lives as the arena */
    ttag_view name;   /* path below the FEED; of a FEED that is a file, its base name */
    walk_kind kind;
    int error;
    uint64_t size; /* bytes; 0 where that is not known */
} walk_file;

typedef struct walk_list {
    walk_file *files; /* n */
    size_t n, capacity;
} walk_list; /* zero-initialise before use */

/* Appends the files of `feed` to the list; the paths go to `memory`. What is wrong with a file or
   folder stands in its place in the list. TTAG_OK, TTAG_NOMEM or TTAG_CANCELLED. */
ttag_status walk_feed(walk_list *list, const char *feed, arena *memory, const ttag_monitor *monitor,
                      ttag_error *err);
/* The same, of files in folders those for whose path `fits` says so. */
typedef bool walk_fits(const char *path);
ttag_status walk_feed_of(walk_list *list, const char *feed, walk_fits *fits, arena *memory,
                         const ttag_monitor *monitor, ttag_error *err);

/* TTAG_IO: it is a folder that cannot be read, or one without files to read; else TTAG_OK. */
ttag_status walk_trouble(const walk_file *file, ttag_error *err);

void walk_dispose(walk_list *list);

/* A path without ".gz" or ".zst" at its end. */
ttag_view walk_unpacked_name(const char *path);

/* By the ending, .gz and .zst aside and in either case: TTAG_INPUT_JSONL, …_ARTICLE, …_FEED, or
   AUTO if it is none of ours. */
ttag_input_format walk_format(const char *path);

#endif
