/* Both feeds read, one search after the other, what was found put together. */
#include "ttag/audit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "articles/reader.h"
#include "audit/audit_work.h"
#include "audit/copies.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/parallel.h"

enum { SHORT_WORDS = 10 };

static const double LEAST_SIMILARITY = 0.2;

/* What one run works with. */
typedef struct run_facts {
    const ttag_audit_opts *opts;
    const ttag_train_opts *train;
    const ttag_taxonomy *tag_lines;
    unsigned threads;
} run_facts;

/* ---- Lengths and languages. ---- */

static int by_words(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* Quartiles as those of numpy.percentile: linear between neighbours, rounded. */
static ttag_status measure_lengths(audit_work *w)
{
    size_t n = w->feed.n;
    size_t *words = mem_new(n, sizeof *words);
    w->short_ones = mem_new(n, sizeof *w->short_ones);
    if (!words || !w->short_ones) {
        mem_free(words);
        return TTAG_NOMEM;
    }
    for (uint32_t i = 0; i < n; i++) {
        words[i] = w->feed.articles[i].words;
        if (words[i] < SHORT_WORDS)
            w->short_ones[w->found.n_short++] = i;
    }
    qsort(words, n, sizeof *words, by_words);
    for (size_t q = 0; n > 0 && q < 5; q++) {
        double place = (double)q * (double)(n - 1) / 4, below = floor(place);
        double low = (double)words[(size_t)below], high = (double)words[(size_t)ceil(place)];
        w->found.quartiles[q] = (size_t)floor(low + (high - low) * (place - below) + 0.5);
    }
    mem_free(words);
    return TTAG_OK;
}

static int by_articles(const void *a, const void *b)
{
    const ttag_audit_language *x = a, *y = b;
    if (x->articles != y->articles)
        return x->articles < y->articles ? 1 : -1;
    return strcmp(x->name, y->name);
}

static ttag_status count_languages(audit_work *w)
{
    size_t n = 0, capacity = 0;
    for (size_t i = 0; i < w->feed.n; i++) {
        const char *name = w->feed.articles[i].language;
        size_t k = 0;
        while (k < n && strcmp(w->languages[k].name, name) != 0)
            k++;
        if (k == n) {
            if (!mem_grow(&w->languages, &capacity, n + 1, sizeof *w->languages))
                return TTAG_NOMEM;
            w->languages[n++] = (ttag_audit_language){name, 0};
        }
        w->languages[k].articles++;
    }
    if (n)
        qsort(w->languages, n, sizeof *w->languages, by_articles);
    w->found.n_languages = n;
    return TTAG_OK;
}

/* ---- The searches. ---- */

static ttag_status read_feeds(audit_work *w, const run_facts *f, ttag_reader *feed, ttag_error *err)
{
    const ttag_monitor *monitor = f->train->monitor;
    ttag_status status = audited_feed_read(&w->feed, feed, monitor, err);
    if (status == TTAG_OK && w->feed.n == 0)
        status = fail(err, TTAG_EMPTY, "no article was read");
    if (status == TTAG_OK && f->opts->against)
        status = audited_feed_read(&w->against, f->opts->against, monitor, err);
    if (status != TTAG_OK)
        return status;
    size_t n_other_tags;
    ttag_audit_tag *other_tags = NULL;
    status = audited_feed_number_tags(&w->feed, &w->tags, &w->found.n_tags);
    if (status == TTAG_OK)
        status = audited_feed_number_tags(&w->against, &other_tags, &n_other_tags);
    mem_free(other_tags); /* of its tags nothing is said */
    for (size_t i = 0; i < w->against.n; i++)
        w->against.articles[i].n_tags = 0;
    if (status == TTAG_OK)
        status = audited_feed_words(&w->feed, f->threads, monitor);
    if (status == TTAG_OK)
        status = audited_feed_words(&w->against, f->threads, monitor);
    return status == TTAG_OK ? TTAG_OK : fail(err, status, "stopped");
}

static ttag_status search_texts(audit_work *w, const run_facts *f)
{
    const ttag_monitor *monitor = f->train->monitor;
    double least = f->opts->similarity;
    const clusters_task joining = {&w->feed,   f->opts->against ? &w->against : NULL,
                                   least,      w->found.n_tags,
                                   f->threads, monitor};
    tell_progress(monitor, "comparing", 0, 0);
    ttag_status status = clusters_find(&w->clusters, &joining);
    if (status == TTAG_OK)
        status = copies_mark(&w->found.copies, &w->feed, &w->clusters, least);
    if (status == TTAG_OK) {
        const passages_task sharing = {&w->feed, w->clusters.cluster_of, f->opts->passage_words,
                                       f->threads, monitor};
        status = shared_passages_find(&w->passages, &sharing);
    }
    if (status == TTAG_OK)
        status = repeated_lines_find(&w->lines, &w->feed);
    if (status == TTAG_OK)
        status = measure_lengths(w);
    return status == TTAG_OK ? count_languages(w) : status;
}

/* Too little to train on is a finding, not a failure. */
static ttag_status search_labels(audit_work *w, const run_facts *f, ttag_error *err)
{
    label_model model = {0};
    ttag_error why = {0};
    bool any = false;
    ttag_status status = TTAG_EMPTY;
    snprintf(why.text, sizeof why.text, "not asked for");
    if (!f->opts->no_labels)
        status = label_model_train(&model, &w->feed, w->tags, w->found.n_tags, f->train,
                                   f->tag_lines, &why);
    for (size_t i = 0; status == TTAG_OK && !any && i < model.kept.n_articles * model.kept.n_tags;
         i++)
        any = !isnan(model.kept.probabilities[i]);
    if (status == TTAG_OK && !any) {
        status = TTAG_EMPTY;
        snprintf(why.text, sizeof why.text, "no tag could be tried on articles held out");
    }
    if (status == TTAG_OK) {
        w->found.labels_searched = true;
        status = label_doubts_find(&w->doubts, &w->feed, &model, err);
    } else if (status == TTAG_EMPTY) {
        memcpy(w->found.why_not, why.text, sizeof why.text);
        status = TTAG_OK;
    } else if (err) {
        *err = why;
    }
    if (status == TTAG_OK)
        status = giveaways_find(&w->giveaways, &w->feed, w->found.n_tags,
                                w->found.labels_searched ? &model : NULL, err);
    label_model_dispose(&model);
    return status;
}

/* ---- What was found. ---- */

static int by_disagreement(const void *a, const void *b)
{
    const ttag_audit_cluster *x = a, *y = b;
    if (x->n_disagreed != y->n_disagreed)
        return x->n_disagreed < y->n_disagreed ? 1 : -1;
    if (x->n != y->n)
        return x->n < y->n ? 1 : -1;
    return (x->articles[0] > y->articles[0]) - (x->articles[0] < y->articles[0]);
}

static int by_likeness(const void *a, const void *b)
{
    const ttag_audit_leak *x = a, *y = b;
    if (x->similarity < y->similarity || x->similarity > y->similarity)
        return x->similarity < y->similarity ? 1 : -1;
    return (x->article > y->article) - (x->article < y->article);
}

static void put_texts(ttag_audit *a, audit_work *w)
{
    qsort(w->clusters.leaks, w->clusters.n_leaks, sizeof *w->clusters.leaks, by_likeness);
    qsort(w->clusters.items, w->clusters.n, sizeof *w->clusters.items, by_disagreement);
    a->clusters = w->clusters.items;
    a->n_clusters = w->clusters.n;
    for (size_t c = 0; c < a->n_clusters; c++)
        a->disagreements += a->clusters[c].n_disagreed > 0;
    a->leaks = w->clusters.leaks;
    a->n_leaks = w->clusters.n_leaks;
    a->passages = w->passages.items;
    a->n_passages = w->passages.n;
    a->lines = w->lines.items;
    a->n_lines = w->lines.n;
    a->languages = w->languages;
    a->short_ones = w->short_ones;
}

static void put_together(audit_work *w, const ttag_audit_opts *opts)
{
    ttag_audit *a = &w->found;
    a->articles = w->feed.articles;
    a->n_articles = w->feed.n;
    a->labelled = w->feed.labelled;
    a->unlabelled = w->feed.n - w->feed.labelled;
    a->refused = w->feed.refused + w->against.refused;
    a->against = w->against.articles;
    a->n_against = w->against.n;
    a->tags = w->tags;
    put_texts(a, w);
    a->blanket = w->habits.blanket;
    a->n_blanket = w->habits.n_blanket;
    a->rare = w->habits.rare;
    a->n_rare = w->habits.n_rare;
    a->rare_bound = opts->rare;
    a->pairs = w->habits.pairs;
    a->n_pairs = w->habits.n_pairs;
    a->labels = w->doubts.items;
    a->n_labels = w->doubts.n;
    a->wrong = w->doubts.wrong;
    a->missing = w->doubts.missing;
    a->micro_f1 = w->doubts.micro_f1;
    a->giveaways = w->giveaways.items;
    a->n_giveaways = w->giveaways.n;
}

static ttag_status run(audit_work *w, const run_facts *f, ttag_reader *feed, ttag_error *err)
{
    const ttag_taxonomy *only = f->train->only_taxonomy ? f->train->taxonomy : NULL;
    ttag_status status = read_feeds(w, f, feed, err);
    if (status != TTAG_OK)
        return status;
    status = search_texts(w, f);
    if (status == TTAG_OK)
        status =
            tag_habits_find(&w->habits, &w->feed, w->tags, w->found.n_tags, only, f->opts->rare);
    if (status != TTAG_OK)
        return status == TTAG_NOMEM ? fail_memory(err) : fail(err, status, "stopped");
    status = search_labels(w, f, err);
    if (status == TTAG_OK)
        put_together(w, f->opts);
    return status;
}

static const char *check(const ttag_audit_opts *opts, const ttag_train_opts *train)
{
    const char *wrong = ttag_train_opts_check(train);
    if (wrong)
        return wrong;
    if (!(opts->similarity >= LEAST_SIMILARITY && opts->similarity <= 1))
        return "the similarity is out of range; expected a number from 0.2 to 1";
    if (opts->passage_words < 16 || opts->passage_words > 1000)
        return "the length of a passage is out of range; expected 16 to 1000 words";
    return NULL;
}

ttag_status ttag_audit_feed(ttag_audit **out, ttag_reader *feed, const ttag_audit_opts *opts,
                            ttag_error *err)
{
    static const ttag_audit_opts DEFAULTS = TTAG_AUDIT_OPTS_INIT;
    static const ttag_train_opts TRAIN_DEFAULTS = TTAG_AUDIT_TRAIN_OPTS;
    *out = NULL;
    opts = opts ? opts : &DEFAULTS;
    run_facts facts = {.opts = opts, .train = opts->train ? opts->train : &TRAIN_DEFAULTS};
    facts.tag_lines = reader_taxonomy(feed);
    facts.threads = thread_count(facts.train->threads);
    const char *wrong = check(opts, facts.train);
    if (wrong)
        return fail(err, TTAG_INVALID, "%s", wrong);
    audit_work *w = mem_zero(1, sizeof *w);
    if (!w)
        return fail_memory(err);
    ttag_status status = run(w, &facts, feed, err);
    if (status == TTAG_OK)
        *out = &w->found;
    else
        ttag_audit_free(&w->found);
    return status;
}

void ttag_audit_free(ttag_audit *audit)
{
    audit_work *w = (audit_work *)(void *)audit;
    if (!w)
        return;
    clusters_dispose(&w->clusters);
    shared_passages_dispose(&w->passages);
    tag_habits_dispose(&w->habits);
    label_doubts_dispose(&w->doubts);
    giveaways_dispose(&w->giveaways);
    repeated_lines_dispose(&w->lines);
    mem_free(w->languages);
    mem_free(w->short_ones);
    mem_free(w->tags);
    audited_feed_dispose(&w->feed);
    audited_feed_dispose(&w->against);
    mem_free(w);
}
