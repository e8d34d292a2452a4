/* Two tallies of the same articles to a comparison. */
#include "ttag/compare.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "evaluate/mcnemar.h"
#include "evaluate/paired.h"
#include "evaluate/pairing.h"
#include "evaluate/part.h"
#include "evaluate/tally_feed.h"

enum { REPLICATES_MOST = 100000 };

/* What is known of an article beside its tags. */
typedef struct row_name {
    ttag_view id, title;
    const char *path;
    size_t line;
} row_name;

typedef struct comparison {
    ttag_comparison shown; /* first, so that a pointer to it is a pointer to the whole */
    ttag_compared_tag *tags;
    ttag_changed_article *changed;
    ttag_tag_change *changes;
    row_name *rows; /* n_rows; none of parts */
    size_t n_rows, rows_capacity;
    arena names;
} comparison;

/* ---- Names of articles. ---- */

static bool copy(ttag_view *to, arena *a, ttag_view v)
{
    *to = v.size > 0 ? arena_copy(a, v) : (ttag_view){NULL, 0};
    return v.size == 0 || to->bytes;
}

/* Records of a file come one after the other: its path is kept once. */
static bool copy_path(comparison *c, row_name *row, const char *path)
{
    const row_name *last = c->n_rows > 0 ? &c->rows[c->n_rows - 1] : NULL;
    if (!path) {
        row->path = NULL;
    } else if (last && last->path && strcmp(last->path, path) == 0) {
        row->path = last->path;
    } else {
        ttag_view with_end = {path, strlen(path) + 1};
        row->path = arena_copy(&c->names, with_end).bytes;
        return row->path;
    }
    return true;
}

/* The article's id is JSON text, the name by which passages say where they belong is not. */
static bool copy_id(comparison *c, row_name *row, const ttag_article *article)
{
    buffer quoted = {0};
    if (article->id.size == 0 && article->article.size > 0)
        json_put_string(&quoted, article->article);
    ttag_view id = article->id.size > 0 ? article->id : buffer_as_view(&quoted);
    bool ok = buffer_ok(&quoted) && copy(&row->id, &c->names, id);
    buffer_dispose(&quoted);
    return ok;
}

static ttag_status name_row(void *context, const ttag_article *article, const truth_labels *labels,
                            ttag_error *err)
{
    comparison *c = context;
    row_name row = {.line = article->line};
    (void)labels;
    if (!copy_id(c, &row, article) || !copy(&row.title, &c->names, article->title) ||
        !copy_path(c, &row, article->path) ||
        !mem_grow(&c->rows, &c->rows_capacity, c->n_rows + 1, sizeof *c->rows))
        return fail_memory(err);
    c->rows[c->n_rows++] = row;
    return TTAG_OK;
}

/* ---- What is shown. ---- */

static ttag_status show_tags(comparison *c, const pairing *p, ttag_error *err)
{
    c->tags = mem_zero(p->n_tags, sizeof *c->tags);
    if (!c->tags)
        return fail_memory(err);
    for (size_t i = 0; i < p->n_tags; i++) {
        const paired_tag *from = &p->tags[i];
        ttag_compared_tag *to = &c->tags[i];
        to->support = from->support;
        to->in_a = from->thresholds[0] >= 0; /* false for NaN */
        to->in_b = from->thresholds[1] >= 0;
        to->threshold_a = from->thresholds[0];
        to->threshold_b = from->thresholds[1];
        to->articles =
            (ttag_mcnemar){from->only_a, from->only_b, mcnemar_mid_p(from->only_a, from->only_b)};
        if (!copy(&to->tag, &c->names, from->name))
            return fail_memory(err);
    }
    c->shown.tags = c->tags;
    c->shown.n_tags = p->n_tags;
    return TTAG_OK;
}

static ttag_status correct_tags(comparison *c, ttag_error *err)
{
    const size_t n = c->shown.n_tags;
    holm_test *tests = mem_new(n, sizeof *tests);
    if (!tests)
        return fail_memory(err);
    for (size_t i = 0; i < n; i++)
        tests[i] = (holm_test){c->tags[i].articles.p, i};
    holm_correct(tests, n);
    for (size_t i = 0; i < n; i++)
        c->tags[tests[i].number].p_of_all = tests[i].p;
    mem_free(tests);
    return TTAG_OK;
}

/* Takes over the list of changes. */
static ttag_status show_articles(comparison *c, pairing *p, ttag_error *err)
{
    c->changed = mem_zero(p->n_rows, sizeof *c->changed);
    if (!c->changed)
        return fail_memory(err);
    c->changes = p->changes;
    p->changes = NULL;
    for (size_t i = 0; i < p->n_rows; i++) {
        const paired_row *from = &p->rows[i];
        ttag_changed_article *to = &c->changed[i];
        to->number = from->row + 1;
        to->changes = c->changes + from->start;
        to->n_changes = from->count;
        for (size_t k = 0; k < from->count; k++)
            to->n_right += to->changes[k].right;
        if (from->row >= c->n_rows)
            continue;
        const row_name *name = &c->rows[from->row];
        to->id = name->id;
        to->title = name->title;
        to->path = name->path;
        to->line = name->line;
    }
    c->shown.changed = c->changed;
    c->shown.n_changed = p->n_rows;
    return TTAG_OK;
}

