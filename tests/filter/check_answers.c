/* check_answers N PID: reads the answers to make_records in `text` format: one each, in order. From
   the first tenth on looks at the memory of process PID: it must stay the same within 5 %, or,
   since it is so little, 256 kB: a page of a library here and there. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 4096, LOOKS = 20, PAGES = 256 };

/* Says what is wrong; the exit code. */
#define complain(...) (fputs("FAILED: ", stdout), printf(__VA_ARGS__), putchar('\n'), 1)

/* Resident memory in kB; 0: cannot be told. */
static unsigned long memory_of(const char *pid)
{
    char path[64], line[256];
    unsigned long size = 0;
    snprintf(path, sizeof path, "/proc/%s/status", pid);
    FILE *status = fopen(path, "r");
    if (!status)
        return 0;
    while (fgets(line, sizeof line, status))
        if (strncmp(line, "VmRSS:", 6) == 0)
            size = strtoul(line + 6, NULL, 10);
    fclose(status);
    return size;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return complain("expected N PID");
    static char line[LINE];
    unsigned long n = strtoul(argv[1], NULL, 10), id = 0, least = 0, most = 0;
    while (fgets(line, sizeof line, stdin)) {
        char *end;
        id++;
        if (strtoul(line, &end, 10) != id || *end != '\t' || !strchr(end, '\n'))
            return complain("answer %lu is: %s", id, line);
        if (id % (n / LOOKS) != 0 || id < n / 10)
            continue;
        unsigned long size = memory_of(argv[2]);
        if (size == 0)
            continue; /* it may have ended */
        least = least == 0 || size < least ? size : least;
        most = size > most ? size : most;
    }
    if (id != n)
        return complain("%lu answers for %lu records", id, n);
    if (least == 0)
        return complain("the memory of process %s cannot be seen", argv[2]);
    printf("%lu answers, %lu to %lu kB\n", id, least, most);
    bool same = most * 100 <= least * 105 || most - least <= PAGES;
    return same ? 0 : complain("memory did not stay the same");
}
