/* Every name of a file on the line beside each name of an output. */
#include "cli/overwrite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct written_file {
    const option *row;
    const char *path;
    bool is_there;
    struct stat info;
    char *why;
    size_t why_size;
} written_file;

static bool plain_file(const char *path, struct stat *info)
{
    return stat(path, info) == 0 && S_ISREG(info->st_mode);
}

static bool is_written(const written_file *out, const char *path)
{
    struct stat info;
    if (!out->is_there)
        return false;
    return plain_file(path, &info) && info.st_dev == out->info.st_dev &&
           info.st_ino == out->info.st_ino;
}

/* FEED:WEIGHT names the feed before its last colon. */
static bool is_written_weighted(const written_file *out, const char *path)
{
    const char *colon = strrchr(path, ':');
    char *feed = colon ? strndup(path, (size_t)(colon - path)) : NULL;
    bool is = is_written(out, path) || (feed && is_written(out, feed));
    free(feed);
    return is;
}

static bool is_read(const written_file *out, const char *path)
{
    if (!path || !is_written_weighted(out, path))
        return false;
    snprintf(out->why, out->why_size,
             "--%s is '%.200s', which is read as well; expected another "
             "file",
             out->row->name, out->path);
    return true;
}

/* Two outputs that are not there yet are told by their names. */
static bool is_other_output(const written_file *out, const option *row, const char *path)
{
    if (!path || row <= out->row)
        return false;
    if (!is_written(out, path) && (out->is_there || strcmp(path, out->path) != 0))
        return false;
    snprintf(out->why, out->why_size, "--%s and --%s are the same file, '%.200s'; expected two",
             out->row->name, row->name, path);
    return true;
}

static bool option_meets(const written_file *out, const option *row, const void *settings)
{
    const char *field = (const char *)settings + row->field.offset;
    if (row->kind == OPTION_STRING && (row->flags & OPTION_WRITTEN))
        return is_other_output(out, row, *(const char *const *)(const void *)field);
    if (row->kind == OPTION_STRING)
        return is_read(out, *(const char *const *)(const void *)field);
    if (row->kind != OPTION_LIST)
        return false;
    const string_list *list = (const void *)field;
    for (size_t i = 0; i < list->size; i++)
        if (is_read(out, list->items[i]))
            return true;
    return false;
}

static bool written_file_meets(const written_file *out, const option *table, const void *settings,
                               const parsed_line *line)
{
    for (size_t i = 0; i < line->n_operands; i++)
        if (is_read(out, line->operands[i]))
            return true;
    for (const option *row = table; row->kind != OPTION_END; row = option_next(row))
        if ((row->flags & OPTION_FILE) && option_meets(out, row, settings))
            return true;
    return false;
}

bool overwrite_found(const option *table, const void *settings, const parsed_line *line, char *why,
                     size_t why_size)
{
    for (const option *row = table; row->kind != OPTION_END; row = option_next(row)) {
        if (!(row->flags & OPTION_WRITTEN))
            continue;
        const char *field = (const char *)settings + row->field.offset;
        written_file out = {.row = row,
                            .path = *(const char *const *)(const void *)field,
                            .why = why,
                            .why_size = why_size};
        if (!out.path || strcmp(out.path, "-") == 0)
            continue;
        struct stat info;
        bool is_special = stat(out.path, &info) == 0 && !S_ISREG(info.st_mode);
        out.is_there = plain_file(out.path, &out.info);
        if (!is_special && written_file_meets(&out, table, settings, line))
            return true;
    }
    return false;
}
