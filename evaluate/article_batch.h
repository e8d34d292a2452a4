/* A batch of articles: copied from the reader, tagged in parallel, then forgotten, so that texts do
   not pile up. */
#ifndef EVALUATE_ARTICLE_BATCH_H
#define EVALUATE_ARTICLE_BATCH_H

#include "base/arena.h"
#include "evaluate/outcomes.h"
#include "ttag/classify.h"

/* What one thread needs. */
typedef struct batch_worker {
    ttag_workspace *workspace;
    ttag_error error; /* of the article at failed_row, if status is not TTAG_OK */
    ttag_status status;
    size_t failed_row;
} batch_worker;

typedef struct article_batch {
    batch_worker *workers;
    unsigned n_workers;
    ttag_article *articles; /* title and text only */
    size_t size, capacity, n_bytes;
    arena texts;
    outcomes *o;      /* during article_batch_classify: where results go, */
    size_t first_row; /* and the row of the first article */
} article_batch;

/* Zero-initialise before; dispose even after a failure. */
ttag_status article_batch_init(article_batch *b, const ttag_model *model,
                               const ttag_classify_opts *opts, unsigned threads, ttag_error *err);
ttag_status article_batch_add(article_batch *b, const ttag_article *article, ttag_error *err);
bool article_batch_full(const article_batch *b);
/* Adds a row to `o` for each article, in order. */
ttag_status article_batch_classify(article_batch *b, outcomes *o, const ttag_monitor *monitor,
                                   ttag_error *err);
void article_batch_clear(article_batch *b); /* forgets the articles */
void article_batch_dispose(article_batch *b);

#endif
