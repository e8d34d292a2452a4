/* Word n-grams 1 … N over title and text; with TTAG_TITLE_FIELD the title's own once more as
   "title:…"; n-grams of characters as "char:…". No token holds a blank or a colon, so no two terms
   are spelled alike by accident. Terms are collected and then handled many at a time. */
#include "features/terms.h"

#include "features/term_hash.h"

/* What is done with n <= TERMS_AT_ONCE n-grams, or the title's own terms of these. */
typedef struct counter {
    /* While those before are counted, what these will need is fetched. NULL: nothing. */
    void (*expect)(const article_terms *terms, const text_term *ngrams, size_t n, bool of_title,
                   const void *context);
    bool (*count)(article_terms *terms, const text_term *ngrams, size_t n, bool of_title,
                  const void *context);
    const void *context;
} counter;

static void expect(const article_terms *terms, const text_term *ngrams, size_t n, bool of_title,
                   const counter *c)
{
    if (c->expect)
        c->expect(terms, ngrams, n, of_title, c->context);
}

/* Unigrams are tokens as they are; what they need may have been fetched as they were found. */
static bool add_tokens(article_terms *terms, size_t n_tokens, bool of_title, const counter *c)
{
    bool ok = true;
    for (size_t first = 0; ok && first < n_tokens; first += TERMS_AT_ONCE) {
        size_t left = n_tokens - first, n = left < TERMS_AT_ONCE ? left : TERMS_AT_ONCE;
        if (!terms->tokens.sought)
            expect(terms, terms->tokens.items + first, n, of_title, c);
        ok = c->count(terms, terms->tokens.items + first, n, of_title, c->context);
    }
    return ok;
}

/* The n-gram of tokens first to last, if `shorter` is the one before `last`. */
static text_term longer_ngram(const text_term *shorter, const text_term *last, const char *bytes)
{
    text_term ngram = {.hash = ngram_hash(shorter->hash, last->hash),
                       .start = shorter->start,
                       .size = last->start + last->size - shorter->start};
    ngram.key = ngram.hash;
    if (ngram.size <= KEY_BYTES)
        ngram.key = short_bytes_cut(short_bytes_at(bytes + ngram.start), ngram.size).first;
    return ngram;
}

/* One batch is made while the other one waits to be counted. */
typedef struct batches {
    text_term *at; /* of the one being made */
    size_t n;
    size_t n_waiting;
} batches;

/* The full batch, or the last one, begins to wait; the one that waited is counted. */
static bool turn(batches *b, article_terms *terms, bool of_title, const counter *c)
{
    text_term *waiting = b->at == terms->ngrams[0] ? terms->ngrams[1] : terms->ngrams[0];
    size_t n = b->n_waiting;
    expect(terms, b->at, b->n, of_title, c);
    *b = (batches){waiting, 0, b->n};
    return n == 0 || c->count(terms, waiting, n, of_title, c->context);
}

/* The n-grams of the first n_tokens tokens. */
static bool add_ngrams(article_terms *terms, size_t n_tokens, size_t longest, bool of_title,
                       const counter *c)
{
    const text_term *tokens = terms->tokens.items;
    batches b = {terms->ngrams[0], 0, 0};
    for (size_t first = 0; first < n_tokens; first++) {
        size_t behind = n_tokens - first < longest ? n_tokens : first + longest;
        text_term ngram = tokens[first];
        for (size_t last = first;;) {
            b.at[b.n++] = ngram;
            if (b.n == TERMS_AT_ONCE && !turn(&b, terms, of_title, c))
                return false;
            if (++last == behind)
                break;
            ngram = longer_ngram(&ngram, &tokens[last], terms->tokens.bytes);
        }
    }
    return turn(&b, terms, of_title, c) && turn(&b, terms, of_title, c);
}

static bool add_title_or_text(article_terms *terms, size_t n_tokens, size_t longest, bool of_title,
                              const counter *c)
{
    return longest == 1 ? add_tokens(terms, n_tokens, of_title, c)
                        : add_ngrams(terms, n_tokens, longest, of_title, c);
}

/* The tokens as the text has them. */
static token_list *written_tokens(article_terms *terms, const ttag_text_opts *opts)
{
    return opts->stem == TTAG_STEM_NONE ? &terms->tokens : &terms->written;
}

