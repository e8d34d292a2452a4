/**
 * @file ttag/import.h
 * Labelled records out of what public bodies publish: incidents, advisories, threat actors.
 *
 * In: the files as they are published (JSON, CSV, a tar archive or a folder of such; each also
 * gzipped) and a mapping, a JSON file that says which fields make the article and which
 * human-coded fields make which tags; docs/import.md describes it. Out: JSON Lines as `ttag train`
 * reads them, in the order of the input.
 *
 *     ttag_mapping *mapping;
 *     const char *published = "known_exploited_vulnerabilities.json";
 *     ttag_import_counts counts;
 *     if (ttag_mapping_new_builtin(&mapping, "kev", &err) == TTAG_OK) {
 *         if (ttag_import(stdout, mapping, &published, 1, NULL, &counts, &err) != TTAG_OK)
 *             fprintf(stderr, "%s\n", err.text);
 *         ttag_mapping_free(mapping);
 *     }
 */
#ifndef TTAG_IMPORT_H
#define TTAG_IMPORT_H

#include <stdio.h>

#include "ttag/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How one source is mapped onto the taxonomy. Immutable; any number of threads may use it. */
typedef struct ttag_mapping ttag_mapping;

/** The mappings that are built in, `datasets/mappings/`: their names, NULL-ended; static. */
TTAG_API const char *const *ttag_mapping_names(void);

/** @return TTAG_OK; TTAG_INVALID: there is none of that name; TTAG_NOMEM. */
TTAG_API ttag_status ttag_mapping_new_builtin(ttag_mapping **out, const char *name,
                                              ttag_error *err);

/** Reads a mapping from a file. @return TTAG_OK; TTAG_IO; TTAG_PARSE with what is wrong;
    TTAG_NOMEM. */
TTAG_API ttag_status ttag_mapping_load(ttag_mapping **out, const char *path, ttag_error *err);

/** What a mapping says of its source: borrowed, terminated, "" where it says nothing. */
typedef struct ttag_mapping_about {
    const char *name;        /**< "kev", the `source` of its records */
    const char *title;       /**< the catalogue's own name */
    const char *home;        /**< where it is published */
    const char *licence;     /**< of the data */
    const char *attribution; /**< what the publisher wants said */
} ttag_mapping_about;

/** All of it borrowed; lives as long as the mapping. */
TTAG_API ttag_mapping_about ttag_mapping_tell(const ttag_mapping *mapping);

TTAG_API void ttag_mapping_free(ttag_mapping *mapping);

typedef struct ttag_import_opts {
    size_t max_document;         /**< bytes of one JSON or CSV file, unpacked; a longer one is
                                      refused */
    const ttag_monitor *monitor; /**< NULL: silent */
} ttag_import_opts;

#define TTAG_IMPORT_OPTS_INIT                                                                      \
    {                                                                                              \
        (size_t)1 << 30, NULL                                                                      \
    }

/** What became of the records. */
typedef struct ttag_import_counts {
    size_t documents; /**< files, those in archives included */
    size_t refused;   /**< documents that could not be read; each was told to the monitor */
    size_t records;   /**< in the documents */
    size_t passed;    /**< that the mapping's `skip` passes over */
    size_t brief;     /**< with fewer words than the mapping's `least_words` */
    size_t repeated;  /**< whose text an earlier record has, if the mapping drops these */
    size_t written;
    size_t tagged; /**< of the written ones, with a tag or more */
} ttag_import_counts;

/**
 * Writes the records of `n_paths` files, folders (recursive, names in byte order; what is neither
 * .json nor .csv, .tar or .tgz is passed over) or archives to `out`, a line each. "-" is standard
 * input.
 * @param opts    NULL: TTAG_IMPORT_OPTS_INIT
 * @param counts  filled in any case
 * @return TTAG_OK, also if some documents were refused; TTAG_EMPTY: no record was written;
 * TTAG_IO: writing failed; TTAG_NOMEM; TTAG_CANCELLED. What was written until then stays.
 */
TTAG_API ttag_status ttag_import(FILE *out, const ttag_mapping *mapping, const char *const *paths,
                                 size_t n_paths, const ttag_import_opts *opts,
                                 ttag_import_counts *counts, ttag_error *err);

#ifdef __cplusplus
}
#endif

#endif
