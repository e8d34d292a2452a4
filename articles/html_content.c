/* Which blocks are the main text: those outside of navigation, in the article where there is one,
   that a tree of four numbers takes for text. */
#include "articles/html_blocks.h"

enum {
    BYTES_A_WORD = 6
}; /* with the blank behind it; counted so, a text without blanks has words */

/* What the choice is restricted to. */
typedef struct choice {
    uint32_t article; /* 0: none */
    bool main_only;
    bool with_asides; /* classes and ids do not count */
} choice;

static size_t words_of(const html_block *b)
{
    return b ? (b->size + BYTES_A_WORD - 1) / BYTES_A_WORD : 0;
}

/* link_size / size over share / 9 */
static bool has_links_over(const html_block *b, size_t share)
{
    return b && 9 * b->link_size > share * b->size;
}

/* The published tree, by the block and those before and behind it. */
static bool is_text(const html_block *before, const html_block *b, const html_block *behind)
{
    const size_t words = words_of(b), next = words_of(behind);
    if (has_links_over(b, 3))
        return false;
    if (has_links_over(before, 5))
        return words > 40 || next > 17;
    return words > 16 || next > 15 || words_of(before) > 4;
}

static bool may_be_content(const html_block *b, const choice *c)
{
    return !b->is_apart && (c->with_asides || !b->is_aside) &&
           (c->article == 0 || b->article == c->article) && (!c->main_only || b->in_main);
}

/* Bytes outside links of the blocks that may be content. */
static size_t size_of(const html_block *blocks, size_t n, const choice *c)
{
    size_t size = 0;
    for (size_t i = 0; i < n; i++)
        size += may_be_content(&blocks[i], c) ? blocks[i].size - blocks[i].link_size : 0;
    return size;
}

/* The article with most text; blocks of an article follow one another. */
static uint32_t largest_article(const html_block *blocks, size_t n, size_t *size)
{
    uint32_t largest = 0;
    *size = 0;
    for (size_t i = 0; i < n;) {
        const uint32_t article = blocks[i].article;
        const choice only = {.article = article};
        size_t from = i;
        while (i < n && blocks[i].article == article)
            i++;
        size_t own = article ? size_of(blocks + from, i - from, &only) : 0;
        if (own > *size) {
            *size = own;
            largest = article;
        }
    }
    return largest;
}

/* The article if it has half of the text, else <main> if it has a quarter. */
static void restrict_choice(choice *c, const html_block *blocks, size_t n)
{
    const choice main_only = {.main_only = true};
    const size_t all = size_of(blocks, n, c);
    size_t size;
    const uint32_t article = largest_article(blocks, n, &size);
    if (article && 2 * size >= all)
        c->article = article;
    else if (4 * size_of(blocks, n, &main_only) >= all && size_of(blocks, n, &main_only) > 0)
        c->main_only = true;
}

/* The next block from `i` on that may be content, or NULL. */
static html_block *next_block(html_block *blocks, size_t n, size_t *i, const choice *c)
{
    while (*i < n && !may_be_content(&blocks[*i], c))
        ++*i;
    return *i < n ? &blocks[(*i)++] : NULL;
}

/* Returns the bytes of the blocks that are marked. */
static size_t mark(html_block *blocks, size_t n, const choice *c)
{
    size_t at = 0, size = 0;
    html_block *before = NULL, *b = next_block(blocks, n, &at, c), *behind;
    for (; b; before = b, b = behind) {
        behind = next_block(blocks, n, &at, c);
        b->is_content = is_text(before, b, behind);
        size += b->is_content ? b->size : 0;
    }
    return size;
}

/* Whatever is not within links. */
static void mark_unlinked(html_block *blocks, size_t n, const choice *c)
{
    for (size_t i = 0; i < n; i++)
        blocks[i].is_content = may_be_content(&blocks[i], c) && !has_links_over(&blocks[i], 3);
}

void html_choose_content(html_block *blocks, size_t n)
{
    choice c = {.article = 0}, wide = {.with_asides = true};
    if (3 * size_of(blocks, n, &c) < size_of(blocks, n, &wide))
        c = wide; /* a class around everything, as "page-with-menu" */
    restrict_choice(&c, blocks, n);
    if (mark(blocks, n, &c) == 0)
        mark_unlinked(blocks, n, &c);
}
