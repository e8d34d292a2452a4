/**
 * @file ttag/taxonomy.h
 * The tags: names, what they mean, and which tag implies which.
 *
 * In: `datasets/taxonomy.json` (built into the library), a file of the same form, or a file with
 * one name a line. Out: an immutable list in file order. Thread-safe once loaded.
 *
 *     ttag_taxonomy *taxonomy;
 *     if (ttag_taxonomy_new_builtin(&taxonomy, &err) == TTAG_OK) {
 *         for (size_t i = 0; i < ttag_taxonomy_size(taxonomy); i++) {
 *             ttag_view name = ttag_taxonomy_tag(taxonomy, i)->name;
 *             printf("%.*s\n", (int)name.size, name.bytes);
 *         }
 *         ttag_taxonomy_free(taxonomy);
 *     }
 */
#ifndef TTAG_TAXONOMY_H
#define TTAG_TAXONOMY_H

#include "ttag/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ttag_taxonomy ttag_taxonomy;

/** One tag. All views live as long as the taxonomy; absent texts are empty, never NULL. */
typedef struct ttag_tag {
    ttag_view name;          /**< as in records: "Malware", "Security News" */
    ttag_view description;   /**< one line */
    ttag_view group;         /**< "threats", "vulnerabilities", … */
    const uint32_t *implies; /**< positions of the tags that this one implies */
    size_t n_implies;
} ttag_tag;

/** What ttag_taxonomy_find returns for a name that is not in the list. */
#define TTAG_NO_TAG UINT32_MAX

/**
 * Parses the taxonomy that is built into the library (34 tags).
 * @return TTAG_OK, TTAG_NOMEM.
 */
TTAG_API ttag_status ttag_taxonomy_new_builtin(ttag_taxonomy **out, ttag_error *err);

/**
 * Reads a taxonomy from `path`: a JSON object with an array `tags` of objects (`name` required;
 * `description`, `group`, `implies` (names) optional), or plain text with one name a line (blank
 * lines and lines that begin with `#` are skipped). The first non-blank byte `{` tells JSON.
 * @return TTAG_OK; TTAG_IO; TTAG_PARSE (with the line, where known) for a malformed file, a name
 * given twice, an `implies` that names no tag or leads back to its own tag; TTAG_EMPTY if no name
 * is in it; TTAG_NOMEM.
 */
TTAG_API ttag_status ttag_taxonomy_load(ttag_taxonomy **out, const char *path, ttag_error *err);

/** Releases the taxonomy and all that was borrowed from it. */
TTAG_API void ttag_taxonomy_free(ttag_taxonomy *taxonomy);

/** How many tags. */
TTAG_API size_t ttag_taxonomy_size(const ttag_taxonomy *taxonomy);

/** The tag at `position` (< size), borrowed. */
TTAG_API const ttag_tag *ttag_taxonomy_tag(const ttag_taxonomy *taxonomy, size_t position);

/** Position of the tag of this exact name, or TTAG_NO_TAG. */
TTAG_API uint32_t ttag_taxonomy_find(const ttag_taxonomy *taxonomy, ttag_view name);

#ifdef __cplusplus
}
#endif

#endif
