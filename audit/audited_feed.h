/* A feed read whole: its articles with their words, and their records for whoever reads them once
   more. */
#ifndef AUDIT_AUDITED_FEED_H
#define AUDIT_AUDITED_FEED_H

#include "articles/record_list.h"
#include "audit/article_words.h"
#include "base/arena.h"
#include "base/intern.h"
#include "ttag/audit.h"

/* Zero-initialise before use. */
typedef struct audited_feed {
    record_list records; /* n; paths as in articles */
    ttag_audited *articles;
    size_t n, capacity;
    article_words *words; /* n, once audited_feed_words was there */
    double *weights;      /* n */
    size_t weights_capacity;
    size_t labelled, refused;
    intern names; /* of tags, in order of appearance; articles have numbers of these until
                     audited_feed_number_tags */
    arena texts;
} audited_feed;

/* Reads to the end; refused records are told and counted. */
ttag_status audited_feed_read(audited_feed *out, ttag_reader *feed, const ttag_monitor *monitor,
                              ttag_error *err);
/* Orders tags by name and counts them: *tags (the caller's to free), *n. TTAG_NOMEM. */
ttag_status audited_feed_number_tags(audited_feed *f, ttag_audit_tag **tags, size_t *n);
/* Words, numbers of words and languages, in parallel. */
ttag_status audited_feed_words(audited_feed *f, unsigned threads, const ttag_monitor *monitor);
void audited_feed_dispose(audited_feed *f);

#endif
