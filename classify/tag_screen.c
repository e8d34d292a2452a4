/* A score is  b + sum over j of x_j w_j,  x_j >= 0 the value of term j in the article. Each weight
   is w_j = s_j (q_j + e_j),  q_j a byte, |q_j| <= Q = BYTE_MOST,  |e_j| <= H = BYTE_ERROR. With a
   unit a for the whole article,  x_j s_j = a r_j,  r_j = u_j + d_j,  u_j a whole number:

       score = b + a sum u_j q_j + a sum d_j q_j + a sum r_j e_j

   The first sum is exact, for it is one of integers. The other two are at most

       a (Q D + H R),  D = sum |d_j|,  R = sum r_j.

   To that comes what rounding does, all of it relative to at most  a Q R + |b|  (since the sizes of
   all products of an article add up to that): of the n products and n + 1 additions of the score
   itself, each 2^-24; of r_j and d_j, of R and D, of the comparison below, a few times 2^-24 more
   for each term. (n + 16) 2^-22 is more than all of them. Numbers so small that they have fewer
   bits are excluded by bounds on R a.

   Where tags share a column, w_j is the largest of their weights, or 0, so that with x_j >= 0 the
   score of each of them is at most this one; none of their weights is over Q s_j in size, either.

   The unit is such that u_j is MEAN_FACTOR on average: large, so that D is small, and small, so
   that few terms have more than a factor may be. Those have several. */
#include "classify/tag_screen.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/simd.h"

enum { CHUNK = 16 };

/* Of the largest factor that the way has. */
static const float MEAN_SHARE = 0.375F;

static const double LARGEST_BIAS = 1e20;

static size_t words_for(size_t n_bits)
{
    return (n_bits + 63) / 64;
}

/* Lowers the limit of the tag's column; what is not a number is always reached. */
static void lower_limit(tag_screen *s, size_t tag, float limit)
{
    float *lowest = &s->limits[s->columns->places[tag]];
    if (!(limit >= *lowest))
        *lowest = isnan(limit) ? -INFINITY : limit;
}

bool tag_screen_init(tag_screen *s, const byte_rows *weights, const shared_columns *columns,
                     const ttag_model_parts *parts, const float *cuts)
{
    *s = (tag_screen){.weights = weights,
                      .columns = columns,
                      .limits = mem_new(weights->width, sizeof *s->limits),
                      .bits = mem_new(weights->width / BYTE_COLUMNS, sizeof *s->bits),
                      .tags = mem_new(words_for(parts->n_tags), sizeof *s->tags)};
    if (!s->limits || !s->bits || !s->tags)
        return false;
    for (size_t t = 0; t < weights->width; t++)
        s->limits[t] = INFINITY;
    for (size_t t = 0; t < parts->n_tags; t++) {
        double bias = (double)parts->tags[t].bias;
        bool told = !parts->tags[t].constant && fabs(bias) <= LARGEST_BIAS;
        float limit = nextafterf((float)((double)cuts[t] - bias), -INFINITY);
        lower_limit(s, t, told ? limit : -INFINITY);
        s->most_bias = told ? fmax(s->most_bias, fabs(bias)) : s->most_bias;
    }
    return true;
}

static void forget_terms(tag_screen *s)
{
    mem_free(s->values);
    mem_free(s->rows);
    mem_free(s->factors);
    s->capacity = 0;
}

void tag_screen_dispose(tag_screen *s)
{
    forget_terms(s);
    mem_free(s->limits);
    mem_free(s->bits);
    mem_free(s->tags);
    *s = (tag_screen){0};
}

/* Room for n terms, whose factors beyond the first are fewer than n in all, and for what is read
   and written behind. */
static bool reserve(tag_screen *s, size_t n)
{
    size_t need = 2 * n + CHUNK + BYTE_ROWS_TOGETHER; /* n < BYTE_SUMS_MOST */
    if (need <= s->capacity)
        return true;
    forget_terms(s);
    s->values = mem_new(2 * need, sizeof *s->values);
    s->rows = mem_new(2 * need, sizeof *s->rows);
    s->factors = mem_new(2 * need, sizeof *s->factors);
    if (!s->values || !s->rows || !s->factors)
        return false;
    s->capacity = 2 * need;
    return true;
}

static float sum_chunk(float sums[CHUNK])
{
    for (size_t half = CHUNK / 2; half > 0; half /= 2)
        for (size_t i = 0; i < half; i++)
            sums[i] += sums[i + half];
    return sums[0];
}

/* values[j] = x_j s_j, zeros behind up to a whole chunk; their rows are being fetched. Returns
   their sum. */
static float find_values(tag_screen *s, const ttag_vector *vector)
{
    size_t n = vector->size;
    const uint32_t *terms = vector->terms;
    const float *steps = s->weights->steps;
    float *values = s->values, sums[4] = {0};
    byte_rows_expect(s->weights, terms, n);
    memcpy(s->rows, terms, n * sizeof *terms);
    for (size_t j = 0; j < n; j++)
        values[j] = vector->values[j] * steps[terms[j]];
    memset(values + n, 0, CHUNK * sizeof *values);
    for (size_t j = 0; j < n; j += 4)
        for (size_t i = 0; i < 4; i++)
            sums[i] += values[j + i];
    return sums[0] + sums[1] + (sums[2] + sums[3]);
}

