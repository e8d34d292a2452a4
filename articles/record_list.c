/* Records one behind another in one buffer; it moves as it grows, so views are made when asked for.
 */
#include "articles/record_list.h"

#include "base/memory.h"

bool record_list_add(record_list *list, const ttag_record *record)
{
    if (!mem_grow(&list->items, &list->capacity, list->count + 1, sizeof *list->items))
        return false;
    list->items[list->count] = (listed_record){*record, list->bytes.size};
    buffer_view(&list->bytes, record->bytes);
    buffer_view(&list->bytes, record->name);
    if (!buffer_ok(&list->bytes))
        return false;
    list->count++;
    return true;
}

ttag_record record_list_get(const record_list *list, size_t index)
{
    const listed_record *item = &list->items[index];
    ttag_record record = item->record;
    const char *bytes = list->bytes.bytes + item->start;
    if (record.bytes.bytes)
        record.bytes.bytes = bytes;
    if (record.name.bytes)
        record.name.bytes = bytes + record.bytes.size;
    return record;
}

void record_list_clear(record_list *list, size_t most_bytes)
{
    list->count = 0;
    if (list->bytes.capacity > most_bytes)
        buffer_dispose(&list->bytes);
    else
        buffer_clear(&list->bytes);
}

void record_list_dispose(record_list *list)
{
    buffer_dispose(&list->bytes);
    mem_free(list->items);
    *list = (record_list){0};
}
