/* Walking folders: byte order of names, symbolic links followed, cycles cut. */
#include "articles/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/monitor.h"
#include "base/view.h"

/* What stays the same during one walk. */
typedef struct walk {
    walk_list *list;
    walk_fits *fits;
    arena *memory;
    size_t prefix; /* bytes of a path before the part below the FEED */
    const ttag_monitor *monitor;
    ttag_error *err;
} walk;

/* A folder and those above it; a link back to one of them would never end. */
typedef struct ancestor {
    const struct ancestor *parent;
    dev_t device;
    ino_t inode;
} ancestor;

/* ---- Endings. ---- */

ttag_view walk_unpacked_name(const char *path)
{
    ttag_view name = view_of(path);
    if (ascii_ends(name, ".gz"))
        name.size -= 3;
    else if (ascii_ends(name, ".zst"))
        name.size -= 4;
    return name;
}

ttag_input_format walk_format(const char *path)
{
    ttag_view name = walk_unpacked_name(path);
    if (ascii_ends(name, ".jsonl"))
        return TTAG_INPUT_JSONL;
    static const char *const feeds[] = {".rss", ".atom", ".rdf", ".xml"};
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++)
        if (ascii_ends(name, feeds[i]))
            return TTAG_INPUT_FEED;
    if (ascii_ends(name, ".jsonfeed") || ascii_ends(name, ".feed.json"))
        return TTAG_INPUT_JSON_FEED;
    if (ascii_ends(name, ".csv") || ascii_ends(name, ".tsv"))
        return ascii_ends(name, ".csv") ? TTAG_INPUT_CSV : TTAG_INPUT_TSV;
    if (ascii_ends(name, ".html") || ascii_ends(name, ".htm"))
        return TTAG_INPUT_HTML;
    if (ascii_ends(name, ".eml"))
        return TTAG_INPUT_EMAIL;
    return ascii_ends(name, ".txt") ? TTAG_INPUT_ARTICLE : TTAG_INPUT_AUTO;
}

static bool is_article(const char *path)
{
    return walk_format(path) != TTAG_INPUT_AUTO;
}

/* ---- The list. ---- */

static ttag_status add_file(walk *w, const char *path, walk_kind kind, int error, uint64_t bytes)
{
    walk_list *list = w->list;
    if (!mem_grow(&list->files, &list->capacity, list->n + 1, sizeof *list->files))
        return fail_memory(w->err);
    size_t size = strlen(path), skip = size < w->prefix ? size : w->prefix;
    list->files[list->n++] = (walk_file){path, {path + skip, size - skip}, kind, error, bytes};
    return TTAG_OK;
}

/* ---- One folder. ---- */

typedef struct folder {
    const char **paths; /* n */
    size_t n, capacity;
    buffer path; /* scratch */
} folder;

static void folder_dispose(folder *f)
{
    mem_free(f->paths);
    buffer_dispose(&f->path);
}

static ttag_status add_path(walk *w, folder *f, const char *parent, const char *name)
{
    buffer_clear(&f->path);
    buffer_text(&f->path, parent);
    if (!view_ends(buffer_as_view(&f->path), "/"))
        buffer_char(&f->path, '/');
    buffer_text(&f->path, name);
    if (!buffer_ok(&f->path))
        return fail_memory(w->err);
    ttag_view copy = arena_copy(w->memory, buffer_as_view(&f->path));
    if (!copy.bytes || !mem_grow(&f->paths, &f->capacity, f->n + 1, sizeof *f->paths))
        return fail_memory(w->err);
    f->paths[f->n++] = copy.bytes;
    return TTAG_OK;
}

