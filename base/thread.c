/* Starting threads that no signal interrupts. */
#include "base/thread.h"

#include <signal.h>

/* All signals but those that tell a thread of its own fault, or count its time. */
static void fill_blocked(sigset_t *set)
{
    static const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGPROF};
    sigfillset(set);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        sigdelset(set, own[i]);
}

bool thread_start(pthread_t *thread, void *(*work)(void *), void *argument)
{
    sigset_t blocked, before;
    fill_blocked(&blocked);
    if (pthread_sigmask(SIG_SETMASK, &blocked, &before) != 0)
        return false;
    bool started = pthread_create(thread, NULL, work, argument) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}
