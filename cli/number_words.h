/* Numbers as they stand on a command line, strictly: all of the text, or false. */
#ifndef CLI_NUMBER_WORDS_H
#define CLI_NUMBER_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A finite decimal number. */
bool number_parse(const char *text, double *value);

/* Digits. */
bool whole_parse(const char *text, uint64_t *value);

/* Digits, then nothing, or K, M, G, T (powers of 1024) with or without B or iB. */
bool size_parse(const char *text, size_t *value);

/* A number, then nothing or s, m, h: seconds. */
bool duration_parse(const char *text, double *seconds);

#endif
