/* The labels of articles as they are read: which tags each carries or calls unknown, what it counts
   for, and which articles belong together. */
#ifndef TRAIN_LABEL_LOG_H
#define TRAIN_LABEL_LOG_H

#include "base/intern.h"
#include "train/groups.h"
#include "ttag/articles.h"
#include "ttag/taxonomy.h"
#include "ttag/unknown.h"

typedef struct label_row {
    size_t first; /* in label_log.numbers: n_tags tags, then n_unknown unknown ones */
    uint32_t n_tags;
    uint32_t n_unknown;
    uint32_t group; /* key in label_log.groups, or GROUP_NONE */
    float weight;
    bool unknown_others;
    uint64_t unknown_rules; /* that are about the article */
} label_row;

/* Zero-initialise before label_log_init. */
typedef struct label_log {
    const ttag_taxonomy *only; /* NULL: every tag counts */
    intern names;              /* of tags, and of tags that are only ever unknown */
    bool *seen;                /* names.count: some record carries it, or `only` lists it */
    size_t seen_capacity;
    size_t n_seen;
    intern foreign; /* tags that `only` does not list */
    intern unfit;   /* names that no model takes: empty, or with control characters */
    uint32_t *numbers;
    size_t n_numbers, numbers_capacity;
    label_row *rows;
    size_t n_rows, rows_capacity;
    size_t n_scored; /* rows before the first extra one */
    group_log groups;
} label_log;

/* How many of the article's tags count; only: those that do, NULL: all. */
size_t labels_count(const ttag_taxonomy *only, const ttag_article *article);

/* only: as above; borrowed as long as the log. */
ttag_status label_log_init(label_log *log, const ttag_taxonomy *only);
/* Takes notice of the article's tags; *n_tags is how many of them count. */
ttag_status label_log_see(label_log *log, const ttag_article *article, size_t *n_tags);
/* How many of the article's tags count and have been noticed or listed. */
size_t label_log_known(const label_log *log, const ttag_article *article);
/* Adds the article as the next row; its weight is over 0, and counts as 1e-9 at least. */
ttag_status label_log_add(label_log *log, const ttag_article *article);
/* Likewise an extra article: trained on, never scored. None but extra ones may follow. */
ttag_status label_log_add_extra(label_log *log, const ttag_article *article);
/* Of the article added last: which rules are about it. */
void label_log_unknown(label_log *log, uint64_t rules);
void label_log_dispose(label_log *log);

#endif
