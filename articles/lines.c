/* Lines and whole files out of a stream, through one growing buffer. */
#include "articles/lines.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

enum { CHUNK = 1 << 18, LEAST_READ = 1 << 16 };

static size_t waiting(const lines *l)
{
    return l->end - l->start;
}

typedef ttag_status read_function(input *in, char *bytes, size_t size, size_t *got,
                                  ttag_error *err);

/* Reads at least one byte behind those at hand, or sets `ended`. */
static ttag_status more_by(lines *l, read_function *read, ttag_error *err)
{
    if (l->start > 0 && (waiting(l) == 0 || l->capacity - l->end < LEAST_READ)) {
        memmove(l->bytes, l->bytes + l->start, waiting(l));
        l->base += l->start;
        l->end = waiting(l);
        l->start = 0;
    }
    size_t need;
    if (!size_add(&need, l->end, LEAST_READ) ||
        !mem_grow(&l->bytes, &l->capacity, need > CHUNK ? need : CHUNK, 1))
        return fail_memory(err);
    size_t room = l->capacity - l->end, got;
    ttag_status status = read(l->in, l->bytes + l->end, room < CHUNK ? room : CHUNK, &got, err);
    if (status != TTAG_OK)
        return status;
    l->end += got;
    l->ended = got == 0;
    return TTAG_OK;
}

static ttag_status more(lines *l, ttag_error *err)
{
    return more_by(l, input_read, err);
}

static ttag_status skip_mark(lines *l, ttag_error *err)
{
    static const char mark[] = "\xef\xbb\xbf";
    for (size_t n = 0; n < 3; n++) {
        while (waiting(l) <= n && !l->ended) {
            ttag_status status = more(l, err);
            if (status != TTAG_OK)
                return status;
        }
        if (waiting(l) <= n || l->bytes[l->start + n] != mark[n])
            return TTAG_OK;
    }
    l->start += 3;
    l->base -= 3;
    l->had_mark = true;
    return TTAG_OK;
}

ttag_status lines_open(lines *l, const char *path, size_t max_size, const ttag_monitor *monitor,
                       ttag_error *err)
{
    l->max_size = max_size;
    l->number = l->start = l->end = l->scanned = 0;
    l->base = 0;
    l->had_mark = false;
    l->stop = UINT64_MAX;
    l->ended = false;
    ttag_status status = input_open(&l->in, path, monitor, err);
    if (status == TTAG_OK)
        status = skip_mark(l, err);
    if (status != TTAG_OK)
        lines_close(l);
    return status;
}

static size_t count_feeds(const char *bytes, size_t size)
{
    size_t n = 0;
    const char *end = bytes + size, *feed;
    for (; (feed = memchr(bytes, '\n', (size_t)(end - bytes))) != NULL; bytes = feed + 1)
        n++;
    return n;
}

/* Passes over the bytes before `to`, counting lines. */
static ttag_status pass_bytes(lines *l, uint64_t to, ttag_error *err)
{
    while (l->base + l->start < to) {
        uint64_t left = to - (l->base + l->start);
        size_t size = waiting(l) < left ? waiting(l) : (size_t)left;
        l->number += count_feeds(l->bytes + l->start, size);
        l->start += size;
        if (waiting(l) > 0)
            continue;
        if (l->ended)
            break;
        ttag_status status = more(l, err);
        if (status != TTAG_OK)
            return status;
    }
    return TTAG_OK;
}

/* Passes over what is left of a line, with its end. */
static ttag_status pass_line(lines *l, ttag_error *err)
{
    for (;;) {
        const char *from = l->bytes + l->start;
        const char *feed = memchr(from, '\n', waiting(l));
        l->start += feed ? (size_t)(feed - from) + 1 : waiting(l);
        l->number += feed != NULL;
        if (feed || l->ended)
            return TTAG_OK;
        ttag_status status = more(l, err);
        if (status != TTAG_OK)
            return status;
    }
}

