/* Word n-grams 1 … N over title and text; with TTAG_TITLE_FIELD the title's own once more as
   "title:…". No token holds a blank or a colon, so no two terms are spelled alike by accident. */
#include "features/terms.h"

static const char TITLE_PREFIX[] = "title:";

static bool add_term(article_terms *terms, ttag_view term, term_number *number, void *context)
{
    uint32_t n = number(context, term);
    return n == TERM_NONE || counts_add(&terms->counts, n);
}

static bool add_title_term(article_terms *terms, ttag_view term, term_number *number, void *context)
{
    buffer_clear(&terms->title_term);
    buffer_put(&terms->title_term, TITLE_PREFIX, sizeof TITLE_PREFIX - 1);
    buffer_view(&terms->title_term, term);
    return buffer_ok(&terms->title_term) &&
           add_term(terms, buffer_as_view(&terms->title_term), number, context);
}

bool terms_count(article_terms *terms, const ttag_text_opts *opts, const ttag_article *article,
                 term_number *number, void *context)
{
    token_list *tokens = &terms->tokens;
    tokens_clear(tokens);
    counts_clear(&terms->counts);
    if (opts->title != TTAG_TITLE_DROP && !tokens_scan(tokens, opts->tokens, article->title))
        return false;
    size_t n_title = opts->title == TTAG_TITLE_FIELD ? tokens->count : 0;
    if (!tokens_scan(tokens, opts->tokens, article->text))
        return false;
    for (size_t first = 0; first < tokens->count; first++)
        for (size_t n = 1; n <= opts->word_ngrams && n <= tokens->count - first; n++)
            if (!add_term(terms, tokens_ngram(tokens, first, n), number, context))
                return false;
    for (size_t first = 0; first < n_title; first++)
        for (size_t n = 1; n <= opts->word_ngrams && n <= n_title - first; n++)
            if (!add_title_term(terms, tokens_ngram(tokens, first, n), number, context))
                return false;
    return true;
}

void terms_dispose(article_terms *terms)
{
    tokens_dispose(&terms->tokens);
    buffer_dispose(&terms->title_term);
    counts_dispose(&terms->counts);
}
