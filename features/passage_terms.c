/* Two passes over what the vocabulary says: one counts, and so numbers, the other writes the
   numbers down. */
#include "features/passage_terms.h"

#include <string.h>

#include "base/memory.h"

/* ---- Finding. ---- */

static bool note(void *context, const uint32_t *numbers, size_t n)
{
    passage_terms *p = context;
    size_t need;
    if (!size_add(&need, p->n_ngrams, n) || need >= UINT32_MAX ||
        !mem_grow(&p->ngrams, &p->ngrams_capacity, need, sizeof *p->ngrams))
        return false;
    memcpy(p->ngrams + p->n_ngrams, numbers, n * sizeof *numbers);
    p->n_ngrams = need;
    return true;
}

static bool find_starts(passage_terms *p, size_t longest)
{
    size_t n = p->n_words;
    if (!mem_grow(&p->starts, &p->starts_capacity, n + 1, sizeof *p->starts) ||
        !mem_grow(&p->some, &p->some_capacity, p->n_ngrams + 1, sizeof *p->some))
        return false;
    for (size_t i = 0, at = 0; i <= n; i++) {
        p->starts[i] = (uint32_t)at;
        at += n - i < longest ? n - i : longest;
    }
    return true;
}

/* Counts the n-grams; then they have numbers within the passage. */
static bool number_ngrams(passage_terms *p, term_counts *counts, size_t n_terms)
{
    size_t some = 0;
    for (size_t i = 0; i < p->n_ngrams; i++) {
        p->some[some] = p->ngrams[i];
        some += p->ngrams[i] != TERM_NONE;
    }
    if (!counts_reserve(counts, some, n_terms))
        return false;
    for (size_t i = 0; i < some; i++)
        counts_expect(counts, p->some[i]);
    counts_add_all(counts, p->some, some);
    for (size_t i = 0; i < p->n_ngrams; i++)
        if (p->ngrams[i] != TERM_NONE)
            p->ngrams[i] = counts_position(counts, p->ngrams[i]);
    return true;
}

/* ---- n-grams of characters. ---- */

/* Which words are the same. */
static bool find_kinds(passage_terms *p, size_t n_known)
{
    counts_clear(&p->distinct);
    if (!counts_reserve(&p->distinct, p->n_words, n_known))
        return false;
    counts_add_all(&p->distinct, p->kinds, p->n_words);
    for (size_t i = 0; i < p->n_words; i++)
        p->kinds[i] = counts_position(&p->distinct, p->kinds[i]);
    size_t n = p->distinct.size;
    if (!mem_grow(&p->gram_starts, &p->gram_starts_capacity, n + 1, sizeof *p->gram_starts) ||
        !mem_grow(&p->kind_counts, &p->kind_counts_capacity, n, sizeof *p->kind_counts))
        return false;
    if (n > 0)
        memset(p->kind_counts, 0, n * sizeof *p->kind_counts);
    return true;
}

static bool number_grams(passage_terms *p, article_terms *terms, size_t n_terms)
{
    term_counts *counts = &terms->counts;
    size_t at = 0;
    for (size_t k = 0; k < p->distinct.size; k++) {
        met_word word = char_words_get(&terms->chars, p->distinct.items[k].term);
        p->gram_starts[k] = (uint32_t)at;
        if (!counts_reserve(counts, word.n_grams, n_terms) || at + word.n_grams >= UINT32_MAX ||
            !mem_grow(&p->grams, &p->grams_capacity, at + word.n_grams, sizeof *p->grams))
            return false;
        counts_add_times(counts, word.grams, word.n_grams, p->distinct.items[k].count);
        for (size_t i = 0; i < word.n_grams; i++)
            p->grams[at++] = counts_position(counts, word.grams[i]);
    }
    p->gram_starts[p->distinct.size] = (uint32_t)at;
    return true;
}

static bool find_chars(passage_terms *p, article_terms *terms, const ttag_text_opts *opts,
                       const ttag_vocabulary *vocabulary)
{
    counts_clear(&p->distinct);
    return opts->char_most == 0 ||
           (mem_grow(&p->kinds, &p->kinds_capacity, p->n_words, sizeof *p->kinds) &&
            terms_number_chars(terms, opts, vocabulary, p->kinds) &&
            find_kinds(p, terms->chars.names.count) && number_grams(p, terms, vocabulary->n_terms));
}

static bool fetch_idf(passage_terms *p, const term_counts *counts, const float *idf)
{
    if (!mem_grow(&p->idf, &p->idf_capacity, counts->size, sizeof *p->idf))
        return false;
    for (size_t i = 0; i < counts->size; i++)
        p->idf[i] = idf[counts->items[i].term];
    return true;
}

bool passage_terms_find(passage_terms *p, article_terms *terms, const ttag_text_opts *opts,
                        const ttag_article *text, const ttag_vocabulary *vocabulary)
{
    p->n_words = p->n_ngrams = 0;
    counts_clear(&terms->counts);
    counts_clear(&p->distinct);
    if (!terms_find_known(terms, opts, text, vocabulary, note, p))
        return false;
    size_t n_words = p->n_words = terms->tokens.count;
    bool ok =
        find_starts(p, opts->word_ngrams) && number_ngrams(p, &terms->counts, vocabulary->n_terms);
    terms->n_words = terms->counts.size;
    ok = ok && find_chars(p, terms, opts, vocabulary) &&
         fetch_idf(p, &terms->counts, vocabulary->idf);
    p->n_words = ok ? n_words : 0;
    return ok;
}

/* ---- Runs. ---- */

static bool count_ngrams(passage_terms *p, size_t first, size_t behind)
{
    size_t some = 0;
    for (size_t i = first; i < behind; i++) {
        size_t start = p->starts[i], end = p->starts[i + 1];
        if (end - start > behind - i)
            end = start + (behind - i);
        for (size_t at = start; at < end; at++) {
            p->some[some] = p->ngrams[at];
            some += p->ngrams[at] != TERM_NONE;
        }
    }
    if (!counts_reserve(&p->counts, some, p->idf_capacity))
        return false;
    counts_add_all(&p->counts, p->some, some);
    return true;
}

/* Each distinct word once, where it comes first. */
static bool count_grams(passage_terms *p, size_t first, size_t behind)
{
    for (size_t i = first; i < behind; i++)
        p->kind_counts[p->kinds[i]]++;
    bool ok = true;
    for (size_t i = first; i < behind; i++) {
        uint32_t kind = p->kinds[i], times = p->kind_counts[kind];
        p->kind_counts[kind] = 0;
        size_t start = p->gram_starts[kind], n = p->gram_starts[kind + 1] - start;
        if (times == 0 || !ok)
            continue;
        ok = counts_reserve(&p->counts, n, p->idf_capacity);
        if (ok)
            counts_add_times(&p->counts, p->grams + start, n, times);
    }
    return ok;
}

bool passage_terms_count(passage_terms *p, size_t first, size_t n)
{
    counts_clear(&p->counts);
    bool ok = count_ngrams(p, first, first + n);
    p->n_run_words = p->counts.size;
    return ok && (p->distinct.size == 0 || count_grams(p, first, first + n));
}

void passage_terms_dispose(passage_terms *p)
{
    mem_free(p->ngrams);
    mem_free(p->starts);
    mem_free(p->kinds);
    mem_free(p->grams);
    mem_free(p->gram_starts);
    mem_free(p->kind_counts);
    mem_free(p->idf);
    mem_free(p->some);
    counts_dispose(&p->distinct);
    counts_dispose(&p->counts);
    *p = (passage_terms){0};
}
