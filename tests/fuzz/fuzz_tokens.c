/* Any bytes to tokens. The first byte chooses the rule, and whether the bytes are made well-formed
   first, as the readers do it; then the tokens must be those of the plain way. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "articles/utf8.h"
#include "base/buffer.h"
#include "features/tokens.h"
#include "tests/unit/tokens_reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* One blank behind each token and nowhere else; no colon; two bytes or more. */
static void check_list(const token_list *tokens)
{
    size_t end = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        ttag_view token = tokens_ngram(tokens, i, 1);
        require(tokens->items[i].start == end && token.size >= 2);
        require(!memchr(token.bytes, ' ', token.size) && !memchr(token.bytes, ':', token.size));
        require(!memchr(token.bytes, '\n', token.size));
        end += token.size + 1;
    }
    require(end == tokens->size);
}

/* Words are their own words. */
static void check_again(const token_list *tokens)
{
    token_list again = {0};
    require(tokens_scan(&again, TTAG_TOKENS_WORDS, (ttag_view){tokens->bytes, tokens->size}));
    require(again.count == tokens->count && again.size == tokens->size);
    require(tokens->size == 0 || memcmp(again.bytes, tokens->bytes, tokens->size) == 0);
    tokens_dispose(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    ttag_token_rule rule = data[0] & 1 ? TTAG_TOKENS_SECURITY : TTAG_TOKENS_WORDS;
    if (data[0] & 4)
        rule = TTAG_TOKENS_ARTIFACTS;
    bool clean = (data[0] & 2) == 0;
    ttag_view text = {(const char *)data + 1, size - 1};
    buffer cleaned = {0};
    if (clean) {
        utf8_clean(&cleaned, text);
        text = buffer_as_view(&cleaned);
    }
    token_list tokens = {0};
    require(tokens_scan(&tokens, rule, text));
    if (clean) {
        check_list(&tokens);
        require(reference_agrees(&tokens, rule, text));
        if (rule == TTAG_TOKENS_WORDS)
            check_again(&tokens);
    }
    tokens_dispose(&tokens);
    buffer_dispose(&cleaned);
    return 0;
}
