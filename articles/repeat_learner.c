/* Lines counted by source, and which of them repeat. */
#include <stdlib.h>
#include <string.h>

#include "articles/line_fold.h"
#include "articles/reader.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/intern.h"
#include "base/memory.h"
#include "base/view.h"
#include "ttag/boilerplate.h"

enum { MOST_LINES = 1 << 21, LEAST_SLOTS = 1 << 10, SHORT_LINE = 3 /* words */ };

/* A line of one source. */
typedef struct counted_line {
    uint64_t hash;
    uint32_t source; /* from 1; 0: the slot is free */
    uint32_t count;  /* articles */
    uint32_t last;   /* the number of the last of them, from 1 */
    bool is_short;
} counted_line;

struct ttag_repeat_learner {
    ttag_repeat_opts opts;
    intern sources;
    uint32_t *articles; /* sources.count: those with more than one line */
    size_t articles_capacity;
    counted_line *slots; /* n_slots, a power of two */
    size_t n_slots, n_lines;
    uint64_t *seen; /* n_seen_slots: hashes of texts; 0: free */
    size_t n_seen_slots, n_seen;
    uint32_t number; /* of articles with more than one line */
    folded_line line;
    uint64_t *repeated;
    ttag_decoder *decoder;
};

ttag_status ttag_repeat_learner_new(ttag_repeat_learner **out, const ttag_repeat_opts *opts,
                                    ttag_error *err)
{
    static const ttag_repeat_opts DEFAULTS = TTAG_REPEAT_OPTS_INIT;
    *out = NULL;
    opts = opts ? opts : &DEFAULTS;
    if (opts->least < 2)
        return fail(err, TTAG_INVALID, "a line repeats in %u articles; expected 2 or more",
                    (unsigned)opts->least);
    if (!(opts->share > 0 && opts->share <= 1 && opts->short_share > 0 && opts->short_share <= 1))
        return fail(err, TTAG_INVALID,
                    "the share of articles in which a line repeats is out of range; expected over "
                    "0, up to 1");
    if (opts->most < 1 || opts->most > TTAG_REPEATED_MOST)
        return fail(err, TTAG_INVALID, "%u lines are to be kept; expected 1 to %d",
                    (unsigned)opts->most, TTAG_REPEATED_MOST);
    ttag_repeat_learner *l = mem_zero(1, sizeof *l);
    if (!l)
        return fail_memory(err);
    l->opts = *opts;
    *out = l;
    return TTAG_OK;
}

/* ---- Which articles, of which source. ---- */

static ttag_view host_of(ttag_view url)
{
    const char *colon = url.size > 3 ? memchr(url.bytes, ':', url.size - 2) : NULL;
    if (!colon || colon[1] != '/' || colon[2] != '/')
        return (ttag_view){"", 0};
    ttag_view host = {colon + 3, 0};
    size_t most = url.size - (size_t)(host.bytes - url.bytes);
    while (host.size < most && !strchr("/?#", host.bytes[host.size]))
        host.size++;
    return host;
}

/* Its number, from 1; 0: no memory. */
static uint32_t find_source(ttag_repeat_learner *l, const ttag_article *article)
{
    ttag_view name = article->source.size > 0 ? article->source : host_of(article->url);
    size_t before = l->sources.count;
    if (!mem_grow(&l->articles, &l->articles_capacity, before + 1, sizeof *l->articles))
        return 0;
    uint32_t number = intern_add(&l->sources, name);
    if (number == INTERN_NONE)
        return 0;
    if (l->sources.count > before)
        l->articles[number] = 0;
    return number + 1;
}

/* The slot of a hash, or the free one where it would go. */
static size_t seen_slot(const uint64_t *seen, size_t n_slots, uint64_t hash)
{
    size_t at = (size_t)hash & (n_slots - 1);
    while (seen[at] && seen[at] != hash)
        at = (at + 1) & (n_slots - 1);
    return at;
}

