/* The text is put together in the decoder's scratch. */
#include "articles/exchange_article.h"

#include "articles/machine_tag.h"
#include "articles/utf8.h"
#include "base/error.h"

ttag_status exchange_begin(exchange_article *e)
{
    ttag_decoder *d = e->decoder;
    buffer_clear(&d->scratch);
    if (!buffer_room(&d->strings, d->text.size + JSON_STRING_ROOM))
        return fail_memory(e->err);
    e->walk = json_walk_over(d->text, &d->strings);
    e->article->record = utf8_trim(d->text);
    return TTAG_OK;
}

ttag_status exchange_find(exchange_article *e, json_walk *walk, const char *const *wanted,
                          const json_kind *kinds, json_item *found, size_t n)
{
    json_item item;
    while (json_walk_next(walk, &item)) {
        if (!item.name.bytes || json_kind_of(item.value) == JSON_NULL)
            continue;
        for (size_t i = 0; i < n; i++) {
            if (found[i].value.bytes || !json_name_is(&item, wanted[i]))
                continue;
            const json_kind kind = json_kind_of(item.value);
            if (kind != kinds[i])
                return fail_at(e->err, TTAG_PARSE, e->record->path, e->record->line, 0,
                               "\"%s\" is %s; expected %s", wanted[i], json_kind_name(kind),
                               json_kind_name(kinds[i]));
            found[i] = item;
        }
    }
    if (walk->reason)
        return fail_at(e->err, TTAG_PARSE, e->record->path, e->record->line, 0,
                       "not valid JSON: %s", walk->reason);
    return TTAG_OK;
}

bool exchange_add_tag(exchange_article *e, ttag_view tag)
{
    const ttag_view name = machine_tag_name(tag);
    if (!name.bytes)
        return true;
    e->article->labelled = true;
    return names_add(&e->decoder->tags, name);
}

void exchange_add_text(exchange_article *e, ttag_view text)
{
    buffer *all = &e->decoder->scratch;
    text = utf8_trim(text);
    if (text.size == 0)
        return;
    if (all->size > 0)
        buffer_text(all, "\n\n");
    buffer_view(all, text);
}

ttag_status exchange_end(exchange_article *e, const json_item *id)
{
    ttag_decoder *d = e->decoder;
    ttag_article *a = e->article;
    if (id->value.bytes) {
        json_put_string(&d->id, id->string);
        a->id = buffer_as_view(&d->id);
    }
    if (!buffer_ok(&d->id) || !buffer_ok(&d->scratch) || !buffer_ok(&d->strings))
        return fail_memory(e->err);
    a->text = buffer_as_view(&d->scratch);
    if (a->text.size == 0 && a->title.size == 0)
        return fail_at(e->err, TTAG_PARSE, e->record->path, e->record->line, 0,
                       "has neither title nor text; expected one of them");
    return TTAG_OK;
}
