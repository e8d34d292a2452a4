/* Threads are started as work turns up, so that one article does not pay for all cores. */
#include "classify/stream_crew.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/thread.h"
#include "classify/workspace.h"

/* Batches for each thread: one that it works on, some that wait for it, and some that are finished
   and wait for a slower one to be written first, or for the calling thread to have its turn. With
   four, what goes round among the threads is more than their caches keep. */
enum { BATCHES_EACH = 3 };

/* What records larger than a batch may take beyond that. */
enum { OVERSIZE_BYTES = 64 << 20 };

/* So many records the calling thread answers before it looks again for what is to be read and
   written. */
enum { HELP_RECORDS = 16 };

/* ---- What a thread does. ---- */

/* Made by the thread that uses it, when the first batch comes. */
static ttag_status lane_prepare(lane *l, const crew *c, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    l->parts = ttag_model_get(c->model);
    l->opts = &c->opts;
    l->taxonomy = c->taxonomy;
    if (!l->workspace)
        status = ttag_workspace_new(&l->workspace, c->model, &c->opts, err);
    if (status == TTAG_OK)
        l->workspace->leaves_warming = c->n_members > 0;
    return status;
}

static void lane_dispose(lane *l)
{
    for (size_t i = 0; i < BATCH_TOGETHER; i++)
        ttag_decoder_free(l->decoders[i]);
    ttag_workspace_free(l->workspace);
    *l = (lane){0};
}

/* About `most` records of it; whether it is done. */
static bool do_batch(const crew *c, lane *l, stream_batch *batch, size_t most)
{
    if (batch->status == TTAG_OK)
        batch->status = lane_prepare(l, c, NULL);
    return batch->status != TTAG_OK || batch_classify(batch, l, most);
}

static stream_batch **batch_at(const crew *c, size_t number)
{
    return &c->batches[number % c->n_batches];
}

/* One that would keep the calling thread from reading and writing. */
static bool holds_long_record(const stream_batch *batch)
{
    return batch->input.size > 2 * BATCH_BYTES;
}

/* Called with the lock. */
static void wake_caller(crew *c)
{
    if (!c->sleeping)
        return;
    c->sleeping = false; /* one byte for each sleep: the pipe cannot fill up */
    (void)!write(c->wake[1], "", 1);
}

/* What takes long besides tagging is done between two batches: within one, none of those behind it
   could be written meanwhile; and behind the last one, it would only delay the end. */
static void work_on(crew *c, lane *l, stream_batch *batch)
{
    do_batch(c, l, batch, SIZE_MAX);
    pthread_mutex_lock(&c->lock);
    batch->finished = true;
    c->n_finished++;
    wake_caller(c);
    const bool more = c->n_taken < c->n_submitted;
    pthread_mutex_unlock(&c->lock);
    if (more && l->workspace)
        workspace_warm_up(l->workspace);
}

