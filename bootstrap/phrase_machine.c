/* A tree of all phrases, and then, level by level, where each state goes on to by the bytes that
   its branch does not have. */
#include "bootstrap/phrase_machine.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

static size_t find_kinds(phrase_machine *m, const ttag_view *phrases, size_t n)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++) {
        bytes += phrases[i].size;
        for (size_t k = 0; k < phrases[i].size; k++)
            m->kinds[(unsigned char)phrases[i].bytes[k]] = 1;
    }
    m->n_kinds = 1;
    for (size_t b = 0; b < 256; b++)
        if (m->kinds[b])
            m->kinds[b] = (unsigned char)m->n_kinds++;
    return bytes;
}

/* Adds the states of a phrase; the arrays have room for them. In the tree 0 is "none yet". */
static void grow_branch(phrase_machine *m, ttag_view phrase, uint32_t number)
{
    uint32_t state = 0;
    for (size_t k = 0; k < phrase.size; k++) {
        uint32_t *next = m->next + state * m->n_kinds + m->kinds[(unsigned char)phrase.bytes[k]];
        if (!*next) {
            memset(m->next + m->n_states * m->n_kinds, 0, m->n_kinds * sizeof *m->next);
            m->phrase[m->n_states] = PHRASE_NONE;
            m->shorter[m->n_states] = 0;
            *next = (uint32_t)m->n_states++;
        }
        state = *next;
    }
    m->phrase[state] = number;
}

/* fail(child by b) = next(fail(state), b), nearest states first, so that both are known.
   `queue` and `fails` have n_states items. */
static void link_states(phrase_machine *m, uint32_t *queue, uint32_t *fails)
{
    size_t n = m->n_kinds, from = 0, to = 0;
    fails[0] = 0;
    queue[to++] = 0;
    while (from < to) {
        uint32_t state = queue[from++], fail = fails[state];
        uint32_t *row = m->next + state * n;
        const uint32_t *below = m->next + fail * n;
        if (state)
            m->shorter[state] = phrase_machine_ending(m, fail);
        for (size_t b = 1; b < n; b++) {
            if (row[b]) {
                fails[row[b]] = state ? below[b] : 0;
                queue[to++] = row[b];
            } else if (state) {
                row[b] = below[b];
            }
        }
    }
}

static bool make_room(phrase_machine *m, size_t states)
{
    m->next = mem_new(states * m->n_kinds, sizeof *m->next); /* checked against the limit */
    m->phrase = mem_new(states, sizeof *m->phrase);
    m->shorter = mem_new(states, sizeof *m->shorter);
    return m->next && m->phrase && m->shorter;
}

ttag_status phrase_machine_build(phrase_machine *m, const ttag_view *phrases, size_t n,
                                 ttag_error *err)
{
    *m = (phrase_machine){0};
    size_t bytes = find_kinds(m, phrases, n), cells;
    if (!size_mul(&cells, bytes + 1, m->n_kinds) || cells > PHRASE_MACHINE_CELLS)
        return fail(err, TTAG_LIMIT,
                    "the phrases have %zu bytes of %zu kinds; expected at most %zu bytes in all",
                    bytes, m->n_kinds - 1, PHRASE_MACHINE_CELLS / m->n_kinds - 1);
    uint32_t *queue = mem_new(bytes + 1, sizeof *queue);
    uint32_t *fails = mem_new(bytes + 1, sizeof *fails);
    bool fine = make_room(m, bytes + 1) && queue && fails;
    if (fine) {
        memset(m->next, 0, m->n_kinds * sizeof *m->next);
        m->phrase[0] = PHRASE_NONE;
        m->shorter[0] = 0;
        m->n_states = 1;
        for (size_t i = 0; i < n; i++)
            grow_branch(m, phrases[i], (uint32_t)i);
        link_states(m, queue, fails);
    }
    mem_free(queue);
    mem_free(fails);
    if (!fine)
        phrase_machine_dispose(m);
    return fine ? TTAG_OK : fail_memory(err);
}

void phrase_machine_dispose(phrase_machine *m)
{
    mem_free(m->next);
    mem_free(m->phrase);
    mem_free(m->shorter);
    *m = (phrase_machine){0};
}
