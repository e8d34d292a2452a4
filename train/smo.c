/* Pairs of articles, one after the other. */
#include "train/smo.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/simd.h"

enum {
    WIDTH = 8, /* articles looked at in a step: their doubles fill a cache line */
    STEPS_EACH = 100,
    STEPS_LEAST = 10000,
    STEPS_UNSEEN = 256 /* between two looks at the deadline: a few milliseconds */
};

/* The compiler's vector types: the same lanes on every CPU, so the same choice among equals. */
typedef double numbers __attribute__((vector_size(WIDTH * sizeof(double))));
typedef int64_t marks __attribute__((vector_size(WIDTH * sizeof(int64_t))));
typedef float values __attribute__((vector_size(WIDTH * sizeof(float))));

static const double LEAST_CURVATURE = 1e-12; /* of a pair of like articles, as in libsvm */

/* ---- Room. ---- */

/* array: address of a pointer to numbers or marks, which are of one size. */
static bool widen(void *array, size_t old, size_t new)
{
    void *items;
    unsigned char *grown = mem_lines(new, sizeof(double));
    memcpy(&items, array, sizeof items);
    if (!grown)
        return false;
    memset(grown + old * sizeof(double), 0, (new - old) * sizeof(double));
    if (old)
        memcpy(grown, items, old * sizeof(double));
    mem_free(items);
    memcpy(array, &grown, sizeof grown);
    return true;
}

bool smo_reserve(smo *s, size_t n)
{
    if (n > s->capacity) {
        size_t room = (n + n / 4 + SMO_PADDING) / SMO_PADDING * SMO_PADDING;
        size_t old = s->capacity;
        s->capacity = 0; /* until all have grown */
        if (!widen(&s->coefs, old, room) || !widen(&s->errors, old, room) ||
            !widen(&s->lows, old, room) || !widen(&s->highs, old, room) ||
            !widen(&s->can_rise, old, room) || !widen(&s->can_fall, old, room))
            return false;
        s->capacity = room;
    }
    s->n = n;
    return true;
}

void smo_dispose(smo *s)
{
    mem_free(s->coefs);
    mem_free(s->errors);
    mem_free(s->lows);
    mem_free(s->highs);
    mem_free(s->can_rise);
    mem_free(s->can_fall);
    *s = (smo){0};
}

/* ---- One step. ---- */

/* Lane by lane, `yes` where marked, else `no`. A macro: functions that take or return vectors have
   another calling convention on each kind of CPU. */
#define SELECT(where, yes, no) (((where) & (marks)(yes)) | (~(where) & (marks)(no)))

/* The lane with the greatest key, the first article among equals; SIZE_MAX where all are -infinity.
 */
static size_t first_greatest(const numbers *in, const marks *at, double *key)
{
    double keys[WIDTH];
    int64_t articles[WIDTH];
    memcpy(keys, in, sizeof keys);
    memcpy(articles, at, sizeof articles);
    size_t best = SIZE_MAX;
    *key = -INFINITY;
    for (size_t lane = 0; lane < WIDTH; lane++) {
        size_t article = (size_t)articles[lane];
        if (keys[lane] > *key || (keys[lane] == *key && best != SIZE_MAX && article < best)) {
            *key = keys[lane];
            best = article;
        }
    }
    return best;
}

static const marks FIRST_ARTICLES = {0, 1, 2, 3, 4, 5, 6, 7};

/* The article that can rise and whose error is greatest. */
SIMD_CLONES
static size_t greatest_riser(const smo *s, double *error)
{
    const numbers never = (numbers){0} - INFINITY;
    const numbers *errors = (const numbers *)(const void *)s->errors;
    const marks *can_rise = (const marks *)(const void *)s->can_rise;
    numbers best = never;
    marks best_at = {0};
    marks at = FIRST_ARTICLES;
    for (size_t k = 0; k * WIDTH < s->n; k++, at += WIDTH) {
        numbers key = (numbers)SELECT(can_rise[k], errors[k], never);
        marks better = key > best;
        best = (numbers)SELECT(better, key, best);
        best_at = SELECT(better, at, best_at);
    }
    return first_greatest(&best, &best_at, error);
}

/* Of the articles that can fall, the one whose exchange with `riser` gains most:
   (e_i - e_j)² / (K_ii + K_jj - 2 K_ij). *least is the least error of any of them. */
SIMD_CLONES
static size_t best_partner(const smo *s, const smo_kernel *kernel, size_t riser, double error,
                           double *least)
{
    const numbers never = (numbers){0} - INFINITY;
    const numbers *errors = (const numbers *)(const void *)s->errors;
    const marks *can_fall = (const marks *)(const void *)s->can_fall;
    const values *row = (const values *)(const void *)(kernel->values + riser * kernel->stride);
    const values *diagonal = (const values *)(const void *)kernel->diagonal;
    const numbers own = (numbers){0} + (double)kernel->diagonal[riser];
    const numbers smallest = (numbers){0} + LEAST_CURVATURE;
    numbers best = never;
    numbers greatest_fall = never; /* of -error */
    marks best_at = {0};
    marks at = FIRST_ARTICLES;
    for (size_t k = 0; k * WIDTH < s->n; k++, at += WIDTH) {
        numbers apart = error - errors[k];
        numbers curve = own + __builtin_convertvector(diagonal[k], numbers) -
                        2 * __builtin_convertvector(row[k], numbers);
        curve = (numbers)SELECT(curve > smallest, curve, smallest);
        marks eligible = can_fall[k] & (apart > 0);
        numbers gain = (numbers)SELECT(eligible, apart * apart / curve, never);
        marks better = gain > best;
        best = (numbers)SELECT(better, gain, best);
        best_at = SELECT(better, at, best_at);
        numbers fall = (numbers)SELECT(can_fall[k], -errors[k], never);
        greatest_fall = (numbers)SELECT(fall > greatest_fall, fall, greatest_fall);
    }
    double gain;
    first_greatest(&greatest_fall, &FIRST_ARTICLES, least);
    *least = -*least;
    return first_greatest(&best, &best_at, &gain);
}

