/* Files, packed files and standard input as one kind of stream. */
#include "base/input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/packed.h"

enum { RAW_SIZE = 1 << 16 };

struct input {
    int fd;
    bool close_fd;
    char *path;
    const ttag_monitor *monitor;
    const packing *packing; /* NULL: plain */
    void *packed;           /* its state */
    bool within_member;     /* of a packed stream */
    bool live;              /* a pipe, a terminal, …: reading may wait for what is yet to come */
    bool hurried;           /* now it may not */
    bool ended;
    size_t raw_start, raw_end; /* bytes read and not yet handed on */
    unsigned char raw[RAW_SIZE];
};

static bool nothing_there(const input *in)
{
    return in->live && poll(&(struct pollfd){.fd = in->fd, .events = POLLIN}, 1, 0) == 0;
}

/* The only place that takes bytes from the system: none are, once the monitor says cancelled, but
   all that were taken can still be handed on. TTAG_END: in a hurry, and nothing is there. */
static ttag_status read_raw(input *in, unsigned char *bytes, size_t size, size_t *got,
                            ttag_error *err)
{
    for (;;) {
        if (is_cancelled(in->monitor))
            return fail(err, TTAG_CANCELLED, "stopped while reading");
        if (in->hurried && nothing_there(in))
            return TTAG_END;
        ssize_t n = read(in->fd, bytes, size);
        if (n >= 0) {
            *got = (size_t)n;
            return TTAG_OK;
        }
        if (errno == EAGAIN && !in->hurried) /* another process made standard input so */
            poll(&(struct pollfd){.fd = in->fd, .events = POLLIN}, 1, -1);
        else if (errno == EAGAIN)
            return TTAG_END;
        else if (errno != EINTR)
            return fail_errno(err, in->path, "cannot read", errno);
    }
}

/* Reads more raw bytes behind those at hand, which move to the front. */
static ttag_status refill(input *in, ttag_error *err)
{
    size_t got = 0, kept = in->raw_end - in->raw_start;
    memmove(in->raw, in->raw + in->raw_start, kept);
    in->raw_start = 0;
    in->raw_end = kept;
    ttag_status status = read_raw(in, in->raw + in->raw_end, RAW_SIZE - in->raw_end, &got, err);
    in->raw_end += got;
    if (status == TTAG_OK && got == 0)
        in->ended = true;
    return status;
}

static packed_mark look_for_mark(const input *in, const packing *kind)
{
    packed_mark mark = kind->look(in->raw + in->raw_start, in->raw_end - in->raw_start);
    return mark == MARK_UNDECIDED && in->ended ? MARK_NONE : mark;
}

/* Has as much at hand of what may be packed so that it is sure; a slow pipe may hand the bytes over
   one by one. */
static ttag_status await_mark(input *in, const packing *kind, ttag_error *err)
{
    while (look_for_mark(in, kind) == MARK_UNDECIDED) {
        ttag_status status = refill(in, err);
        if (status != TTAG_OK)
            return status;
    }
    return TTAG_OK;
}

static ttag_status detect_packing(input *in, ttag_error *err)
{
    static const packing *const kinds[] = {&packing_gzip, &packing_zstd};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        ttag_status status = await_mark(in, kinds[i], err);
        if (status != TTAG_OK)
            return status;
        if (look_for_mark(in, kinds[i]) != MARK_THERE)
            continue;
        in->packing = kinds[i];
        in->within_member = true;
        in->packed = in->packing->begin();
        return in->packed ? TTAG_OK : fail_memory(err);
    }
    return TTAG_OK;
}

static ttag_status open_file(input *in, ttag_error *err)
{
    do
        in->fd = open(in->path, O_RDONLY | O_CLOEXEC);
    while (in->fd < 0 && errno == EINTR && !is_cancelled(in->monitor));
    if (in->fd < 0 && errno == EINTR)
        return fail(err, TTAG_CANCELLED, "stopped while reading");
    if (in->fd < 0)
        return fail_errno(err, in->path, "cannot open", errno);
    in->close_fd = true;
    return TTAG_OK;
}

