/* Numbers the support vectors, lists them by term, and renames what the tags say of them. */
#include "train/support_vectors.h"

#include "base/memory.h"

/* Numbers the articles that are support vectors, in their order; returns how many they are. */
static size_t number_vectors(uint32_t *number_of, size_t n_rows, const libsvm_solution *solutions,
                             size_t n_tags)
{
    size_t n = 0;
    for (size_t i = 0; i < n_rows; i++)
        number_of[i] = NOT_LISTED;
    for (size_t t = 0; t < n_tags; t++)
        for (size_t k = 0; k < solutions[t].n_support; k++)
            number_of[solutions[t].articles[k]] = 0;
    for (size_t i = 0; i < n_rows; i++)
        if (number_of[i] != NOT_LISTED)
            number_of[i] = (uint32_t)n++;
    return n;
}

static void fill_squares(double *squares, const ttag_matrix *x, const uint32_t *number_of)
{
    for (size_t i = 0; i < x->n_rows; i++) {
        double square = 0;
        if (number_of[i] == NOT_LISTED)
            continue;
        for (size_t e = x->starts[i]; e < x->starts[i + 1]; e++)
            square += (double)x->values[e] * (double)x->values[e];
        squares[number_of[i]] = square;
    }
}

static void fill_coefs(support_set *s, const libsvm_solution *solutions, size_t n_tags,
                       const uint32_t *number_of)
{
    uint64_t n = 0;
    for (size_t t = 0; t < n_tags; t++) {
        for (size_t k = 0; k < solutions[t].n_support; k++) {
            s->coef_vectors[n] = number_of[solutions[t].articles[k]];
            s->coefs[n++] = (float)solutions[t].coefs[k];
        }
        s->coef_starts[t + 1] = n;
    }
}

static bool reserve(support_set *s, const libsvm_solution *solutions, size_t n_tags)
{
    size_t n_coefs = 0;
    for (size_t t = 0; t < n_tags; t++)
        n_coefs += solutions[t].n_support;
    s->squares = mem_new(s->view.n_vectors, sizeof *s->squares);
    s->coef_starts = mem_zero(n_tags + 1, sizeof *s->coef_starts);
    s->coef_vectors = mem_new(n_coefs, sizeof *s->coef_vectors);
    s->coefs = mem_new(n_coefs, sizeof *s->coefs);
    return s->squares && s->coef_starts && s->coef_vectors && s->coefs;
}

static void look_into(support_set *s)
{
    s->view.squares = s->squares;
    s->view.term_starts = s->lists.starts;
    s->view.vectors = s->lists.rows;
    s->view.values = s->lists.values;
    s->view.coef_starts = s->coef_starts;
    s->view.coef_vectors = s->coef_vectors;
    s->view.coefs = s->coefs;
}

ttag_status support_set_make(support_set *s, const ttag_matrix *x, const libsvm_solution *solutions,
                             size_t n_tags, double gamma)
{
    uint32_t *number_of = mem_new(x->n_rows, sizeof *number_of);
    ttag_status status = TTAG_NOMEM;
    *s = (support_set){.view = {.gamma = gamma}};
    if (!number_of)
        return TTAG_NOMEM;
    s->view.n_vectors = number_vectors(number_of, x->n_rows, solutions, n_tags);
    if (reserve(s, solutions, n_tags))
        status = term_lists_make(&s->lists, x, number_of);
    if (status == TTAG_OK) {
        fill_squares(s->squares, x, number_of);
        fill_coefs(s, solutions, n_tags, number_of);
        look_into(s);
    } else {
        support_set_dispose(s);
    }
    mem_free(number_of);
    return status;
}

void support_set_dispose(support_set *s)
{
    term_lists_dispose(&s->lists);
    mem_free(s->squares);
    mem_free(s->coef_starts);
    mem_free(s->coef_vectors);
    mem_free(s->coefs);
    *s = (support_set){0};
}
