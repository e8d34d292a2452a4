/* Input (plain, gzip, pipes), output (commit, abandon, failures), mapping. */
#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/input.h"
#include "base/memory.h"
#include "base/output.h"
#include "base/view.h"

/* ---- a folder for the tests ---- */

typedef struct folder {
    char path[64];
    char name[128];
    buffer lines; /* what golden/files/make_files.py packed */
} folder;

static int make_folder(void **state)
{
    folder *f = mem_zero(1, sizeof *f);
    snprintf(f->path, sizeof f->path, "/tmp/ttag-files-XXXXXX");
    if (!mkdtemp(f->path))
        return -1;
    for (int n = 0; n < 2000; n++)
        buffer_printf(&f->lines, "%d: report on case %d\n", n, n * n % 9973);
    *state = f;
    return 0;
}

static int remove_folder(void **state)
{
    folder *f = *state;
    DIR *entries = opendir(f->path);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        char name[512];
        snprintf(name, sizeof name, "%s/%s", f->path, entry->d_name);
        if (entry->d_name[0] != '.' && unlink(name) != 0)
            rmdir(name);
    }
    closedir(entries);
    int result = rmdir(f->path);
    buffer_dispose(&f->lines);
    mem_free(f);
    return result;
}

static const char *within(folder *f, const char *name)
{
    snprintf(f->name, sizeof f->name, "%s/%s", f->path, name);
    return f->name;
}

