/* What each article says about each tag: that it carries it, that it does not, or nothing. From the
   log of labels as they were read, labels_make picks the tags that can be learnt and turns it
   round, so that each tag has its list of articles. */
#ifndef TRAIN_LABELS_H
#define TRAIN_LABELS_H

#include "base/arena.h"
#include "train/label_log.h"

/* A tag that is not learnt, and how many articles carry it. */
typedef struct dropped_tag {
    ttag_view name;
    size_t support;
} dropped_tag;

typedef struct labels {
    size_t n_articles;
    size_t n_scored; /* of them; those behind are trained on, but have no out-of-fold scores */
    size_t n_tags;
    ttag_view *names;              /* n_tags, in byte order */
    size_t *starts;                /* n_tags + 1 positions in articles */
    uint32_t *articles;            /* starts[n_tags]: those that carry the tag, ascending */
    size_t *unknown_starts;        /* n_tags + 1 positions in unknown_articles */
    uint32_t *unknown_articles;    /* those that name the tag as unknown, ascending */
    unsigned char *unknown_others; /* n_articles: 1 where nothing is known of tags not carried */
    uint64_t *row_rules; /* n_articles; NULL: there are no rules. Unknown is a tag not carried where
                            row and tag have a bit in common */
    uint64_t *tag_rules; /* n_tags; NULL likewise */
    float *weights;      /* n_articles: what each counts for; NULL: 1 each */
    size_t *scored;      /* n_tags: scored articles that carry the tag; they come first */
    uint32_t *groups;    /* n_articles: each below n_groups */
    size_t n_groups;
    size_t n_scored_groups; /* with scored articles: the first ones */
    dropped_tag *dropped;   /* n_dropped, in byte order */
    size_t n_dropped;
    arena texts; /* of all names */
} labels;

/* Keeps the tags that at least min_docs (and one) scored rows carry; where the log lists the tags
   to learn, extra rows count as well. */
ttag_status labels_make(labels *out, label_log *log, const ttag_unknown_rules *unknown,
                        size_t min_docs);
void labels_dispose(labels *l);

static inline size_t labels_support(const labels *l, size_t tag)
{
    return l->starts[tag + 1] - l->starts[tag];
}

/* The tag of that name, or TTAG_NO_TAG. */
uint32_t labels_find(const labels *l, ttag_view name);

/* Names the rules that no article or no tag fits. */
void labels_tell_idle_rules(const labels *l, const ttag_unknown_rules *rules,
                            const ttag_monitor *monitor);

/* truth[article] = +1 carries the tag, -1 does not, 0 unknown */
void labels_truth(const labels *l, size_t tag, signed char *truth);
/* Likewise, but 0 for every article that is not scored. */
void labels_scored_truth(const labels *l, size_t tag, signed char *truth);

/* Whether there are so many articles of either kind. truth[n] = +1, -1, or 0: does not count. */
bool truth_has_both(const signed char *truth, size_t n, size_t least);

#endif
