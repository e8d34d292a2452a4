/* Files, gzipped files and standard input as one kind of stream. */
#include "base/input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/gzip.h"
#include "base/memory.h"
#include "base/monitor.h"

enum { RAW_SIZE = 1 << 16 };

struct input {
    int fd;
    bool close_fd;
    char *path;
    const ttag_monitor *monitor;
    gzip *packed;       /* NULL: plain */
    bool within_member; /* of a gzip stream */
    bool ended;
    size_t raw_start, raw_end; /* bytes read and not yet handed on */
    unsigned char raw[RAW_SIZE];
};

static ttag_status read_raw(input *in, unsigned char *bytes, size_t size, size_t *got,
                            ttag_error *err)
{
    for (;;) {
        ssize_t n = read(in->fd, bytes, size);
        if (n >= 0) {
            *got = (size_t)n;
            return TTAG_OK;
        }
        if (errno != EINTR)
            return fail_errno(err, in->path, "cannot read", errno);
        if (is_cancelled(in->monitor))
            return fail(err, TTAG_CANCELLED, "stopped");
    }
}

/* Reads more raw bytes behind those at hand. */
static ttag_status refill(input *in, ttag_error *err)
{
    if (in->raw_start == in->raw_end)
        in->raw_start = in->raw_end = 0;
    if (in->raw_end == RAW_SIZE || in->ended)
        return TTAG_OK;
    size_t got = 0;
    ttag_status status = read_raw(in, in->raw + in->raw_end, RAW_SIZE - in->raw_end, &got, err);
    in->raw_end += got;
    if (status == TTAG_OK && got == 0)
        in->ended = true;
    return status;
}

static bool has_gzip_mark(const input *in)
{
    return in->raw_end - in->raw_start >= 2 && in->raw[in->raw_start] == 0x1f &&
           in->raw[in->raw_start + 1] == 0x8b;
}

/* Looks at the first two bytes; a slow pipe may hand them over one by one. */
static ttag_status detect_gzip(input *in, ttag_error *err)
{
    while (in->raw_end < 2 && !in->ended && (in->raw_end == 0 || in->raw[0] == 0x1f)) {
        ttag_status status = refill(in, err);
        if (status != TTAG_OK)
            return status;
    }
    if (!has_gzip_mark(in))
        return TTAG_OK;
    in->within_member = true;
    in->packed = gzip_new();
    return in->packed ? TTAG_OK : fail_memory(err);
}

ttag_status input_open(input **out, const char *path, const ttag_monitor *monitor, ttag_error *err)
{
    *out = NULL;
    input *in = mem_new(1, sizeof *in);
    char *name = mem_copy(path, strlen(path) + 1);
    if (!in || !name) {
        mem_free(in);
        mem_free(name);
        return fail_memory(err);
    }
    *in = (input){.fd = STDIN_FILENO, .path = name, .monitor = monitor};
    ttag_status status = TTAG_OK;
    if (strcmp(path, "-") != 0) {
        in->fd = open(path, O_RDONLY | O_CLOEXEC);
        in->close_fd = in->fd >= 0;
        struct stat info;
        if (in->fd < 0)
            status = fail_errno(err, path, "cannot open", errno);
        else if (fstat(in->fd, &info) == 0 && S_ISDIR(info.st_mode))
            status = fail_at(err, TTAG_IO, path, 0, 0, "is a folder; expected a file");
        else
            status = detect_gzip(in, err);
    } else {
        status = detect_gzip(in, err);
    }
    if (status != TTAG_OK) {
        input_close(in);
        return status;
    }
    *out = in;
    return TTAG_OK;
}

static ttag_status read_plain(input *in, char *bytes, size_t size, size_t *got, ttag_error *err)
{
    size_t ready = in->raw_end - in->raw_start;
    if (ready == 0 && !in->ended && size >= RAW_SIZE) { /* large reads need no copy */
        ttag_status status = read_raw(in, (unsigned char *)bytes, size, got, err);
        in->ended = status == TTAG_OK && *got == 0;
        return status;
    }
    ttag_status status = ready ? TTAG_OK : refill(in, err);
    if (status != TTAG_OK)
        return status;
    ready = in->raw_end - in->raw_start;
    *got = ready < size ? ready : size;
    memcpy(bytes, in->raw + in->raw_start, *got);
    in->raw_start += *got;
    return TTAG_OK;
}

static ttag_status damaged(const input *in, const char *how, ttag_error *err)
{
    return fail_at(err, TTAG_IO, in->path, 0, 0, "the gzip data is %s", how);
}

static ttag_status read_packed(input *in, char *bytes, size_t size, size_t *got, ttag_error *err)
{
    while (*got == 0) {
        if (in->raw_end - in->raw_start < 2) {
            ttag_status status = refill(in, err);
            if (status != TTAG_OK)
                return status;
        }
        if (in->raw_start == in->raw_end && in->ended)
            return in->within_member ? damaged(in, "cut short", err) : TTAG_OK;
        if (!in->within_member) {
            if (!has_gzip_mark(in)) /* as gzip does: what follows the last member is padding */
                return TTAG_OK;
            if (!gzip_again(in->packed))
                return damaged(in, "damaged", err);
            in->within_member = true;
        }
        switch (gzip_unpack(in->packed, in->raw, in->raw_end, &in->raw_start, bytes, size, got)) {
        case GZIP_OK:
            break;
        case GZIP_END:
            in->within_member = false;
            break;
        case GZIP_NOMEM:
            return fail_memory(err);
        default:
            return damaged(in, "damaged", err);
        }
    }
    return TTAG_OK;
}

ttag_status input_read(input *in, char *bytes, size_t size, size_t *got, ttag_error *err)
{
    *got = 0;
    if (is_cancelled(in->monitor))
        return fail(err, TTAG_CANCELLED, "stopped");
    return in->packed ? read_packed(in, bytes, size, got, err)
                      : read_plain(in, bytes, size, got, err);
}

bool input_would_block(const input *in)
{
    if (in->raw_start < in->raw_end || in->ended)
        return false;
    struct pollfd poll_for = {.fd = in->fd, .events = POLLIN};
    return poll(&poll_for, 1, 0) == 0;
}

void input_close(input *in)
{
    if (!in)
        return;
    if (in->close_fd)
        close(in->fd);
    gzip_free(in->packed);
    mem_free(in->path);
    mem_free(in);
}
