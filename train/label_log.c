/* Names as numbers, rows as lists of these. */
#include "train/label_log.h"

#include "base/memory.h"

/* Of an article; from less, floats reckon 0, or infinity from its inverse. */
static const double LEAST_WEIGHT = 1e-9;

/* Number of a name; INTERN_NONE: no memory. */
static uint32_t number_of(label_log *log, ttag_view name)
{
    size_t before = log->names.count;
    if (!mem_grow(&log->seen, &log->seen_capacity, before + 1, sizeof *log->seen))
        return INTERN_NONE;
    uint32_t number = intern_add(&log->names, name);
    if (number != INTERN_NONE && log->names.count > before)
        log->seen[number] = false;
    return number;
}

static ttag_status see(label_log *log, ttag_view name)
{
    uint32_t number = number_of(log, name);
    if (number == INTERN_NONE)
        return TTAG_NOMEM;
    log->n_seen += !log->seen[number];
    log->seen[number] = true;
    return TTAG_OK;
}

/* Whether the name can stand in a model: not empty, no control characters (C0, DEL, C1). */
static bool is_fit(ttag_view name)
{
    const unsigned char *bytes = (const unsigned char *)name.bytes;
    for (size_t i = 0; i < name.size; i++)
        if (bytes[i] < 0x20 || bytes[i] == 0x7f ||
            (bytes[i] == 0xc2 && i + 1 < name.size && bytes[i + 1] < 0xa0))
            return false;
    return name.size > 0;
}

static bool counts(const ttag_taxonomy *only, ttag_view name)
{
    return is_fit(name) && (!only || ttag_taxonomy_find(only, name) != TTAG_NO_TAG);
}

size_t labels_count(const ttag_taxonomy *only, const ttag_article *article)
{
    size_t n = 0;
    for (size_t i = 0; i < article->n_tags; i++)
        n += counts(only, article->tags[i]);
    return n;
}

ttag_status label_log_init(label_log *log, const ttag_taxonomy *only)
{
    log->only = only;
    for (size_t t = 0; only && t < ttag_taxonomy_size(only); t++)
        if (is_fit(ttag_taxonomy_tag(only, t)->name) &&
            see(log, ttag_taxonomy_tag(only, t)->name) != TTAG_OK)
            return TTAG_NOMEM;
    return TTAG_OK;
}

ttag_status label_log_see(label_log *log, const ttag_article *article, size_t *n_tags)
{
    *n_tags = 0;
    for (size_t i = 0; i < article->n_tags; i++) {
        if (!counts(log->only, article->tags[i])) {
            intern *ignored = is_fit(article->tags[i]) ? &log->foreign : &log->unfit;
            if (intern_add(ignored, article->tags[i]) == INTERN_NONE)
                return TTAG_NOMEM;
            continue;
        }
        if (see(log, article->tags[i]) != TTAG_OK)
            return TTAG_NOMEM;
        (*n_tags)++;
    }
    return TTAG_OK;
}

static ttag_status add_numbers(label_log *log, const ttag_view *names, size_t count,
                               uint32_t *n_added)
{
    *n_added = 0;
    if (!mem_grow(&log->numbers, &log->numbers_capacity, log->n_numbers + count,
                  sizeof *log->numbers))
        return TTAG_NOMEM;
    for (size_t i = 0; i < count; i++) {
        if (!counts(log->only, names[i]))
            continue;
        uint32_t number = number_of(log, names[i]);
        if (number == INTERN_NONE)
            return TTAG_NOMEM;
        log->numbers[log->n_numbers++] = number;
        (*n_added)++;
    }
    return TTAG_OK;
}

size_t label_log_known(const label_log *log, const ttag_article *article)
{
    size_t n = 0;
    for (size_t i = 0; i < article->n_tags; i++) {
        uint32_t number = intern_find(&log->names, article->tags[i]);
        n += number != INTERN_NONE && log->seen[number];
    }
    return n;
}

ttag_status label_log_add_extra(label_log *log, const ttag_article *article)
{
    const double weight = article->weight;
    label_row row = {.first = log->n_numbers,
                     .group = GROUP_NONE,
                     .weight = (float)(weight > LEAST_WEIGHT ? weight : LEAST_WEIGHT),
                     .unknown_others = article->unknown_others};
    if (!mem_grow(&log->rows, &log->rows_capacity, log->n_rows + 1, sizeof *log->rows) ||
        add_numbers(log, article->tags, article->n_tags, &row.n_tags) != TTAG_OK ||
        add_numbers(log, article->unknown, article->n_unknown, &row.n_unknown) != TTAG_OK ||
        group_log_add(&log->groups, &row.group, article) != TTAG_OK)
        return TTAG_NOMEM;
    log->rows[log->n_rows++] = row;
    return TTAG_OK;
}

ttag_status label_log_add(label_log *log, const ttag_article *article)
{
    ttag_status status = label_log_add_extra(log, article);
    log->n_scored = log->n_rows;
    return status;
}

void label_log_unknown(label_log *log, uint64_t rules)
{
    log->rows[log->n_rows - 1].unknown_rules = rules;
}

void label_log_dispose(label_log *log)
{
    intern_dispose(&log->names);
    intern_dispose(&log->foreign);
    intern_dispose(&log->unfit);
    mem_free(log->seen);
    mem_free(log->numbers);
    mem_free(log->rows);
    group_log_dispose(&log->groups);
    *log = (label_log){0};
}
