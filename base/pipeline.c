/* Threads are started as work turns up, so that little work does not pay for all cores. */
#include "base/pipeline.h"

#include "base/memory.h"
#include "base/thread.h"

/* ---- What a thread does. ---- */

static void *run_worker(void *argument)
{
    pipeline_worker *worker = argument;
    pipeline *p = worker->shared;
    pthread_mutex_lock(&p->lock);
    for (;;) {
        p->n_idle++;
        while (!p->stop && p->n_taken == p->n_submitted)
            pthread_cond_wait(&p->submitted, &p->lock);
        p->n_idle--;
        if (p->stop)
            break;
        size_t slot = p->n_taken++ % p->n_slots;
        pthread_mutex_unlock(&p->lock);
        p->work(p->context, slot, worker->number);
        pthread_mutex_lock(&p->lock);
        p->finished[slot] = true;
        pthread_cond_signal(&p->one_finished);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* ---- What the calling thread does. ---- */

ttag_status pipeline_init(pipeline *p, unsigned threads, pipeline_work *work, void *context)
{
    *p = (pipeline){.work = work, .context = context, .n_workers = threads};
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->submitted, NULL);
    pthread_cond_init(&p->one_finished, NULL);
    p->n_slots = pipeline_slots(threads);
    p->workers = mem_zero(threads, sizeof *p->workers);
    p->finished = mem_zero(p->n_slots, sizeof *p->finished);
    return p->workers && p->finished ? TTAG_OK : TTAG_NOMEM;
}

void pipeline_dispose(pipeline *p)
{
    pthread_mutex_lock(&p->lock);
    p->stop = true;
    pthread_cond_broadcast(&p->submitted);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->n_started; i++)
        pthread_join(p->workers[i].thread, NULL);
    mem_free(p->workers);
    mem_free(p->finished);
    pthread_cond_destroy(&p->one_finished);
    pthread_cond_destroy(&p->submitted);
    pthread_mutex_destroy(&p->lock);
}

bool pipeline_has_room(const pipeline *p)
{
    return p->n_submitted - p->n_released < p->n_slots; /* only this thread changes them */
}

size_t pipeline_vacant(const pipeline *p)
{
    return p->n_submitted % p->n_slots;
}

/* One more thread, if those there are have no time for what is waiting. Called with the lock. */
static void start_worker(pipeline *p)
{
    if (p->n_workers == 1 || p->n_started == p->n_workers ||
        p->n_submitted - p->n_taken <= p->n_idle)
        return;
    pipeline_worker *worker = &p->workers[p->n_started];
    *worker = (pipeline_worker){.shared = p, .number = p->n_started};
    if (thread_start(&worker->thread, run_worker, worker))
        p->n_started++;
}

void pipeline_submit(pipeline *p)
{
    size_t slot = pipeline_vacant(p);
    pthread_mutex_lock(&p->lock);
    p->finished[slot] = false;
    p->n_submitted++;
    start_worker(p);
    bool alone = p->n_started == 0;
    pthread_cond_signal(&p->submitted);
    pthread_mutex_unlock(&p->lock);
    if (!alone)
        return;
    p->n_taken++;
    p->work(p->context, slot, 0);
    p->finished[slot] = true;
}

bool pipeline_oldest(pipeline *p, bool wait, size_t *slot)
{
    if (p->n_released == p->n_submitted)
        return false;
    *slot = p->n_released % p->n_slots;
    pthread_mutex_lock(&p->lock);
    while (wait && !p->finished[*slot])
        pthread_cond_wait(&p->one_finished, &p->lock);
    bool finished = p->finished[*slot];
    pthread_mutex_unlock(&p->lock);
    return finished;
}

void pipeline_release(pipeline *p)
{
    p->n_released++;
}
