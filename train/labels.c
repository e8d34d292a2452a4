/* The log of labels turned round: lists of articles by tag. */
#include "train/labels.h"

#include <stdlib.h>
#include <string.h>

#include "articles/unknown_rules.h"
#include "base/memory.h"
#include "base/view.h"

/* ---- Tags. ---- */

/* A name of the log on its way to a tag. */
typedef struct candidate {
    ttag_view name;
    uint32_t number;
    size_t support; /* all rows */
    size_t scored;
} candidate;

static int by_name(const void *a, const void *b)
{
    return view_compare(((const candidate *)a)->name, ((const candidate *)b)->name);
}

/* The names that some record carries, in byte order, with their support. NULL: no memory. */
static candidate *candidates_new(const label_log *log)
{
    candidate *all = mem_new(log->names.count, sizeof *all);
    if (!all)
        return NULL;
    for (uint32_t number = 0; number < log->names.count; number++)
        all[number] = (candidate){.number = number};
    for (size_t i = 0; i < log->n_rows; i++)
        for (uint32_t k = 0; k < log->rows[i].n_tags; k++) {
            candidate *c = &all[log->numbers[log->rows[i].first + k]];
            c->support++;
            c->scored += i < log->n_scored;
        }
    size_t count = 0;
    for (uint32_t number = 0; number < log->names.count; number++) {
        if (!log->seen[number])
            continue;
        all[count] = all[number];
        all[count++].name = intern_view(&log->names, number);
    }
    qsort(all, count, sizeof *all, by_name);
    return all;
}

/* Parts the candidates into tags and dropped ones; tag_of[name number] = tag or TTAG_NO_TAG. */
static ttag_status choose_tags(labels *l, const candidate *all, const label_log *log, size_t least,
                               uint32_t *tag_of)
{
    for (size_t c = 0; c < log->n_seen; c++) {
        size_t support = log->only ? all[c].support : all[c].scored;
        ttag_view name = arena_copy(&l->texts, all[c].name);
        if (!name.bytes)
            return TTAG_NOMEM;
        if (support < least) {
            l->dropped[l->n_dropped++] = (dropped_tag){name, support};
            continue;
        }
        l->scored[l->n_tags] = all[c].scored;
        tag_of[all[c].number] = (uint32_t)l->n_tags;
        l->names[l->n_tags++] = name;
    }
    return TTAG_OK;
}

/* The names of a row that it carries, or that it calls unknown. */
static const uint32_t *row_numbers(const label_log *log, size_t row, bool unknown, uint32_t *count)
{
    const label_row *r = &log->rows[row];
    *count = unknown ? r->n_unknown : r->n_tags;
    return log->numbers + r->first + (unknown ? r->n_tags : 0);
}

/* Turns rows of names into articles by tag: of the carried tags, or of the unknown ones. */
static ttag_status turn_round(size_t **starts, uint32_t **articles, const label_log *log,
                              size_t n_tags, const uint32_t *tag_of, bool unknown)
{
    uint32_t count;
    *starts = mem_zero(n_tags + 1, sizeof **starts);
    if (!*starts)
        return TTAG_NOMEM;
    for (size_t i = 0; i < log->n_rows; i++) {
        const uint32_t *numbers = row_numbers(log, i, unknown, &count);
        for (uint32_t k = 0; k < count; k++)
            if (tag_of[numbers[k]] != TTAG_NO_TAG)
                (*starts)[tag_of[numbers[k]]]++;
    }
    for (size_t t = 0; t < n_tags; t++)
        (*starts)[t + 1] += (*starts)[t];
    *articles = mem_new((*starts)[n_tags], sizeof **articles);
    if (!*articles)
        return TTAG_NOMEM;
    for (size_t i = log->n_rows; i-- > 0;) { /* from the back: each end is moved to its start */
        const uint32_t *numbers = row_numbers(log, i, unknown, &count);
        for (uint32_t k = 0; k < count; k++)
            if (tag_of[numbers[k]] != TTAG_NO_TAG)
                (*articles)[--(*starts)[tag_of[numbers[k]]]] = (uint32_t)i;
    }
    return TTAG_OK;
}

static ttag_status describe_articles(labels *l, label_log *log)
{
    uint32_t *keys = mem_new(log->n_rows, sizeof *keys);
    bool weighted = false;
    ttag_status status = TTAG_NOMEM;
    if (!keys)
        goto done;
    for (size_t i = 0; i < log->n_rows; i++) {
        keys[i] = log->rows[i].group;
        l->unknown_others[i] = log->rows[i].unknown_others;
        weighted = weighted || log->rows[i].weight != 1;
    }
    if (weighted && !(l->weights = mem_new(log->n_rows, sizeof *l->weights)))
        goto done;
    for (size_t i = 0; weighted && i < log->n_rows; i++)
        l->weights[i] = log->rows[i].weight;
    status = group_log_number(&log->groups, keys, log->n_rows, l->groups, &l->n_groups);
    for (size_t i = 0; status == TTAG_OK && i < l->n_scored; i++)
        if (l->groups[i] >= l->n_scored_groups)
            l->n_scored_groups = l->groups[i] + 1;
done:
    mem_free(keys);
    return status;
}

