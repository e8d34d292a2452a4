/* F1 and its means, subset accuracy, Hamming loss and Jaccard index, as scikit-learn's functions of
   those names with zero_division = 0. */
#include "evaluate/metrics.h"

/* The known pairs of one article, or of a whole evaluation. */
typedef struct pair_counts {
    size_t known, tp, fp, fn;
} pair_counts;

static double ratio(size_t part, size_t whole)
{
    return whole > 0 ? (double)part / (double)whole : 0;
}

/* precision = tp / (tp + fp), recall = tp / (tp + fn), f1 = 2 tp / (2 tp + fp + fn) */
ttag_scores scores_from(size_t tp, size_t fp, size_t fn)
{
    return (ttag_scores){ratio(tp, tp + fp), ratio(tp, tp + fn), ratio(2 * tp, 2 * tp + fp + fn)};
}

/* Counts one row, for the article and for each tag. */
static pair_counts count_article(ttag_tag_scores *tags, const unsigned char *pairs, size_t n_tags)
{
    pair_counts c = {0, 0, 0, 0};
    for (size_t t = 0; t < n_tags; t++) {
        if (pairs[t] & PAIR_UNKNOWN)
            continue;
        bool is_true = pairs[t] & PAIR_TRUE, given = pairs[t] & PAIR_GIVEN;
        c.known++;
        if (is_true && given) {
            c.tp++;
            tags[t].tp++;
        } else if (given) {
            c.fp++;
            tags[t].fp++;
        } else if (is_true) {
            c.fn++;
            tags[t].fn++;
        }
    }
    return c;
}

/* jaccard = tp / (tp + fp + fn) of an article; hamming = (fp + fn) / known over all pairs. */
static void measure_articles(ttag_evaluation *e, ttag_tag_scores *tags, const outcomes *o)
{
    pair_counts all = {0, 0, 0, 0};
    ttag_scores samples = {0, 0, 0}, per_article = {0, 0, 0};
    size_t with_tags = 0, exact = 0;
    double jaccard = 0;
    for (size_t row = 0; row < o->n_documents; row++) {
        pair_counts c = count_article(tags, o->pairs + row * o->n_tags, o->n_tags);
        ttag_scores s = scores_from(c.tp, c.fp, c.fn);
        scores_add(&samples, s, 1);
        if (c.tp + c.fn > 0) {
            scores_add(&per_article, s, 1);
            with_tags++;
        }
        exact += c.fp + c.fn == 0;
        jaccard += ratio(c.tp, c.tp + c.fp + c.fn);
        all.known += c.known;
        all.tp += c.tp;
        all.fp += c.fp;
        all.fn += c.fn;
    }
    double documents = (double)o->n_documents;
    e->micro = scores_from(all.tp, all.fp, all.fn);
    e->samples = scores_mean(samples, documents);
    e->per_article = scores_mean(per_article, (double)with_tags);
    e->subset_accuracy = ratio(exact, o->n_documents);
    e->hamming_loss = ratio(all.fp + all.fn, all.known);
    e->jaccard = documents > 0 ? jaccard / documents : 0;
}

static void measure_tags(ttag_evaluation *e, ttag_tag_scores *tags, size_t n_tags)
{
    ttag_scores macro = {0, 0, 0}, weighted = {0, 0, 0};
    size_t support = 0;
    for (size_t t = 0; t < n_tags; t++) {
        ttag_tag_scores *tag = &tags[t];
        ttag_scores s = scores_from(tag->tp, tag->fp, tag->fn);
        tag->support = tag->tp + tag->fn;
        tag->precision = s.precision;
        tag->recall = s.recall;
        tag->f1 = s.f1;
        support += tag->support;
        scores_add(&macro, s, 1);
        scores_add(&weighted, s, (double)tag->support);
    }
    e->macro = scores_mean(macro, (double)n_tags);
    e->weighted = scores_mean(weighted, (double)support);
}

void metrics_fill(ttag_evaluation *e, ttag_tag_scores *tags, const outcomes *o)
{
    for (size_t t = 0; t < o->n_tags; t++)
        tags[t].tp = tags[t].fp = tags[t].fn = 0;
    e->documents = o->n_documents;
    measure_articles(e, tags, o);
    measure_tags(e, tags, o->n_tags);
}
