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

/* One way to write records; a file each. A batch is written by any thread, begin and end by the
   calling one. */
typedef struct record_format {
    void (*put_begin)(buffer *out, const ttag_classify_opts *opts); /* NULL: nothing */
    void (*put_classified)(buffer *out, const classified *c);
    void (*put_refused)(buffer *out, const refused *r);
    void (*put_left_out)(buffer *out, const ttag_record *record); /* not wanted; NULL: nothing */
    void (*put_end)(buffer *out, const char *digest);             /* NULL: nothing */
    const char *before_each; /* what each record begins with, the first one aside; NULL: nothing */
    bool is_document;        /* begin and end belong to each shard, not to the whole only */
    bool takes_feeds_only;   /* other records are refused */
    bool has_digest;         /* put_end gets that of all bytes before it, in hexadecimal */
} record_format;

extern const record_format format_text, format_jsonl, format_tsv, format_feed, format_csv,
    format_misp, format_stix, format_packed;

/* NULL: there is no such format. */
const record_format *record_format_of(ttag_output_format format);

/* Append what the record is in opts->format; the caller checks the buffer. False: it is left out.
 */
bool put_classified(buffer *out, const classified *c);
void put_refused(buffer *out, const refused *r);

/* ---- What they share. ---- */

/* The decisions that opts->all and opts->top ask for, borrowed. */
const ttag_decision *shown_decisions(const classified *c, size_t *n);

/* Whether the record is an item of a feed, with what stands around it. */
bool is_feed_item(const ttag_record *record);

/* The given tags, at most opts->top, borrowed: what is told to systems that know no others. */
const ttag_decision *given_decisions(const classified *c, size_t *n);

/* Of n decisions, at least one: what may be said of all of them. */
float least_probability(const ttag_decision *decisions, size_t n);

/* Whether the record has an id; one that is null is none. */
bool has_id(const ttag_article *article);

/* The id as one line of plain text, or "file:line" where there is none. */
void put_plain_id(buffer *out, const ttag_article *article);

/* "file:line", or "file" where line is 0. */
void put_place(buffer *out, const char *path, size_t line);

#endif
