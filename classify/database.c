/* Classified records into SQLite; the only file that sees it. */
#include "ttag/database.h"

#include <sqlite3.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/instant.h"
#include "base/monitor.h"
#include "base/view.h"
#include "classify/packed_record.h"
#include "classify/stream.h"

enum {
    APPLICATION = 0x74746167, /* "ttag": says whose file it is */
    FORMAT = 1,               /* of the tables */
    BATCH = 2000              /* records in a transaction */
};

/* Milliseconds: for others to unlock the file; once cancelled, that what is done may yet be kept;
   until something is said of it; between two looks. */
enum { PATIENCE = 60000, LAST_PATIENCE = 2000, SILENCE = 1000, PAUSE = 20 };

static const char schema[] =
    "CREATE TABLE articles(number INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, id TEXT,"
    " title TEXT, text TEXT NOT NULL, url TEXT, date TEXT, source TEXT);"
    "CREATE TABLE runs(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " model TEXT NOT NULL, version TEXT NOT NULL, tagged TEXT, articles INTEGER, refused INTEGER,"
    " complete INTEGER NOT NULL);"
    "CREATE TABLE tags(article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,"
    " run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, tag TEXT NOT NULL,"
    " probability REAL NOT NULL, score REAL NOT NULL, given INTEGER NOT NULL,"
    " review INTEGER NOT NULL, implied_by TEXT, PRIMARY KEY(article, run, tag)) WITHOUT ROWID;"
    "CREATE INDEX tags_by_name ON tags(tag, probability);"
    "CREATE TABLE refused(run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,"
    " file TEXT NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL,"
    " PRIMARY KEY(run, file, line));";

/* An index of titles and texts that keeps no copy of them. */
static const char search_schema[] =
    "CREATE VIRTUAL TABLE search USING fts5(title, text, content='articles',"
    " content_rowid='number');"
    "CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN"
    " INSERT INTO search(rowid, title, text) VALUES(new.number, new.title, new.text); END;"
    "CREATE TRIGGER articles_gone AFTER DELETE ON articles BEGIN"
    " INSERT INTO search(search, rowid, title, text)"
    " VALUES('delete', old.number, old.title, old.text); END;"
    "CREATE TRIGGER articles_changed AFTER UPDATE ON articles BEGIN"
    " INSERT INTO search(search, rowid, title, text)"
    " VALUES('delete', old.number, old.title, old.text);"
    " INSERT INTO search(rowid, title, text) VALUES(new.number, new.title, new.text); END;";

enum { ADD_ARTICLE, FIND_ARTICLE, FORGET_TAGS, ADD_TAG, ADD_REFUSED, STATEMENTS };

static const char *const statements[STATEMENTS] = {
    [ADD_ARTICLE] =
        "INSERT INTO articles(uuid, id, title, text, url, date, source) VALUES(?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(uuid) DO UPDATE SET id = excluded.id, title = excluded.title,"
        " text = excluded.text, url = excluded.url, date = excluded.date, source = excluded.source"
        " WHERE id IS NOT excluded.id OR title IS NOT excluded.title OR text IS NOT excluded.text"
        " OR url IS NOT excluded.url OR date IS NOT excluded.date"
        " OR source IS NOT excluded.source",
    [FIND_ARTICLE] = "SELECT number FROM articles WHERE uuid = ?",
    [FORGET_TAGS] = "DELETE FROM tags WHERE article = ? AND run = ?",
    [ADD_TAG] = "INSERT OR REPLACE INTO tags VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
    [ADD_REFUSED] = "INSERT OR REPLACE INTO refused VALUES(?, ?, ?, ?)",
};

typedef struct database {
    sqlite3 *file;
    const char *path;
    const ttag_monitor *monitor;
    sqlite3_stmt *prepared[STATEMENTS];
    sqlite3_int64 run;
    size_t uncommitted; /* records of the open transaction */
} database;

/* ---- SQLite's ways. ---- */

static ttag_status refuse(const database *d, int code, ttag_error *err)
{
    if (code == SQLITE_NOMEM)
        return fail_memory(err);
    if (code == SQLITE_NOTADB)
        return fail_at(err, TTAG_IO, d->path, 0, 0, "is no SQLite database");
    if (code == SQLITE_BUSY && is_cancelled(d->monitor))
        return fail(err, TTAG_CANCELLED,
                    "stopped while the database was locked by another program");
    if (code == SQLITE_BUSY)
        return fail_at(err, TTAG_IO, d->path, 0, 0, "is locked by another program");
    return fail_at(err, TTAG_IO, d->path, 0, 0, "cannot write the database: %s",
                   d->file ? sqlite3_errmsg(d->file) : sqlite3_errstr(code));
}

