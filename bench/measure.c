/* bench_measure TIMES OUT COMMAND [argument...]: runs a command that many times, its output into
   the file OUT; for each run a line: seconds, CPU seconds, peak memory in kB. A program of its own:
   what Python takes to start one is more than ours takes to tag an article, and a child's peak is
   at least that of the process that started it. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

static int complain(const char *what, const char *about)
{
    fprintf(stderr, "bench_measure: %s %s\n", what, about);
    return 1;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds_of(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* Runs it once and prints the line; whether it ended well. */
static int run(char **command, const posix_spawn_file_actions_t *actions)
{
    extern char **environ;
    struct rusage used;
    pid_t child;
    int status;
    double start = now();
    if (posix_spawnp(&child, command[0], actions, NULL, command, environ) != 0)
        return complain("cannot start", command[0]);
    if (wait4(child, &status, 0, &used) != child)
        return complain("lost", command[0]);
    double took = now() - start;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return complain("this failed:", command[0]);
    printf("%.6f %.6f %ld\n", took, seconds_of(used.ru_utime) + seconds_of(used.ru_stime),
           used.ru_maxrss);
    return 0;
}

int main(int argc, char **argv)
{
    long times = argc > 3 ? strtol(argv[1], NULL, 10) : 0;
    if (times < 1)
        return complain("expected", "TIMES OUT COMMAND");
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawn_file_actions_addopen(&actions, 1, argv[2], O_WRONLY | O_CREAT | O_TRUNC,
                                         0600) != 0)
        return complain("out of memory for", argv[2]);
    int failed = 0;
    for (long i = 0; i < times && !failed; i++)
        failed = run(argv + 3, &actions);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}
