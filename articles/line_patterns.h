/* The patterns of datasets/boilerplate.txt, ready to be compared with folded lines. */
#ifndef ARTICLES_LINE_PATTERNS_H
#define ARTICLES_LINE_PATTERNS_H

#include "articles/line_fold.h"

/* The file, made into an array by cmake/embed.cmake. */
extern const char boilerplate_patterns[];
extern const size_t boilerplate_patterns_size;

/* Words and stars of all patterns, one behind another. */
typedef struct line_pattern {
    uint32_t first, size;
    uint32_t next; /* of those with the same key, from 1; 0: none */
} line_pattern;

/* Zero-initialise before use. */
typedef struct line_patterns {
    uint64_t *words; /* n_words hashes; 0 and 1: stars */
    size_t n_words, words_capacity;
    line_pattern *items;
    size_t count, capacity;
    uint64_t *names; /* n_names hashes of shortcodes */
    size_t n_names, names_capacity;
    uint32_t
        *slots; /* n_slots, a power of two: a pattern by the hash of its longest word, from 1 */
    size_t n_slots;
    folded_line scratch;
} line_patterns;

/* Reads patterns, a line each. false: no memory. */
bool line_patterns_read(line_patterns *out, ttag_view text);

/* Whether the line fits one of them. */
bool line_patterns_fit(const line_patterns *patterns, const folded_line *line);

/* Whether a shortcode has the name, in lower case. */
bool line_patterns_name(const line_patterns *patterns, ttag_view name);

void line_patterns_dispose(line_patterns *patterns);

#endif
