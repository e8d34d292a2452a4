/* A table of keys, filled anew for each document. */
#include "import/lookup.h"

#include "base/error.h"
#include "base/memory.h"

typedef struct pick {
    buffer text;
    bool found;
} pick;

static bool take_first(void *context, ttag_view value)
{
    pick *p = context;
    field_text(value, &p->text);
    p->found = true;
    return false;
}

static bool put_pair(lookup *l, ttag_view key, ttag_view value)
{
    uint32_t number = intern_add(&l->keys, key);
    uint32_t meaning = intern_add(&l->values, value);
    if (number == INTERN_NONE || meaning == INTERN_NONE ||
        !mem_grow(&l->value_of, &l->capacity, (size_t)number + 1, sizeof *l->value_of))
        return false;
    l->value_of[number] = meaning;
    return true;
}

static bool add_object(void *context, ttag_view object)
{
    lookup *l = context;
    const source_record record = {.value = object, .document = object};
    const condition_input input = {&record, NULL};
    pick key = {0}, value = {0};
    if (l->when && !condition_holds(l->when, &input))
        return true;
    field_each(&record, &l->key, take_first, &key);
    field_each(&record, &l->value, take_first, &value);
    bool fine = buffer_ok(&key.text) && buffer_ok(&value.text);
    if (fine && key.found && value.found)
        fine = put_pair(l, buffer_as_view(&key.text), buffer_as_view(&value.text));
    buffer_dispose(&key.text);
    buffer_dispose(&value.text);
    l->failed = !fine;
    return fine;
}

ttag_status lookup_fill(lookup *l, ttag_view document, ttag_error *err)
{
    const source_record whole = {.value = document, .document = document};
    intern_clear(&l->keys);
    intern_clear(&l->values);
    l->failed = false;
    field_each(&whole, &l->at, add_object, l);
    return l->failed ? fail_memory(err) : TTAG_OK;
}

ttag_view lookup_find(const lookup *l, ttag_view key)
{
    uint32_t number = intern_find(&l->keys, key);
    return number == INTERN_NONE ? (ttag_view){NULL, 0}
                                 : intern_view(&l->values, l->value_of[number]);
}

void lookup_dispose(lookup *l)
{
    intern_dispose(&l->keys);
    intern_dispose(&l->values);
    mem_free(l->value_of);
}