static void store(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void load(buffer *out, const char *path)
{
    char piece[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
        buffer_put(out, piece, got);
    fclose(file);
}

static size_t count_entries(const folder *f)
{
    size_t count = 0;
    DIR *entries = opendir(f->path);
    while (readdir(entries))
        count++;
    closedir(entries);
    return count - 2; /* "." and ".." */
}

/* ---- input ---- */

/* Reads `path` to its end, or to a failure, in pieces of `piece` bytes. */
static ttag_status read_all(const char *path, size_t piece, buffer *out, ttag_error *err)
{
    input *in;
    ttag_status status = input_open(&in, path, NULL, err);
    if (status != TTAG_OK) {
        assert_null(in);
        return status;
    }
    char *bytes = mem_new(piece, 1);
    for (size_t got = 1; got > 0 && status == TTAG_OK;) {
        status = input_read(in, bytes, piece, &got, err);
        assert_true(got <= piece);
        buffer_put(out, bytes, got);
    }
    mem_free(bytes);
    input_close(in);
    return status;
}

static const size_t pieces[] = {1, 2, 7, 4096, 65535, 65536, 1 << 20};
enum { N_PIECES = sizeof pieces / sizeof *pieces };

static void check_reads(const char *path, ttag_view expected)
{
    for (size_t i = 0; i < N_PIECES; i++) {
        buffer got = {0};
        ttag_error err;
        assert_int_equal(read_all(path, pieces[i], &got, &err), TTAG_OK);
        assert_true(view_equal(buffer_as_view(&got), expected));
        buffer_dispose(&got);
    }
}

static void input__plain_file(void **state)
{
    folder *f = *state;
    buffer large = {0};
    for (int i = 0; i < 6; i++)
        buffer_view(&large, buffer_as_view(&f->lines));
    store(within(f, "plain"), large.bytes, large.size);
    assert_true(large.size > 200000);
    check_reads(f->name, buffer_as_view(&large));
    buffer_dispose(&large);
}

static void input__empty_and_tiny_files(void **state)
{
    folder *f = *state;
    store(within(f, "tiny"), "", 0);
    check_reads(f->name, view_of(""));
    store(f->name, "x", 1);
    check_reads(f->name, view_of("x"));
    store(f->name, "\x1f", 1); /* half of gzip's mark */
    check_reads(f->name, view_of("\x1f"));
    store(f->name, "\x1fx", 2);
    check_reads(f->name, view_of("\x1fx"));
}

static void input__gzip(void **state)
{
    folder *f = *state;
    check_reads("golden/files/one.gz", buffer_as_view(&f->lines));
}

static void input__gzip_of_several_members(void **state)
{
    folder *f = *state;
    check_reads("golden/files/two.gz", buffer_as_view(&f->lines));
}

/* The member of one.gz with a comment in its header, so that it takes `size` bytes. */
static void put_member_of_size(buffer *out, const buffer *member, size_t size)
{
    enum { HEADER = 10, FLAGS = 3, HAS_COMMENT = 0x10 };
    char header[HEADER];
    memcpy(header, member->bytes, HEADER);
    header[FLAGS] = HAS_COMMENT;
    buffer_put(out, header, HEADER);
    for (size_t n = size - member->size - 1; n > 0; n--)
        buffer_char(out, 'c');
    buffer_char(out, '\0');
    buffer_put(out, member->bytes + HEADER, member->size - HEADER);
}

/* The mark of the second member may lie across the end of what one read gives. */
static void input__gzip_member_ends_at_a_read_boundary(void **state)
{
    folder *f = *state;
    buffer member = {0}, twice = {0};
    load(&member, "golden/files/one.gz");
    buffer_view(&twice, buffer_as_view(&f->lines));
    buffer_view(&twice, buffer_as_view(&f->lines));
    for (size_t size = 65533; size <= 65538; size++) {
        buffer file = {0};
        put_member_of_size(&file, &member, size);
        assert_int_equal(file.size, size);
        buffer_view(&file, buffer_as_view(&member));
        store(within(f, "boundary.gz"), file.bytes, file.size);
        check_reads(f->name, buffer_as_view(&twice));
        buffer_dispose(&file);
    }
    buffer_dispose(&member);
    buffer_dispose(&twice);
}

static void input__gzip_zero_padding_is_no_damage(void **state)
{
    folder *f = *state;
    buffer file = {0};
    load(&file, "golden/files/one.gz");
    for (int i = 0; i < 512; i++)
        buffer_char(&file, '\0');
    store(within(f, "padded.gz"), file.bytes, file.size);
    check_reads(f->name, buffer_as_view(&f->lines));
    buffer_dispose(&file);
}

static void input__gzip_followed_by_something_else(void **state)
{
    folder *f = *state;
    const char *const tails[] = {"{\"text\":\"x\"}\n", "\x1f", "\x1f\x1f\x8b"};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        buffer file = {0}, got = {0};
        ttag_error err;
        load(&file, "golden/files/one.gz");
        buffer_text(&file, tails[i]);
        store(within(f, "tail.gz"), file.bytes, file.size);
        assert_int_equal(read_all(f->name, 4096, &got, &err), TTAG_IO);
        assert_string_equal(err.text, "the gzip data is followed by something else");
        assert_string_equal(err.path, f->name);
        assert_true(view_equal(buffer_as_view(&got), buffer_as_view(&f->lines)));
        buffer_dispose(&file);
        buffer_dispose(&got);
    }
}

static void input__gzip_cut_short(void **state)
{
    folder *f = *state;
    buffer file = {0};
    load(&file, "golden/files/two.gz");
    for (size_t size = 2; size < file.size; size += size < 20 ? 1 : 911) {
        store(within(f, "short.gz"), file.bytes, size);
        for (size_t i = 0; i < N_PIECES; i += 3) {
            buffer got = {0};
            ttag_error err;
            assert_int_equal(read_all(f->name, pieces[i], &got, &err), TTAG_IO);
            assert_string_equal(err.text, "the gzip data is cut short");
            assert_true(got.size < f->lines.size);
            assert_memory_equal(buffer_as_view(&got).bytes, f->lines.bytes, got.size);
            buffer_dispose(&got);
        }
    }
    buffer_dispose(&file);
}

static void input__zstd(void **state)
{
    folder *f = *state;
    static const unsigned char passed_over[] = "\x51\x2a\x4d\x18\x03\0\0\0abc";
    buffer file = {0}, twice = {0}, lines = {0};
    check_reads("golden/files/one.zst", buffer_as_view(&f->lines));
    load(&file, "golden/files/one.zst");
    buffer_put(&twice, passed_over, sizeof passed_over - 1);
    buffer_view(&twice, buffer_as_view(&file));
    buffer_view(&twice, buffer_as_view(&file));
    for (int i = 0; i < 2; i++)
        buffer_view(&lines, buffer_as_view(&f->lines));
    store(within(f, "two.zst"), twice.bytes, twice.size);
    check_reads(f->name, buffer_as_view(&lines));
    for (size_t size = 4; size < file.size; size += size < 20 ? 1 : 911) {
        buffer got = {0};
        ttag_error err;
        store(f->name, file.bytes, size);
        assert_int_equal(read_all(f->name, 4096, &got, &err), TTAG_IO);
        assert_string_equal(err.text, "the Zstandard data is cut short");
        buffer_dispose(&got);
    }
    store(f->name, "\x28\xb5\x2f", 3); /* most of its mark */
    check_reads(f->name, view_of("\x28\xb5\x2f"));
    buffer_dispose(&file);
    buffer_dispose(&twice);
    buffer_dispose(&lines);
}

static void input__gzip_garbage(void **state)
{
    folder *f = *state;
    buffer file = {0}, got = {0};
    ttag_error err;
    store(within(f, "garbage.gz"), "\x1f\x8bthis is no gzip", 18);
    assert_int_equal(read_all(f->name, 100, &got, &err), TTAG_IO);
    assert_string_equal(err.text, "the gzip data is damaged");
    assert_int_equal(got.size, 0);
    load(&file, "golden/files/one.gz");
    file.bytes[file.size - 6] ^= 1; /* in the checksum */
    store(f->name, file.bytes, file.size);
    assert_int_equal(read_all(f->name, 4096, &got, &err), TTAG_IO);
    assert_string_equal(err.text, "the gzip data is damaged");
    assert_int_equal(got.size, f->lines.size); /* the last piece came before its checksum */
    buffer_dispose(&file);
    buffer_dispose(&got);
}

static void input__missing_file_and_folder(void **state)
{
    folder *f = *state;
    buffer got = {0};
    ttag_error err;
    assert_int_equal(read_all(within(f, "absent"), 1, &got, &err), TTAG_IO);
    assert_string_equal(err.path, f->name);
    assert_string_equal(err.text, "cannot open: No such file or directory");
    assert_int_equal(read_all(f->path, 1, &got, &err), TTAG_IO);
    assert_string_equal(err.text, "is a folder; expected a file");
    assert_int_equal(read_all("", 1, &got, NULL), TTAG_IO);
}

static void input__size_zero_reads_nothing(void **state)
{
    (void)state;
    input *in;
    char byte;
    size_t got = 9;
    assert_int_equal(input_open(&in, "golden/files/one.gz", NULL, NULL), TTAG_OK);
    assert_int_equal(input_read(in, &byte, 0, &got, NULL), TTAG_OK);
    assert_int_equal(got, 0);
    input_close(in);
    input_close(NULL);
}

static void input_open__no_memory(void **state)
{
    (void)state;
#ifdef TTAG_FAULTS
    for (size_t n = 1;; n++) {
        input *in;
        ttag_error err;
        mem_fail_after(n);
        ttag_status status = input_open(&in, "golden/files/one.gz", NULL, &err);
        mem_fail_after(0);
        if (status == TTAG_OK) {
            input_close(in);
            assert_true(n > 2);
            break;
        }
        assert_int_equal(status, TTAG_NOMEM);
        assert_null(in);
    }
#else
    skip();
#endif
}

/* ---- pipes ---- */

typedef struct feeder {
    int fd;
    ttag_view bytes;
    size_t piece;
    long delay; /* milliseconds before each piece */
    pthread_t thread;
} feeder;

static void *feed(void *argument)
{
    const feeder *f = argument;
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    struct timespec delay = {0, f->delay * 1000000};
    for (size_t at = 0; at < f->bytes.size; at += f->piece) {
        size_t left = f->bytes.size - at;
        nanosleep(&delay, NULL);
        if (write(f->fd, f->bytes.bytes + at, left < f->piece ? left : f->piece) < 0)
            break;
    }
    close(f->fd);
    return NULL;
}

/* Gives the reading end's name, "/dev/fd/N". */
static int start_feeder(feeder *f, char name[32])
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    f->fd = ends[1];
    snprintf(name, 32, "/dev/fd/%d", ends[0]);
    assert_int_equal(pthread_create(&f->thread, NULL, feed, f), 0);
    return ends[0];
}

