/* A temporary file beside the one that is asked for, renamed at the end. */
#include "cli/result_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static ttag_status refuse(ttag_error *err, const char *path, const char *what, int why)
{
    *err = (ttag_error){.code = TTAG_IO};
    snprintf(err->path, sizeof err->path, "%s", path);
    snprintf(err->text, sizeof err->text, "%s%s%s", what, why ? ": " : "",
             why ? strerror(why) : "");
    return TTAG_IO;
}

static ttag_status out_of_memory(ttag_error *err)
{
    *err = (ttag_error){.code = TTAG_NOMEM, .text = "out of memory"};
    return TTAG_NOMEM;
}

static bool is_standard_output(const char *path)
{
    return !path || strcmp(path, "-") == 0;
}

static ttag_status check_folder(const char *path, ttag_error *err)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    if (!folder)
        return out_of_memory(err);
    ttag_status status = TTAG_OK;
    struct stat info;
    if (stat(folder, &info) != 0)
        status = refuse(err, path, "cannot write into its folder", errno);
    else if (!S_ISDIR(info.st_mode))
        status = refuse(err, path, "cannot write into its folder", ENOTDIR);
    else if (access(folder, W_OK | X_OK) != 0)
        status = refuse(err, path, "cannot write into its folder", errno);
    free(folder);
    return status;
}

ttag_status result_file_check(const char *path, bool plain, ttag_error *err)
{
    struct stat info;
    if (is_standard_output(path))
        return TTAG_OK;
    bool is_there = stat(path, &info) == 0;
    if (is_there && S_ISDIR(info.st_mode))
        return refuse(err, path, "is a folder; expected the name of a file", 0);
    if (is_there && !S_ISREG(info.st_mode))
        return plain ? refuse(err, path, "is not a plain file", 0) : TTAG_OK;
    return check_folder(path, err);
}

static ttag_status open_in_place(result_file *file, ttag_error *err)
{
    file->stream = fopen(file->path, "we");
    return file->stream ? TTAG_OK : refuse(err, file->path, "cannot write", errno);
}

/* mkstemp makes files for the owner alone; give the mode that open would have given. */
static void widen_mode(int fd)
{
    mode_t mask = umask(0);
    umask(mask);
    (void)!fchmod(fd, 0666 & ~mask);
}

static ttag_status open_temporary(result_file *file, ttag_error *err)
{
    size_t size = strlen(file->path) + sizeof ".XXXXXX";
    file->temporary = malloc(size);
    if (!file->temporary)
        return out_of_memory(err);
    snprintf(file->temporary, size, "%s.XXXXXX", file->path);
    int fd = mkstemp(file->temporary);
    if (fd >= 0) {
        widen_mode(fd);
        file->stream = fdopen(fd, "w");
    }
    if (file->stream)
        return TTAG_OK;
    refuse(err, file->path, "cannot write into its folder", errno);
    if (fd >= 0) {
        unlink(file->temporary);
        close(fd);
    }
    free(file->temporary);
    file->temporary = NULL;
    return TTAG_IO;
}

ttag_status result_file_open(result_file *out, const char *path, ttag_error *err)
{
    struct stat info;
    *out = (result_file){NULL, path, NULL};
    if (is_standard_output(path)) {
        out->stream = stdout;
        return TTAG_OK;
    }
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        return open_in_place(out, err);
    return open_temporary(out, err);
}

ttag_status result_file_close(result_file *file, bool keep, ttag_error *err)
{
    if (!file->stream || file->stream == stdout)
        return TTAG_OK;
    ttag_status status = TTAG_OK;
    errno = 0;
    bool failed = ferror(file->stream) || fflush(file->stream) != 0;
    int why = errno ? errno : EIO;
    if (fclose(file->stream) != 0 && !failed) {
        failed = true;
        why = errno;
    }
    if (failed && keep)
        status = refuse(err, file->path, "cannot write", why);
    keep = keep && !failed;
    if (file->temporary && keep && rename(file->temporary, file->path) != 0) {
        status = refuse(err, file->path, "cannot put the new file in place", errno);
        keep = false;
    }
    if (file->temporary && !keep)
        unlink(file->temporary);
    free(file->temporary);
    *file = (result_file){NULL, NULL, NULL};
    return status;
}

ttag_status result_file_write(const char *path, result_writer *write, const void *what,
                              ttag_error *err)
{
    result_file file;
    ttag_status status = result_file_open(&file, path, err);
    if (status != TTAG_OK)
        return status;
    status = write(what, file.stream, err);
    ttag_status closed = result_file_close(&file, status == TTAG_OK, err);
    return status != TTAG_OK ? status : closed;
}