static bool grow_seen(ttag_repeat_learner *l)
{
    if (2 * (l->n_seen + 1) <= l->n_seen_slots)
        return true;
    size_t n = l->n_seen_slots ? 2 * l->n_seen_slots : LEAST_SLOTS;
    uint64_t *seen = mem_zero(n, sizeof *seen);
    if (!seen)
        return false;
    for (size_t i = 0; i < l->n_seen_slots; i++)
        if (l->seen[i])
            seen[seen_slot(seen, n, l->seen[i])] = l->seen[i];
    mem_free(l->seen);
    l->seen = seen;
    l->n_seen_slots = n;
    return true;
}

/* *before: whether the text came before. */
static bool see_text(ttag_repeat_learner *l, ttag_view text, bool *before)
{
    uint64_t hash = hash64(text.bytes, text.size) | 1;
    if (!grow_seen(l))
        return false;
    size_t at = seen_slot(l->seen, l->n_seen_slots, hash);
    *before = l->seen[at] != 0;
    l->n_seen += !*before;
    l->seen[at] = hash;
    return true;
}

/* ---- Lines. ---- */

static size_t line_slot(const counted_line *slots, size_t n_slots, uint64_t hash, uint32_t source)
{
    size_t at = (size_t)(hash + source * 0x9e3779b97f4a7c15u) & (n_slots - 1);
    while (slots[at].source && (slots[at].hash != hash || slots[at].source != source))
        at = (at + 1) & (n_slots - 1);
    return at;
}

/* Into n slots, without the lines that were seen in fewer than `least` articles. */
static bool rehash(ttag_repeat_learner *l, size_t n, uint32_t least)
{
    counted_line *slots = mem_zero(n, sizeof *slots);
    if (!slots)
        return false;
    size_t n_lines = 0;
    for (size_t i = 0; i < l->n_slots; i++) {
        const counted_line *line = &l->slots[i];
        if (line->source && line->count >= least) {
            slots[line_slot(slots, n, line->hash, line->source)] = *line;
            n_lines++;
        }
    }
    mem_free(l->slots);
    l->slots = slots;
    l->n_slots = n;
    l->n_lines = n_lines;
    return true;
}

/* Room for one line more. Where there are too many, the rarest go, until half of them have gone. */
static bool make_room(ttag_repeat_learner *l)
{
    if (l->n_lines < MOST_LINES)
        return 3 * (l->n_lines + 1) <= 2 * l->n_slots ||
               rehash(l, l->n_slots ? 2 * l->n_slots : LEAST_SLOTS, 0);
    bool ok = true;
    for (uint32_t least = 2; ok && l->n_lines > MOST_LINES / 2; least *= 2)
        ok = rehash(l, l->n_slots, least);
    return ok;
}

static bool count_line(ttag_repeat_learner *l, ttag_view line, uint32_t source)
{
    if (line.size == 0 || line.size > FOLD_LONGEST)
        return true;
    if (!line_fold(&l->line, line))
        return false;
    if (l->line.n_letters == 0)
        return true;
    if (!make_room(l))
        return false;
    uint64_t hash = line_fold_hash(&l->line);
    counted_line *at = &l->slots[line_slot(l->slots, l->n_slots, hash, source)];
    if (!at->source) {
        *at = (counted_line){hash, source, 0, 0, l->line.n_words < SHORT_LINE};
        l->n_lines++;
    }
    at->count += at->last != l->number;
    at->last = l->number;
    return true;
}

ttag_status ttag_repeat_learner_add(ttag_repeat_learner *l, const ttag_article *article,
                                    ttag_error *err)
{
    ttag_view text = article->text;
    bool before;
    if (text.size == 0 || !memchr(text.bytes, '\n', text.size) || l->number == UINT32_MAX)
        return TTAG_OK;
    if (!see_text(l, text, &before))
        return fail_memory(err);
    uint32_t source = before ? 0 : find_source(l, article);
    if (before)
        return TTAG_OK;
    if (source == 0)
        return fail_memory(err);
    l->number++;
    l->articles[source - 1]++;
    while (text.size > 0)
        if (!count_line(l, view_cut(&text, '\n'), source))
            return fail_memory(err);
    return TTAG_OK;
}

