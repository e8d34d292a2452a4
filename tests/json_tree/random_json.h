/* JSON texts by chance, the same ones for the same seed: members that count and others, all kinds
   of values, escapes, white space where it may be. */
#ifndef TESTS_RANDOM_JSON_H
#define TESTS_RANDOM_JSON_H

#include "base/buffer.h"
#include "base/random.h"

/* Any value. */
void random_json(buffer *out, rng *r);
/* An object with the members of a record, some of them twice, of the wrong kind or unknown. */
void random_record(buffer *out, rng *r);
/* Changes some bytes of a text; it stays without NUL. */
void random_damage(buffer *text, rng *r);

#endif