static ttag_status apply_rules(labels *l, const label_log *log, const ttag_unknown_rules *unknown)
{
    if (ttag_unknown_rules_count(unknown) == 0)
        return TTAG_OK;
    l->row_rules = mem_new(l->n_articles, sizeof *l->row_rules);
    l->tag_rules = mem_new(l->n_tags, sizeof *l->tag_rules);
    if (!l->row_rules || !l->tag_rules)
        return TTAG_NOMEM;
    for (size_t i = 0; i < l->n_articles; i++)
        l->row_rules[i] = log->rows[i].unknown_rules;
    for (size_t t = 0; t < l->n_tags; t++)
        l->tag_rules[t] = ttag_unknown_rules_of_tag(unknown, l->names[t]);
    return TTAG_OK;
}

ttag_status labels_make(labels *out, label_log *log, const ttag_unknown_rules *unknown,
                        size_t min_docs)
{
    ttag_status status = TTAG_NOMEM;
    labels l = {.n_articles = log->n_rows, .n_scored = log->n_scored};
    candidate *all = candidates_new(log);
    uint32_t *tag_of = mem_new(log->names.count, sizeof *tag_of);
    l.names = mem_new(log->n_seen, sizeof *l.names);
    l.dropped = mem_new(log->n_seen, sizeof *l.dropped);
    l.scored = mem_new(log->n_seen, sizeof *l.scored);
    l.groups = mem_new(log->n_rows, sizeof *l.groups);
    l.unknown_others = mem_new(log->n_rows, 1);
    if (!all || !tag_of || !l.names || !l.dropped || !l.scored || !l.groups || !l.unknown_others)
        goto done;
    for (size_t i = 0; i < log->names.count; i++)
        tag_of[i] = TTAG_NO_TAG;
    if (choose_tags(&l, all, log, min_docs ? min_docs : 1, tag_of) != TTAG_OK ||
        turn_round(&l.starts, &l.articles, log, l.n_tags, tag_of, false) != TTAG_OK ||
        turn_round(&l.unknown_starts, &l.unknown_articles, log, l.n_tags, tag_of, true) !=
            TTAG_OK ||
        describe_articles(&l, log) != TTAG_OK || apply_rules(&l, log, unknown) != TTAG_OK)
        goto done;
    status = TTAG_OK;
done:
    mem_free(all);
    mem_free(tag_of);
    if (status != TTAG_OK) {
        labels_dispose(&l);
        l = (labels){0};
    }
    *out = l;
    return status;
}

void labels_dispose(labels *l)
{
    mem_free(l->names);
    mem_free(l->starts);
    mem_free(l->articles);
    mem_free(l->unknown_starts);
    mem_free(l->unknown_articles);
    mem_free(l->unknown_others);
    mem_free(l->row_rules);
    mem_free(l->tag_rules);
    mem_free(l->weights);
    mem_free(l->scored);
    mem_free(l->groups);
    mem_free(l->dropped);
    arena_dispose(&l->texts);
    *l = (labels){0};
}

uint32_t labels_find(const labels *l, ttag_view name)
{
    size_t low = 0, high = l->n_tags;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = view_compare(l->names[middle], name);
        if (order == 0)
            return (uint32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return TTAG_NO_TAG;
}

void labels_truth(const labels *l, size_t tag, signed char *truth)
{
    for (size_t i = 0; i < l->n_articles; i++)
        truth[i] = l->unknown_others[i] ? 0 : -1;
    for (size_t i = 0; l->row_rules && i < l->n_articles; i++)
        if (l->row_rules[i] & l->tag_rules[tag])
            truth[i] = 0;
    for (size_t k = l->unknown_starts[tag]; k < l->unknown_starts[tag + 1]; k++)
        truth[l->unknown_articles[k]] = 0;
    for (size_t k = l->starts[tag]; k < l->starts[tag + 1]; k++)
        truth[l->articles[k]] = 1;
}

void labels_scored_truth(const labels *l, size_t tag, signed char *truth)
{
    labels_truth(l, tag, truth);
    memset(truth + l->n_scored, 0, l->n_articles - l->n_scored);
}

void labels_tell_idle_rules(const labels *l, const ttag_unknown_rules *rules,
                            const ttag_monitor *monitor)
{
    uint64_t records = 0, tags = 0;
    for (size_t i = 0; l->row_rules && i < l->n_articles; i++)
        records |= l->row_rules[i];
    for (size_t t = 0; l->tag_rules && t < l->n_tags; t++)
        tags |= l->tag_rules[t];
    unknown_rules_tell_idle(rules, records, tags, monitor);
}

bool truth_has_both(const signed char *truth, size_t n, size_t least)
{
    size_t positive = 0, negative = 0;
    for (size_t i = 0; i < n; i++) {
        positive += truth[i] > 0;
        negative += truth[i] < 0;
    }
    return positive >= least && negative >= least;
}