/* JSON Lines without an escaped line end need not be decoded. */
static bool may_have_lines(const ttag_record *record)
{
    const char *at = record->bytes.bytes, *end = at + record->bytes.size;
    if (record->format != TTAG_INPUT_JSONL)
        return true;
    while (at < end && (at = memchr(at, '\\', (size_t)(end - at)))) {
        if (at + 1 < end && (at[1] == 'n' || at[1] == 'u'))
            return true;
        at += 2;
    }
    return false;
}

static ttag_status read_record(ttag_repeat_learner *l, const ttag_record *record, ttag_error *err)
{
    ttag_article article;
    if (!may_have_lines(record))
        return TTAG_OK;
    ttag_status status = ttag_decode(l->decoder, &article, record, err);
    if (status == TTAG_PARSE)
        return TTAG_OK;
    return status == TTAG_OK ? ttag_repeat_learner_add(l, &article, err) : status;
}

ttag_status ttag_repeat_learner_read(ttag_repeat_learner *l, ttag_reader *feed, ttag_error *err)
{
    ttag_record record;
    ttag_status status = ttag_decoder_new(&l->decoder, reader_taxonomy(feed), err);
    while (status == TTAG_OK) {
        status = ttag_reader_next_record(feed, &record, err);
        if (status == TTAG_OK)
            status = read_record(l, &record, err);
        else if (status == TTAG_PARSE || status == TTAG_IO)
            status = TTAG_OK;
    }
    ttag_decoder_free(l->decoder);
    l->decoder = NULL;
    return status == TTAG_END ? TTAG_OK : status;
}

/* ---- What repeats. ---- */

static bool repeats(const ttag_repeat_learner *l, const counted_line *line)
{
    if (!line->source || line->count < l->opts.least)
        return false;
    double share = line->is_short ? l->opts.short_share : l->opts.share;
    return line->count >= share * l->articles[line->source - 1];
}

static int by_count(const void *a, const void *b)
{
    const counted_line *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static int by_hash(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The hashes of n lines, those in most articles first, as a set of at most `most`. */
static size_t make_set(uint64_t *hashes, const counted_line *lines, size_t n, size_t most)
{
    size_t n_set = 0;
    for (size_t i = 0; i < n && i < most; i++)
        hashes[i] = lines[i].hash;
    n = n < most ? n : most;
    qsort(hashes, n, sizeof *hashes, by_hash);
    for (size_t i = 0; i < n; i++)
        if (n_set == 0 || hashes[n_set - 1] != hashes[i])
            hashes[n_set++] = hashes[i];
    return n_set;
}

ttag_status ttag_repeat_learner_finish(ttag_repeat_learner *l, ttag_boilerplate *found,
                                       ttag_error *err)
{
    size_t n = 0, at = 0;
    *found = (ttag_boilerplate)TTAG_BOILERPLATE_INIT;
    for (size_t i = 0; i < l->n_slots; i++)
        n += repeats(l, &l->slots[i]);
    counted_line *lines = mem_new(n, sizeof *lines);
    mem_free(l->repeated);
    l->repeated = mem_new(n, sizeof *l->repeated);
    if (!lines || !l->repeated) {
        mem_free(lines);
        return fail_memory(err);
    }
    for (size_t i = 0; i < l->n_slots; i++)
        if (repeats(l, &l->slots[i]))
            lines[at++] = l->slots[i];
    qsort(lines, n, sizeof *lines, by_count);
    found->repeated = l->repeated;
    found->n_repeated = make_set(l->repeated, lines, n, l->opts.most);
    mem_free(lines);
    return TTAG_OK;
}

void ttag_repeat_learner_free(ttag_repeat_learner *l)
{
    if (!l)
        return;
    intern_dispose(&l->sources);
    mem_free(l->articles);
    mem_free(l->slots);
    mem_free(l->seen);
    line_fold_dispose(&l->line);
    mem_free(l->repeated);
    ttag_decoder_free(l->decoder);
    mem_free(l);
}