/* The text but for what is dropped of it, or of a text that it is a part of. */
static bool scan_kept(token_list *tokens, ttag_token_rule rule, const ttag_article *article)
{
    uintptr_t at = (uintptr_t)article->text.bytes, end = at + article->text.size;
    const char *from = article->text.bytes;
    bool ok = true;
    for (size_t i = 0; ok && i < article->n_dropped; i++) {
        const ttag_view gap = article->dropped[i].text;
        uintptr_t begin = (uintptr_t)gap.bytes, behind = begin + gap.size;
        if (behind <= at)
            continue;
        if (begin >= end)
            break;
        if (begin > at)
            ok = tokens_scan(tokens, rule, (ttag_view){from, begin - at});
        at = behind < end ? behind : end;
        from = article->text.bytes + (at - (uintptr_t)article->text.bytes);
    }
    return ok && (at == end || tokens_scan(tokens, rule, (ttag_view){from, end - at}));
}

static bool scan_text(token_list *tokens, ttag_token_rule rule, const ttag_article *article)
{
    return article->n_dropped > 0 ? scan_kept(tokens, rule, article)
                                  : tokens_scan(tokens, rule, article->text);
}

/* *n_title: how many tokens, from the first on, are the title's own. */
static bool scan(article_terms *terms, const ttag_text_opts *opts, const ttag_article *article,
                 size_t *n_title)
{
    token_list *tokens = written_tokens(terms, opts);
    tokens_clear(tokens);
    if (opts->title != TTAG_TITLE_DROP && !tokens_scan(tokens, opts->tokens, article->title))
        return false;
    *n_title = opts->title == TTAG_TITLE_FIELD ? tokens->count : 0;
    return scan_text(tokens, opts->tokens, article) &&
           (opts->stem == TTAG_STEM_NONE || stemmer_stem(&terms->stemmer, &terms->tokens, tokens));
}

static bool add_terms(article_terms *terms, const ttag_text_opts *opts, const ttag_article *article,
                      const counter *c)
{
    size_t n_title;
    counts_clear(&terms->counts);
    return scan(terms, opts, article, &n_title) &&
           add_title_or_text(terms, terms->tokens.count, opts->word_ngrams, false, c) &&
           add_title_or_text(terms, n_title, opts->word_ngrams, true, c);
}

/* ---- Numbered one by one. ---- */

typedef struct numbering {
    term_number *number;
    void *context;
} numbering;

/* The whole term, put together where it is a title's. false: no memory. */
static bool whole_term(ttag_view *term, article_terms *terms, const text_term *ngram, bool of_title)
{
    *term = (ttag_view){terms->tokens.bytes + ngram->start, ngram->size};
    if (!of_title)
        return true;
    buffer_clear(&terms->title_term);
    buffer_put(&terms->title_term, TITLE_PREFIX, TITLE_PREFIX_SIZE);
    buffer_view(&terms->title_term, *term);
    *term = buffer_as_view(&terms->title_term);
    return buffer_ok(&terms->title_term);
}

static bool count_numbered(article_terms *terms, const text_term *ngrams, size_t n, bool of_title,
                           const void *context)
{
    const numbering *how = context;
    for (size_t i = 0; i < n; i++) {
        ttag_view term;
        if (!whole_term(&term, terms, &ngrams[i], of_title))
            return false;
        uint64_t hash = of_title ? title_hash(ngrams[i].hash) : ngrams[i].hash;
        uint32_t number = how->number(how->context, term, hash);
        if (number == TERM_NONE)
            continue;
        if (!counts_reserve(&terms->counts, 1, (size_t)number + 1))
            return false;
        counts_add(&terms->counts, number);
    }
    return true;
}

bool terms_count(article_terms *terms, const ttag_text_opts *opts, const ttag_article *article,
                 term_number *number, void *context)
{
    const numbering how = {number, context};
    return add_terms(terms, opts, article, &(counter){NULL, count_numbered, &how});
}

bool terms_count_chars(article_terms *terms, const ttag_text_opts *opts, grams_number *number,
                       term_counted *counted, void *context)
{
    char_words *words = &terms->chars;
    if (opts->char_most == 0)
        return true;
    if (!char_words_meet(words, written_tokens(terms, opts), opts, number, context))
        return false;
    for (size_t i = 0; i < words->n_met; i++) {
        met_word word = char_words_met(words, i);
        for (size_t j = 0; j < word.n_grams; j++)
            if (!counted(context, word.grams[j], word.count))
                return false;
    }
    return true;
}

/* ---- Looked up. ---- */

