/* Phrases found, counted, and weighed by each rule. */
#include "bootstrap/rule_match.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "bootstrap/phrase_fold.h"

ttag_status rule_matcher_init(rule_matcher *m, const ttag_rules *rules, ttag_error *err)
{
    *m = (rule_matcher){.rules = rules};
    m->counts = mem_zero(rules->texts.count, sizeof *m->counts);
    m->touched = mem_new(rules->texts.count, sizeof *m->touched);
    m->verdicts = mem_new(ttag_taxonomy_size(rules->taxonomy), sizeof *m->verdicts);
    bool fine = m->counts && m->touched && m->verdicts;
    return fine ? TTAG_OK : fail_memory(err);
}

void rule_matcher_dispose(rule_matcher *m)
{
    buffer_dispose(&m->folded);
    mem_free(m->counts);
    mem_free(m->touched);
    mem_free(m->hits);
    mem_free(m->verdicts);
}

/* ---- Phrases of one field. ---- */

static bool holds_word(const word_ring *ring, size_t word)
{
    return ring->words[word % WORD_RING] == word;
}

static bool is_denied(const rule_matcher *m, const phrase_hit *hit)
{
    for (size_t i = 1; i <= (size_t)m->rules->window + 1; i++)
        if (holds_word(&m->denied_behind, hit->first - i) ||
            holds_word(&m->denied_before, hit->last + i))
            return true;
    return false;
}

/* Counts the hits behind which all words that could deny them have been seen. */
static void settle(rule_matcher *m, rule_field field, size_t word)
{
    size_t late = (size_t)m->rules->window + PHRASE_WORDS_MOST;
    for (; m->settled < m->n_hits && m->hits[m->settled].last + late < word; m->settled++) {
        const phrase_hit *hit = &m->hits[m->settled];
        phrase_count *count = &m->counts[hit->phrase];
        if (!count->touched)
            m->touched[m->n_touched++] = hit->phrase;
        count->touched = true;
        (is_denied(m, hit) ? count->denied : count->affirmed)[field]++;
    }
    if (m->settled * 2 < m->n_hits)
        return;
    m->n_hits -= m->settled;
    if (m->n_hits)
        memmove(m->hits, m->hits + m->settled, m->n_hits * sizeof *m->hits);
    m->settled = 0;
}

/* All phrases that end in `state`, at word number `word`. */
static bool add_hits(rule_matcher *m, uint32_t state, size_t word)
{
    const phrase_machine *machine = &m->rules->machine;
    for (state = phrase_machine_ending(machine, state); state; state = machine->shorter[state]) {
        uint32_t number = machine->phrase[state];
        const rule_phrase *phrase = &m->rules->phrases[number];
        const phrase_hit hit = {number, word + 1 - phrase->words, word};
        if (!mem_grow(&m->hits, &m->hits_capacity, m->n_hits + 1, sizeof *m->hits))
            return false;
        m->hits[m->n_hits++] = hit;
        if (phrase->negates_behind)
            m->denied_behind.words[hit.last % WORD_RING] = hit.last;
        if (phrase->negates_before)
            m->denied_before.words[hit.first % WORD_RING] = hit.first;
    }
    return true;
}

/* One pass over a folded text; adds its words to *words. */
static bool count_hits(rule_matcher *m, rule_field field, ttag_view folded, size_t *words)
{
    const phrase_machine *machine = &m->rules->machine;
    const size_t apart = (size_t)m->rules->window + 1;
    size_t word = WORD_RING; /* before it there is room for all that may deny the first */
    uint32_t state = 0;
    for (size_t i = 0; i < folded.size; i++) {
        char c = folded.bytes[i];
        state = phrase_machine_step(machine, state, c);
        if ((machine->phrase[state] != PHRASE_NONE || machine->shorter[state]) &&
            !add_hits(m, state, word))
            return false;
        if (c == '.') {
            word += apart;
        } else if (c == ' ' && i > 0 && folded.bytes[i - 1] != ',' && folded.bytes[i - 1] != '.') {
            word++;
            ++*words;
            if (m->n_hits)
                settle(m, field, word);
        }
    }
    settle(m, field, SIZE_MAX);
    return true;
}

static bool count_field(rule_matcher *m, rule_field field, ttag_view text, size_t *words)
{
    buffer_clear(&m->folded);
    phrase_fold(&m->folded, text, field == FIELD_URL || field == FIELD_SOURCE);
    m->n_hits = m->settled = 0;
    m->denied_behind = m->denied_before = (word_ring){{0}};
    return buffer_ok(&m->folded) && count_hits(m, field, buffer_as_view(&m->folded), words);
}

/* ---- Rules. ---- */

static double weigh(const rule_matcher *m, const label_rule *rule, uint32_t phrase)
{
    const phrase_count *count = &m->counts[phrase];
    double sum = 0;
    if (!count->touched)
        return 0;
    for (unsigned f = 0; f < RULE_FIELDS; f++) {
        uint32_t n = count->affirmed[f] + (rule->negatable ? 0 : count->denied[f]);
        if (rule->fields & 1u << f)
            sum += f == FIELD_TITLE ? rule->title_weight * n : n;
    }
    return rule->distinct && sum > 1 ? 1 : sum;
}

