/* Ranks each tag's known pairs, by score and by probability; tags in parallel. */
#include "evaluate/by_score.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "evaluate/ranking.h"
#include "evaluate/reliability.h"

typedef struct job {
    const outcomes *o;
    ttag_tag_scores *tags;
    double *errors; /* n_tags: calibration errors */
    ranked *items;  /* for each worker 2 x n_documents: the items, and room to sort them */
} job;

/* The tag's known pairs, by `values`; a tag that was never scored has the value 0 throughout. */
static size_t gather(ranked *items, const outcomes *o, size_t tag, const float *values)
{
    size_t count = 0;
    for (size_t row = 0; row < o->n_documents; row++) {
        unsigned char pair = o->pairs[row * o->n_tags + tag];
        if (pair & PAIR_UNKNOWN)
            continue;
        float value = tag < o->n_scored ? values[row * o->n_scored + tag] : 0;
        items[count++] = (ranked){value, (pair & PAIR_TRUE) != 0};
    }
    return count;
}

static ttag_status rank_tag(void *context, size_t tag, unsigned worker)
{
    job *j = context;
    const outcomes *o = j->o;
    ttag_tag_scores *scores = &j->tags[tag];
    ranked *items = j->items + 2 * o->n_documents * worker, *spare = items + o->n_documents;
    if (tag < o->n_scored && scores->support > 0) {
        size_t count = gather(items, o, tag, o->scores);
        ranked_sort(items, spare, count);
        scores->average_precision = average_precision(items, count);
    }
    if (scores->support >= ECE_LEAST_SUPPORT) {
        size_t count = gather(items, o, tag, o->probabilities);
        ranked_sort(items, spare, count);
        j->errors[tag] = calibration_error(items, count);
    }
    return TTAG_OK;
}

/* map and ece: means over the tags with a positive, and over those with enough of them */
static void take_means(ttag_evaluation *e, const job *j)
{
    size_t with_positive = 0, with_many = 0;
    double precisions = 0, errors = 0;
    for (size_t t = 0; t < j->o->n_tags; t++) {
        const ttag_tag_scores *tag = &j->tags[t];
        if (tag->support > 0) {
            with_positive++;
            precisions += tag->average_precision;
        }
        if (tag->support >= ECE_LEAST_SUPPORT) {
            with_many++;
            errors += j->errors[t];
        }
    }
    e->map = with_positive > 0 ? precisions / (double)with_positive : 0;
    e->ece = with_many > 0 ? errors / (double)with_many : 0;
}

ttag_status by_score_fill(ttag_evaluation *e, ttag_tag_scores *tags, const outcomes *o,
                          unsigned threads, const ttag_monitor *monitor, ttag_error *err)
{
    if (threads > o->n_tags)
        threads = o->n_tags > 0 ? (unsigned)o->n_tags : 1;
    for (size_t t = 0; t < o->n_tags; t++)
        tags[t].average_precision = 0;
    job j = {o, tags, NULL, NULL};
    size_t n_items;
    ttag_status status = TTAG_NOMEM;
    if (size_mul(&n_items, o->n_documents, (size_t)2 * threads)) {
        j.errors = mem_zero(o->n_tags, sizeof *j.errors);
        j.items = mem_new(n_items, sizeof *j.items);
    }
    if (j.errors && j.items)
        status = parallel_for(threads, o->n_tags, rank_tag, &j, monitor, NULL);
    if (status == TTAG_OK)
        take_means(e, &j);
    else if (status == TTAG_CANCELLED)
        fail(err, status, "stopped before all tags were ranked");
    else
        fail_memory(err);
    mem_free(j.errors);
    mem_free(j.items);
    return status;
}
