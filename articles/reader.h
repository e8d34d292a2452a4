/* What the stages behind this one may ask of a reader besides its public functions. */
#ifndef ARTICLES_READER_H
#define ARTICLES_READER_H

#include "ttag/articles.h"

/* True if the next call on the reader would have to wait for a live pipe: the moment to flush. */
bool reader_would_block(const ttag_reader *reader);

/* The taxonomy of the reader's options, for decoders of its records; NULL: the built-in one. */
const ttag_taxonomy *reader_taxonomy(const ttag_reader *reader);

#endif
