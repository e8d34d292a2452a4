/* Reading, and parting by folds or by date. */
#include "evaluate/crossval_parts.h"

#include <stdlib.h>

#include "articles/each_article.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"
#include "train/folds.h"

/* ---- Reading. ---- */

/* What a date begins with: a year. */
static bool is_date(ttag_view date)
{
    bool digits = date.size >= 4;
    for (size_t i = 0; digits && i < 4; i++)
        digits = is_digit(date.bytes[i]);
    return digits;
}

static ttag_status keep_date(crossval_parts *p, ttag_view date, ttag_error *err)
{
    ttag_view copy = {NULL, 0};
    if (!mem_grow(&p->dates, &p->dates_capacity, p->n + 1, sizeof *p->dates))
        return fail_memory(err);
    if (is_date(date)) {
        copy = arena_copy(&p->texts, date);
        if (!copy.bytes)
            return fail_memory(err);
    }
    p->undated += !copy.bytes;
    p->dates[p->n++] = copy;
    return TTAG_OK;
}

/* extra: number of the extra feed; UINT32_MAX: it is the feed itself. */
static ttag_status keep(crossval_parts *p, const ttag_record *record, const ttag_article *article,
                        uint32_t extra, ttag_error *err)
{
    size_t n_tags;
    bool scored = extra == UINT32_MAX;
    ttag_status status = scored ? label_log_see(&p->log, article, &n_tags) : TTAG_OK;
    if (status == TTAG_OK)
        status = scored ? label_log_add(&p->log, article) : label_log_add_extra(&p->log, article);
    if (status != TTAG_OK || !record_list_add(&p->records, record) ||
        !mem_grow(&p->sources, &p->sources_capacity, p->records.count, sizeof *p->sources))
        return fail_memory(err);
    p->sources[p->records.count - 1] = extra;
    return scored ? keep_date(p, article->date, err) : TTAG_OK;
}

/* Where articles come from, and where they go. */
typedef struct part_feed {
    crossval_parts *parts;
    uint32_t extra; /* as of keep */
} part_feed;

static ttag_status take(void *context, const ttag_record *record, const ttag_article *article,
                        ttag_error *err)
{
    const part_feed *from = context;
    if (article->labelled)
        return keep(from->parts, record, article, from->extra, err);
    from->parts->unlabelled++;
    return TTAG_OK;
}

static ttag_status read_feed(crossval_parts *p, ttag_reader *feed, uint32_t extra,
                             const ttag_monitor *monitor, ttag_error *err)
{
    part_feed from = {p, extra};
    return each_article(feed, take, &from, monitor, &p->refused, err);
}

/* ---- By date. ---- */

/* A group by its latest date. */
typedef struct dated_group {
    ttag_view date;
    uint32_t group;
    size_t size;
} dated_group;

static int by_date(const void *a, const void *b)
{
    const dated_group *x = a, *y = b;
    int order = view_compare(x->date, y->date);
    return order ? order : (x->group > y->group) - (x->group < y->group);
}

/* Groups in order of date, cut where the articles so far reach the next share of all. */
static void cut_by_date(const crossval_parts *p, const dated_group *groups, uint8_t *part_of)
{
    size_t n = p->labels.n_scored_groups, done = 0;
    for (size_t g = 0; g < n; g++) {
        size_t part = done * (p->n_folds + 1) / p->n;
        part_of[groups[g].group] = (uint8_t)(groups[g].date.size ? part : 0);
        done += groups[g].size;
    }
}

static ttag_status part_by_date(crossval_parts *p)
{
    const labels *l = &p->labels;
    dated_group *groups = mem_zero(l->n_scored_groups, sizeof *groups);
    uint8_t *part_of = mem_new(l->n_scored_groups, sizeof *part_of);
    bool ok = groups && part_of;
    for (size_t i = 0; ok && i < p->n; i++) {
        dated_group *g = &groups[l->groups[i]];
        g->group = l->groups[i];
        g->size++;
        if (view_compare(p->dates[i], g->date) > 0)
            g->date = p->dates[i];
    }
    if (ok) {
        qsort(groups, l->n_scored_groups, sizeof *groups, by_date);
        cut_by_date(p, groups, part_of);
    }
    for (size_t i = 0; ok && i < l->n_articles; i++)
        p->part[i] = l->groups[i] < l->n_scored_groups ? part_of[l->groups[i]] : FOLD_NONE;
    mem_free(groups);
    mem_free(part_of);
    return ok ? TTAG_OK : TTAG_NOMEM;
}

/* ---- All of it. ---- */

static ttag_status assign(crossval_parts *p, uint64_t seed, ttag_error *err)
{
    uint32_t asked = p->n_folds + (p->by_date ? 1 : 0);
    uint32_t possible = folds_possible(&p->labels, asked);
    if (p->n == 0)
        return fail(err, TTAG_EMPTY, "no labelled article was read; expected articles with `tags`");
    if (possible < asked)
        return fail(err, TTAG_EMPTY,
                    "%u parts of %zu groups of articles; expected at least as many groups",
                    (unsigned)asked, p->labels.n_scored_groups);
    p->part = mem_new(p->labels.n_articles, sizeof *p->part);
    ttag_status status = p->part ? TTAG_OK : TTAG_NOMEM;
    if (status == TTAG_OK)
        status = p->by_date ? part_by_date(p) : folds_assign(p->part, &p->labels, p->n_folds, seed);
    return status == TTAG_OK ? TTAG_OK : fail_memory(err);
}

ttag_status crossval_parts_read(crossval_parts *p, ttag_reader *feed,
                                const ttag_crossval_opts *opts, const ttag_train_opts *train,
                                ttag_error *err)
{
    p->n_folds = opts->folds;
    p->by_date = opts->by == TTAG_CROSSVAL_BY_DATE;
    if (label_log_init(&p->log, train->only_taxonomy ? train->taxonomy : NULL) != TTAG_OK)
        return fail_memory(err);
    ttag_status status = read_feed(p, feed, UINT32_MAX, train->monitor, err);
    for (uint32_t i = 0; status == TTAG_OK && i < train->n_extra; i++)
        status = read_feed(p, train->extra[i].feed, i, train->monitor, err);
    if (status == TTAG_OK && labels_make(&p->labels, &p->log, train->unknown_where, 1) != TTAG_OK)
        status = fail_memory(err);
    return status == TTAG_OK ? assign(p, train->seed, err) : status;
}

size_t crossval_parts_list(const crossval_parts *p, uint32_t *numbers, uint32_t fold,
                           uint32_t source, bool withheld)
{
    size_t count = 0;
    for (size_t i = 0; i < p->records.count; i++) {
        uint8_t part = p->part[i];
        bool tested = p->by_date ? part == fold + 1 : part == fold;
        bool seen = part == FOLD_NONE || (p->by_date ? part <= fold : part != fold);
        if (p->sources[i] == source && (withheld ? tested : seen))
            numbers[count++] = (uint32_t)i;
    }
    return count;
}

void crossval_parts_dispose(crossval_parts *p)
{
    record_list_dispose(&p->records);
    mem_free(p->sources);
    mem_free(p->dates);
    mem_free(p->part);
    arena_dispose(&p->texts);
    label_log_dispose(&p->log);
    labels_dispose(&p->labels);
    *p = (crossval_parts){0};
}
