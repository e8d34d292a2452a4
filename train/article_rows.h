/* What of an article training sees as a row of its own: all of it, or each of its passages. */
#ifndef TRAIN_ARTICLE_ROWS_H
#define TRAIN_ARTICLE_ROWS_H

#include "ttag/features.h"
#include "ttag/passages.h"

/* Takes the text of a row. false: no memory. */
typedef bool article_row_taker(void *context, const ttag_text_opts *text, const ttag_article *row);

/* Hands out the rows of an article: itself, if the unit is ARTICLE; its text, if the record is a
   passage; else its passages, the title first. false: what `take` returned. */
bool article_rows_each(const ttag_article *article, const ttag_text_opts *text, ttag_unit unit,
                       article_row_taker *take, void *context, size_t *n_rows);

#endif
