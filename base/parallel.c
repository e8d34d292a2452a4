/* A loop whose indices are handed out to threads one by one. */
#include "base/parallel.h"

#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/monitor.h"
#include "base/thread.h"

enum { MOST_THREADS = 1024 };

unsigned thread_count(uint32_t asked)
{
    if (asked > 0)
        return asked < MOST_THREADS ? asked : MOST_THREADS;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (cores < 1)
        return 1;
    return cores < MOST_THREADS ? (unsigned)cores : MOST_THREADS;
}

typedef struct loop {
    parallel_body *body;
    void *context;
    size_t count;
    atomic_size_t next;
    atomic_size_t finished;
    atomic_bool stop;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t ended;
    unsigned running;
    size_t failed_index;
    ttag_status status;
} loop;

typedef struct worker {
    loop *shared;
    unsigned number;
    pthread_t thread;
} worker;

static void note_failure(loop *l, size_t index, ttag_status status)
{
    pthread_mutex_lock(&l->lock);
    if (l->status == TTAG_OK || index < l->failed_index) {
        l->status = status;
        l->failed_index = index;
    }
    pthread_mutex_unlock(&l->lock);
    atomic_store(&l->stop, true);
}

/* Takes one index; false when there is none left. */
static bool step(loop *l, unsigned number)
{
    if (atomic_load(&l->stop))
        return false;
    size_t index = atomic_fetch_add(&l->next, 1);
    if (index >= l->count)
        return false;
    ttag_status status = l->body(l->context, index, number);
    if (status != TTAG_OK)
        note_failure(l, index, status);
    atomic_fetch_add(&l->finished, 1);
    return true;
}

static void *work(void *argument)
{
    worker *w = argument;
    while (step(w->shared, w->number))
        continue;
    pthread_mutex_lock(&w->shared->lock);
    w->shared->running--;
    pthread_cond_signal(&w->shared->ended);
    pthread_mutex_unlock(&w->shared->lock);
    return NULL;
}

typedef struct watch {
    const ttag_monitor *monitor;
    void (*done)(void *context, size_t finished);
} watch;

static void look(loop *l, const watch *w)
{
    if (w->done)
        w->done(l->context, atomic_load(&l->finished));
    if (is_cancelled(w->monitor))
        note_failure(l, 0, TTAG_CANCELLED);
}

/* The calling thread only watches, so that the monitor hears of long indices too. */
static void watch_workers(loop *l, const watch *w)
{
    pthread_mutex_lock(&l->lock);
    while (l->running > 0) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 50000000;
        if (until.tv_nsec >= 1000000000) {
            until.tv_sec++;
            until.tv_nsec -= 1000000000;
        }
        pthread_cond_timedwait(&l->ended, &l->lock, &until);
        pthread_mutex_unlock(&l->lock);
        look(l, w);
        pthread_mutex_lock(&l->lock);
    }
    pthread_mutex_unlock(&l->lock);
}

static void run_inline(loop *l, const watch *w)
{
    while (step(l, 0))
        look(l, w);
}

/* Starts up to `count` workers; how many there are threads for. */
static unsigned start_workers(loop *l, worker *workers, unsigned count)
{
    pthread_mutex_lock(&l->lock);
    for (; l->running < count; l->running++) {
        worker *w = &workers[l->running];
        *w = (worker){.shared = l, .number = l->running};
        if (!thread_start(&w->thread, work, w))
            break;
    }
    unsigned started = l->running; /* none can have ended yet: that takes the lock */
    pthread_mutex_unlock(&l->lock);
    return started;
}

ttag_status parallel_for(unsigned threads, size_t count, parallel_body *body, void *context,
                         const ttag_monitor *monitor, void (*done)(void *context, size_t finished))
{
    loop l = {.body = body, .context = context, .count = count, .status = TTAG_OK};
    watch w = {monitor, done};
    pthread_mutex_init(&l.lock, NULL);
    pthread_cond_init(&l.ended, NULL);
    if (is_cancelled(monitor)) /* the workers may be done before anybody looks */
        note_failure(&l, 0, TTAG_CANCELLED);
    if (threads > count)
        threads = (unsigned)count;
    worker *workers = threads > 1 ? mem_zero(threads, sizeof *workers) : NULL;
    unsigned started = workers ? start_workers(&l, workers, threads) : 0;
    if (started == 0) /* one thread, or no memory for more */
        run_inline(&l, &w);
    watch_workers(&l, &w);
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    if (done) /* the last indices may have ended unwatched */
        done(context, atomic_load(&l.finished));
    mem_free(workers);
    pthread_cond_destroy(&l.ended);
    pthread_mutex_destroy(&l.lock);
    return l.status;
}
