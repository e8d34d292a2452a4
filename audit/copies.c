/* Each article of a cluster against those kept of it so far. */
#include "audit/copies.h"

#include "audit/near_pairs.h"
#include "base/memory.h"

static bool is_copy(const audited_feed *feed, const ttag_audit_cluster *c, const shingle_set *sets,
                    size_t kept, size_t other, double least)
{
    const article_words *words = feed->words;
    if (article_words_equal(&words[c->articles[kept]], &words[c->articles[other]]))
        return true;
    return sets[kept].n >= NEAR_LEAST_SHINGLES && sets[other].n >= NEAR_LEAST_SHINGLES &&
           shingle_sets_jaccard(&sets[kept], &sets[other]) >= least;
}

static ttag_status mark_cluster(size_t *n_copies, audited_feed *feed, const ttag_audit_cluster *c,
                                double least)
{
    ttag_audited *articles = feed->articles;
    ttag_status status = TTAG_OK;
    shingle_set *sets = mem_zero(c->n, sizeof *sets);
    for (size_t i = 0; sets && status == TTAG_OK && i < c->n; i++)
        status = shingle_set_make(&sets[i], &feed->words[c->articles[i]]) ? TTAG_OK : TTAG_NOMEM;
    for (size_t i = 1; sets && status == TTAG_OK && i < c->n; i++) {
        uint32_t self = c->articles[i];
        for (size_t k = 0; articles[self].copy_of == self && k < i; k++) {
            uint32_t kept = c->articles[k];
            if (articles[kept].copy_of == kept && is_copy(feed, c, sets, k, i, least))
                articles[self].copy_of = kept;
        }
        *n_copies += articles[self].copy_of != self;
    }
    for (size_t i = 0; sets && i < c->n; i++)
        shingle_set_dispose(&sets[i]);
    status = sets ? status : TTAG_NOMEM;
    mem_free(sets);
    return status;
}

ttag_status copies_mark(size_t *n_copies, audited_feed *feed, const clusters *found, double least)
{
    ttag_status status = TTAG_OK;
    *n_copies = 0;
    for (uint32_t i = 0; i < feed->n; i++)
        feed->articles[i].copy_of = i;
    for (size_t c = 0; status == TTAG_OK && c < found->n; c++)
        status = mark_cluster(n_copies, feed, &found->items[c], least);
    return status;
}
