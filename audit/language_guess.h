/* Which language a text is in: a guess, good enough to tell that a feed is mixed. */
#ifndef AUDIT_LANGUAGE_GUESS_H
#define AUDIT_LANGUAGE_GUESS_H

#include "ttag/base.h"

enum { LANGUAGE_SLOTS = 1024 };

/* Small words by their hash, and of which languages they are. */
typedef struct language_words {
    uint64_t hashes[LANGUAGE_SLOTS];    /* 0: free */
    uint32_t languages[LANGUAGE_SLOTS]; /* a bit for each */
} language_words;

void language_words_init(language_words *words);

/* A static code of two letters (ISO 639-1), by the small words of the language, or for scripts of
   one language by the script; "?": too little text, or none of those known here. */
const char *language_guess(const language_words *words, ttag_view text);

#endif