static bool is_there(const rule_matcher *m, const label_rule *rule, uint32_t phrase)
{
    const phrase_count *count = &m->counts[phrase];
    for (unsigned f = 0; f < RULE_FIELDS && count->touched; f++)
        if (rule->fields & 1u << f &&
            (count->affirmed[f] || (!rule->negatable && count->denied[f])))
            return true;
    return false;
}

/* One of `none`: be it denied, it is there. */
static bool is_named(const rule_matcher *m, const label_rule *rule)
{
    for (size_t i = 0; i < rule->none.n; i++) {
        const phrase_count *count = &m->counts[rule->none.items[i].phrase];
        for (unsigned f = 0; f < RULE_FIELDS && count->touched; f++)
            if (rule->fields & 1u << f && (count->affirmed[f] || count->denied[f]))
                return true;
    }
    return false;
}

static bool is_given(const rule_matcher *m, const tag_set *set)
{
    for (size_t i = 0; i < set->n; i++)
        if (m->verdicts[set->items[i]].says == SAYS_PRESENT)
            return true;
    return false;
}

static bool has_of_each(const rule_matcher *m, const label_rule *rule, uint32_t *phrase)
{
    for (size_t g = 0; g < rule->n_all; g++) {
        const phrase_group *group = &rule->all[g];
        size_t i = 0;
        while (i < group->n && !is_there(m, rule, group->items[i].phrase))
            i++;
        if (i == group->n)
            return false;
        if (*phrase == PHRASE_NONE)
            *phrase = group->items[i].phrase;
    }
    return true;
}

/* Sum of the weights of what is there, against the least. */
static bool has_enough(const rule_matcher *m, const label_rule *rule, uint32_t *phrase)
{
    double sum = 0, loudest = 0;
    for (size_t i = 0; i < rule->any.n; i++) {
        const weighted_phrase *item = &rule->any.items[i];
        double weight = item->weight * weigh(m, rule, item->phrase);
        sum += weight;
        if (weight > loudest) {
            loudest = weight;
            *phrase = item->phrase;
        }
    }
    return sum >= rule->least;
}

static bool rule_holds(const rule_matcher *m, const label_rule *rule, uint32_t *phrase)
{
    *phrase = PHRASE_NONE;
    return m->words >= rule->least_words && m->words <= rule->most_words &&
           (!rule->has_tagged || is_given(m, &rule->tagged)) && !is_given(m, &rule->untagged) &&
           !is_named(m, rule) && has_enough(m, rule, phrase) && has_of_each(m, rule, phrase);
}

/* ---- Tags. ---- */

static tag_verdict derived(tag_verdict of, uint32_t through)
{
    of.through = through;
    return of;
}

/* Calls `spread` for each pair of a tag and one that it implies until nothing changes. */
static void spread_all(rule_matcher *m, bool (*spread)(rule_matcher *, uint32_t, uint32_t))
{
    const ttag_taxonomy *taxonomy = m->rules->taxonomy;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t t = 0; t < ttag_taxonomy_size(taxonomy); t++) {
            const ttag_tag *tag = ttag_taxonomy_tag(taxonomy, t);
            for (size_t i = 0; i < tag->n_implies; i++)
                changed |= spread(m, t, tag->implies[i]);
        }
    }
}

/* What a given tag implies is given, too. */
static bool raise_implied(rule_matcher *m, uint32_t tag, uint32_t implied)
{
    bool due = m->verdicts[tag].says == SAYS_PRESENT && m->verdicts[implied].says != SAYS_PRESENT;
    if (due)
        m->verdicts[implied] = derived(m->verdicts[tag], tag);
    return due;
}

/* What implies a denied tag is denied, unless a rule has spoken of it. */
static bool deny_implying(rule_matcher *m, uint32_t tag, uint32_t implied)
{
    bool due = m->verdicts[implied].says == SAYS_ABSENT && m->verdicts[tag].rule == RULE_NONE;
    if (due)
        m->verdicts[tag] = derived(m->verdicts[implied], implied);
    return due;
}

static void decide(rule_matcher *m)
{
    size_t n_tags = ttag_taxonomy_size(m->rules->taxonomy);
    for (size_t t = 0; t < n_tags; t++)
        m->verdicts[t] = (tag_verdict){SAYS_UNKNOWN, RULE_NONE, PHRASE_NONE, TTAG_NO_TAG};
    for (size_t i = 0; i < m->rules->n_rules; i++) {
        const label_rule *rule = &m->rules->rules[i];
        uint32_t phrase;
        if (!rule_holds(m, rule, &phrase))
            continue;
        for (size_t t = 0; t < rule->tags.n; t++)
            m->verdicts[rule->tags.items[t]] =
                (tag_verdict){rule->says, (uint32_t)i, phrase, TTAG_NO_TAG};
    }
    spread_all(m, raise_implied);
    spread_all(m, deny_implying);
}

bool rule_match(rule_matcher *m, const ttag_article *article)
{
    size_t elsewhere = 0;
    for (size_t i = 0; i < m->n_touched; i++)
        m->counts[m->touched[i]] = (phrase_count){0};
    m->n_touched = 0;
    m->words = 0;
    bool fine = count_field(m, FIELD_TITLE, article->title, &m->words) &&
                count_field(m, FIELD_TEXT, article->text, &m->words) &&
                count_field(m, FIELD_URL, article->url, &elsewhere) &&
                count_field(m, FIELD_SOURCE, article->source, &elsewhere);
    if (fine)
        decide(m);
    return fine;
}
