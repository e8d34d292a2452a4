/* Just enough JSON to show the card of a model, which may be a stranger's, and to write records. */
#ifndef CLI_JSON_TEXT_H
#define CLI_JSON_TEXT_H

#include <stdio.h>

#include "ttag/base.h"

/* Whether `text` is one JSON value, nested at most 64 deep. The functions below want such text. */
bool json_valid(ttag_view text);

/* Writes it anew with two blanks of indentation; arrays without objects on one line. The first
   line is not indented, further ones by `indent` blanks more. */
void json_write_pretty(FILE *out, ttag_view text, int indent);

/* The value at `path`, "out_of_fold.micro.f1"; absent if there is none. */
ttag_view json_find(ttag_view text, const char *path);

/* The element of an array at `position`; absent if there is none. */
ttag_view json_element(ttag_view text, size_t position);

/* Writes each scalar, and each array of scalars, of an object as a line `name.name<pad>value`. */
void json_write_lines(FILE *out, ttag_view text, const char *prefix);

/* A string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void json_write_string(FILE *out, ttag_view text);

/* %.9g; null for NaN and infinity. */
void json_write_number(FILE *out, double value);

#endif
