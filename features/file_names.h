/* Names of files that say by their extension that they are one. */
#ifndef FEATURES_FILE_NAMES_H
#define FEATURES_FILE_NAMES_H

#include "ttag/base.h"

/* Whether the word that ends at `word_end` begins a name such as invoice.pdf.exe. *end: where the
   name ends; if it is none, no name begins at a word before *end either. */
bool file_name_at(ttag_view text, size_t word_end, size_t *end);

#endif