static void expect_known(const article_terms *terms, const text_term *ngrams, size_t n,
                         bool of_title, const void *context)
{
    (void)terms;
    if (!of_title)
        vocabulary_expect(context, ngrams, n);
}

static bool count_known(article_terms *terms, const text_term *ngrams, size_t n, bool of_title,
                        const void *context)
{
    const ttag_vocabulary *v = context;
    const char *bytes = terms->tokens.bytes;
    size_t found = of_title ? vocabulary_find_title(v, terms->numbers, ngrams, n, bytes)
                            : vocabulary_find_all(v, terms->numbers, ngrams, n, bytes);
    if (!counts_reserve(&terms->counts, found, v->n_terms))
        return false;
    for (size_t i = 0; i < found; i++) {
        counts_expect(&terms->counts, terms->numbers[i]);
        __builtin_prefetch(&v->idf[terms->numbers[i]]);
    }
    counts_add_all(&terms->counts, terms->numbers, found);
    return true;
}

static bool number_known(void *context, uint32_t numbers[GRAMS_AT_ONCE], size_t *found,
                         const text_term *grams, size_t n, const char *bytes)
{
    *found = vocabulary_find_chars(context, numbers, grams, n, bytes);
    return true;
}

static bool count_known_chars(article_terms *terms, const ttag_text_opts *opts,
                              const ttag_vocabulary *v)
{
    char_words *words = &terms->chars;
    if (!char_words_meet(words, written_tokens(terms, opts), opts, number_known,
                         (void *)(uintptr_t)v))
        return false;
    for (size_t i = 0; i < words->n_met; i++) {
        met_word word = char_words_met(words, i);
        if (!counts_reserve(&terms->counts, word.n_grams, v->n_terms))
            return false;
        counts_add_times(&terms->counts, word.grams, word.n_grams, word.count);
    }
    return true;
}

bool terms_count_known(article_terms *terms, const ttag_text_opts *opts,
                       const ttag_article *article, const ttag_vocabulary *vocabulary)
{
    token_slots sought = {(const char *)vocabulary->slots, vocabulary->n_slots - 1};
    bool as_found = vocabulary->n_slots > 0 && opts->word_ngrams == 1;
    terms->tokens.sought = as_found && opts->stem == TTAG_STEM_NONE ? &sought : NULL;
    bool ok = add_terms(terms, opts, article, &(counter){expect_known, count_known, vocabulary});
    terms->tokens.sought = NULL;
    terms->n_words = terms->counts.size;
    return ok && (opts->char_most == 0 || count_known_chars(terms, opts, vocabulary));
}

/* ---- Found, not counted. ---- */

typedef struct finder {
    const ttag_vocabulary *vocabulary;
    terms_found *found;
    void *context;
} finder;

static void expect_found(const article_terms *terms, const text_term *ngrams, size_t n,
                         bool of_title, const void *context)
{
    const finder *f = context;
    expect_known(terms, ngrams, n, of_title, f->vocabulary);
}

static bool tell_found(article_terms *terms, const text_term *ngrams, size_t n, bool of_title,
                       const void *context)
{
    const finder *f = context;
    (void)of_title;
    vocabulary_find_each(f->vocabulary, terms->numbers, ngrams, n, terms->tokens.bytes);
    return f->found(f->context, terms->numbers, n);
}

bool terms_find_known(article_terms *terms, const ttag_text_opts *opts, const ttag_article *text,
                      const ttag_vocabulary *vocabulary, terms_found *found, void *context)
{
    const finder f = {vocabulary, found, context};
    size_t n_title;
    return scan(terms, opts, text, &n_title) &&
           add_title_or_text(terms, terms->tokens.count, opts->word_ngrams, false,
                             &(counter){expect_found, tell_found, &f});
}

bool terms_number_chars(article_terms *terms, const ttag_text_opts *opts,
                        const ttag_vocabulary *vocabulary, uint32_t *numbers)
{
    return char_words_number(&terms->chars, written_tokens(terms, opts), opts, numbers,
                             number_known, (void *)(uintptr_t)vocabulary);
}

void terms_dispose(article_terms *terms)
{
    tokens_dispose(&terms->tokens);
    tokens_dispose(&terms->written);
    stemmer_dispose(&terms->stemmer);
    buffer_dispose(&terms->title_term);
    counts_dispose(&terms->counts);
    char_words_dispose(&terms->chars);
}
