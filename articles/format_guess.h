/* What a format says of text that may go on. */
#ifndef ARTICLES_FORMAT_GUESS_H
#define ARTICLES_FORMAT_GUESS_H

#include "ttag/base.h"

typedef enum format_guess { GUESS_NO, GUESS_YES, GUESS_UNDECIDED } format_guess;

typedef format_guess guess_function(ttag_view text);

#endif
