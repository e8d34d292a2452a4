/* Writing past the FILE's buffer: stdio loses bytes where a signal interrupts it. */
#include "classify/sink.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/error.h"

static ttag_status write_failed(sink *s, int number, ttag_error *err)
{
    if (number != EPIPE)
        return fail_errno(err, NULL, "cannot write the results", number);
    s->closed = true;
    return TTAG_OK;
}

ttag_status sink_open(sink *s, FILE *file, ttag_error *err)
{
    *s = (sink){.file = file, .fd = fileno(file)};
    errno = 0;
    return fflush(file) == 0 ? TTAG_OK : write_failed(s, errno, err);
}

static ttag_status write_file(sink *s, const char *bytes, size_t size, ttag_error *err)
{
    errno = 0;
    if (fwrite(bytes, 1, size, s->file) == size && fflush(s->file) == 0)
        return TTAG_OK;
    return write_failed(s, errno ? errno : EIO, err);
}

ttag_status sink_write(sink *s, const char *bytes, size_t size, ttag_error *err)
{
    if (s->closed)
        return TTAG_OK;
    if (s->take)
        return s->take(s->taker, bytes, size, err);
    if (s->fd < 0)
        return write_file(s, bytes, size, err);
    while (size > 0) {
        ssize_t n = write(s->fd, bytes, size);
        if (n >= 0) {
            bytes += n;
            size -= (size_t)n;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd writable = {.fd = s->fd, .events = POLLOUT};
            poll(&writable, 1, -1);
        } else if (errno != EINTR) {
            return write_failed(s, errno, err);
        }
    }
    return TTAG_OK;
}

ttag_status sink_rest(sink *s, ttag_error *err)
{
    return s->rest ? s->rest(s->taker, err) : TTAG_OK;
}