static void *work(void *argument)
{
    crew_member *member = argument;
    crew *c = member->crew;
    pthread_mutex_lock(&c->lock);
    for (;; c->n_idle++) { /* it began idle */
        while (!c->stop && c->n_taken == c->n_submitted)
            pthread_cond_wait(&c->submitted, &c->lock);
        c->n_idle--;
        if (c->stop)
            break;
        stream_batch *batch = *batch_at(c, c->n_taken++);
        if (holds_long_record(batch))
            wake_caller(c); /* it may take the next one */
        pthread_mutex_unlock(&c->lock);
        work_on(c, &member->lane, batch);
        pthread_mutex_lock(&c->lock);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

/* ---- Making and ending a crew. ---- */

static bool open_wake_pipe(crew *c)
{
    if (pipe(c->wake) != 0) {
        c->wake[0] = c->wake[1] = -1;
        return false;
    }
    for (int i = 0; i < 2; i++) {
        (void)fcntl(c->wake[i], F_SETFD, FD_CLOEXEC);
        (void)fcntl(c->wake[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}

static bool allocate(crew *c, unsigned threads)
{
    /* without a pipe to be woken by, the calling thread does all the work */
    c->n_members = threads > 1 && open_wake_pipe(c) ? threads - 1 : 0;
    c->n_batches = c->n_members ? (size_t)BATCHES_EACH * threads : 1;
    c->members = mem_zero(c->n_members, sizeof *c->members);
    c->batches = mem_zero(c->n_batches, sizeof(stream_batch *));
    for (size_t i = 0; c->batches && i < c->n_batches; i++)
        if (!(c->batches[i] = mem_zero(1, sizeof(stream_batch))))
            return false;
    return c->members && c->batches;
}

ttag_status crew_init(crew *c, const ttag_model *model, const ttag_taxonomy *taxonomy,
                      const ttag_classify_opts *opts, ttag_error *err)
{
    *c = (crew){.model = model, .taxonomy = taxonomy, .opts = *opts, .wake = {-1, -1}};
    c->opts.given_only = !opts->all;
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->submitted, NULL);
    if (!allocate(c, thread_count(opts->threads)))
        return fail_memory(err);
    return lane_prepare(&c->own, c, err); /* a bad option is told before reading */
}

void crew_dispose(crew *c)
{
    pthread_mutex_lock(&c->lock);
    c->stop = true;
    pthread_cond_broadcast(&c->submitted);
    pthread_mutex_unlock(&c->lock);
    for (unsigned i = 0; i < c->n_started; i++)
        pthread_join(c->members[i].thread, NULL);
    for (unsigned i = 0; i < c->n_started; i++)
        lane_dispose(&c->members[i].lane);
    lane_dispose(&c->own);
    for (size_t i = 0; c->batches && i < c->n_batches && c->batches[i]; i++) {
        batch_dispose(c->batches[i]);
        mem_free(c->batches[i]);
    }
    mem_free(c->members);
    mem_free(c->batches);
    for (int i = 0; i < 2; i++)
        if (c->wake[i] >= 0)
            close(c->wake[i]);
    pthread_cond_destroy(&c->submitted);
    pthread_mutex_destroy(&c->lock);
}

/* ---- What the calling thread does. ---- */

bool crew_is_idle(const crew *c)
{
    return c->n_submitted == c->n_written; /* only this thread changes them */
}

bool crew_has_hands(crew *c, bool is_free)
{
    pthread_mutex_lock(&c->lock);
    size_t waiting = c->n_submitted - c->n_taken;
    bool one_more = c->n_started < c->n_members || (is_free && !c->at_hand);
    bool hands = waiting < c->n_idle || (waiting == 0 && one_more);
    pthread_mutex_unlock(&c->lock);
    return hands;
}

stream_batch *crew_vacant(crew *c)
{
    if (c->n_submitted - c->n_written == c->n_batches ||
        c->n_bytes > c->n_batches * BATCH_BYTES + OVERSIZE_BYTES)
        return NULL;
    return *batch_at(c, c->n_submitted);
}

/* One more thread, if those there are have no time for what is waiting. Called with the lock. */
static void start_member(crew *c)
{
    if (c->n_started == c->n_members || c->n_submitted - c->n_taken <= c->n_idle)
        return;
    crew_member *member = &c->members[c->n_started];
    member->crew = c;
    if (thread_start(&member->thread, work, member)) {
        c->n_started++;
        c->n_idle++;
    }
}

void crew_submit(crew *c)
{
    c->n_bytes += (*batch_at(c, c->n_submitted))->input.size;
    pthread_mutex_lock(&c->lock);
    c->n_submitted++;
    start_member(c);
    pthread_cond_signal(&c->submitted);
    pthread_mutex_unlock(&c->lock);
}

void crew_do_at_once(crew *c)
{
    stream_batch *batch = *batch_at(c, c->n_submitted);
    c->n_bytes += batch->input.size;
    do_batch(c, &c->own, batch, SIZE_MAX);
    workspace_warm_up(c->own.workspace);
    pthread_mutex_lock(&c->lock);
    c->n_submitted++;
    c->n_taken++;
    batch->finished = true;
    pthread_mutex_unlock(&c->lock);
}

/* Whether there is a batch that the calling thread may take: what is long, it leaves to a member
   that has nothing to do. Called with the lock. */
static bool may_take(const crew *c)
{
    return c->n_taken < c->n_submitted &&
           (c->n_idle == 0 || !holds_long_record(*batch_at(c, c->n_taken)));
}

static stream_batch *take(crew *c)
{
    pthread_mutex_lock(&c->lock);
    stream_batch *batch = may_take(c) ? *batch_at(c, c->n_taken++) : NULL;
    pthread_mutex_unlock(&c->lock);
    return batch;
}

bool crew_help(crew *c)
{
    if (!c->at_hand)
        c->at_hand = take(c);
    if (!c->at_hand)
        return false;
    if (do_batch(c, &c->own, c->at_hand, HELP_RECORDS)) {
        pthread_mutex_lock(&c->lock);
        c->at_hand->finished = true;
        pthread_mutex_unlock(&c->lock);
        c->at_hand = NULL;
        if (c->n_started == 0) /* else it is left to members: they would run out of batches */
            workspace_warm_up(c->own.workspace);
    }
    return true;
}

/* Puts the batch of that number into the oldest one's place. */
static void bring_forward(crew *c, size_t number)
{
    stream_batch **place = batch_at(c, number), **oldest = batch_at(c, c->n_written);
    stream_batch *batch = *place;
    *place = *oldest;
    *oldest = batch;
}

stream_batch *crew_finished(crew *c, bool any)
{
    stream_batch *batch = NULL;
    pthread_mutex_lock(&c->lock);
    c->n_seen = c->n_finished;
    size_t end = any || c->n_taken == c->n_written ? c->n_taken : c->n_written + 1;
    for (size_t number = c->n_written; number < end && !batch; number++) {
        if ((*batch_at(c, number))->finished) {
            bring_forward(c, number);
            batch = *batch_at(c, c->n_written);
        }
    }
    pthread_mutex_unlock(&c->lock);
    return batch;
}

void crew_release(crew *c)
{
    stream_batch *batch = *batch_at(c, c->n_written);
    c->n_bytes -= batch->input.size;
    batch_clear(batch);
    c->n_written++;
}

/* Whether to sleep at all; from then on members write to the pipe. */
static bool fall_asleep(crew *c)
{
    pthread_mutex_lock(&c->lock);
    c->sleeping = c->n_seen == c->n_finished && !may_take(c);
    bool sleeping = c->sleeping;
    pthread_mutex_unlock(&c->lock);
    return sleeping;
}

static void wake_up(crew *c)
{
    char byte;
    pthread_mutex_lock(&c->lock);
    c->sleeping = false;
    pthread_mutex_unlock(&c->lock);
    if (c->wake[0] >= 0)
        (void)!read(c->wake[0], &byte, 1);
}

bool crew_sleep(crew *c, int input, int output)
{
    if (!fall_asleep(c))
        return false;
    struct pollfd look[] = {{.fd = input, .events = POLLIN},
                            {.fd = c->wake[0], .events = POLLIN},
                            {.fd = output, .events = 0}};
    int n = poll(look, 3, -1);
    wake_up(c);
    return n > 0 && (look[2].revents & (POLLERR | POLLHUP)) != 0;
}
