/* Names, sources and months, as records give them. */
#include "evaluate/article_notes.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"

enum { NAME_MOST = 200 }; /* bytes of a name that are kept */

/* "2030-11-06…" begins with a month; others are not known. */
static uint32_t month_of(ttag_view date)
{
    if (date.size < 7 || date.bytes[4] != '-')
        return 0;
    for (size_t i = 0; i < 7; i++)
        if (i != 4 && !is_digit(date.bytes[i]))
            return 0;
    if (date.size > 7 && is_digit(date.bytes[7]))
        return 0;
    uint32_t year = 0;
    for (size_t i = 0; i < 4; i++)
        year = year * 10 + (uint32_t)(date.bytes[i] - '0');
    uint32_t month = (uint32_t)(date.bytes[5] - '0') * 10 + (uint32_t)(date.bytes[6] - '0');
    return year > 0 && month >= 1 && month <= 12 ? year * 12 + month - 1 : 0;
}

/* A name that is too long ends with a whole character. */
static ttag_view shortened(ttag_view name)
{
    if (name.size <= NAME_MOST)
        return name;
    size_t size = NAME_MOST;
    while (size > 0 && ((unsigned char)name.bytes[size] & 0xC0) == 0x80)
        size--;
    return (ttag_view){name.bytes, size};
}

static ttag_view keep_name(article_notes *notes, const ttag_article *article)
{
    buffer name = {0};
    if (article->article.size > 0)
        buffer_view(&name, article->article);
    else if (article->id.size > 0 && article->id.bytes[0] == '"')
        json_put_unescaped(&name, article->id);
    else if (article->id.size > 0)
        buffer_view(&name, article->id);
    else
        buffer_printf(&name, "%s:%zu", article->path ? article->path : "-", article->line);
    ttag_view kept = {NULL, 0};
    if (buffer_ok(&name))
        kept = arena_copy(&notes->names, shortened(buffer_as_view(&name)));
    buffer_dispose(&name);
    return kept;
}

static ttag_status add(article_notes *notes, article_note note, ttag_error *err)
{
    if (!note.name.bytes ||
        !mem_grow(&notes->items, &notes->capacity, notes->count + 1, sizeof *notes->items))
        return fail_memory(err);
    notes->items[notes->count++] = note;
    return TTAG_OK;
}

ttag_status article_notes_add(article_notes *notes, const ttag_article *article, ttag_error *err)
{
    article_note note = {keep_name(notes, article), INTERN_NONE, month_of(article->date)};
    if (article->source.size > 0) {
        note.source = intern_add(&notes->sources, article->source);
        if (note.source == INTERN_NONE)
            return fail_memory(err);
    }
    return add(notes, note, err);
}

ttag_status article_notes_append(article_notes *notes, const article_notes *from, ttag_error *err)
{
    ttag_status status = TTAG_OK;
    for (size_t i = 0; i < from->count && status == TTAG_OK; i++) {
        article_note note = from->items[i];
        note.name = arena_copy(&notes->names, note.name);
        if (note.source != INTERN_NONE) {
            note.source = intern_add(&notes->sources, intern_view(&from->sources, note.source));
            if (note.source == INTERN_NONE)
                return fail_memory(err);
        }
        status = add(notes, note, err);
    }
    return status;
}

void article_notes_dispose(article_notes *notes)
{
    mem_free(notes->items);
    intern_dispose(&notes->sources);
    arena_dispose(&notes->names);
    *notes = (article_notes){0};
}