/* An article's terms in units. */
typedef struct in_units {
    float total, rest; /* R and D */
    unsigned most;     /* the largest u_j */
} in_units;

/* factors[j] = u_j, or `most_factor`, of n terms. */
SIMD_CLONES static void find_factors(in_units *found, uint8_t *restrict factors,
                                     const float *restrict values, size_t n, float per_unit,
                                     int32_t most_factor)
{
    float total[CHUNK] = {0}, rest[CHUNK] = {0};
    int32_t most[CHUNK] = {0};
    for (size_t j = 0; j < n; j += CHUNK) {
        for (size_t i = 0; i < CHUNK; i++) {
            float r = values[j + i] * per_unit;
            int32_t u = (int32_t)(r + 0.5F);
            total[i] += r;
            rest[i] += fabsf(r - (float)u);
            most[i] = u > most[i] ? u : most[i];
            factors[j + i] = (uint8_t)(u < most_factor ? u : most_factor);
        }
    }
    *found = (in_units){sum_chunk(total), sum_chunk(rest), 0};
    for (size_t i = 0; i < CHUNK; i++)
        found->most = (unsigned)most[i] > found->most ? (unsigned)most[i] : found->most;
}

/* Appends what is left of the terms for which one factor is not enough. Returns how many rows there
   are. */
static size_t add_rests(tag_screen *s, size_t n, float per_unit)
{
    unsigned most = s->weights->way->most_factor;
    size_t end = n;
    const uint8_t *factors = s->factors, *at = factors;
    for (; (at = memchr(at, (int)most, (size_t)(factors + n - at))) != NULL; at++) {
        size_t j = (size_t)(at - factors);
        unsigned left = (unsigned)(int32_t)(s->values[j] * per_unit + 0.5F) - most;
        for (; left > 0; end++) {
            s->factors[end] = (uint8_t)(left < most ? left : most);
            s->rows[end] = s->rows[j];
            left -= s->factors[end];
        }
    }
    return end;
}

/* The numbers of the bits that are set; returns how many. */
static size_t list_bits(uint32_t *tags, const uint64_t *bits, size_t n_words)
{
    size_t n = 0;
    for (size_t i = 0; i < n_words; i++)
        for (uint64_t left = bits[i]; left; left &= left - 1)
            tags[n++] = (uint32_t)(64 * i + (size_t)__builtin_ctzll(left));
    return n;
}

static void set_bit(uint64_t *bits, size_t i)
{
    bits[i / 64] |= UINT64_C(1) << i % 64;
}

/* The tags of a column that others share. */
static void add_sharing(uint64_t *tags, const shared_columns *c, size_t column)
{
    for (size_t t = column; t < c->n_tags; t += c->n_shared)
        if (c->places[t] == column)
            set_bit(tags, t);
}

/* The tags of the columns that are reached, in their order; returns how many. */
static size_t list_tags(tag_screen *s, uint32_t *tags)
{
    const shared_columns *c = s->columns;
    size_t n_words = words_for(c->n_tags);
    if (c->n_shared == 0)
        return list_bits(tags, s->bits, n_words);
    memset(s->tags, 0, n_words * sizeof *s->tags);
    for (size_t i = 0; i < s->weights->width / BYTE_COLUMNS; i++) {
        for (uint64_t left = s->bits[i]; left; left &= left - 1) {
            size_t column = 64 * i + (size_t)__builtin_ctzll(left);
            if (column < c->n_shared)
                add_sharing(s->tags, c, column);
            else
                set_bit(s->tags, c->alone[column - c->n_shared]);
        }
    }
    return list_bits(tags, s->tags, n_words);
}

size_t tag_screen_find(tag_screen *s, uint32_t *tags, const ttag_vector *vector)
{
    const float least = 1e-20F, largest = 1e20F; /* of R a */
    const double q = BYTE_MOST, h = BYTE_ERROR;
    unsigned most_factor = s->weights->way->most_factor;
    size_t n = vector->size, n_rows = n;
    in_units in;
    if (n == 0 || n >= BYTE_SUMS_MOST / 2 || !reserve(s, n))
        return SIZE_MAX;
    float sum = find_values(s, vector);
    if (!(sum >= least && sum <= largest))
        return SIZE_MAX;
    float unit = sum / ((float)n * MEAN_SHARE * (float)most_factor), per_unit = 1 / unit;
    find_factors(&in, s->factors, s->values, n, per_unit, (int32_t)most_factor);
    if (in.most > most_factor)
        n_rows = add_rests(s, n, per_unit);
    double rounding = (double)(n + 16) * 0x1p-22, a = (double)unit;
    double bound = a * (q * (double)in.rest + h * (double)in.total) +
                   rounding * (a * q * (double)in.total + s->most_bias);
    const byte_limits limits = {s->limits, unit, nextafterf((float)bound, INFINITY)};
    byte_rows_reach(s->bits, s->weights, s->rows, s->factors, n_rows, &limits);
    return list_tags(s, tags);
}