ttag_status lines_cut(lines *l, uint64_t from, uint64_t to, ttag_error *err)
{
    l->stop = to;
    if (from == 0)
        return TTAG_OK;
    /* a line that begins at `from` has a line feed just before */
    ttag_status status = pass_bytes(l, from - 1, err);
    return status == TTAG_OK ? pass_line(l, err) : status;
}

ttag_status lines_first_byte(lines *l, int *byte, ttag_error *err)
{
    for (size_t n = 0;; n++) {
        while (waiting(l) <= n && !l->ended && n <= l->max_size) {
            ttag_status status = more(l, err);
            if (status != TTAG_OK)
                return status;
        }
        *byte = waiting(l) > n ? (unsigned char)l->bytes[l->start + n] : -1;
        if (*byte == -1 || !strchr(" \t\r\n", *byte) || *byte == 0)
            return TTAG_OK;
    }
}

static ttag_view without_return(ttag_view line)
{
    line.size -= line.size > 0 && line.bytes[line.size - 1] == '\r';
    return line;
}

/* Gives out `size` bytes, followed by a line feed or not. */
static ttag_status take(lines *l, ttag_view *line, size_t size, bool with_feed)
{
    *line = without_return((ttag_view){l->bytes + l->start, size});
    l->start += size + with_feed;
    l->scanned = 0;
    l->number++;
    if (line->size <= l->max_size)
        return TTAG_OK;
    line->bytes = NULL;
    return TTAG_LIMIT;
}

/* Reads on to the end of a line that is too long, or of the file, without keeping it. */
static ttag_status skip(lines *l, ttag_view *skipped, bool to_line_feed, ttag_error *err)
{
    *skipped = (ttag_view){NULL, 0};
    char last = 0;
    for (;;) {
        size_t size = waiting(l);
        const char *from = l->bytes + l->start;
        const char *feed = to_line_feed ? memchr(from, '\n', size) : NULL;
        size_t part = feed ? (size_t)(feed - from) : size;
        if (part)
            last = from[part - 1];
        skipped->size += part;
        l->start += part + (feed != NULL);
        if (feed || l->ended)
            break;
        ttag_status status = more(l, err);
        if (status != TTAG_OK)
            return status;
    }
    skipped->size -= to_line_feed && last == '\r';
    l->scanned = 0;
    l->number++;
    return TTAG_LIMIT;
}

bool line_is_blank(ttag_view line)
{
    for (size_t i = 0; i < line.size; i++)
        if (line.bytes[i] != ' ' && line.bytes[i] != '\t' && line.bytes[i] != '\r')
            return false;
    return true;
}

static bool is_past_stop(const lines *l)
{
    return l->base + l->start >= l->stop;
}

ttag_status lines_next(lines *l, ttag_view *line, ttag_error *err)
{
    if (is_past_stop(l))
        return TTAG_END;
    for (;;) {
        size_t size = waiting(l);
        const char *from = l->bytes + l->start;
        const char *feed = memchr(from + l->scanned, '\n', size - l->scanned);
        if (feed)
            return take(l, line, (size_t)(feed - from), true);
        l->scanned = size;
        if (l->ended)
            return size ? take(l, line, size, false) : TTAG_END;
        if (size > 0 && size - 1 > l->max_size) /* one may be the CR of a CRLF */
            return skip(l, line, true, err);
        ttag_status status = more(l, err);
        if (status != TTAG_OK)
            return status;
    }
}

size_t lines_at_hand(lines *l, ttag_view *text, size_t most, size_t enough)
{
    const char *begin = l->bytes + l->start, *end = l->bytes + l->end;
    const uint64_t at = l->base + l->start, left = l->stop > at ? l->stop - at : 0;
    size_t n = 0, size = 0;
    for (; n < most && size < enough && size < left; n++) {
        const char *from = begin + size;
        const char *feed = memchr(from + l->scanned, '\n', (size_t)(end - from) - l->scanned);
        l->scanned = feed ? 0 : (size_t)(end - from);
        if (!feed)
            break;
        const ttag_view line = without_return((ttag_view){from, (size_t)(feed - from)});
        if (line.size > l->max_size || line_is_blank(line))
            break;
        size += (size_t)(feed - from) + 1;
    }
    *text = (ttag_view){begin, size};
    l->start += size;
    l->number += n;
    return n;
}

