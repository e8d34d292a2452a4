/* Files that appear whole or not at all. */
#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"

struct output {
    int fd;
    char *path;
    char *temporary;
};

static void release(output *o)
{
    if (o->fd >= 0)
        close(o->fd);
    mem_free(o->path);
    mem_free(o->temporary);
    mem_free(o);
}

void output_abandon(output *o)
{
    if (!o)
        return;
    if (o->fd >= 0)
        unlink(o->temporary);
    release(o);
}

/* mkstemp makes files for the owner alone; give the mode that open would have given. */
static void widen_mode(int fd)
{
    mode_t mask = umask(0);
    umask(mask);
    (void)!fchmod(fd, 0666 & ~mask);
}

ttag_status output_open(output **out, const char *path, ttag_error *err)
{
    static const char suffix[] = ".XXXXXX";
    *out = NULL;
    size_t length = strlen(path);
    output *o = mem_new(1, sizeof *o);
    if (!o)
        return fail_memory(err);
    *o = (output){-1, mem_copy(path, length + 1), mem_new(length + sizeof suffix, 1)};
    if (!o->path || !o->temporary) {
        release(o);
        return fail_memory(err);
    }
    memcpy(o->temporary, path, length);
    memcpy(o->temporary + length, suffix, sizeof suffix);
    struct stat info;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        release(o);
        return fail_at(err, TTAG_IO, path, 0, 0, "is a folder; expected the name of a file");
    }
    o->fd = mkstemp(o->temporary);
    if (o->fd < 0) {
        ttag_status status = fail_errno(err, path, "cannot write into its folder", errno);
        release(o);
        return status;
    }
    widen_mode(o->fd);
    *out = o;
    return TTAG_OK;
}

ttag_status output_write(output *o, const void *bytes, size_t size, ttag_error *err)
{
    const char *next = bytes;
    while (size > 0) {
        ssize_t n = write(o->fd, next, size);
        if (n < 0 && errno != EINTR)
            return fail_errno(err, o->path, "cannot write", errno);
        if (n > 0) {
            next += n;
            size -= (size_t)n;
        }
    }
    return TTAG_OK;
}

/* A rename lasts only once its folder is on disk; some file systems cannot sync a folder. */
static void sync_folder(const char *path)
{
    char *copy = mem_copy(path, strlen(path) + 1);
    if (!copy)
        return;
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)!fsync(fd);
        close(fd);
    }
    mem_free(copy);
}

ttag_status output_commit(output *o, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    if (fsync(o->fd) != 0 && errno != EINVAL && errno != EROFS)
        status = fail_errno(err, o->path, "cannot write", errno);
    if (close(o->fd) != 0 && status == TTAG_OK)
        status = fail_errno(err, o->path, "cannot write", errno);
    o->fd = -1;
    if (status == TTAG_OK && rename(o->temporary, o->path) != 0)
        status = fail_errno(err, o->path, "cannot put the new file in place", errno);
    if (status == TTAG_OK)
        sync_folder(o->path);
    else
        unlink(o->temporary);
    release(o);
    return status;
}
