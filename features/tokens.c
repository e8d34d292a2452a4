/* The list of tokens, and which rule fills it. */
#include "features/tokens.h"

#include <string.h>

#include "base/memory.h"
#include "features/security.h"
#include "features/unicode.h"
#include "features/words.h"

const unsigned char ascii_word[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6',
    ['7'] = '7', ['8'] = '8', ['9'] = '9', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd',
    ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k',
    ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r',
    ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y',
    ['Z'] = 'z', ['_'] = '_', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e',
    ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l',
    ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's',
    ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z'};

/* Room for `more` bytes of the open token, the blank behind it, and what may be read behind that.
 */
static bool reserve(token_list *tokens, size_t more)
{
    size_t need;
    if (!size_add(&need, tokens->size + tokens->open + 1 + SHORT_BYTES, more) ||
        !mem_grow(&tokens->bytes, &tokens->capacity, need, 1))
        tokens->failed = true;
    return !tokens->failed;
}

static bool reserve_items(token_list *tokens, size_t more)
{
    size_t need;
    if (!size_add(&need, tokens->count, more) ||
        !mem_grow(&tokens->items, &tokens->items_capacity, need, sizeof *tokens->items))
        tokens->failed = true;
    return !tokens->failed;
}

/* A short run takes one byte more than it has, and one byte of another kind stands before it. */
bool tokens_reserve(token_list *tokens)
{
    return reserve(tokens, WINDOW_BYTES + 2 * SHORT_BYTES) && reserve_items(tokens, WINDOW_RUNS);
}

void token_put_ascii(token_list *tokens, const char *bytes, size_t size)
{
    if (!reserve(tokens, size))
        return;
    char *out = tokens->bytes + tokens->size + tokens->open;
    for (size_t i = 0; i < size; i++)
        out[i] = (char)ascii_word[(unsigned char)bytes[i]];
    tokens->open += size;
    tokens->chars += size;
}

void token_put_char(token_list *tokens, uint32_t c)
{
    if (!reserve(tokens, CHAR_SIZE))
        return;
    tokens->open += char_encode(tokens->bytes + tokens->size + tokens->open, c);
    tokens->chars++;
}

void token_close(token_list *tokens)
{
    if (tokens->chars >= TOKEN_SHORTEST && !tokens->failed && reserve_items(tokens, 1)) {
        char *token = tokens->bytes + tokens->size;
        tokens->items[tokens->count++] = token_term(token, tokens->open, tokens->size);
        token[tokens->open] = ' ';
        tokens->size += tokens->open + 1;
    }
    tokens->open = 0;
    tokens->chars = 0;
}

void token_add_run(token_list *tokens, ttag_view text, word_run run)
{
    token_put_ascii(tokens, text.bytes + run.start, run.end - run.start);
    token_close(tokens);
}

void token_add(token_list *tokens, const char *token)
{
    size_t length = strlen(token);
    if (!reserve(tokens, length))
        return;
    memcpy(tokens->bytes + tokens->size, token, length);
    tokens->open = length;
    tokens->chars = length;
    token_close(tokens);
}

bool token_add_copy(token_list *tokens, text_term token, const char *bytes)
{
    if (!reserve(tokens, token.size) || !reserve_items(tokens, 1))
        return false;
    char *to = tokens->bytes + tokens->size;
    memcpy(to, bytes, token.size);
    to[token.size] = ' ';
    token.start = tokens->size;
    tokens->items[tokens->count++] = token;
    tokens->size += token.size + 1;
    return true;
}

bool tokens_scan(token_list *tokens, ttag_token_rule rule, ttag_view text)
{
    if (rule == TTAG_TOKENS_WORDS)
        words_scan(tokens, text);
    else
        security_scan(tokens, text, rule == TTAG_TOKENS_ARTIFACTS);
    return !tokens->failed;
}

void tokens_clear(token_list *tokens)
{
    tokens->size = 0;
    tokens->count = 0;
    tokens->open = 0;
    tokens->chars = 0;
    tokens->failed = false;
}

void tokens_dispose(token_list *tokens)
{
    mem_free(tokens->bytes);
    mem_free(tokens->items);
    *tokens = (token_list){0};
}