static ttag_status show_all(comparison *c, tally *tallies, const ttag_compare_opts *opts,
                            ttag_error *err)
{
    pairing p = {0};
    const bootstrap_opts how = {opts->replicates, opts->seed, thread_count(opts->evaluate.threads),
                                opts->evaluate.monitor};
    ttag_status status = pairing_make(&p, &tallies[0], &tallies[1], err);
    if (status == TTAG_OK)
        status = show_tags(c, &p, err);
    if (status == TTAG_OK)
        status = correct_tags(c, err);
    if (status == TTAG_OK)
        status = paired_fill(&c->shown, c->tags, &p.verdicts[0], &p.verdicts[1], &how, err);
    if (status == TTAG_OK)
        status = show_articles(c, &p, err);
    c->shown.documents = tallies[0].results.n_documents;
    c->shown.unlabelled = tallies[0].unlabelled;
    c->shown.refused = tallies[0].refused;
    c->shown.replicates = opts->replicates;
    c->shown.articles = (ttag_mcnemar){p.only_a, p.only_b, mcnemar_mid_p(p.only_a, p.only_b)};
    pairing_dispose(&p);
    return status;
}

/* ---- From models, from parts. ---- */

static ttag_status begin(comparison **out, const ttag_compare_opts *opts, ttag_error *err)
{
    *out = NULL;
    if (opts->replicates == 0 || opts->replicates > REPLICATES_MOST)
        return fail(err, TTAG_INVALID, "%u replicates; expected 1 to %d",
                    (unsigned)opts->replicates, REPLICATES_MOST);
    *out = mem_zero(1, sizeof **out);
    return *out ? TTAG_OK : fail_memory(err);
}

static ttag_status end(ttag_comparison **out, comparison *c, ttag_status status)
{
    *out = status == TTAG_OK ? &c->shown : NULL;
    if (status != TTAG_OK && c)
        ttag_comparison_free(&c->shown);
    return status;
}

ttag_status ttag_compare(ttag_comparison **out, const ttag_model *a, const ttag_model *b,
                         ttag_reader *feed, const ttag_compare_opts *opts, ttag_error *err)
{
    static const ttag_compare_opts DEFAULTS = TTAG_COMPARE_OPTS_INIT;
    const ttag_model *const models[2] = {a, b};
    tally tallies[2] = {{0}};
    comparison *c;
    opts = opts ? opts : &DEFAULTS;
    ttag_status status = begin(&c, opts, err);
    if (status == TTAG_OK)
        status = tally_feed_each(tallies, models, 2, feed, &opts->evaluate, name_row, c, err);
    if (status == TTAG_OK)
        status = show_all(c, tallies, opts, err);
    tally_dispose(&tallies[0]);
    tally_dispose(&tallies[1]);
    return end(out, c, status);
}

static ttag_status read_part(part *p, tally *t, const char *path, ttag_error *err)
{
    ttag_status status = part_open(p, path, err);
    if (status != TTAG_OK)
        return status;
    if (p->header->shards != 1)
        return fail_at(err, TTAG_INVALID, path, 0, 0,
                       "is shard %u of %u; expected an evaluation of the whole feed",
                       (unsigned)p->header->shard, (unsigned)p->header->shards);
    status = part_start(p, t, err);
    return status == TTAG_OK ? part_add(p, t, err) : status;
}

/* Whether the articles carry the same tags, by their numbers in the two lists of names. */
static bool same_labels(const tally *a, const tally *b, size_t row)
{
    const truth_row *x = &a->labels.rows[row], *y = &b->labels.rows[row];
    if (x->n_true != y->n_true)
        return false;
    for (size_t i = 0; i < x->n_true; i++) {
        ttag_view name = intern_view(&a->labels.names, a->labels.items[x->start + i]);
        ttag_view other = intern_view(&b->labels.names, b->labels.items[y->start + i]);
        if (name.size != other.size || memcmp(name.bytes, other.bytes, name.size) != 0)
            return false;
    }
    return true;
}

static ttag_status check_labels(const tally *a, const tally *b, const char *path, ttag_error *err)
{
    for (size_t i = 0; i < a->labels.n_rows && i < b->labels.n_rows; i++)
        if (!same_labels(a, b, i))
            return fail_at(err, TTAG_INVALID, path, 0, 0,
                           "its article %zu carries other tags; expected the same feed, and the "
                           "same of --imply-truth",
                           i + 1);
    return TTAG_OK;
}

ttag_status ttag_compare_parts(ttag_comparison **out, const char *a, const char *b,
                               const ttag_compare_opts *opts, ttag_error *err)
{
    static const ttag_compare_opts DEFAULTS = TTAG_COMPARE_OPTS_INIT;
    tally tallies[2] = {{0}};
    part parts[2] = {{0}};
    comparison *c;
    opts = opts ? opts : &DEFAULTS;
    ttag_status status = begin(&c, opts, err);
    if (status == TTAG_OK)
        status = read_part(&parts[0], &tallies[0], a, err);
    if (status == TTAG_OK)
        status = read_part(&parts[1], &tallies[1], b, err);
    if (status == TTAG_OK)
        status = check_labels(&tallies[0], &tallies[1], b, err);
    if (status == TTAG_OK)
        status = show_all(c, tallies, opts, err);
    for (int i = 0; i < 2; i++) {
        tally_dispose(&tallies[i]);
        part_close(&parts[i]);
    }
    return end(out, c, status);
}

void ttag_comparison_free(ttag_comparison *shown)
{
    comparison *c = (comparison *)(void *)shown;
    if (!c)
        return;
    mem_free(c->tags);
    mem_free(c->changed);
    mem_free(c->changes);
    mem_free(c->rows);
    arena_dispose(&c->names);
    mem_free(c);
}