static void check_pipe(ttag_view bytes, size_t piece, long delay, ttag_view expected)
{
    char name[32];
    feeder f = {.bytes = bytes, .piece = piece, .delay = delay};
    int fd = start_feeder(&f, name);
    buffer got = {0};
    assert_int_equal(read_all(name, 100, &got, NULL), TTAG_OK);
    assert_true(view_equal(buffer_as_view(&got), expected));
    buffer_dispose(&got);
    pthread_join(f.thread, NULL);
    close(fd);
}

static void input__pipe_that_gives_byte_by_byte(void **state)
{
    folder *f = *state;
    buffer file = {0};
    load(&file, "golden/files/two.gz");
    check_pipe(buffer_as_view(&file), 1, 0, buffer_as_view(&f->lines));
    check_pipe(view_of("plain text"), 1, 1, view_of("plain text"));
    check_pipe(view_of(""), 1, 0, view_of(""));
    buffer_dispose(&file);
}

static void ignore_signal(int number)
{
    (void)number;
}

/* SIGALRM every few milliseconds, without SA_RESTART. */
static void start_interrupting(bool on)
{
    struct sigaction action = {.sa_handler = ignore_signal};
    sigaction(SIGALRM, &action, NULL);
    struct itimerval every = {{0, on ? 3000 : 0}, {0, on ? 3000 : 0}};
    setitimer(ITIMER_REAL, &every, NULL);
}

