/* Runs a fuzz target without a fuzzing engine: every file of its corpus, then mutations of them.
   Same seed, same inputs. An input that crashes or hangs is kept in a file. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/random.h"
#include "tests/fuzz/mutate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SECONDS_PER_INPUT = 20, LARGEST = 1 << 20 };

/* The input at hand, in memory that outlives the process that tries it. */
typedef struct trial {
    size_t size;
    uint8_t bytes[LARGEST];
} trial;

typedef struct options {
    const char *corpus, *dictionary;
    double seconds;
    uint64_t seed;
} options;

static void try_input(trial *t, ttag_view input)
{
    t->size = input.size;
    memcpy(t->bytes, input.bytes, input.size);
    uint8_t *exact =
        malloc(input.size ? input.size : 1); /* so that a sanitizer sees every overrun */
    if (!exact)
        exit(1);
    memcpy(exact, input.bytes, input.size);
    alarm(SECONDS_PER_INPUT);
    LLVMFuzzerTestOneInput(exact, input.size);
    alarm(0);
    free(exact);
}

static bool read_file(buffer *out, const char *path)
{
    char piece[4096];
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    for (size_t got; out->size < LARGEST && (got = fread(piece, 1, sizeof piece, file)) > 0;)
        buffer_put(out, piece, got);
    fclose(file);
    return out->size <= LARGEST && buffer_ok(out);
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Files of the corpus in byte order, since the order decides what is mutated. */
static bool read_corpus(const char *folder, pool *seeds)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, visible, alphasort);
    bool ok = count >= 0;
    for (int i = 0; i < count; i++) {
        char path[1024];
        buffer content = {0};
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        ok = ok && read_file(&content, path) && pool_add(seeds, buffer_as_view(&content));
        buffer_dispose(&content);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return ok;
}

/* One word a line in double quotes, as libFuzzer takes them; \xHH for any byte. */
static bool read_dictionary(const char *path, pool *words)
{
    buffer content = {0};
    bool ok = read_file(&content, path);
    for (char *line = ok ? strtok(content.bytes, "\n") : NULL; line; line = strtok(NULL, "\n"))
        ok = ok && (line[0] != '"' || pool_add_quoted(words, line));
    buffer_dispose(&content);
    return ok;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int run(const options *o, trial *t)
{
    pool seeds = {0}, words = {0};
    if (!read_corpus(o->corpus, &seeds) ||
        (o->dictionary && !read_dictionary(o->dictionary, &words))) {
        fprintf(stderr, "cannot read %s\n", o->corpus);
        return 1;
    }
    for (size_t i = 0; i < seeds.count; i++)
        try_input(t, seeds.items[i]);
    try_input(t, (ttag_view){"", 0});
    rng random;
    rng_seed(&random, o->seed);
    buffer input = {0};
    size_t tried = 0;
    for (double end = now() + o->seconds; now() < end; tried++) {
        mutate(&input, &random, &seeds, &words, LARGEST);
        try_input(t, buffer_as_view(&input));
    }
    printf("%zu seeds, %zu mutations\n", seeds.count, tried);
    buffer_dispose(&input);
    pool_dispose(&seeds);
    pool_dispose(&words);
    return 0;
}

static void keep(const trial *t, const char *program)
{
    const char *slash = strrchr(program, '/');
    char path[256];
    snprintf(path, sizeof path, "crash-%s", slash ? slash + 1 : program);
    FILE *file = fopen(path, "wb");
    if (!file)
        return;
    fwrite(t->bytes, 1, t->size, file);
    fclose(file);
    fprintf(stderr, "the input of %zu bytes is in %s; to run it alone, put it into a folder\n",
            t->size, path);
}

static bool parse_options(options *o, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        bool has_value = i + 1 < argc;
        if (strcmp(argv[i], "--seconds") == 0 && has_value)
            o->seconds = strtod(argv[++i], NULL);
        else if (strcmp(argv[i], "--seed") == 0 && has_value)
            o->seed = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--words") == 0 && has_value)
            o->dictionary = argv[++i];
        else if (argv[i][0] != '-' && !o->corpus)
            o->corpus = argv[i];
        else
            return false;
    }
    return o->corpus != NULL;
}

int main(int argc, char **argv)
{
    options o = {.seconds = 2, .seed = 1};
    if (!parse_options(&o, argc, argv)) {
        fprintf(stderr, "usage: %s [--seconds N] [--seed N] [--words FILE] FOLDER\n", argv[0]);
        return 2;
    }
    trial *t = mmap(NULL, sizeof *t, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (t == MAP_FAILED)
        return 1;
    pid_t child = fork();
    if (child == 0)
        exit(run(&o, t));
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child)
        return 1;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    if (WIFSIGNALED(status))
        fprintf(stderr, "ended by signal %d%s\n", WTERMSIG(status),
                WTERMSIG(status) == SIGALRM ? ": no answer in time" : "");
    keep(t, argv[0]);
    return 1;
}