ttag_view lines_cut_first(ttag_view *text)
{
    const char *feed = memchr(text->bytes, '\n', text->size);
    const size_t size = feed ? (size_t)(feed - text->bytes) : text->size,
                 past = size + (feed != NULL);
    const ttag_view line = {text->bytes, size};
    *text = (ttag_view){text->bytes + past, text->size - past};
    return without_return(line);
}

ttag_status lines_whole(lines *l, ttag_view *text, ttag_error *err)
{
    while (!l->ended) {
        if (waiting(l) > l->max_size)
            return skip(l, text, false, err);
        ttag_status status = more(l, err);
        if (status != TTAG_OK)
            return status;
    }
    if (waiting(l) > l->max_size)
        return skip(l, text, false, err);
    *text = (ttag_view){l->bytes + l->start, waiting(l)};
    l->start = l->end;
    l->number++;
    return TTAG_OK;
}

ttag_status lines_peek(lines *l, ttag_view *text, size_t least, ttag_error *err)
{
    while (waiting(l) < least && !l->ended) {
        ttag_status status = more(l, err);
        if (status != TTAG_OK)
            return status;
    }
    *text = (ttag_view){l->bytes + l->start, waiting(l)};
    return TTAG_OK;
}

bool lines_peek_would_wait(lines *l, size_t least)
{
    while (waiting(l) < least && !l->ended) {
        ttag_status status = more_by(l, input_read_at_hand, NULL);
        if (status != TTAG_OK)
            return status == TTAG_END;
    }
    return false;
}

void lines_pass(lines *l, size_t size)
{
    l->start += size;
    l->scanned = 0;
}

ttag_status lines_file(lines *l, const char *path, size_t max_size, const char *what,
                       ttag_view *text, ttag_error *err)
{
    *text = (ttag_view){NULL, 0};
    ttag_status status = lines_open(l, path, max_size, NULL, err);
    if (status == TTAG_OK)
        status = lines_whole(l, text, err);
    if (status != TTAG_LIMIT)
        return status;
    return fail_at(err, TTAG_PARSE, path, 0, 0,
                   "is too large to be %s: %zu bytes; expected at most %zu", what, text->size,
                   max_size);
}

/* Whether a whole line is at hand; how far was looked is remembered. */
static bool line_at_hand(lines *l)
{
    const char *from = l->bytes + l->start;
    const char *feed = memchr(from + l->scanned, '\n', waiting(l) - l->scanned);
    l->scanned = feed ? (size_t)(feed - from) : waiting(l);
    return feed != NULL;
}

/* Passes over the line at hand if it is blank. */
static bool pass_blank_line(lines *l)
{
    if (!line_is_blank((ttag_view){l->bytes + l->start, l->scanned}))
        return false;
    l->start += l->scanned + 1;
    l->scanned = 0;
    l->number++;
    return true;
}

bool lines_would_wait(lines *l, bool whole)
{
    if (whole && !input_is_live(l->in))
        return false;
    while (!l->ended && waiting(l) <= l->max_size) {
        if (!whole && line_at_hand(l)) {
            if (!pass_blank_line(l))
                return false;
            continue;
        }
        ttag_status status = more_by(l, input_read_at_hand, NULL);
        if (status != TTAG_OK)
            return status == TTAG_END; /* what is wrong, the next call will say */
    }
    if (!whole && l->ended && line_is_blank((ttag_view){l->bytes + l->start, waiting(l)}))
        l->start = l->end;
    return false;
}

bool lines_had_mark(const lines *l)
{
    return l->had_mark;
}

bool lines_at_end(const lines *l)
{
    return is_past_stop(l) || (l->ended && l->start == l->end);
}

void lines_close(lines *l)
{
    input_close(l->in);
    l->in = NULL;
}

void lines_dispose(lines *l)
{
    lines_close(l);
    mem_free(l->bytes);
    *l = (lines){0};
}
