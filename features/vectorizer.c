/* One article to one vector, with a vocabulary at hand. */
#include "features/vectorizer.h"
#include "base/error.h"
#include "base/memory.h"
#include "features/terms.h"
#include "features/vector.h"

struct ttag_vectorizer {
    const ttag_vocabulary *vocabulary;
    ttag_text_opts opts;
    article_terms terms;
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

ttag_status ttag_vectorize(ttag_vectorizer *v, ttag_vector *vector, const ttag_article *article,
                           ttag_error *err)
{
    *vector = (ttag_vector){0, NULL, NULL};
    if (!terms_count_known(&v->terms, &v->opts, article, v->vocabulary) ||
        !vector_make(vector, &v->vector, v->terms.counts.items, v->terms.n_words,
                     v->terms.counts.size, v->vocabulary->idf, &v->opts))
        return fail_memory(err);
    return TTAG_OK;
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
    vector_dispose(&v->vector);
    mem_free(v);
}