/* All paths of a folder have the same beginning, so this is the order of the names. */
static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Reads a folder's names, sorted; *error is the errno of a failure to read it. */
static ttag_status list_folder(walk *w, folder *f, const char *path, int *error)
{
    DIR *stream = opendir(path);
    *error = stream ? 0 : errno;
    ttag_status status = TTAG_OK;
    while (stream && status == TTAG_OK) {
        errno = 0;
        const struct dirent *entry = readdir(stream);
        if (!entry) {
            *error = errno;
            break;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            status = add_path(w, f, path, entry->d_name);
    }
    if (stream)
        closedir(stream);
    if (f->n)
        qsort(f->paths, f->n, sizeof *f->paths, compare_paths);
    return status;
}

static ttag_status walk_folder(walk *w, const char *path, const ancestor *parent,
                               const struct stat *info);

static bool leads_back(const ancestor *above, const struct stat *info)
{
    for (; above; above = above->parent)
        if (above->device == info->st_dev && above->inode == info->st_ino)
            return true;
    return false;
}

/* A name in a folder: an article file, a folder, or something to pass over. */
static ttag_status walk_path(walk *w, const char *path, const ancestor *above)
{
    struct stat info;
    bool exists = stat(path, &info) == 0;
    const char *why;
    if (exists && S_ISDIR(info.st_mode)) {
        if (!leads_back(above, &info))
            return walk_folder(w, path, above, &info);
        why = "it leads back to a folder above it";
    } else if (!w->fits(path)) {
        why = w->fits == is_article
                  ? "its ending is none that is read, such as .jsonl, .txt, .rss or .csv"
                  : "its name has none of the endings";
    } else if (exists && !S_ISREG(info.st_mode)) {
        why = "it is not a regular file";
    } else {
        /* if it is not there, opening it will say so */
        return add_file(w, path, WALK_FILE, 0, exists ? (uint64_t)info.st_size : 0);
    }
    tell(w->monitor, TTAG_DETAIL, path, "passed over: %s", why);
    return TTAG_OK;
}

static ttag_status walk_folder(walk *w, const char *path, const ancestor *parent,
                               const struct stat *info)
{
    ancestor here = {parent, info->st_dev, info->st_ino};
    folder f = {0};
    int error = 0;
    ttag_status status = list_folder(w, &f, path, &error);
    if (status == TTAG_OK && error)
        status = add_file(w, path, WALK_UNREADABLE, error, 0);
    for (size_t i = 0; i < f.n && status == TTAG_OK; i++) {
        status = is_cancelled(w->monitor) ? fail(w->err, TTAG_CANCELLED, "stopped while reading")
                                          : walk_path(w, f.paths[i], &here);
    }
    folder_dispose(&f);
    return status;
}

/* ---- A feed. ---- */

static size_t base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* A feed that is no folder: the thing itself, whatever its name ends in. */
static ttag_status add_feed(walk *w, const char *feed, const struct stat *info)
{
    if (!info)
        return add_file(w, feed, WALK_FILE, 0, 0);
    if (!S_ISREG(info->st_mode))
        return add_file(w, feed, WALK_LIVE, 0, 0);
    return add_file(w, feed, WALK_FILE, 0, (uint64_t)info->st_size);
}

ttag_status walk_feed(walk_list *list, const char *feed, arena *memory, const ttag_monitor *monitor,
                      ttag_error *err)
{
    return walk_feed_of(list, feed, is_article, memory, monitor, err);
}

ttag_status walk_feed_of(walk_list *list, const char *feed, walk_fits *fits, arena *memory,
                         const ttag_monitor *monitor, ttag_error *err)
{
    const size_t before = list->n;
    walk w = {list, fits, memory, base_name(feed), monitor, err};
    struct stat info;
    bool is_input = strcmp(feed, "-") == 0;
    bool known = (is_input ? fstat(STDIN_FILENO, &info) : stat(feed, &info)) == 0;
    if (is_input || !known || !S_ISDIR(info.st_mode))
        return add_feed(&w, feed, known ? &info : NULL);
    ttag_view path = view_of(feed);
    w.prefix = path.size + !view_ends(path, "/");
    ttag_status status = walk_folder(&w, feed, NULL, &info);
    if (status == TTAG_OK && list->n == before)
        status = add_file(&w, feed, WALK_NOTHING, 0, 0);
    return status;
}

ttag_status walk_trouble(const walk_file *file, ttag_error *err)
{
    if (file->kind == WALK_UNREADABLE)
        return fail_errno(err, file->path, "cannot read the folder", file->error);
    if (file->kind == WALK_NOTHING)
        return fail_at(
            err, TTAG_IO, file->path, 0, 0,
            "holds no file of an ending that is read, such as .jsonl, .txt, .rss or .csv");
    return TTAG_OK;
}

void walk_dispose(walk_list *list)
{
    mem_free(list->files);
    *list = (walk_list){0};
}
