/* Lines and whole files out of a stream, through one growing buffer. */
#include "articles/lines.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"

enum { CHUNK = 1 << 18, LEAST_READ = 1 << 16 };

static size_t waiting(const lines *l)
{
    return l->end - l->start;
}

/* Reads at least one byte behind those at hand, or sets `ended`. */
static ttag_status more(lines *l, ttag_error *err)
{
    if (l->capacity - l->end < LEAST_READ && l->start > 0) {
        memmove(l->bytes, l->bytes + l->start, waiting(l));
        l->end = waiting(l);
        l->start = 0;
    }
    size_t need;
    if (!size_add(&need, l->end, LEAST_READ) ||
        !mem_grow(&l->bytes, &l->capacity, need > CHUNK ? need : CHUNK, 1))
        return fail_memory(err);
    if (is_cancelled(l->monitor))
        return fail(err, TTAG_CANCELLED, "stopped while reading");
    size_t room = l->capacity - l->end, got;
    ttag_status status =
        input_read(l->in, l->bytes + l->end, room < CHUNK ? room : CHUNK, &got, err);
    if (status != TTAG_OK)
        return status;
    l->end += got;
    l->ended = got == 0;
    return TTAG_OK;
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
    return TTAG_OK;
}

ttag_status lines_open(lines *l, const char *path, size_t max_size, const ttag_monitor *monitor,
                       ttag_error *err)
{
    l->monitor = monitor;
    l->max_size = max_size;
    l->number = l->start = l->end = l->scanned = 0;
    l->ended = false;
    ttag_status status = input_open(&l->in, path, monitor, err);
    if (status == TTAG_OK)
        status = skip_mark(l, err);
    if (status != TTAG_OK)
        lines_close(l);
    return status;
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

/* Gives out `size` bytes, followed by a line feed or not. */
static ttag_status take(lines *l, ttag_view *line, size_t size, bool with_feed)
{
    *line = (ttag_view){l->bytes + l->start, size};
    l->start += size + with_feed;
    l->scanned = 0;
    l->number++;
    if (size > 0 && line->bytes[size - 1] == '\r')
        line->size--;
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

ttag_status lines_next(lines *l, ttag_view *line, ttag_error *err)
{
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

bool lines_would_block(lines *l)
{
    size_t size = waiting(l);
    if (!l->in || l->ended)
        return false;
    if (l->scanned < size) {
        const char *from = l->bytes + l->start, *at = from + l->scanned;
        const char *feed = memchr(at, '\n', size - l->scanned);
        l->scanned = feed ? (size_t)(feed - from) : size;
    }
    return l->scanned == size && input_would_block(l->in);
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
