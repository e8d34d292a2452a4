/* Words that no term begins or ends with: left out of the vocabulary, so that classifying need not
   know of them. */
#ifndef FEATURES_STOP_WORDS_H
#define FEATURES_STOP_WORDS_H

#include "base/intern.h"
#include "ttag/features.h"

/* Zero-initialise before use. */
typedef struct stop_words {
    intern words;
} stop_words;

/* Those that the options name, in the form that tokens have. TTAG_OK, TTAG_IO, TTAG_NOMEM. */
ttag_status stop_words_read(stop_words *stop, const ttag_text_opts *opts, ttag_error *err);

/* Whether the term is of words, the title's own included, and begins or ends with one of them. */
bool stop_words_bound(const stop_words *stop, ttag_view term);

void stop_words_dispose(stop_words *stop);

#endif
