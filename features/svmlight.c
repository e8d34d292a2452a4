/* The matrix of a feed in LIBSVM's multi-label format, with the names of its numbers beside it. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/monitor.h"
#include "base/output.h"
#include "features/row_tags.h"
#include "features/vector.h"

/* ---- Reading: rows and their tags. ---- */

typedef struct export_job {
    const ttag_export_opts *opts;
    row_tags tags;
    ttag_extractor *extractor; /* where the vocabulary is to be fitted; else … */
    ttag_vectorizer *vectorizer;
    ttag_boilerplate_finder *finder;
    matrix_store rows;
    ttag_features *fitted;
    const ttag_vocabulary *vocabulary;
    const ttag_matrix *matrix;
} export_job;

static ttag_status job_begin(export_job *job, ttag_error *err)
{
    const ttag_export_opts *opts = job->opts;
    if (opts->tags && !row_tags_only(&job->tags, opts->tags, opts->n_tags))
        return fail_memory(err);
    ttag_status status = ttag_boilerplate_finder_new(&job->finder, &opts->boilerplate, err);
    if (status != TTAG_OK)
        return status;
    if (opts->vocabulary)
        return ttag_vectorizer_new(&job->vectorizer, opts->vocabulary, &opts->text, err);
    return ttag_extractor_new(&job->extractor, &opts->text, err);
}

static ttag_status job_add(export_job *job, ttag_article *article, ttag_error *err)
{
    if (!row_tags_add(&job->tags, article) ||
        ttag_boilerplate_find(job->finder, article, NULL) != TTAG_OK)
        return fail_memory(err);
    if (job->extractor)
        return ttag_extractor_add(job->extractor, article, err);
    ttag_vector vector;
    ttag_status status = ttag_vectorize(job->vectorizer, &vector, article, err);
    if (status == TTAG_OK && !matrix_add_row(&job->rows, &vector))
        status = fail_memory(err);
    return status;
}

static ttag_status job_finish(export_job *job, ttag_error *err)
{
    if (job->tags.n_rows == 0)
        return fail(err, TTAG_EMPTY, "no record could be read; expected one or more");
    if (!row_tags_rank(&job->tags))
        return fail_memory(err);
    if (job->extractor) {
        ttag_status status = ttag_extractor_finish(&job->fitted, job->extractor, err);
        if (status != TTAG_OK)
            return status;
        job->vocabulary = ttag_features_vocabulary(job->fitted);
        job->matrix = ttag_features_matrix(job->fitted);
        return TTAG_OK;
    }
    job->vocabulary = job->opts->vocabulary;
    job->matrix = &job->rows.view;
    if (job->vocabulary->n_terms == 0)
        return fail(err, TTAG_EMPTY, "the vocabulary holds no term; expected one or more");
    return TTAG_OK;
}

static void job_dispose(export_job *job)
{
    row_tags_dispose(&job->tags);
    ttag_extractor_free(job->extractor);
    ttag_vectorizer_free(job->vectorizer);
    ttag_boilerplate_finder_free(job->finder);
    matrix_dispose(&job->rows);
    ttag_features_free(job->fitted);
}

/* Refused records and files are told and passed over. */
static ttag_status read_feed(export_job *job, ttag_reader *feed, ttag_error *err)
{
    const ttag_monitor *monitor = job->opts->monitor;
    for (;;) {
        ttag_article article;
        ttag_error why = {0};
        ttag_status status = ttag_reader_next(feed, &article, &why);
        if (is_cancelled(monitor))
            return fail(err, TTAG_CANCELLED, "stopped while reading");
        if (status == TTAG_END)
            return TTAG_OK;
        if (status == TTAG_PARSE || status == TTAG_IO) {
            tell_error(monitor, TTAG_ERROR, &why);
            continue;
        }
        if (status == TTAG_OK)
            status = job_add(job, &article, &why);
        if (status != TTAG_OK) {
            if (err)
                *err = why;
            return status;
        }
        tell_progress(monitor, "reading", (double)job->tags.n_rows, 0.0);
    }
}

/* ---- Writing: three files, none of which is there before all are written. ---- */

enum { N_FILES = 3, CHUNK = 1 << 16 };

typedef struct text_file {
    output *file;
    buffer pending;
} text_file;

static ttag_status flush_over(text_file *f, size_t size, ttag_error *err)
{
    if (!buffer_ok(&f->pending))
        return fail_memory(err);
    if (f->pending.size <= size)
        return TTAG_OK;
    ttag_status status = output_write(f->file, f->pending.bytes, f->pending.size, err);
    buffer_clear(&f->pending);
    return status;
}