static void mark(smo *s, size_t article)
{
    s->can_rise[article] = s->coefs[article] < s->highs[article] ? -1 : 0;
    s->can_fall[article] = s->coefs[article] > s->lows[article] ? -1 : 0;
}

/* errors -= step (K_i - K_j), after c_i += step, c_j -= step */
SIMD_CLONES
static void exchange(smo *s, const smo_kernel *kernel, size_t i, size_t j, double error)
{
    numbers *errors = (numbers *)(void *)s->errors;
    const float *rise = kernel->values + i * kernel->stride;
    const float *fall = kernel->values + j * kernel->stride;
    const values *rises = (const values *)(const void *)rise;
    const values *falls = (const values *)(const void *)fall;
    double curve = (double)kernel->diagonal[i] + (double)kernel->diagonal[j] - 2 * (double)rise[j];
    double step = (error - s->errors[j]) / (curve > LEAST_CURVATURE ? curve : LEAST_CURVATURE);
    double room_above = s->highs[i] - s->coefs[i];
    double room_below = s->coefs[j] - s->lows[j];
    double room = room_above < room_below ? room_above : room_below;
    step = step < room ? step : room;
    s->coefs[i] = step == room_above ? s->highs[i] : s->coefs[i] + step;
    s->coefs[j] = step == room_below ? s->lows[j] : s->coefs[j] - step;
    for (size_t k = 0; k * WIDTH < s->n; k++)
        errors[k] -= step * (__builtin_convertvector(rises[k], numbers) -
                             __builtin_convertvector(falls[k], numbers));
    mark(s, i);
    mark(s, j);
}

/* ---- The whole way. ---- */

/* The mean error of the articles between their bounds; without any, the middle of what the others
   allow. */
static double find_bias(const smo *s)
{
    double sum = 0, free = 0;
    double most = -INFINITY, least = INFINITY;
    for (size_t k = 0; k < s->n; k++) {
        if (s->can_rise[k] && s->can_fall[k]) {
            sum += s->errors[k];
            free++;
        }
        if (s->can_rise[k] && s->errors[k] > most)
            most = s->errors[k];
        if (s->can_fall[k] && s->errors[k] < least)
            least = s->errors[k];
    }
    return free > 0 ? sum / free : (most + least) / 2;
}

size_t smo_run(smo *s, const smo_kernel *kernel, double tolerance)
{
    size_t most = s->most ? s->most : STEPS_EACH * s->n + STEPS_LEAST;
    size_t steps = 0;
    size_t looked_at = (s->n + WIDTH - 1) / WIDTH * WIDTH;
    for (size_t k = 0; k < looked_at; k++) {
        if (k >= s->n) /* left by a larger problem */
            s->coefs[k] = s->errors[k] = s->lows[k] = s->highs[k] = 0;
        mark(s, k);
    }
    for (; steps < most; steps++) {
        double greatest, least;
        if (steps % STEPS_UNSEEN == 0 && deadline_over(s->deadline))
            break;
        size_t riser = greatest_riser(s, &greatest);
        if (riser == SIZE_MAX)
            break;
        size_t faller = best_partner(s, kernel, riser, greatest, &least);
        if (faller == SIZE_MAX || greatest - least <= tolerance)
            break;
        exchange(s, kernel, riser, faller, greatest);
    }
    s->bias = find_bias(s);
    return steps;
}

void smo_move(smo *s, const smo_kernel *kernel, size_t article, double step)
{
    const float *row = kernel->values + article * kernel->stride;
    s->coefs[article] += step;
    for (size_t k = 0; k < s->n; k++)
        s->errors[k] -= step * (double)row[k];
}

/* The article that can move towards the balance and has most to gain. */
static size_t best_mover(const smo *s, bool rise)
{
    size_t best = SIZE_MAX;
    for (size_t k = 0; k < s->n; k++) {
        bool can = rise ? s->coefs[k] < s->highs[k] : s->coefs[k] > s->lows[k];
        if (can && (best == SIZE_MAX ||
                    (rise ? s->errors[k] > s->errors[best] : s->errors[k] < s->errors[best])))
            best = k;
    }
    return best;
}

void smo_balance(smo *s, const smo_kernel *kernel)
{
    double excess = 0;
    for (size_t k = 0; k < s->n; k++)
        excess += s->coefs[k];
    while (excess != 0) {
        bool rise = excess < 0;
        size_t k = best_mover(s, rise);
        if (k == SIZE_MAX)
            break;
        double room = rise ? s->highs[k] - s->coefs[k] : s->coefs[k] - s->lows[k];
        bool whole = room <= fabs(excess);
        double step = whole ? room : fabs(excess);
        smo_move(s, kernel, k, rise ? step : -step);
        if (whole)
            s->coefs[k] = rise ? s->highs[k] : s->lows[k];
        excess = whole ? excess + (rise ? step : -step) : 0;
    }
}
