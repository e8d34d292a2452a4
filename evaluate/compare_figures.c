/* Names, orders and verdicts that all reports of a comparison share. */
#include "evaluate/compare_figures.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/view.h"

void compared_figures(compared_figure figures[COMPARED_FIGURES], const ttag_comparison *c)
{
    const compared_figure all[COMPARED_FIGURES] = {
        {"micro.f1", &c->micro.f1},
        {"macro.f1", &c->macro.f1},
        {"weighted.f1", &c->weighted.f1},
        {"samples.f1", &c->samples.f1},
        {"per_article.f1", &c->per_article.f1},
        {"micro.precision", &c->micro.precision},
        {"micro.recall", &c->micro.recall},
        {"macro.precision", &c->macro.precision},
        {"macro.recall", &c->macro.recall},
        {"weighted.precision", &c->weighted.precision},
        {"weighted.recall", &c->weighted.recall},
        {"samples.precision", &c->samples.precision},
        {"samples.recall", &c->samples.recall},
        {"per_article.precision", &c->per_article.precision},
        {"per_article.recall", &c->per_article.recall},
        {"subset_accuracy", &c->subset_accuracy},
        {"jaccard", &c->jaccard},
    };
    for (size_t i = 0; i < COMPARED_FIGURES; i++)
        figures[i] = all[i];
}

static bool is_changed(const ttag_compared_tag *t)
{
    return t->articles.only_a + t->articles.only_b > 0;
}

static double size_of_change(const ttag_compared_tag *t)
{
    return fabs(t->scores.f1.b - t->scores.f1.a);
}

static int by_sureness(const void *a, const void *b)
{
    const ttag_compared_tag *x = *(const ttag_compared_tag *const *)a;
    const ttag_compared_tag *y = *(const ttag_compared_tag *const *)b;
    if (x->p_of_all < y->p_of_all || x->p_of_all > y->p_of_all)
        return x->p_of_all < y->p_of_all ? -1 : 1;
    double of_x = size_of_change(x), of_y = size_of_change(y);
    if (of_x < of_y || of_x > of_y)
        return of_x > of_y ? -1 : 1;
    return view_compare(x->tag, y->tag);
}

const ttag_compared_tag **compared_tags(const ttag_comparison *c, size_t *n)
{
    const ttag_compared_tag **tags = mem_new(c->n_tags, sizeof *tags);
    *n = 0;
    for (size_t i = 0; tags && i < c->n_tags; i++)
        if (is_changed(&c->tags[i]))
            tags[(*n)++] = &c->tags[i];
    if (*n > 0)
        qsort(tags, *n, sizeof *tags, by_sureness);
    return tags;
}

const char *compared_verdict(const ttag_change *change)
{
    if (change->change.low > 0)
        return "better";
    if (change->change.high < 0)
        return "worse";
    bool moves = change->change.low < 0 || change->change.high > 0;
    return moves ? "unsure" : "same";
}

void compared_counts(const ttag_comparison *c, size_t *right, size_t *wrong)
{
    *right = *wrong = 0;
    for (size_t i = 0; i < c->n_changed; i++) {
        *right += c->changed[i].n_right;
        *wrong += c->changed[i].n_changes - c->changed[i].n_right;
    }
}

void compared_put_name(buffer *b, const ttag_changed_article *article,
                       void (*put)(buffer *b, ttag_view text))
{
    ttag_view id = article->id;
    if (id.size >= 2 && id.bytes[0] == '"')
        id = (ttag_view){id.bytes + 1, id.size - 2};
    if (id.size > 0) {
        put(b, id);
    } else if (article->path) {
        put(b, view_of(article->path));
        buffer_printf(b, ":%zu", article->line);
    } else {
        buffer_printf(b, "article %zu", article->number);
    }
}

/* ---- By name. ---- */

/* "f1" and "micro" for "micro.f1"; "micro-f1" and "micro_f1" as well. */
static bool names(const char *spelled, const char *name)
{
    if (strcmp(spelled, "f1") == 0)
        return strcmp(name, "micro.f1") == 0;
    for (; *spelled && *name; spelled++, name++) {
        bool alike = *spelled == *name ||
                     ((*spelled == '-' || *spelled == '_') && (*name == '_' || *name == '.'));
        if (!alike)
            return false;
    }
    return !*spelled && (!*name || strcmp(name, ".f1") == 0);
}

static const ttag_change *find_score(const ttag_score_changes *s, const char *name)
{
    if (strcmp(name, "precision") == 0)
        return &s->precision;
    if (strcmp(name, "recall") == 0)
        return &s->recall;
    return strcmp(name, "f1") == 0 ? &s->f1 : NULL;
}

const ttag_change *ttag_comparison_figure(const ttag_comparison *comparison, const char *name)
{
    compared_figure figures[COMPARED_FIGURES];
    compared_figures(figures, comparison);
    for (size_t i = 0; i < COMPARED_FIGURES; i++)
        if (names(name, figures[i].name))
            return figures[i].change;
    const char *dot = strrchr(name, '.'); /* the last one: a tag's name may hold dots */
    if (!dot)
        return NULL;
    const ttag_view tag = {name, (size_t)(dot - name)};
    for (size_t i = 0; i < comparison->n_tags; i++)
        if (view_equal(comparison->tags[i].tag, tag))
            return find_score(&comparison->tags[i].scores, dot + 1);
    return NULL;
}