static ttag_status look_at_file(input *in, ttag_error *err)
{
    struct stat info;
    if (fstat(in->fd, &info) != 0)
        return TTAG_OK; /* reading will say what is wrong */
    if (S_ISDIR(info.st_mode))
        return fail_at(err, TTAG_IO, in->path, 0, 0, "is a folder; expected a file");
    in->live = !S_ISREG(info.st_mode);
    return TTAG_OK;
}

ttag_status input_open(input **out, const char *path, const ttag_monitor *monitor, ttag_error *err)
{
    *out = NULL;
    input *in = mem_zero(1, sizeof *in);
    char *name = mem_copy(path, strlen(path) + 1);
    if (!in || !name) {
        mem_free(in);
        mem_free(name);
        return fail_memory(err);
    }
    in->fd = STDIN_FILENO;
    in->path = name;
    in->monitor = monitor;
    ttag_status status = strcmp(path, "-") == 0 ? TTAG_OK : open_file(in, err);
    if (status == TTAG_OK)
        status = look_at_file(in, err);
    if (status == TTAG_OK)
        status = detect_packing(in, err);
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
    return fail_at(err, TTAG_IO, in->path, 0, 0, "the %s data is %s", in->packing->name, how);
}

/* Between members: begins the next one, or passes over the zeros that pad the last. */
static ttag_status next_member(input *in, ttag_error *err)
{
    packed_mark mark = look_for_mark(in, in->packing);
    if (mark == MARK_THERE) {
        in->within_member = true;
        return in->packing->again(in->packed) ? TTAG_OK : damaged(in, "damaged", err);
    }
    while (in->raw_start < in->raw_end && in->raw[in->raw_start] == 0)
        in->raw_start++;
    mark = look_for_mark(in, in->packing);
    if (in->raw_start == in->raw_end || mark != MARK_NONE)
        return TTAG_OK;
    return damaged(in, "followed by something else", err);
}

static ttag_status unpack(input *in, char *bytes, size_t size, size_t *got, ttag_error *err)
{
    switch (
        in->packing->unpack(in->packed, in->raw, in->raw_end, &in->raw_start, bytes, size, got)) {
    case PACKED_OK:
        if (*got == 0 && in->raw_start == in->raw_end && in->ended)
            return damaged(in, "cut short", err);
        return TTAG_OK;
    case PACKED_END:
        in->within_member = false;
        return TTAG_OK;
    case PACKED_NOMEM:
        return fail_memory(err);
    default: /* what was good is handed on first; the next call fails again */
        return *got > 0 ? TTAG_OK : damaged(in, "damaged", err);
    }
}

static ttag_status read_packed(input *in, char *bytes, size_t size, size_t *got, ttag_error *err)
{
    while (*got == 0) {
        ttag_status status = TTAG_OK;
        if (!in->within_member)
            status = await_mark(in, in->packing, err);
        else if (in->raw_start == in->raw_end && !in->ended)
            status = refill(in, err);
        if (status != TTAG_OK)
            return status;
        if (in->raw_start == in->raw_end && in->ended && !in->within_member)
            return TTAG_OK;
        status = in->within_member ? unpack(in, bytes, size, got, err) : next_member(in, err);
        if (status != TTAG_OK)
            return status;
    }
    return TTAG_OK;
}

ttag_status input_read(input *in, char *bytes, size_t size, size_t *got, ttag_error *err)
{
    *got = 0;
    if (size == 0)
        return TTAG_OK;
    return in->packing ? read_packed(in, bytes, size, got, err)
                       : read_plain(in, bytes, size, got, err);
}

ttag_status input_read_at_hand(input *in, char *bytes, size_t size, size_t *got, ttag_error *err)
{
    in->hurried = true;
    ttag_status status = input_read(in, bytes, size, got, err);
    in->hurried = false;
    return status;
}

bool input_is_live(const input *in)
{
    return in->live;
}

bool input_is_packed(const input *in)
{
    return in->packing != NULL;
}

int input_descriptor(const input *in)
{
    return in->fd;
}

void input_close(input *in)
{
    if (!in)
        return;
    if (in->close_fd)
        close(in->fd);
    if (in->packing)
        in->packing->dispose(in->packed);
    mem_free(in->path);
    mem_free(in);
}
