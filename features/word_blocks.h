/* Text by blocks of 64 bytes: which bytes belong to words, as bits, and the bytes lower-cased. */
#ifndef FEATURES_WORD_BLOCKS_H
#define FEATURES_WORD_BLOCKS_H

#include "ttag/base.h"

enum { BLOCK_BYTES = 64 };

typedef struct word_block {
    uint64_t words;  /* bit i: byte i is an ASCII letter, a digit or `_` */
    uint64_t beyond; /* bit i: byte i is not ASCII */
} word_block;

/* Fills n_blocks blocks, and as many times BLOCK_BYTES bytes of `lower`: ASCII letters in lower
   case, other bytes as they are. */
typedef void word_blocks_way(word_block *blocks, char *lower, const char *bytes, size_t n_blocks);

/* The fastest way on this CPU. All ways have the same result. */
word_blocks_way *word_blocks_best(void);

/* All ways that this CPU can go, the plain one last; returns how many. */
enum { BLOCK_WAYS = 4 };
size_t word_blocks_ways(word_blocks_way *ways[BLOCK_WAYS]);

#endif
