/* Classified records as bytes: docs/formats.md, "Classified records". One file per format. */
#ifndef CLASSIFY_CLASSIFIED_H
#define CLASSIFY_CLASSIFIED_H

#include "base/buffer.h"
#include "ttag/classify.h"

/* A record that was classified. */
typedef struct classified {
    const ttag_model_parts *parts;
    const ttag_classify_opts *opts;
    const ttag_record *record;
    const ttag_article *article;
    const ttag_classification *result;
} classified;

/* A record that could not be read. */
typedef struct refused {
    const ttag_classify_opts *opts;
    const ttag_record *record; /* no more of it than could be read */
    const char *path;
    size_t line; /* 0: of the file as a whole */
    const char *reason;
} refused;

/* Append what the record is in opts->format; the caller checks the buffer. */
void put_classified(buffer *out, const classified *c);
void put_refused(buffer *out, const refused *r);

/* ---- The formats. ---- */

void put_classified_text(buffer *out, const classified *c);
void put_refused_text(buffer *out, const refused *r);
void put_classified_jsonl(buffer *out, const classified *c);
void put_refused_jsonl(buffer *out, const refused *r);
void put_classified_tsv(buffer *out, const classified *c);
void put_refused_tsv(buffer *out, const refused *r);

void put_classified_feed(buffer *out, const classified *c);
void put_refused_feed(buffer *out, const refused *r);
bool is_feed_item(const ttag_record *record);
/* What stands around an item that is not written. */
void put_feed_frame(buffer *out, const ttag_record *record);

/* ---- What they share. ---- */

/* The decisions that opts->all and opts->top ask for, borrowed. */
const ttag_decision *shown_decisions(const classified *c, size_t *n);

/* Whether the record has an id; one that is null is none. */
bool has_id(const ttag_article *article);

/* The id as one line of plain text, or "file:line" where there is none. */
void put_plain_id(buffer *out, const ttag_article *article);

/* "file:line", or "file" where line is 0. */
void put_place(buffer *out, const char *path, size_t line);

#endif
