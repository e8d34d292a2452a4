/* Which articles belong together: one story (`group`), or passages of one article (`article`). A
   record that names both chains the two. */
#ifndef TRAIN_GROUPS_H
#define TRAIN_GROUPS_H

#include "base/buffer.h"
#include "base/intern.h"
#include "ttag/articles.h"

#define GROUP_NONE UINT32_MAX

/* Zero-initialise before use. */
typedef struct group_log {
    intern keys;
    uint32_t *parents; /* keys.count: a forest; a root is its own parent */
    size_t parents_capacity;
    buffer scratch;
} group_log;

/* Into *key: what the article belongs to, or GROUP_NONE. */
ttag_status group_log_add(group_log *log, uint32_t *key, const ttag_article *article);

/* Numbers the groups of n_articles keys from 0 in order of their first article, into groups; an
   article without a key is a group of its own. */
ttag_status group_log_number(group_log *log, const uint32_t *keys, size_t n_articles,
                             uint32_t *groups, size_t *n_groups);

void group_log_dispose(group_log *log);

#endif
