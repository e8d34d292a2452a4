/* libstemmer, asked once for each word that a thread has met. Where these are many, all are
   forgotten between two articles. */
#include "features/stemmer.h"

#include <limits.h>

#include <libstemmer.h>

enum { MOST_WORDS = 1 << 15 };

static bool begin(stemmer *s)
{
    if (!s->english)
        s->english = sb_stemmer_new("english", NULL);
    if (s->words.count > MOST_WORDS) {
        intern_clear(&s->words);
        tokens_clear(&s->stems);
    }
    return s->english;
}

static bool is_word(ttag_view token)
{
    for (size_t i = 0; i < token.size; i++)
        if (token.bytes[i] < 'a' || token.bytes[i] > 'z')
            return false;
    return token.size <= INT_MAX;
}

/* Appends the stem of a token. One letter would be no token. */
static bool add_stem(stemmer *s, ttag_view token)
{
    ttag_view stem = token;
    if (is_word(token)) {
        const sb_symbol *bytes =
            sb_stemmer_stem(s->english, (const sb_symbol *)token.bytes, (int)token.size);
        if (!bytes)
            return false;
        size_t size = (size_t)sb_stemmer_length(s->english);
        if (size >= TOKEN_SHORTEST)
            stem = (ttag_view){(const char *)bytes, size};
    }
    return token_add_copy(&s->stems, token_term(stem.bytes, stem.size, 0), stem.bytes);
}

static bool stem_token(stemmer *s, token_list *out, const token_list *tokens, size_t i)
{
    const text_term *item = &tokens->items[i];
    ttag_view token = {tokens->bytes + item->start, item->size};
    size_t before = s->words.count;
    uint32_t word = intern_add_hashed(&s->words, token, item->hash);
    if (word == INTERN_NONE)
        return false;
    if (word == before && !add_stem(s, token))
        return false;
    const text_term *stem = &s->stems.items[word];
    return token_add_copy(out, *stem, s->stems.bytes + stem->start);
}

bool stemmer_stem(stemmer *s, token_list *out, const token_list *tokens)
{
    bool ok = begin(s);
    tokens_clear(out);
    for (size_t i = 0; ok && i < tokens->count; i++)
        ok = stem_token(s, out, tokens, i);
    if (!ok) { /* a word may lack its stem */
        intern_clear(&s->words);
        tokens_clear(&s->stems);
    }
    return ok;
}

void stemmer_dispose(stemmer *s)
{
    sb_stemmer_delete(s->english);
    intern_dispose(&s->words);
    tokens_dispose(&s->stems);
    *s = (stemmer){0};
}