static ttag_status open_beside(text_file *f, const char *path, const char *suffix, ttag_error *err)
{
    buffer name = {0};
    buffer_text(&name, path);
    buffer_text(&name, suffix);
    ttag_status status =
        buffer_ok(&name) ? output_open(&f->file, name.bytes, err) : fail_memory(err);
    buffer_dispose(&name);
    return status;
}

static void put_row(buffer *out, const export_job *job, size_t row)
{
    const row_tags *tags = &job->tags;
    const ttag_matrix *m = job->matrix;
    for (size_t i = tags->starts[row]; i < tags->starts[row + 1]; i++)
        buffer_printf(out, i > tags->starts[row] ? ",%u" : "%u", (unsigned)tags->numbers[i]);
    if (tags->starts[row] == tags->starts[row + 1] && m->starts[row] == m->starts[row + 1])
        buffer_text(out, " 1:0"); /* readers pass over blank lines, and would lose the row */
    for (size_t i = m->starts[row]; i < m->starts[row + 1]; i++) {
        buffer_char(out, ' ');
        buffer_count(out, (size_t)m->terms[i] + 1);
        buffer_char(out, ':');
        buffer_float(out, m->values[i]);
    }
    buffer_char(out, '\n');
}

/* A name is one line, whatever it holds. */
static void put_name(buffer *out, ttag_view name)
{
    for (size_t i = 0; i < name.size; i++) {
        bool breaks_line = name.bytes[i] == '\n' || name.bytes[i] == '\r';
        buffer_put(out, breaks_line ? " " : name.bytes + i, 1);
    }
    buffer_char(out, '\n');
}

static ttag_status write_rows(text_file *f, const export_job *job, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (size_t row = 0; status == TTAG_OK && row < job->matrix->n_rows; row++) {
        put_row(&f->pending, job, row);
        status = flush_over(f, CHUNK, err);
    }
    return status == TTAG_OK ? flush_over(f, 0, err) : status;
}

static ttag_status write_tags(text_file *f, const export_job *job, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (size_t i = 0; status == TTAG_OK && i < job->tags.n_list; i++) {
        put_name(&f->pending, job->tags.list[i]);
        status = flush_over(f, CHUNK, err);
    }
    return status == TTAG_OK ? flush_over(f, 0, err) : status;
}

static ttag_status write_terms(text_file *f, const export_job *job, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (size_t i = 0; status == TTAG_OK && i < job->vocabulary->n_terms; i++) {
        put_name(&f->pending, ttag_vocabulary_term(job->vocabulary, (uint32_t)i));
        status = flush_over(f, CHUNK, err);
    }
    return status == TTAG_OK ? flush_over(f, 0, err) : status;
}

static ttag_status write_files(const export_job *job, const char *path, ttag_error *err)
{
    static const struct {
        const char *suffix;
        ttag_status (*write)(text_file *f, const export_job *job, ttag_error *err);
    } kinds[N_FILES] = {{".tags", write_tags}, {".terms", write_terms}, {"", write_rows}};
    text_file files[N_FILES] = {{0}};
    ttag_status status = TTAG_OK;
    for (size_t i = 0; status == TTAG_OK && i < N_FILES; i++) {
        status = open_beside(&files[i], path, kinds[i].suffix, err);
        if (status == TTAG_OK)
            status = kinds[i].write(&files[i], job, err);
    }
    for (size_t i = 0; i < N_FILES; i++) {
        if (status == TTAG_OK)
            status = output_commit(files[i].file, err);
        else
            output_abandon(files[i].file);
        buffer_dispose(&files[i].pending);
    }
    return status;
}

ttag_status ttag_export_svmlight(ttag_reader *feed, const char *path, const ttag_export_opts *opts,
                                 size_t *rows, ttag_error *err)
{
    static const ttag_export_opts defaults = TTAG_EXPORT_OPTS_INIT;
    export_job job = {.opts = opts ? opts : &defaults};
    ttag_status status = job_begin(&job, err);
    if (status == TTAG_OK)
        status = read_feed(&job, feed, err);
    if (status == TTAG_OK)
        status = job_finish(&job, err);
    if (status == TTAG_OK)
        status = write_files(&job, path, err);
    if (rows)
        *rows = status == TTAG_OK ? job.matrix->n_rows : 0;
    job_dispose(&job);
    return status;
}
