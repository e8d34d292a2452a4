/* Signals are only remembered; whoever works asks for them. */
#include "cli/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/exit.h"

/* The one thing that a signal handler can write to. */
static volatile sig_atomic_t caught;

static void remember(int signal_number)
{
    if (caught) {
        signal(signal_number, SIG_DFL);
        raise(signal_number);
    }
    caught = signal_number;
    alarm(1);
}

/* A signal that comes just before a call that waits does not end it; this one comes again. */
static void remind(int signal_number)
{
    (void)signal_number;
    alarm(1);
}

static void open_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            (void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

void process_prepare(void)
{
    open_standard_streams();
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    sigaction(SIGXFSZ, &action, NULL);
    action.sa_handler = remember; /* without SA_RESTART: a read that waits is to end */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action.sa_handler = remind;
    sigaction(SIGALRM, &action, NULL);
}

static bool resolve(const char *path, char *out, size_t size)
{
    char *whole = realpath(path, NULL);
    const bool fits = whole && strlen(whole) < size;
    if (fits)
        memcpy(out, whole, strlen(whole) + 1);
    free(whole);
    return fits;
}

/* The first file `name` in the folders of PATH that can be run; `out` serves as scratch. */
static bool find_in_path(const char *name, char *out, size_t size)
{
    const char *folder = getenv("PATH");
    while (folder && *folder) {
        const size_t length = strcspn(folder, ":");
        const int wanted = snprintf(out, size, "%.*s/%s", (int)length, folder, name);
        if (length > 0 && wanted > 0 && (size_t)wanted < size && access(out, X_OK) == 0) {
            char found[4096];
            return snprintf(found, sizeof found, "%s", out) < (int)sizeof found &&
                   resolve(found, out, size);
        }
        folder += length;
        folder += *folder == ':';
    }
    return false;
}

bool process_own_path(const char *called, char *out, size_t size)
{
    return resolve("/proc/self/exe", out, size) || process_called_path(called, out, size);
}

bool process_called_path(const char *called, char *out, size_t size)
{
    if (!called || !*called)
        return false;
    return strchr(called, '/') ? resolve(called, out, size) : find_in_path(called, out, size);
}

int process_signal(void)
{
    return caught;
}

int process_stopped_code(void)
{
    return caught == SIGTERM ? EXIT_TERMINATED : EXIT_INTERRUPTED;
}

bool process_stdout_is_gone(void)
{
    struct pollfd look = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&look, 1, 0) == 1 && (look.revents & (POLLERR | POLLHUP)) != 0;
}

int process_close_stdout(void)
{
    bool failed = ferror(stdout) != 0; /* in an earlier write, whose errno is gone */
    bool gone = process_stdout_is_gone();
    errno = 0;
    failed |= fflush(stdout) != 0;
    int why = errno;
    if (fclose(stdout) != 0 && !failed) {
        failed = true;
        why = errno;
    }
    if (!failed || gone || why == EPIPE)
        return 0;
    return why ? why : EIO;
}