static void input__interrupted_reads_go_on(void **state)
{
    (void)state;
    start_interrupting(true);
    check_pipe(view_of("slow but sure"), 4, 20, view_of("slow but sure"));
    start_interrupting(false);
}

static bool always(void *payload)
{
    (void)payload;
    return true;
}

static void input__interrupted_read_is_cancelled(void **state)
{
    (void)state;
    char name[32], byte;
    feeder f = {.bytes = view_of("never mind"), .piece = 10, .delay = 300};
    int fd = start_feeder(&f, name);
    ttag_monitor monitor = {.cancelled = always};
    ttag_error err;
    input *in;
    start_interrupting(true);
    ttag_status status = input_open(&in, name, &monitor, &err); /* looks for gzip's mark */
    start_interrupting(false);
    assert_int_equal(status, TTAG_CANCELLED);
    assert_null(in);
    pthread_join(f.thread, NULL);
    assert_int_equal(read(fd, &byte, 1), 1);
    close(fd);
}

static void input__non_blocking_pipe_is_waited_for(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    int kept = dup(STDIN_FILENO);
    assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    feeder f = {.fd = ends[1], .bytes = view_of("here it is"), .piece = 5, .delay = 20};
    assert_int_equal(pthread_create(&f.thread, NULL, feed, &f), 0);
    buffer got = {0};
    assert_int_equal(read_all("-", 100, &got, NULL), TTAG_OK);
    assert_string_equal(got.bytes, "here it is");
    buffer_dispose(&got);
    pthread_join(f.thread, NULL);
    dup2(kept, STDIN_FILENO);
    close(kept);
    close(ends[0]);
}

static void input__at_hand_does_not_wait(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    char name[32], bytes[8];
    snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
    assert_int_equal(write(ends[1], "ab", 2), 2);
    input *in;
    size_t got;
    assert_int_equal(input_open(&in, name, NULL, NULL), TTAG_OK);
    assert_true(input_is_live(in));
    assert_int_equal(input_read_at_hand(in, bytes, sizeof bytes, &got, NULL), TTAG_OK);
    assert_int_equal(got, 2);
    assert_int_equal(input_read_at_hand(in, bytes, sizeof bytes, &got, NULL), TTAG_END);
    assert_int_equal(got, 0);
    assert_int_equal(write(ends[1], "c", 1), 1);
    assert_int_equal(input_read_at_hand(in, bytes, sizeof bytes, &got, NULL), TTAG_OK);
    assert_int_equal(got, 1);
    close(ends[1]);
    for (int again = 0; again < 2; again++) { /* the end */
        assert_int_equal(input_read_at_hand(in, bytes, sizeof bytes, &got, NULL), TTAG_OK);
        assert_int_equal(got, 0);
    }
    input_close(in);
    close(ends[0]);
}

