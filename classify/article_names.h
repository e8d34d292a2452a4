/* What an article is called in other systems: an id that is the same in each run, a headline. */
#ifndef CLASSIFY_ARTICLE_NAMES_H
#define CLASSIFY_ARTICLE_NAMES_H

#include "base/buffer.h"
#include "base/instant.h"
#include "base/uuid.h"
#include "ttag/articles.h"

/* ThreatTag's own namespace: uuid_of_name of "threattag" among DNS names. */
extern const uuid TTAG_UUID_SPACE;

/* The id, if it is a UUID, as those of MISP events are; by the id, if it is a URI; any other id
   with source and url; without an id by the url; without either by title and text. */
uuid article_uuid(const ttag_article *article, buffer *scratch);

/* The same for a part of what `whole` names. */
uuid part_uuid(const uuid *whole, const char *part);

/* The id without JSON's quotes; a number as its digits. Nothing where there is none. */
void put_bare_id(buffer *out, const ttag_article *article);

/* The title, else the beginning of the text, else the id: one line, at most `most` characters. */
void put_headline(buffer *out, const ttag_article *article, size_t most);

/* A url as a URI: what cannot stand in one is written as %20. */
void put_uri(buffer *out, ttag_view url);
/* Whether it has a scheme, so that others can find it: https://… */
bool is_absolute_url(ttag_view url);

/* When the article was published; where it does not say, SOURCE_DATE_EPOCH, else 1970. */
instant article_published(const ttag_article *article);
/* When it was tagged: SOURCE_DATE_EPOCH if that is later than `published`, else the same. */
instant article_tagged(instant published);

#endif
