/* The inside of a decoder: what one record needs and the next one uses again. */
#ifndef ARTICLES_DECODER_H
#define ARTICLES_DECODER_H

#include "articles/names.h"
#include "base/buffer.h"
#include "base/json.h"
#include "ttag/articles.h"

struct ttag_decoder {
    const ttag_taxonomy *taxonomy; /* NULL: the built-in one, which no text file asked for yet */
    ttag_taxonomy *own;            /* that one */
    size_t longest_tag;            /* bytes of the taxonomy's longest name; 0: not known yet */
    ttag_view text;                /* the record, cleaned; the article's views point into it … */
    buffer cleaned;                /* (which is here, unless nothing was to be cleaned) */
    buffer strings, id;            /* … or into one of these */
    buffer scratch;
    buffer runs;      /* of feeds: where the categories are */
    buffer converted; /* scratch of decoder_put_utf8 */
    void *conversion; /* from this encoding, the last that was asked for; NULL: there is none */
    char charset[64];
    names tags, unknown;
    json_habit habits[JSON_HABITS]; /* of lines */
};

/* Appends the text in UTF-8, from the encoding of that name, or from what it seems to be in if that
   is not known, or "". Returns how many bytes were replaced. */
size_t decoder_put_utf8(ttag_decoder *d, buffer *out, ttag_view text, const char *charset);

/* One format each. d->text holds the cleaned record; the article comes with weight 1, path, line
   and bad_bytes set and everything else absent. */
ttag_status jsonl_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                         ttag_error *err);
ttag_status article_file_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                                ttag_error *err);
ttag_status feed_item_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                             ttag_error *err);
ttag_status stix_object_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                               ttag_error *err);
ttag_status misp_event_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                              ttag_error *err);
ttag_status email_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                         ttag_error *err);
ttag_status html_page_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                             ttag_error *err);
ttag_status csv_row_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                           ttag_error *err);
ttag_status json_feed_item_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                                  ttag_error *err);
ttag_status text_file_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                             ttag_error *err);

#endif
