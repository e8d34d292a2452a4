/* Threads are started as work turns up, so that one article does not pay for all cores. */
#include "classify/stream_crew.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"

/* ---- What a thread does. ---- */

/* Made by the thread that uses it, when the first batch comes. */
static ttag_status lane_prepare(lane *l, const crew *c, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    if (!l->decoder)
        status = ttag_decoder_new(&l->decoder, c->taxonomy, err);
    if (status == TTAG_OK && !l->workspace)
        status = ttag_workspace_new(&l->workspace, c->model, &c->opts, err);
    return status;
}

static void lane_dispose(lane *l)
{
    ttag_decoder_free(l->decoder);
    ttag_workspace_free(l->workspace);
    *l = (lane){0};
}

static void do_batch(const crew *c, lane *l, stream_batch *batch)
{
    batch->status = lane_prepare(l, c, NULL);
    if (batch->status == TTAG_OK)
        batch_classify(batch, l, ttag_model_get(c->model), &c->opts);
}

static stream_batch *batch_at(const crew *c, size_t number)
{
    return &c->batches[number % c->n_batches];
}

static void *work(void *argument)
{
    crew_member *member = argument;
    crew *c = member->crew;
    pthread_mutex_lock(&c->lock);
    for (;;) {
        c->n_idle++;
        while (!c->stop && c->n_taken == c->n_submitted)
            pthread_cond_wait(&c->submitted, &c->lock);
        c->n_idle--;
        if (c->stop)
            break;
        stream_batch *batch = batch_at(c, c->n_taken++);
        pthread_mutex_unlock(&c->lock);
        do_batch(c, &member->lane, batch);
        pthread_mutex_lock(&c->lock);
        batch->finished = true;
        pthread_cond_signal(&c->finished);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

/* ---- What the calling thread does. ---- */

ttag_status crew_init(crew *c, const ttag_model *model, const ttag_taxonomy *taxonomy,
                      const ttag_classify_opts *opts, ttag_error *err)
{
    *c = (crew){.model = model, .taxonomy = taxonomy, .opts = *opts};
    c->opts.given_only = !opts->all;
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->submitted, NULL);
    pthread_cond_init(&c->finished, NULL);
    c->n_members = thread_count(opts->threads);
    c->n_batches = c->n_members > 1 ? 2 * (size_t)c->n_members : 1;
    c->members = mem_zero(c->n_members, sizeof *c->members);
    c->batches = mem_zero(c->n_batches, sizeof *c->batches);
    ttag_status status;
    if (c->members && c->batches) /* the first lane here: a bad option is told before reading */
        status = lane_prepare(&c->members[0].lane, c, err);
    else
        status = fail_memory(err);
    if (status != TTAG_OK)
        crew_dispose(c);
    return status;
}

void crew_dispose(crew *c)
{
    pthread_mutex_lock(&c->lock);
    c->stop = true;
    pthread_cond_broadcast(&c->submitted);
    pthread_mutex_unlock(&c->lock);
    for (unsigned i = 0; i < c->n_started; i++)
        pthread_join(c->members[i].thread, NULL);
    for (unsigned i = 0; c->members && i < c->n_members; i++)
        lane_dispose(&c->members[i].lane);
    for (size_t i = 0; c->batches && i < c->n_batches; i++)
        batch_dispose(&c->batches[i]);
    mem_free(c->members);
    mem_free(c->batches);
    pthread_cond_destroy(&c->finished);
    pthread_cond_destroy(&c->submitted);
    pthread_mutex_destroy(&c->lock);
}

bool crew_has_room(const crew *c)
{
    return c->n_submitted - c->n_written < c->n_batches; /* only this thread changes them */
}

stream_batch *crew_vacant(crew *c)
{
    stream_batch *batch = batch_at(c, c->n_submitted);
    batch_clear(batch);
    return batch;
}

/* One more thread, if those there are have no time for what is waiting. Called with the lock. */
static void start_member(crew *c)
{
    if (c->n_members == 1 || c->n_started == c->n_members ||
        c->n_submitted - c->n_taken <= c->n_idle)
        return;
    crew_member *member = &c->members[c->n_started];
    member->crew = c;
    if (pthread_create(&member->thread, NULL, work, member) == 0)
        c->n_started++;
}

void crew_submit(crew *c)
{
    pthread_mutex_lock(&c->lock);
    c->n_submitted++;
    start_member(c);
    bool alone = c->n_started == 0;
    pthread_cond_signal(&c->submitted);
    pthread_mutex_unlock(&c->lock);
    if (alone) {
        stream_batch *batch = batch_at(c, c->n_taken++);
        do_batch(c, &c->members[0].lane, batch);
        batch->finished = true;
    }
}

stream_batch *crew_oldest(crew *c, bool wait)
{
    stream_batch *batch = NULL;
    pthread_mutex_lock(&c->lock);
    if (c->n_written < c->n_submitted) {
        batch = batch_at(c, c->n_written);
        while (wait && !batch->finished)
            pthread_cond_wait(&c->finished, &c->lock);
        if (!batch->finished)
            batch = NULL;
    }
    pthread_mutex_unlock(&c->lock);
    return batch;
}

void crew_release(crew *c)
{
    c->n_written++;
}