static ttag_status execute(const database *d, const char *sql, ttag_error *err)
{
    const int code = sqlite3_exec(d->file, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? TTAG_OK : refuse(d, code & 0xff, err);
}

/* A single number; of several rows the first one's. */
static ttag_status ask_number(const database *d, const char *sql, sqlite3_int64 *out,
                              ttag_error *err)
{
    sqlite3_stmt *asked = NULL;
    int code = sqlite3_prepare_v2(d->file, sql, -1, &asked, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(asked);
    *out = code == SQLITE_ROW ? sqlite3_column_int64(asked, 0) : 0;
    sqlite3_finalize(asked);
    return code == SQLITE_ROW || code == SQLITE_DONE ? TTAG_OK : refuse(d, code & 0xff, err);
}

/* Runs a statement whose values are bound; a row that it finds gives *number. */
static ttag_status step(const database *d, int statement, sqlite3_int64 *number, ttag_error *err)
{
    sqlite3_stmt *s = d->prepared[statement];
    const int code = sqlite3_step(s);
    if (number && code == SQLITE_ROW)
        *number = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return code == SQLITE_ROW || code == SQLITE_DONE ? TTAG_OK : refuse(d, code & 0xff, err);
}

/* The text outlives the step. A binding that fails leaves NULL, which the step then tells. */
static void bind_text(sqlite3_stmt *s, int place, ttag_view text)
{
    if (text.bytes)
        sqlite3_bind_text64(s, place, text.bytes, text.size, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(s, place);
}

/* ---- Others. ---- */

/* Called by SQLite for the n-th time, from 0, since it found the file locked: whether to try again.
   Its own way of waiting answers no signal. */
static int wait_for_others(void *context, int n)
{
    const database *d = context;
    if (n >= (is_cancelled(d->monitor) ? LAST_PATIENCE : PATIENCE) / PAUSE)
        return 0;
    if (n == SILENCE / PAUSE)
        tell(d->monitor, TTAG_NOTE, d->path,
             "is locked by another program; waiting for it, a minute at most");
    sqlite3_sleep(PAUSE);
    return 1;
}

/* ---- Transactions. ---- */

/* SQLite knows best: it gives a transaction up by itself where the disk is full. */
static bool in_transaction(const database *d)
{
    return !sqlite3_get_autocommit(d->file);
}

static ttag_status begin(database *d, ttag_error *err)
{
    d->uncommitted = in_transaction(d) ? d->uncommitted : 0;
    return in_transaction(d) ? TTAG_OK : execute(d, "BEGIN IMMEDIATE", err);
}

static ttag_status commit(database *d, ttag_error *err)
{
    return in_transaction(d) ? execute(d, "COMMIT", err) : TTAG_OK;
}

/* ---- Opening. ---- */

static ttag_status make_tables(database *d, ttag_error *err)
{
    ttag_status status = execute(d, schema, err);
    if (status != TTAG_OK)
        return status;
    if (!sqlite3_compileoption_used("ENABLE_FTS5"))
        tell(d->monitor, TTAG_NOTE, d->path, "has no full-text index: this SQLite cannot make one");
    else
        status = execute(d, search_schema, err);
    char mark[96];
    sqlite3_snprintf(sizeof mark, mark, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                     APPLICATION, FORMAT);
    return status == TTAG_OK ? execute(d, mark, err) : status;
}

/* Whether the file is new, ours, or somebody else's. Within a transaction, so that two programs
   that begin at the same time do not both make the tables. */
static ttag_status check_tables(database *d, ttag_error *err)
{
    sqlite3_int64 tables, owner, format;
    ttag_status status = begin(d, err);
    if (status == TTAG_OK)
        status = ask_number(d, "SELECT count(*) FROM sqlite_schema", &tables, err);
    if (status == TTAG_OK && tables == 0)
        return make_tables(d, err);
    if (status == TTAG_OK)
        status = ask_number(d, "PRAGMA application_id", &owner, err);
    if (status == TTAG_OK)
        status = ask_number(d, "PRAGMA user_version", &format, err);
    if (status != TTAG_OK)
        return status;
    if (owner != APPLICATION)
        return fail_at(err, TTAG_IO, d->path, 0, 0,
                       "is a database of something else; expected a new file or one of ours");
    if (format != FORMAT)
        return fail_at(err, TTAG_IO, d->path, 0, 0,
                       "has tables of format %lld; this version knows format %d", format, FORMAT);
    return TTAG_OK;
}

static ttag_status prepare(database *d, ttag_error *err)
{
    for (size_t i = 0; i < STATEMENTS; i++) {
        const int code = sqlite3_prepare_v3(d->file, statements[i], -1, SQLITE_PREPARE_PERSISTENT,
                                            &d->prepared[i], NULL);
        if (code != SQLITE_OK)
            return refuse(d, code & 0xff, err);
    }
    return TTAG_OK;
}

static ttag_status open_file(database *d, ttag_error *err)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(d->path, &d->file, flags, NULL);
    if (code != SQLITE_OK)
        return refuse(d, code & 0xff, err);
    sqlite3_busy_handler(d->file, wait_for_others, d);
    ttag_status status = check_tables(d, err);
    return status == TTAG_OK ? prepare(d, err) : status;
}

static void close_file(database *d)
{
    for (size_t i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(d->prepared[i]);
    sqlite3_close(d->file); /* what is not committed is gone */
}

/* ---- Runs. ---- */

/* Which model it is: by its card and its tags. */
static ttag_status name_model(const ttag_model_parts *parts, char hex[33], ttag_error *err)
{
    digest *sum = digest_new();
    if (!sum)
        return fail_memory(err);
    digest_add(sum, parts->card.bytes, parts->card.size);
    for (size_t i = 0; i < parts->n_tags; i++) {
        const ttag_model_tag *tag = &parts->tags[i];
        digest_add(sum, tag->name.bytes, tag->name.size);
        digest_add(sum, &tag->threshold, sizeof tag->threshold);
    }
    digest_hex(sum, hex);
    digest_free(sum);
    return TTAG_OK;
}

static ttag_status add_run(database *d, const char *name, const char *model, ttag_error *err)
{
    static const char sql[] =
        "INSERT INTO runs(name, model, version, tagged, complete) VALUES(?, ?, ?, ?, 0)"
        " ON CONFLICT(name) DO UPDATE SET model = excluded.model, version = excluded.version,"
        " tagged = excluded.tagged, complete = 0 RETURNING number";
    sqlite3_stmt *s = NULL;
    instant now;
    buffer time = {0};
    if (instant_given(&now))
        put_instant(&time, now);
    int code = buffer_ok(&time) ? sqlite3_prepare_v2(d->file, sql, -1, &s, NULL) : SQLITE_NOMEM;
    if (code == SQLITE_OK) {
        bind_text(s, 1, view_of(name));
        bind_text(s, 2, view_of(model));
        bind_text(s, 3, view_of(ttag_version()));
        bind_text(s, 4, (ttag_view){time.bytes, time.size});
        code = sqlite3_step(s);
        d->run = code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    }
    sqlite3_finalize(s);
    buffer_dispose(&time);
    return code == SQLITE_ROW ? TTAG_OK : refuse(d, code & 0xff, err);
}

/* What was refused before may be readable now. */
static ttag_status begin_run(database *d, const char *name, const ttag_model *model,
                             ttag_error *err)
{
    char sql[96], hex[33];
    ttag_status status = name_model(ttag_model_get(model), hex, err);
    if (status == TTAG_OK)
        status = add_run(d, name, hex, err);
    sqlite3_snprintf(sizeof sql, sql, "DELETE FROM refused WHERE run = %lld", d->run);
    if (status == TTAG_OK)
        status = execute(d, sql, err);
    return status == TTAG_OK ? commit(d, err) : status;
}

/* `status` is how the classifying ended. What was done is kept, but for the batch in which
   something failed, be it in the middle of an article. */
static ttag_status end_run(database *d, const ttag_classify_counts *counts, ttag_status status,
                           ttag_error *err)
{
    char sql[160];
    sqlite3_snprintf(sizeof sql, sql,
                     "UPDATE runs SET articles = %llu, refused = %llu, complete = %d"
                     " WHERE number = %lld",
                     (sqlite3_uint64)(counts->records - counts->refused),
                     (sqlite3_uint64)counts->refused, status == TTAG_OK, d->run);
    ttag_error *told = status == TTAG_OK ? err : NULL;
    if (status != TTAG_OK && status != TTAG_CANCELLED && in_transaction(d))
        execute(d, "ROLLBACK", NULL);
    ttag_status ended = begin(d, told);
    if (ended == TTAG_OK)
        ended = execute(d, sql, told);
    if (ended == TTAG_OK)
        ended = commit(d, told);
    return status == TTAG_OK ? ended : status;
}

/* ---- Records. ---- */

static ttag_status add_article(const database *d, const packed_record *record,
                               sqlite3_int64 *number, ttag_error *err)
{
    sqlite3_stmt *s = d->prepared[ADD_ARTICLE];
    for (int i = 0; i < FIELDS; i++)
        bind_text(s, i + 1, record->fields[i]);
    ttag_status status = step(d, ADD_ARTICLE, NULL, err);
    bind_text(d->prepared[FIND_ARTICLE], 1, record->fields[FIELD_UUID]);
    return status == TTAG_OK ? step(d, FIND_ARTICLE, number, err) : status;
}

static ttag_status add_tag(const database *d, sqlite3_int64 article, const packed_tag *tag,
                           ttag_error *err)
{
    sqlite3_stmt *s = d->prepared[ADD_TAG];
    sqlite3_bind_int64(s, 1, article);
    sqlite3_bind_int64(s, 2, d->run);
    bind_text(s, 3, tag->name);
    sqlite3_bind_double(s, 4, (double)tag->probability);
    sqlite3_bind_double(s, 5, (double)tag->score);
    sqlite3_bind_int(s, 6, tag->given);
    sqlite3_bind_int(s, 7, tag->review);
    bind_text(s, 8, tag->implied_by);
    return step(d, ADD_TAG, NULL, err);
}

/* The tags stand in `rest` behind their record. */
static ttag_status add_found(const database *d, const packed_record *record, ttag_view *rest,
                             ttag_error *err)
{
    sqlite3_int64 article = 0;
    ttag_status status = add_article(d, record, &article, err);
    sqlite3_bind_int64(d->prepared[FORGET_TAGS], 1, article);
    sqlite3_bind_int64(d->prepared[FORGET_TAGS], 2, d->run);
    if (status == TTAG_OK)
        status = step(d, FORGET_TAGS, NULL, err);
    for (size_t i = 0; i < record->n_tags && status == TTAG_OK; i++) {
        packed_tag tag;
        packed_tag_next(rest, &tag);
        status = add_tag(d, article, &tag, err);
    }
    return status;
}

static ttag_status add_refused(const database *d, const packed_record *record, ttag_error *err)
{
    sqlite3_stmt *s = d->prepared[ADD_REFUSED];
    sqlite3_bind_int64(s, 1, d->run);
    bind_text(s, 2, record->file);
    sqlite3_bind_int64(s, 3, (sqlite3_int64)record->line);
    bind_text(s, 4, record->reason);
    return step(d, ADD_REFUSED, NULL, err);
}

static ttag_status on_records(void *taker, const char *bytes, size_t size, ttag_error *err)
{
    database *d = taker;
    ttag_view rest = {bytes, size};
    packed_record record;
    ttag_status status = begin(d, err);
    while (status == TTAG_OK && packed_record_next(&rest, &record)) {
        status = record.refused ? add_refused(d, &record, err) : add_found(d, &record, &rest, err);
        d->uncommitted++;
    }
    return status == TTAG_OK && d->uncommitted >= BATCH ? commit(d, err) : status;
}

static ttag_status on_rest(void *taker, ttag_error *err)
{
    return commit(taker, err);
}

ttag_status ttag_classify_into_database(const ttag_model *model, ttag_reader *feed,
                                        const char *path, const ttag_database_opts *opts,
                                        const ttag_classify_opts *classify,
                                        ttag_classify_counts *counts, ttag_error *err)
{
    static const ttag_classify_opts defaults = TTAG_CLASSIFY_OPTS_INIT;
    ttag_classify_opts into = classify ? *classify : defaults;
    ttag_classify_counts own = {0};
    into.format = TTAG_OUTPUT_DATABASE;
    database d = {.path = path, .monitor = into.monitor};
    sink out = {.fd = -1, .take = on_records, .rest = on_rest, .taker = &d};
    ttag_status status = open_file(&d, err);
    if (status == TTAG_OK)
        status = begin_run(&d, opts && opts->run ? opts->run : "tags", model, err);
    if (status == TTAG_OK) {
        status = stream_classify(model, feed, &out, &into, &own, err);
        status = end_run(&d, &own, status, err);
    }
    close_file(&d);
    if (counts)
        *counts = own;
    return status;
}
