/**
 * @file ttag/database.h
 * Classified records in an SQLite database: articles, their tags, runs; with a full-text index.
 *
 * In: a model and a feed. Out: a database that is made, or brought up to date: the same feed again
 * changes rows and adds none. docs/formats.md describes the tables. Of the whole library only; one
 * for tagging alone has no SQLite.
 *
 *     ttag_database_opts opts = TTAG_DATABASE_OPTS_INIT;
 *     ttag_classify_counts counts;
 *     opts.run = "news";
 *     ttag_classify_into_database(model, reader, "news.db", &opts, NULL, &counts, &err);
 */
#ifndef TTAG_DATABASE_H
#define TTAG_DATABASE_H

#include "ttag/classify.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ttag_database_opts {
    const char *run; /**< whose tags these are: a run replaces those of runs of the same name alone;
                          NULL: "tags" */
} ttag_database_opts;

#define TTAG_DATABASE_OPTS_INIT                                                                    \
    {                                                                                              \
        NULL                                                                                       \
    }

/**
 * Like ttag_classify_stream, into the database at `path`, which is made where there is none. What
 * is done is committed in batches, and whenever the input has nothing ready; a process that is
 * killed leaves a database with whole articles, and the next run completes it.
 * @param opts      NULL: TTAG_DATABASE_OPTS_INIT
 * @param classify  NULL: TTAG_CLASSIFY_OPTS_INIT; its format does not count
 * @param counts    may be NULL
 * @return TTAG_OK; TTAG_IO: the file cannot be opened or written, is of another kind or of a later
 * version, or is locked for over a minute; TTAG_NOMEM; TTAG_CANCELLED.
 */
TTAG_API ttag_status ttag_classify_into_database(const ttag_model *model, ttag_reader *feed,
                                                 const char *path, const ttag_database_opts *opts,
                                                 const ttag_classify_opts *classify,
                                                 ttag_classify_counts *counts, ttag_error *err);

#ifdef __cplusplus
}
#endif

#endif
