/* Which files a path means, and their bytes. */
#include "import/documents.h"

#include <string.h>

#include "articles/walk.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/monitor.h"
#include "base/view.h"
#include "import/tar_entries.h"

typedef struct run {
    const ttag_import_opts *opts;
    document_seen *seen;
    void *context;
    size_t *refused;
    buffer bytes; /* of a file that is no archive */
    buffer name;  /* of one in an archive: "archive.tar/folder/file.json" */
    bool ended;   /* by what `seen` returned */
    ttag_error *err;
} run;

static bool is_document(const char *path)
{
    static const char *const endings[] = {".json", ".csv"};
    ttag_view name = walk_unpacked_name(path);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ascii_ends(name, endings[i]))
            return true;
    return false;
}

/* What is of interest in a folder. */
static bool is_ours(const char *path)
{
    ttag_view name = walk_unpacked_name(path);
    return is_document(path) || ascii_ends(name, ".tar") || ascii_ends(name, ".tgz");
}

/* Says why a document is passed over; true: the run can go on. */
static bool refuse(run *r, ttag_status status)
{
    if (status == TTAG_NOMEM || status == TTAG_CANCELLED)
        return false;
    ++*r->refused;
    tell_error(r->opts->monitor, TTAG_WARNING, r->err);
    return true;
}

static ttag_status give(run *r, const char *name, const buffer *bytes)
{
    ttag_view text = buffer_as_view(bytes);
    if (view_begins(text, "\xef\xbb\xbf"))
        text = (ttag_view){text.bytes + 3, text.size - 3};
    ttag_status status = r->seen(r->context, name, text, r->err);
    if (status == TTAG_PARSE && refuse(r, status))
        return TTAG_OK;
    r->ended = status != TTAG_OK;
    return status;
}

static ttag_status give_entry(run *r, const char *path, const tar_entries *t)
{
    if (!buffer_ok(&t->name))
        return fail_memory(r->err);
    if (!is_document(t->name.bytes ? t->name.bytes : ""))
        return TTAG_OK;
    buffer_clear(&r->name);
    buffer_text(&r->name, path);
    buffer_char(&r->name, '/');
    buffer_view(&r->name, buffer_as_view(&t->name));
    return buffer_ok(&r->name) ? give(r, r->name.bytes, &t->bytes) : fail_memory(r->err);
}

static ttag_status read_archive(run *r, const char *path, input *in, const unsigned char *first)
{
    tar_entries t = {.in = in, .path = path, .max_size = r->opts->max_document, .has_header = true};
    memcpy(t.header, first, sizeof t.header);
    ttag_status status;
    for (;;) {
        status = tar_next(&t, r->err);
        if (status == TTAG_OK)
            status = give_entry(r, path, &t);
        if (status == TTAG_LIMIT && !r->ended && refuse(r, status))
            status = TTAG_OK;
        if (status != TTAG_OK)
            break;
    }
    tar_dispose(&t);
    return status == TTAG_END ? TTAG_OK : status;
}

/* All that is left of the input behind what is in r->bytes. */
static ttag_status read_rest(run *r, const char *path, input *in)
{
    enum { CHUNK = 1 << 18 };
    size_t got = 1;
    while (got > 0) {
        char *room = buffer_room(&r->bytes, CHUNK);
        if (!room)
            return fail_memory(r->err);
        ttag_status status = input_read(in, room, CHUNK, &got, r->err);
        if (status != TTAG_OK)
            return status;
        buffer_fill(&r->bytes, got);
        if (r->bytes.size > r->opts->max_document)
            return fail_at(r->err, TTAG_LIMIT, path, 0, 0, "more than %zu bytes; expected fewer",
                           r->opts->max_document);
    }
    return give(r, path, &r->bytes);
}

static ttag_status read_file(run *r, const char *path)
{
    unsigned char first[TAR_BLOCK];
    input *in;
    size_t got;
    ttag_status status = input_open(&in, path, r->opts->monitor, r->err);
    if (status != TTAG_OK)
        return status;
    status = read_fully(in, first, sizeof first, &got, r->err);
    buffer_clear(&r->bytes);
    if (status == TTAG_OK && got == TAR_BLOCK && tar_is_header(first)) {
        status = read_archive(r, path, in, first);
    } else if (status == TTAG_OK) {
        buffer_put(&r->bytes, first, got);
        status = read_rest(r, path, in);
    }
    input_close(in);
    return status;
}

static ttag_status read_walked(run *r, const walk_file *file)
{
    if (file->kind == WALK_UNREADABLE)
        return fail_errno(r->err, file->path, "cannot read the folder", file->error);
    if (file->kind == WALK_NOTHING)
        return fail_at(r->err, TTAG_EMPTY, file->path, 0, 0,
                       "the folder has no file that ends in .json, .csv or .tar");
    return read_file(r, file->path);
}

/* Whether a failure is of the document alone. */
static bool is_local(ttag_status status)
{
    return status == TTAG_IO || status == TTAG_LIMIT || status == TTAG_PARSE ||
           status == TTAG_EMPTY;
}

ttag_status documents_each(const char *const *paths, size_t n_paths, const ttag_import_opts *opts,
                           document_seen *seen, void *context, size_t *refused, ttag_error *err)
{
    run r = {.opts = opts, .seen = seen, .context = context, .refused = refused, .err = err};
    walk_list list = {0};
    arena memory = {0};
    ttag_status status = TTAG_OK;
    for (size_t i = 0; i < n_paths && status == TTAG_OK; i++)
        status = walk_feed_of(&list, paths[i], is_ours, &memory, opts->monitor, err);
    for (size_t i = 0; i < list.n && status == TTAG_OK; i++) {
        tell_progress(opts->monitor, "importing", (double)i, (double)list.n);
        status = read_walked(&r, &list.files[i]);
        if (!r.ended && is_local(status) && refuse(&r, status))
            status = TTAG_OK;
    }
    walk_dispose(&list);
    arena_dispose(&memory);
    buffer_dispose(&r.bytes);
    buffer_dispose(&r.name);
    return status;
}
