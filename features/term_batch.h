/* The terms of some articles, numbered among themselves: what a thread counts apart from all
   others. An extractor then looks each distinct term up once, however many articles hold it. */
#ifndef FEATURES_TERM_BATCH_H
#define FEATURES_TERM_BATCH_H

#include "base/intern.h"
#include "features/terms.h"

typedef struct batch_term {
    uint64_t hash;  /* of the term */
    uint32_t df;    /* articles of the batch that hold it, or one that counts as it */
    uint32_t first; /* itself; with hash_bits, the batch's first term with the same number, which it
                       counts as */
    size_t cell;    /* of the last such article */
} batch_term;

/* Where a row ends in cells, and its terms that are of words. */
typedef struct row_part {
    size_t words_end, end;
} row_part;

/* Rows as they are kept until there is a vocabulary. */
typedef struct row_block {
    uint32_t *numbers; /* n_terms: of each term of the block, its number in all */
    size_t n_terms;
    row_part *rows;
    size_t n_rows;
    term_count *cells; /* rows[n_rows - 1].end, each row in order of first occurrence */
} row_block;

void row_block_dispose(row_block *block);

/* Zero-initialise before use. */
typedef struct term_batch {
    article_terms scratch;
    intern names;      /* the distinct terms, by number within the batch */
    batch_term *terms; /* names.count */
    size_t terms_capacity;
    intern hashed;    /* with hash_bits: the terms' numbers, of four bytes each */
    uint32_t *firsts; /* hashed.count: the first term with each */
    size_t firsts_capacity;
    term_count *cells; /* n_cells, row after row, each in order of first occurrence */
    size_t n_cells, cells_capacity;
    row_part *rows;
    size_t n_rows, rows_capacity;
    size_t row_start; /* of the article being counted */
    bool full;        /* a term could not be numbered */
    buffer char_term;
    uint32_t hash_bits;
    row_block block; /* from term_batch_pack; numbers are yet to be filled in */
} term_batch;

/* Adds the article's terms as the next row. false: no memory; the batch has the rows it had. */
bool term_batch_add(term_batch *batch, const ttag_text_opts *opts, const ttag_article *article);
/* Copies the rows into memory of their own. To be done by the thread that counted them: most of the
   time goes into memory that is touched for the first time. false: no memory. */
bool term_batch_pack(term_batch *batch);
void term_batch_clear(term_batch *batch); /* keeps the memory, but not that of a huge batch */
void term_batch_dispose(term_batch *batch);

#endif
