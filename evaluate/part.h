/* A part of an evaluation: what one shard of a feed gave, as a file. docs/evaluation.md describes
   the bytes. Little-endian, used in place. */
#ifndef EVALUATE_PART_H
#define EVALUATE_PART_H

#include "base/input.h"
#include "evaluate/tally.h"

#define PART_MARK "\x89TTAP\r\n\x1a"

enum { PART_VERSION = 1, PART_NO_IMPLIES = 1, PART_IMPLY_TRUTH = 2, PART_DIGEST_SIZE = 32 };

typedef struct part_header {
    char mark[8];
    uint32_t version;
    uint32_t shard, shards; /* from 1 */
    uint32_t cut;           /* ttag_cut_rule */
    double probability;     /* of TTAG_CUT_FIXED, else 0 */
    uint64_t model;         /* checksum in the header of the model */
    uint64_t feed_size;     /* bytes of the whole feed; 0 where it was not cut */
    uint64_t unlabelled, refused;
    uint64_t n_documents;
    uint64_t n_items; /* in the lists of all rows */
    uint64_t n_bytes; /* of all names */
    uint32_t n_tags;  /* of the model */
    uint32_t n_names; /* these and those that only labels hold */
    uint32_t flags;   /* PART_NO_IMPLIES, … */
    uint32_t rules;   /* digest of the rules for the unknown; 0: none */
} part_header;

/* What a record says: n_true numbers of names in the items, then n_unknown. */
typedef struct part_row {
    uint32_t n_true, n_unknown;
    uint32_t unknown_others; /* 1 or 0 */
} part_row;

_Static_assert(sizeof(part_header) == 104, "part_header has padding");
_Static_assert(sizeof(part_row) == 12, "part_row has padding");

/* A part that was checked; all borrowed from its bytes. The arrays stand in the file in this order,
   without gaps, behind the header; behind them the digest. */
typedef struct part {
    const part_header *header;
    const double *thresholds;   /* n_tags */
    const float *scores;        /* n_documents x n_tags */
    const float *probabilities; /* n_documents x n_tags */
    const part_row *rows;       /* n_documents */
    const uint32_t *items;      /* n_items, each < n_names */
    const uint32_t *name_sizes; /* n_names */
    const unsigned char *given; /* n_documents x n_tags, 1 or 0 */
    const char *names;          /* n_bytes */
    mapping map;                /* absent where the bytes are borrowed */
} part;

/* Map a file, or take bytes aligned as malloc's are, and check everything in it. TTAG_OK, TTAG_IO,
   TTAG_FORMAT, TTAG_VERSION_UNKNOWN, TTAG_NOMEM. */
ttag_status part_open(part *p, const char *path, ttag_error *err);
ttag_status part_open_memory(part *p, const void *bytes, size_t size, const char *path,
                             ttag_error *err);
void part_close(part *p);

/* Starts a tally for the part's tags, whose names it borrows. */
ttag_status part_start(const part *p, tally *t, ttag_error *err);
/* Adds what the part holds to a tally for the same tags. */
ttag_status part_add(const part *p, tally *t, ttag_error *err);

#endif
