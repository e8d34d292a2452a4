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
    bool failed;
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

/* Where `path` really leads: renaming onto a symbolic link would replace the link. NULL: no memory.
 */
static char *follow_links(const char *path)
{
    char *target = realpath(path, NULL);
    const char *name = target ? target : path; /* a file that is yet to be made */
    char *copy = mem_copy(name, strlen(name) + 1);
    free(target);
    return copy;
}

/* Creates PATH.<process>-<n>.tmp with the mode of the file it shall replace, else what the umask
   leaves. */
static ttag_status create_temporary(output *o, size_t room, ttag_error *err)
{
    struct stat old;
    bool replaces = stat(o->path, &old) == 0;
    if (replaces && !S_ISREG(old.st_mode))
        return fail_at(err, TTAG_IO, o->path, 0, 0, "is %s; expected the name of a file",
                       S_ISDIR(old.st_mode) ? "a folder" : "a device or pipe");
    for (unsigned n = 0; n < 1000; n++) {
        snprintf(o->temporary, room, "%s.%ld-%u.tmp", o->path, (long)getpid(), n);
        o->fd = open(o->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (o->fd >= 0 || (errno != EEXIST && errno != EINTR))
            break;
    }
    if (o->fd < 0)
        return fail_errno(err, o->path, "cannot make a file beside it", errno);
    if (replaces)
        (void)!fchmod(o->fd, old.st_mode & 0777);
    return TTAG_OK;
}

ttag_status output_open(output **out, const char *path, ttag_error *err)
{
    enum { SUFFIX = 48 }; /* a process id, a number, and what is around them */
    *out = NULL;
    output *o = mem_new(1, sizeof *o);
    if (!o)
        return fail_memory(err);
    *o = (output){.fd = -1, .path = follow_links(path)};
    size_t room = o->path ? strlen(o->path) + SUFFIX : 0;
    o->temporary = mem_new(room, 1);
    if (!o->path || !o->temporary) {
        release(o);
        return fail_memory(err);
    }
    ttag_status status = create_temporary(o, room, err);
    if (status != TTAG_OK) {
        release(o);
        return status;
    }
    *out = o;
    return TTAG_OK;
}

ttag_status output_write(output *o, const void *bytes, size_t size, ttag_error *err)
{
    const char *next = bytes;
    while (size > 0) {
        ssize_t n = write(o->fd, next, size);
        if (n < 0 && errno != EINTR) {
            o->failed = true;
            return fail_errno(err, o->path, "cannot write", errno);
        }
        if (n > 0) {
            next += n;
            size -= (size_t)n;
        }
    }
    return TTAG_OK;
}

/* 0, also where the file system knows no fsync. */
static int sync_file(int fd)
{
    int result;
    do
        result = fsync(fd);
    while (result != 0 && errno == EINTR);
    return result != 0 && errno != EINVAL && errno != EROFS ? -1 : 0;
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
    if (o->failed)
        status = fail_at(err, TTAG_IO, o->path, 0, 0, "was not written whole");
    else if (sync_file(o->fd) != 0)
        status = fail_errno(err, o->path, "cannot write", errno);
    if (close(o->fd) != 0 && errno != EINTR && status == TTAG_OK)
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
