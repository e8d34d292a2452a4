/* What the stages behind this one may ask of a reader besides its public functions. */
#ifndef ARTICLES_READER_H
#define ARTICLES_READER_H

#include "ttag/articles.h"

/* True if the next call on the reader would have to wait for a live pipe: the moment to flush. */
bool reader_would_block(ttag_reader *reader);

/* The taxonomy of the reader's options, for decoders of its records; NULL: the built-in one. */
const ttag_taxonomy *reader_taxonomy(const ttag_reader *reader);

/* What the reader tells goes to `monitor` from now on; NULL: to its own again, as before. Returns
   its own, which may be NULL; `monitor` must know when that one is cancelled. */
const ttag_monitor *reader_divert(ttag_reader *reader, const ttag_monitor *monitor);

/* Adds to what was seen: what others found while they decoded the reader's records. */
void reader_add_counts(ttag_reader *reader, const ttag_reader_counts *more);

#endif
