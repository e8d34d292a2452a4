/* Writing JSON value by value. */
#ifndef CLI_JSON_OUT_H
#define CLI_JSON_OUT_H

#include <stdio.h>

#include "ttag/base.h"

/* A string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void json_write_string(FILE *out, ttag_view text);

/* %.9g; null for NaN and infinity. */
void json_write_number(FILE *out, double value);

#endif
