/* Patterns by the hash of their longest word, so that a line is compared with few of them. */
#include "articles/line_patterns.h"

#include "articles/utf8.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/view.h"

enum { STAR = 0, LONG_STAR = 1, STAR_MOST = 8 /* words */, SHORT_LINE = 3 };

/* ---- Reading. ---- */

static bool add_word(line_patterns *p, uint64_t word)
{
    if (!mem_grow(&p->words, &p->words_capacity, p->n_words + 1, sizeof *p->words))
        return false;
    p->words[p->n_words++] = word;
    return true;
}

static bool add_name(line_patterns *p, ttag_view name)
{
    if (!mem_grow(&p->names, &p->names_capacity, p->n_names + 1, sizeof *p->names))
        return false;
    p->names[p->n_names++] = hash64(name.bytes, name.size);
    return true;
}

/* The words of a pattern, folded, and its stars; *key: its longest word, 0 where it has none. */
static bool add_pattern(line_patterns *p, ttag_view line, uint64_t *key)
{
    size_t at = 0, longest = 0;
    line_pattern item = {.first = (uint32_t)p->n_words};
    *key = 0;
    while (at < line.size) {
        size_t end = at;
        while (end < line.size && line.bytes[end] != ' ')
            end++;
        bool star = line.bytes[at] == '*';
        if (!star && !line_fold(&p->scratch, (ttag_view){line.bytes + at, end - at}))
            return false;
        if (star && !add_word(p, end - at == 1 ? STAR : LONG_STAR))
            return false;
        for (size_t i = 0; !star && i < p->scratch.n_words && i < FOLD_WORDS; i++)
            if (!add_word(p, p->scratch.words[i]))
                return false;
        if (!star && p->scratch.n_words > 0 && p->scratch.text.size > longest) {
            longest = p->scratch.text.size;
            *key = p->scratch.words[0];
        }
        at = end + 1;
    }
    item.size = (uint32_t)(p->n_words - item.first);
    if (!mem_grow(&p->items, &p->capacity, p->count + 1, sizeof *p->items))
        return false;
    p->items[p->count++] = item;
    return true;
}

/* The slot of a key, or the free one where it would go. */
static size_t find_slot(const line_patterns *p, const uint64_t *keys, uint64_t key)
{
    size_t mask = p->n_slots - 1, at = (size_t)key & mask;
    while (p->slots[at] && keys[p->slots[at] - 1] != key)
        at = (at + 1) & mask;
    return at;
}

/* keys: of each pattern. */
static bool make_slots(line_patterns *p, const uint64_t *keys)
{
    p->n_slots = 16;
    while (p->n_slots < 2 * p->count)
        p->n_slots *= 2;
    p->slots = mem_zero(p->n_slots, sizeof *p->slots);
    if (!p->slots)
        return false;
    for (size_t i = 0; i < p->count; i++) {
        if (keys[i] == 0)
            continue;
        size_t at = find_slot(p, keys, keys[i]);
        p->items[i].next = p->slots[at];
        p->slots[at] = (uint32_t)i + 1;
    }
    return true;
}

static bool read_line(line_patterns *p, uint64_t **keys, size_t *capacity, ttag_view line)
{
    line = utf8_trim(line);
    if (line.size == 0 || line.bytes[0] == '#')
        return true;
    if (line.bytes[0] == '[' && line.bytes[line.size - 1] == ']')
        return add_name(p, (ttag_view){line.bytes + 1, line.size - 2});
    uint64_t key;
    if (!add_pattern(p, line, &key) || !mem_grow(keys, capacity, p->count, sizeof **keys))
        return false;
    (*keys)[p->count - 1] = key;
    return true;
}

bool line_patterns_read(line_patterns *out, ttag_view text)
{
    uint64_t *keys = NULL;
    size_t capacity = 0;
    bool ok = mem_grow(&keys, &capacity, 1, sizeof *keys);
    while (ok && text.size > 0)
        ok = read_line(out, &keys, &capacity, view_cut(&text, '\n'));
    ok = ok && make_slots(out, keys);
    mem_free(keys);
    return ok;
}

/* ---- Comparing. ---- */

/* A star takes as few words as it can; where what is behind it does not fit, one more. */
static bool fits(const uint64_t *pattern, size_t n_pattern, const uint64_t *words, size_t n_words)
{
    size_t p = 0, w = 0, star = SIZE_MAX, from = 0, left = 0;
    while (w < n_words || p < n_pattern) {
        if (p < n_pattern && pattern[p] <= LONG_STAR) {
            left = pattern[p] == STAR ? STAR_MOST : n_words;
            star = p++;
            from = w;
        } else if (p < n_pattern && w < n_words && pattern[p] == words[w]) {
            p++;
            w++;
        } else if (star != SIZE_MAX && left > 0 && from < n_words) {
            left--;
            w = ++from;
            p = star + 1;
        } else {
            return false;
        }
    }
    return true;
}

static bool fits_any(const line_patterns *p, uint32_t item, const folded_line *line)
{
    for (; item > 0; item = p->items[item - 1].next) {
        const line_pattern *one = &p->items[item - 1];
        if (fits(p->words + one->first, one->size, line->words, line->n_words))
            return true;
    }
    return false;
}

/* A short line with a stop behind it may be what is left of a sentence that was wrapped. Slots of
   other keys are looked at as well: that costs less than keeping keys. */
bool line_patterns_fit(const line_patterns *p, const folded_line *line)
{
    if (line->n_words == 0 || line->n_words > FOLD_WORDS || p->n_slots == 0 ||
        (line->stopped && line->n_words < SHORT_LINE))
        return false;
    for (size_t i = 0; i < line->n_words; i++) {
        size_t mask = p->n_slots - 1, at = (size_t)line->words[i] & mask;
        for (; p->slots[at]; at = (at + 1) & mask)
            if (fits_any(p, p->slots[at], line))
                return true;
    }
    return false;
}

bool line_patterns_name(const line_patterns *p, ttag_view name)
{
    uint64_t hash = hash64(name.bytes, name.size);
    for (size_t i = 0; i < p->n_names; i++)
        if (p->names[i] == hash)
            return true;
    return false;
}

void line_patterns_dispose(line_patterns *p)
{
    mem_free(p->words);
    mem_free(p->items);
    mem_free(p->names);
    mem_free(p->slots);
    line_fold_dispose(&p->scratch);
    *p = (line_patterns){0};
}
