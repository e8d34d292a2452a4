/* Starting threads. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* A thread that gets no signals: those of the process go to the threads that were there before, so
   that they end a read or a write that waits there. False: there is no thread to be had. */
bool thread_start(pthread_t *thread, void *(*work)(void *), void *argument);

#endif
