/* What the rules say beside what the records say. */
#include <string.h>

#include "articles/names.h"
#include "base/error.h"
#include "base/intern.h"
#include "base/memory.h"
#include "base/view.h"
#include "bootstrap/rule_feed.h"
#include "bootstrap/rule_match.h"

typedef struct rule_tally {
    size_t articles, support, present, present_right, absent, absent_right;
} rule_tally;

struct ttag_rule_measure {
    const ttag_rules *rules;
    size_t n_tags;
    intern sources;
    rule_tally *tallies; /* sources.count x n_tags */
    size_t capacity;
};

static void count_tag(rule_tally *tally, rule_says says, bool carried)
{
    tally->articles++;
    tally->support += carried;
    tally->present += says == SAYS_PRESENT;
    tally->present_right += says == SAYS_PRESENT && carried;
    tally->absent += says == SAYS_ABSENT;
    tally->absent_right += says == SAYS_ABSENT && !carried;
}

/* The tallies of the article's source, or NULL: no memory. */
static rule_tally *tallies_of(ttag_rule_measure *m, ttag_view source)
{
    size_t before = m->sources.count, size;
    uint32_t number = intern_add(&m->sources, source);
    if (number == INTERN_NONE || !size_mul(&size, (size_t)number + 1, m->n_tags) ||
        !mem_grow(&m->tallies, &m->capacity, size, sizeof *m->tallies))
        return NULL;
    rule_tally *tallies = m->tallies + number * m->n_tags;
    if (number == before)
        memset(tallies, 0, m->n_tags * sizeof *tallies);
    return tallies;
}

static bool count_article(ttag_rule_measure *m, rule_matcher *matcher, const ttag_article *a,
                          const ttag_unknown_rules *unknown)
{
    const ttag_view nothing = {"", 0};
    rule_tally *tallies = tallies_of(m, a->source.size ? a->source : nothing);
    if (!tallies || !rule_match(matcher, a))
        return false;
    uint64_t about = ttag_unknown_rules_of_article(unknown, a);
    for (size_t t = 0; t < m->n_tags; t++) {
        ttag_view name = ttag_taxonomy_tag(m->rules->taxonomy, t)->name;
        bool carried = names_hold(a->tags, a->n_tags, name);
        bool open = a->unknown_others || names_hold(a->unknown, a->n_unknown, name) ||
                    about & ttag_unknown_rules_of_tag(unknown, name);
        if (carried || !open)
            count_tag(&tallies[t], matcher->verdicts[t].says, carried);
    }
    return true;
}

static ttag_status count_all(ttag_rule_measure *m, rule_matcher *matcher, ttag_reader *reader,
                             const ttag_unknown_rules *unknown, const ttag_monitor *monitor,
                             ttag_error *err)
{
    ttag_article article;
    ttag_status status;
    while ((status = rule_feed_next(reader, &article, monitor, err)) == TTAG_OK)
        if (article.labelled && !count_article(m, matcher, &article, unknown))
            return fail_memory(err);
    if (status == TTAG_END && m->sources.count == 0)
        return fail(err, TTAG_EMPTY, "there is no labelled article in the feeds");
    return status == TTAG_END ? TTAG_OK : status;
}

ttag_status ttag_rules_measure(ttag_rule_measure **out, const ttag_rules *rules,
                               ttag_reader *reader, const ttag_unknown_rules *unknown,
                               const ttag_monitor *monitor, ttag_error *err)
{
    rule_matcher matcher = {0};
    ttag_error own;
    *out = NULL;
    err = err ? err : &own;
    ttag_rule_measure *m = mem_zero(1, sizeof *m);
    if (!m)
        return fail_memory(err);
    m->rules = rules;
    m->n_tags = ttag_taxonomy_size(rules->taxonomy);
    ttag_status status = rule_matcher_init(&matcher, rules, err);
    if (status == TTAG_OK)
        status = count_all(m, &matcher, reader, unknown, monitor, err);
    rule_matcher_dispose(&matcher);
    if (status != TTAG_OK)
        ttag_rule_measure_free(m);
    else
        *out = m;
    return status;
}

size_t ttag_rule_measure_size(const ttag_rule_measure *m)
{
    return m->sources.count * m->n_tags;
}

ttag_rule_figures ttag_rule_measure_at(const ttag_rule_measure *m, size_t position)
{
    const rule_tally *tally = &m->tallies[position];
    return (ttag_rule_figures){
        .source = intern_view(&m->sources, (uint32_t)(position / m->n_tags)),
        .tag = ttag_taxonomy_tag(m->rules->taxonomy, position % m->n_tags)->name,
        .articles = tally->articles,
        .support = tally->support,
        .present = tally->present,
        .present_right = tally->present_right,
        .absent = tally->absent,
        .absent_right = tally->absent_right};
}

void ttag_rule_measure_free(ttag_rule_measure *m)
{
    if (!m)
        return;
    intern_dispose(&m->sources);
    mem_free(m->tallies);
    mem_free(m);
}