/* A part of a gzip stream comes, then the rest. */
static void input__at_hand_does_not_wait_for_packed_bytes(void **state)
{
    (void)state;
    static const unsigned char packed[] = {
        0x1f, 0x8b, 8,    0, 0, 0,    0,    0,    0,    3, /* the header */
        0x4b, 0x4c, 0x4a, 6, 0, 0xc2, 0x41, 0x24, 0x35, 3, 0, 0, 0};
    enum { HALF = 10 };
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    char name[32], bytes[8];
    snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
    assert_int_equal(write(ends[1], packed, HALF), HALF);
    input *in;
    size_t got;
    assert_int_equal(input_open(&in, name, NULL, NULL), TTAG_OK);
    assert_int_equal(input_read_at_hand(in, bytes, sizeof bytes, &got, NULL), TTAG_END);
    assert_int_equal(write(ends[1], packed + HALF, sizeof packed - HALF), sizeof packed - HALF);
    close(ends[1]);
    assert_int_equal(input_read_at_hand(in, bytes, sizeof bytes, &got, NULL), TTAG_OK);
    assert_int_equal(got, 3);
    assert_memory_equal(bytes, "abc", 3);
    assert_int_equal(input_read_at_hand(in, bytes, sizeof bytes, &got, NULL), TTAG_OK);
    assert_int_equal(got, 0);
    input_close(in);
    close(ends[0]);
}

static bool told_to_stop(void *payload)
{
    return *(bool *)payload;
}

static void input__cancelled_hands_on_what_was_taken(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    char name[32], bytes[8];
    snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
    assert_int_equal(write(ends[1], "abc", 3), 3);
    bool stop = false;
    ttag_monitor monitor = {.cancelled = told_to_stop, .payload = &stop};
    input *in;
    size_t got;
    assert_int_equal(input_open(&in, name, &monitor, NULL), TTAG_OK);
    stop = true;
    assert_int_equal(write(ends[1], "d", 1), 1);
    assert_int_equal(input_read(in, bytes, sizeof bytes, &got, NULL), TTAG_OK);
    assert_int_equal(got, 3);
    assert_int_equal(input_read(in, bytes, sizeof bytes, &got, NULL), TTAG_CANCELLED);
    assert_int_equal(read(ends[0], bytes, 1), 1); /* was left to others */
    assert_int_equal(bytes[0], 'd');
    input_close(in);
    close(ends[0]);
    close(ends[1]);
}

/* ---- output ---- */

static void check_content(const char *path, const char *expected)
{
    buffer content = {0};
    load(&content, path);
    assert_string_equal(buffer_as_view(&content).bytes, expected);
    buffer_dispose(&content);
}

static void output__commit_replaces(void **state)
{
    folder *f = *state;
    output *o;
    store(within(f, "model"), "old", 3);
    size_t entries = count_entries(f);
    assert_int_equal(output_open(&o, f->name, NULL), TTAG_OK);
    assert_int_equal(output_write(o, "new ", 4, NULL), TTAG_OK);
    assert_int_equal(output_write(o, NULL, 0, NULL), TTAG_OK);
    assert_int_equal(output_write(o, "file", 4, NULL), TTAG_OK);
    check_content(f->name, "old");
    assert_int_equal(output_commit(o, NULL), TTAG_OK);
    check_content(f->name, "new file");
    assert_int_equal(count_entries(f), entries);
}

static void output__abandon_leaves_the_old(void **state)
{
    folder *f = *state;
    output *o;
    store(within(f, "model"), "old", 3);
    size_t entries = count_entries(f);
    assert_int_equal(output_open(&o, f->name, NULL), TTAG_OK);
    assert_int_equal(output_write(o, "new", 3, NULL), TTAG_OK);
    assert_int_equal(count_entries(f), entries + 1);
    output_abandon(o);
    output_abandon(NULL);
    check_content(f->name, "old");
    assert_int_equal(count_entries(f), entries);
}

