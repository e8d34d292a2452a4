/* Whether what a tag implies leads back to it: a depth-first walk without recursion. */
#include "articles/taxonomy_read.h"
#include "base/error.h"
#include "base/memory.h"

/* A tag has been left when `next` is past its last implied tag and it is off the path. */
typedef struct walk_state {
    const ttag_tag *tags;
    size_t *next;   /* n_tags: how many implied tags have been looked at */
    bool *on_path;  /* n_tags */
    uint32_t *path; /* n_tags: from the start to where the walk is */
} walk_state;

/* Walks from `start`; the tag that was met again on the path, or TTAG_NO_TAG. */
static uint32_t walk_from(walk_state *w, uint32_t start)
{
    size_t depth = 0;
    w->path[depth++] = start;
    w->on_path[start] = true;
    while (depth > 0) {
        uint32_t here = w->path[depth - 1];
        if (w->next[here] == w->tags[here].n_implies) {
            w->on_path[here] = false;
            depth--;
            continue;
        }
        uint32_t there = w->tags[here].implies[w->next[here]++];
        if (w->on_path[there])
            return there;
        if (w->next[there] == 0) { /* else it has been left: nothing behind it leads back */
            w->path[depth++] = there;
            w->on_path[there] = true;
        }
    }
    return TTAG_NO_TAG;
}

ttag_status taxonomy_find_cycle(const ttag_taxonomy *taxonomy, uint32_t *tag, ttag_error *err)
{
    size_t n = taxonomy->n_tags;
    walk_state w = {taxonomy->tags, mem_zero(n, sizeof *w.next), mem_zero(n, sizeof *w.on_path),
                    mem_new(n, sizeof *w.path)};
    ttag_status status = TTAG_OK;
    *tag = TTAG_NO_TAG;
    if (!w.next || !w.on_path || !w.path) {
        status = fail_memory(err);
        goto done;
    }
    for (uint32_t i = 0; i < n && *tag == TTAG_NO_TAG; i++)
        if (w.next[i] == 0)
            *tag = walk_from(&w, i);
done:
    mem_free(w.next);
    mem_free(w.on_path);
    mem_free(w.path);
    return status;
}
