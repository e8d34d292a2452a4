/* One article to one vector, with a vocabulary at hand. */
#include "features/vectorizer.h"
#include "base/error.h"
#include "base/memory.h"
#include "features/passage_terms.h"
#include "features/vector.h"

struct ttag_vectorizer {
    const ttag_vocabulary *vocabulary;
    ttag_text_opts opts;
    article_terms terms;
    passage_terms passage; /* its words are numbers in `terms` */
    vector_store vector;
};

ttag_status ttag_vectorizer_new(ttag_vectorizer **out, const ttag_vocabulary *vocabulary,
                                const ttag_text_opts *opts, ttag_error *err)
{
    *out = NULL;
    const char *reason = ttag_text_opts_check(opts);
    if (reason)
        return fail(err, TTAG_INVALID, "%s", reason);
    ttag_vectorizer *v = mem_zero(1, sizeof *v);
    if (!v)
        return fail_memory(err);
    v->vocabulary = vocabulary;
    v->opts = *opts;
    *out = v;
    return TTAG_OK;
}

static bool whole_vector(ttag_vectorizer *v, ttag_vector *vector)
{
    const term_counts *counts = &v->terms.counts;
    return vector_make(vector, &v->vector, counts->items, v->terms.n_words, counts->size,
                       v->vocabulary->idf, &v->opts);
}

ttag_status ttag_vectorize(ttag_vectorizer *v, ttag_vector *vector, const ttag_article *article,
                           ttag_error *err)
{
    *vector = (ttag_vector){0, NULL, NULL};
    if (!terms_count_known(&v->terms, &v->opts, article, v->vocabulary) || !whole_vector(v, vector))
        return fail_memory(err);
    return TTAG_OK;
}

ttag_status vectorizer_find(ttag_vectorizer *v, const ttag_article *passage, size_t *n_words,
                            ttag_error *err)
{
    bool ok = passage_terms_find(&v->passage, &v->terms, &v->opts, passage, v->vocabulary);
    *n_words = ok ? v->passage.n_words : 0;
    return ok ? TTAG_OK : fail_memory(err);
}

static bool run_vector(ttag_vectorizer *v, ttag_vector *vector, size_t first, size_t n)
{
    const term_count *terms = v->terms.counts.items;
    passage_terms *p = &v->passage;
    if (!passage_terms_count(p, first, n) ||
        !vector_make(vector, &v->vector, p->counts.items, p->n_run_words, p->counts.size, p->idf,
                     &v->opts))
        return false;
    for (size_t i = 0; i < vector->size; i++)
        v->vector.terms[i] = terms[v->vector.terms[i]].term;
    return true;
}

ttag_status vectorizer_run(ttag_vectorizer *v, ttag_vector *vector, size_t first, size_t n,
                           ttag_error *err)
{
    *vector = (ttag_vector){0, NULL, NULL};
    bool ok = n == v->passage.n_words ? whole_vector(v, vector) : run_vector(v, vector, first, n);
    return ok ? TTAG_OK : fail_memory(err);
}

void vectorizer_use(ttag_vectorizer *v, const ttag_vocabulary *copy)
{
    v->vocabulary = copy;
    char_words_forget(&v->terms.chars); /* it holds the numbers of the other one */
}

void ttag_vectorizer_free(ttag_vectorizer *v)
{
    if (!v)
        return;
    terms_dispose(&v->terms);
    passage_terms_dispose(&v->passage);
    vector_dispose(&v->vector);
    mem_free(v);
}