static void output__two_at_a_time_do_not_mix(void **state)
{
    folder *f = *state;
    output *first, *second;
    assert_int_equal(output_open(&first, within(f, "both"), NULL), TTAG_OK);
    assert_int_equal(output_open(&second, f->name, NULL), TTAG_OK);
    assert_int_equal(output_write(first, "first", 5, NULL), TTAG_OK);
    assert_int_equal(output_write(second, "second", 6, NULL), TTAG_OK);
    assert_int_equal(output_commit(second, NULL), TTAG_OK);
    check_content(f->name, "second");
    assert_int_equal(output_commit(first, NULL), TTAG_OK);
    check_content(f->name, "first");
}

/* A full disk: writes fail from some size on. */
static void output__failed_write_leaves_the_old(void **state)
{
    folder *f = *state;
    output *o;
    ttag_error err;
    struct rlimit limit, small;
    store(within(f, "model"), "old", 3);
    size_t entries = count_entries(f);
    char *bytes = mem_zero(1 << 16, 1);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    small = limit;
    small.rlim_cur = 100000;
    for (int give_up = 0; give_up < 2; give_up++) {
        assert_int_equal(output_open(&o, f->name, &err), TTAG_OK);
        setrlimit(RLIMIT_FSIZE, &small);
        assert_int_equal(output_write(o, bytes, 1 << 16, &err), TTAG_OK);
        ttag_status status = output_write(o, bytes, 1 << 16, &err);
        setrlimit(RLIMIT_FSIZE, &limit);
        assert_int_equal(status, TTAG_IO);
        assert_string_equal(err.path, f->name);
        assert_string_equal(err.text, "cannot write: File too large");
        if (give_up)
            output_abandon(o);
        else
            assert_int_equal(output_commit(o, &err), TTAG_IO);
        check_content(f->name, "old");
        assert_int_equal(count_entries(f), entries);
    }
    signal(SIGXFSZ, SIG_DFL);
    mem_free(bytes);
}

static unsigned mode_of(const char *path)
{
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    return info.st_mode & 0777u;
}

static void write_file(const char *path)
{
    output *o;
    assert_int_equal(output_open(&o, path, NULL), TTAG_OK);
    assert_int_equal(output_write(o, "x", 1, NULL), TTAG_OK);
    assert_int_equal(output_commit(o, NULL), TTAG_OK);
}

static void output__mode_is_umask_or_the_old_one(void **state)
{
    folder *f = *state;
    mode_t mask = umask(027);
    write_file(within(f, "fresh"));
    assert_int_equal(mode_of(f->name), 0640);
    assert_int_equal(chmod(f->name, 0604), 0);
    write_file(f->name);
    assert_int_equal(mode_of(f->name), 0604);
    umask(mask);
}

