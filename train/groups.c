/* Groups of articles by union-find over the names that records give. */
#include "train/groups.h"

#include "base/memory.h"

static uint32_t root_of(uint32_t *parents, uint32_t key)
{
    while (parents[key] != key) {
        parents[key] = parents[parents[key]];
        key = parents[key];
    }
    return key;
}

/* `kind` keeps a group and an article of the same name apart. */
static ttag_status add_key(group_log *log, uint32_t *key, char kind, ttag_view name)
{
    buffer_clear(&log->scratch);
    buffer_char(&log->scratch, kind);
    buffer_view(&log->scratch, name);
    if (!buffer_ok(&log->scratch))
        return TTAG_NOMEM;
    size_t before = log->keys.count;
    if (!mem_grow(&log->parents, &log->parents_capacity, before + 1, sizeof *log->parents))
        return TTAG_NOMEM;
    *key = intern_add(&log->keys, buffer_as_view(&log->scratch));
    if (*key == INTERN_NONE)
        return TTAG_NOMEM;
    if (log->keys.count > before)
        log->parents[*key] = *key;
    return TTAG_OK;
}

ttag_status group_log_add(group_log *log, uint32_t *key, const ttag_article *article)
{
    uint32_t group = GROUP_NONE;
    uint32_t whole = GROUP_NONE;
    *key = GROUP_NONE;
    if (article->group.size && add_key(log, &group, 'g', article->group) != TTAG_OK)
        return TTAG_NOMEM;
    if (article->article.size && add_key(log, &whole, 'a', article->article) != TTAG_OK)
        return TTAG_NOMEM;
    if (group != GROUP_NONE && whole != GROUP_NONE)
        log->parents[root_of(log->parents, whole)] = root_of(log->parents, group);
    *key = group != GROUP_NONE ? group : whole;
    return TTAG_OK;
}

ttag_status group_log_number(group_log *log, const uint32_t *keys, size_t n_articles,
                             uint32_t *groups, size_t *n_groups)
{
    uint32_t *numbers = mem_new(log->keys.count, sizeof *numbers);
    if (!numbers)
        return TTAG_NOMEM;
    for (size_t k = 0; k < log->keys.count; k++)
        numbers[k] = GROUP_NONE;
    uint32_t next = 0;
    for (size_t i = 0; i < n_articles; i++) {
        if (keys[i] == GROUP_NONE) {
            groups[i] = next++;
            continue;
        }
        uint32_t root = root_of(log->parents, keys[i]);
        if (numbers[root] == GROUP_NONE)
            numbers[root] = next++;
        groups[i] = numbers[root];
    }
    *n_groups = next;
    mem_free(numbers);
    return TTAG_OK;
}

void group_log_dispose(group_log *log)
{
    intern_dispose(&log->keys);
    mem_free(log->parents);
    buffer_dispose(&log->scratch);
    *log = (group_log){0};
}
