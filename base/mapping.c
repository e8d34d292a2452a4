/* Whole files mapped read-only. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/input.h"

ttag_status mapping_open(mapping *out, const char *path, ttag_error *err)
{
    *out = (mapping){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a named pipe must not hang us */
    if (fd < 0)
        return fail_errno(err, path, "cannot open", errno);
    ttag_status status = TTAG_OK;
    struct stat info;
    if (fstat(fd, &info) != 0) {
        status = fail_errno(err, path, "cannot examine", errno);
    } else if (!S_ISREG(info.st_mode)) {
        status = fail_at(err, TTAG_IO, path, 0, 0, "is %s; expected a file",
                         S_ISDIR(info.st_mode) ? "a folder" : "a device or pipe");
    } else if (info.st_size > 0) {
        void *bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes == MAP_FAILED)
            status = fail_errno(err, path, "cannot map", errno);
        else
            *out = (mapping){bytes, (size_t)info.st_size};
    }
    close(fd);
    return status;
}

void mapping_close(mapping *m)
{
    if (m->bytes)
        munmap((void *)(uintptr_t)m->bytes, m->size);
    *m = (mapping){0};
}