static void output__symbolic_link_is_followed(void **state)
{
    folder *f = *state;
    char link_name[128];
    snprintf(link_name, sizeof link_name, "%s/link", f->path);
    store(within(f, "target"), "old", 3);
    assert_int_equal(symlink("target", link_name), 0);
    write_file(link_name);
    check_content(f->name, "x");
    struct stat info;
    assert_int_equal(lstat(link_name, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
}

static void check_not_opened(const char *path, const char *text)
{
    output *o;
    ttag_error err;
    assert_int_equal(output_open(&o, path, &err), TTAG_IO);
    assert_null(o);
    assert_string_equal(err.path, path);
    assert_string_equal(err.text, text);
}

static void output__places_that_are_refused(void **state)
{
    folder *f = *state;
    check_not_opened("/dev/null", "is a device or pipe; expected the name of a file");
    check_not_opened(f->path, "is a folder; expected the name of a file");
    check_not_opened(within(f, "absent/file"),
                     "cannot make a file beside it: No such file or directory");
    struct stat info;
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
}

static void output_open__no_memory(void **state)
{
#ifdef TTAG_FAULTS
    folder *f = *state;
    for (size_t n = 1;; n++) {
        output *o;
        size_t entries = count_entries(f);
        within(f, "model");
        mem_fail_after(n);
        ttag_status status = output_open(&o, f->name, NULL);
        mem_fail_after(0);
        if (status == TTAG_OK) {
            output_abandon(o);
            assert_true(n > 2);
            break;
        }
        assert_int_equal(status, TTAG_NOMEM);
        assert_null(o);
        assert_int_equal(count_entries(f), entries);
    }
#else
    (void)state;
    skip();
#endif
}

/* ---- mapping ---- */

static void mapping__whole_file(void **state)
{
    folder *f = *state;
    mapping m;
    store(within(f, "mapped"), "three", 5);
    assert_int_equal(mapping_open(&m, f->name, NULL), TTAG_OK);
    assert_int_equal(m.size, 5);
    assert_memory_equal(m.bytes, "three", 5);
    mapping_close(&m);
    assert_null(m.bytes);
    mapping_close(&m);
}

static void mapping__empty_file(void **state)
{
    folder *f = *state;
    mapping m;
    store(within(f, "mapped"), "", 0);
    assert_int_equal(mapping_open(&m, f->name, NULL), TTAG_OK);
    assert_int_equal(m.size, 0);
    mapping_close(&m);
}

static void check_not_mapped(const char *path, const char *text)
{
    mapping m;
    ttag_error err;
    assert_int_equal(mapping_open(&m, path, &err), TTAG_IO);
    assert_null(m.bytes);
    assert_string_equal(err.path, path);
    assert_string_equal(err.text, text);
}

static void mapping__what_is_no_file(void **state)
{
    folder *f = *state;
    check_not_mapped(within(f, "absent"), "cannot open: No such file or directory");
    check_not_mapped(f->path, "is a folder; expected a file");
    assert_int_equal(mkfifo(within(f, "fifo"), 0600), 0);
    check_not_mapped(f->name, "is a device or pipe; expected a file");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(input__plain_file),
        cmocka_unit_test(input__empty_and_tiny_files),
        cmocka_unit_test(input__gzip),
        cmocka_unit_test(input__gzip_of_several_members),
        cmocka_unit_test(input__gzip_member_ends_at_a_read_boundary),
        cmocka_unit_test(input__gzip_zero_padding_is_no_damage),
        cmocka_unit_test(input__gzip_followed_by_something_else),
        cmocka_unit_test(input__gzip_cut_short),
        cmocka_unit_test(input__zstd),
        cmocka_unit_test(input__gzip_garbage),
        cmocka_unit_test(input__missing_file_and_folder),
        cmocka_unit_test(input__size_zero_reads_nothing),
        cmocka_unit_test(input_open__no_memory),
        cmocka_unit_test(input__pipe_that_gives_byte_by_byte),
        cmocka_unit_test(input__interrupted_reads_go_on),
        cmocka_unit_test(input__interrupted_read_is_cancelled),
        cmocka_unit_test(input__non_blocking_pipe_is_waited_for),
        cmocka_unit_test(input__at_hand_does_not_wait),
        cmocka_unit_test(input__at_hand_does_not_wait_for_packed_bytes),
        cmocka_unit_test(input__cancelled_hands_on_what_was_taken),
        cmocka_unit_test(output__commit_replaces),
        cmocka_unit_test(output__abandon_leaves_the_old),
        cmocka_unit_test(output__two_at_a_time_do_not_mix),
        cmocka_unit_test(output__failed_write_leaves_the_old),
        cmocka_unit_test(output__mode_is_umask_or_the_old_one),
        cmocka_unit_test(output__symbolic_link_is_followed),
        cmocka_unit_test(output__places_that_are_refused),
        cmocka_unit_test(output_open__no_memory),
        cmocka_unit_test(mapping__whole_file),
        cmocka_unit_test(mapping__empty_file),
        cmocka_unit_test(mapping__what_is_no_file),
    };
    return cmocka_run_group_tests_name("files", tests, make_folder, remove_folder);
}
