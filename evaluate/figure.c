/* Looking a figure up by its name. */
#include <string.h>

#include "base/view.h"
#include "ttag/evaluate.h"

/* Fixed names may be spelled with `-` for `_`. */
static bool names(ttag_view spelled, const char *name)
{
    if (spelled.size != strlen(name))
        return false;
    for (size_t i = 0; i < spelled.size; i++) {
        bool dash_for_line = spelled.bytes[i] == '-' && name[i] == '_';
        if (spelled.bytes[i] != name[i] && !dash_for_line)
            return false;
    }
    return true;
}

static bool find_score(const ttag_scores *s, ttag_view name, double *value)
{
    if (names(name, "precision"))
        *value = s->precision;
    else if (names(name, "recall"))
        *value = s->recall;
    else if (names(name, "f1"))
        *value = s->f1;
    else
        return false;
    return true;
}

/* "micro", "micro.f1", "micro_recall", … */
static bool find_mean(const ttag_evaluation *e, ttag_view name, double *value)
{
    const struct {
        const char *name;
        const ttag_scores *scores;
    } means[] = {{"micro", &e->micro},
                 {"macro", &e->macro},
                 {"weighted", &e->weighted},
                 {"samples", &e->samples},
                 {"per_article", &e->per_article}};
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        size_t size = strlen(means[i].name);
        if (size > name.size || !names((ttag_view){name.bytes, size}, means[i].name))
            continue;
        if (size == name.size) {
            *value = means[i].scores->f1;
            return true;
        }
        ttag_view rest = {name.bytes + size + 1, name.size - size - 1};
        if (strchr("._-", name.bytes[size]) && find_score(means[i].scores, rest, value))
            return true;
    }
    return false;
}

static bool find_single(const ttag_evaluation *e, ttag_view name, double *value)
{
    const struct {
        const char *name;
        double value;
    } singles[] = {{"subset_accuracy", e->subset_accuracy},
                   {"hamming_loss", e->hamming_loss},
                   {"jaccard", e->jaccard},
                   {"map", e->map},
                   {"ece", e->ece}};
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
        if (names(name, singles[i].name)) {
            *value = singles[i].value;
            return true;
        }
    }
    return false;
}

/* "Malware.recall"; the last dot parts, since a tag's name may hold dots. */
static bool find_of_tag(const ttag_evaluation *e, ttag_view name, double *value)
{
    size_t dot = name.size;
    while (dot > 0 && name.bytes[dot - 1] != '.')
        dot--;
    if (dot == 0)
        return false;
    ttag_view tag = {name.bytes, dot - 1}, figure = {name.bytes + dot, name.size - dot};
    for (size_t i = 0; i < e->n_tags; i++) {
        const ttag_tag_scores *t = &e->tags[i];
        if (!view_equal(t->tag, tag))
            continue;
        if (names(figure, "average_precision")) {
            *value = t->average_precision;
            return true;
        }
        ttag_scores s = {t->precision, t->recall, t->f1};
        return find_score(&s, figure, value);
    }
    return false;
}

bool ttag_evaluation_figure(const ttag_evaluation *evaluation, const char *name, double *value)
{
    ttag_view v = view_of(name);
    return find_single(evaluation, v, value) || find_mean(evaluation, v, value) ||
           find_of_tag(evaluation, v, value);
}

bool ttag_figure_rises(const char *name)
{
    ttag_view v = view_of(name);
    return !names(v, "hamming_loss") && !names(v, "ece");
}
