/* make_records N: that many tiny records on standard output, their ids counting from 1. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    static const char *const words[] = {"gulls",  "ferry",  "harbour",    "malware",
                                        "kernel", "patch",  "ransomware", "weather",
                                        "botnet", "letter", "mail",       "server"};
    enum { N_WORDS = sizeof words / sizeof *words };
    unsigned long n = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
    unsigned long random = 1;
    for (unsigned long i = 1; i <= n; i++) {
        random = random * 6364136223846793005UL + 1442695040888963407UL;
        printf("{\"id\":%lu,\"text\":\"%s %s %s\"}\n", i, words[random >> 33 & 7],
               words[(random >> 40) % N_WORDS], words[(random >> 50) % N_WORDS]);
    }
    return n > 0 && fflush(stdout) == 0 ? 0 : 1;
}
