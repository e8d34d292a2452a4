/* Do the options make sense? */
#include "ttag/features.h"

#include <string.h>

const char *ttag_text_opts_check(const ttag_text_opts *opts)
{
    if ((unsigned)opts->tokens > TTAG_TOKENS_ARTIFACTS)
        return "the token rule is unknown; expected words, security or artifacts";
    if ((unsigned)opts->title > TTAG_TITLE_DROP)
        return "the title rule is unknown; expected join, field or drop";
    if (opts->word_ngrams < 1 || opts->word_ngrams > 5)
        return "the longest word n-gram is out of range; expected 1 to 5";
    if (opts->char_least > opts->char_most || opts->char_most > 8 ||
        (opts->char_most > 0 && opts->char_least == 0))
        return "the lengths of character n-grams are out of range; expected 1 to 8, or none";
    if ((unsigned)opts->stem > TTAG_STEM_ENGLISH)
        return "the stem rule is unknown; expected none or english";
    if (opts->hash_bits && opts->stop_words && strcmp(opts->stop_words, "none") != 0)
        return "stop words cannot be told from hashed terms; expected none, or no hash-bits";
    if (opts->min_df < 1)
        return "min-df is 0; expected 1 or more articles";
    if (!(opts->max_df > 0.0 && opts->max_df <= 1.0))
        return "max-df is out of range; expected a share over 0, up to 1";
    if (opts->hash_bits != 0 && (opts->hash_bits < 10 || opts->hash_bits > 28))
        return "the number of hash bits is out of range; expected 0 (no hashing) or 10 to 28";
    if (opts->hash_bits && opts->max_terms)
        return "max-terms and hash-bits both bound the number of terms; expected one of them";
    return NULL;
}
