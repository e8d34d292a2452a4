/**
 * @file ttag/base.h
 * What every stage shares: version, status, error, view, monitor.
 *
 * Conventions of all public headers:
 *  - Out-parameters come first, then the object, inputs, options, and last `ttag_error *err`,
 *    which may be NULL. On failure `*out` is NULL and inputs are unchanged.
 *  - What comes through `T **out` is yours: free it with the matching `_free`. A returned
 *    `const T *` or a view is borrowed; its comment says until when.
 *  - `_free` and `_dispose` accept NULL. `_free` is for objects, `_dispose` for structs you hold.
 *  - The library keeps no global state, never exits, never writes to stdout or stderr.
 *    Distinct objects may be used from distinct threads; one object from one thread at a time,
 *    unless its comment says more.
 *  - Text is UTF-8; sizes are bytes; offsets into text that are shown to users count code points.
 *
 *     char line[1024];
 *     if (strcmp(ttag_version(), TTAG_VERSION) != 0)
 *         printf("built for %s, runs with %s\n", TTAG_VERSION, ttag_version());
 *     ttag_error_format(&err, line, sizeof line);
 */
#ifndef TTAG_BASE_H
#define TTAG_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TTAG_VERSION_MAJOR 0
#define TTAG_VERSION_MINOR 1
#define TTAG_VERSION_PATCH 0
#define TTAG_VERSION "0.1.0"

#if defined(__GNUC__)
#define TTAG_API __attribute__((visibility("default")))
#else
#define TTAG_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** The version of the library that is linked, as "0.1.0"; static. Compare with TTAG_VERSION. */
TTAG_API const char *ttag_version(void);

/** How a call ended. There is a code of its own only where a caller would act differently. */
typedef enum ttag_status {
    TTAG_OK = 0,          /**< done */
    TTAG_END,             /**< a reader has no further record; not an error */
    TTAG_INVALID,         /**< an argument or option is out of range: `--folds 1` */
    TTAG_NOMEM,           /**< memory ran out */
    TTAG_LIMIT,           /**< more memory would be needed than the caller allowed */
    TTAG_IO,              /**< a file cannot be opened, read or written: a full disk */
    TTAG_PARSE,           /**< one record or input file is malformed: `{"text":` */
    TTAG_EMPTY,           /**< nothing usable was read: no labelled article, no tag to learn */
    TTAG_FORMAT,          /**< not a model, or a damaged one */
    TTAG_VERSION_UNKNOWN, /**< a model of another format version */
    TTAG_CANCELLED        /**< the monitor asked to stop */
} ttag_status;

/** Why a call failed. The caller owns it; the library only writes it. */
typedef struct ttag_error {
    ttag_status code;
    char path[512]; /**< file the trouble is in; "" if none */
    size_t line;    /**< from 1; 0 if none */
    size_t column;  /**< from 1, in bytes; 0 if none */
    char text[256]; /**< what is wrong and what was expected; no full stop, no newline */
} ttag_error;

/**
 * Writes "path:line:column: text" (parts that are absent left out) to `out`, always terminated,
 * cut at `size` bytes.
 */
TTAG_API void ttag_error_format(const ttag_error *err, char *out, size_t size);

/** Borrowed bytes, not terminated. `bytes == NULL` means absent; `size == 0` alone means empty. */
typedef struct ttag_view {
    const char *bytes;
    size_t size;
} ttag_view;

/** How much a message matters. */
typedef enum ttag_level { TTAG_ERROR, TTAG_WARNING, TTAG_NOTE, TTAG_DETAIL } ttag_level;

/**
 * How a long call talks to its caller. Every member may be NULL, and so may a monitor pointer.
 * All are called only from the thread that called the library.
 */
typedef struct ttag_monitor {
    /** Something a user should know. `place` is "file:line" or NULL; both are valid for the call.
     */
    void (*message)(void *payload, ttag_level level, const char *place, const char *text);
    /** `done` of `total` units of `activity` ("reading", "training"); total 0: unknown. */
    void (*progress)(void *payload, const char *activity, double done, double total);
    /** Asked often; true: stop soon and return TTAG_CANCELLED (ttag_train_opts.keep_partial: with
        what there is). */
    bool (*cancelled)(void *payload);
    void *payload;
} ttag_monitor;

#ifdef __cplusplus
}
#endif

#endif
