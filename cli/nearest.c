/* Optimal string alignment: insertions, deletions, replacements, swaps of neighbours. */
#include "cli/nearest.h"

#include <string.h>

enum { LONGEST = 63 };

ttag_view text_view(const char *text)
{
    return (ttag_view){text, strlen(text)};
}

bool same_text(ttag_view a, ttag_view b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static char lower(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c;
}

static bool same(ttag_view a, size_t i, ttag_view b, size_t j)
{
    return lower(a.bytes[i]) == lower(b.bytes[j]);
}

/* d(i, j) = min(d(i-1, j) + 1, d(i, j-1) + 1, d(i-1, j-1) + [a_i != b_j], swap) */
static size_t edit_distance(ttag_view a, ttag_view b)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.size; j++)
        above[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t replaced = above[j - 1] + !same(a, i - 1, b, j - 1);
            row[j] = smaller(replaced, smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && same(a, i - 1, b, j - 2) && same(a, i - 2, b, j - 1))
                row[j] = smaller(row[j], before[j - 2] + 1);
        }
        size_t *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[b.size];
}

nearest nearest_to(ttag_view word)
{
    size_t allowed = word.size / 3 < 2 ? smaller((word.size + 1) / 2, 2) : word.size / 3;
    return (nearest){word, {NULL, 0}, smaller(allowed, 4) + 1};
}

void nearest_look(nearest *n, ttag_view candidate)
{
    if (n->word.size == 0 || n->word.size > LONGEST || candidate.size > LONGEST)
        return;
    size_t distance = edit_distance(n->word, candidate);
    if (distance < n->distance) {
        n->distance = distance;
        n->best = candidate;
    }
}
