/* Numbers as they lie in memory, text with its size in front: written and read by one process. */
#include "classify/packed_record.h"

#include <string.h>

#include "base/view.h"
#include "classify/article_names.h"
#include "classify/classified.h"
#include "classify/shown_text.h"

static const uint64_t ABSENT = UINT64_MAX;

/* ---- Writing. ---- */

static void put_number(buffer *out, uint64_t number)
{
    buffer_put(out, &number, sizeof number);
}

static void put_text(buffer *out, ttag_view text)
{
    put_number(out, text.bytes ? text.size : ABSENT);
    if (text.bytes)
        buffer_view(out, text);
}

static void put_tag(buffer *out, const classified *c, const ttag_decision *decision)
{
    const ttag_model_tag *tags = c->parts->tags;
    const bool implied = decision->implied_by != TTAG_NO_TAG;
    const float numbers[] = {decision->probability, decision->score};
    const char marks[] = {decision->given, decision->review};
    put_text(out, tags[decision->tag].name);
    put_text(out, implied ? tags[decision->implied_by].name : (ttag_view){NULL, 0});
    buffer_put(out, numbers, sizeof numbers);
    buffer_put(out, marks, sizeof marks);
}

static void put_names(buffer *out, const ttag_article *article)
{
    buffer scratch = {0};
    char text[UUID_TEXT + 1];
    const uuid u = article_uuid(article, &scratch);
    uuid_text(&u, text);
    put_text(out, view_of(text));
    buffer_clear(&scratch);
    put_bare_id(&scratch, article);
    out->failed |= !buffer_ok(&scratch);
    put_text(out, has_id(article) ? buffer_as_view(&scratch) : (ttag_view){NULL, 0});
    buffer_dispose(&scratch);
}

static void put_found(buffer *out, const classified *c)
{
    const ttag_article *article = c->article;
    size_t n;
    const ttag_decision *decisions = shown_decisions(c, &n);
    put_number(out, false);
    put_names(out, article);
    put_text(out, article->title);
    put_text(out, article->text);
    put_text(out, article->url);
    put_text(out, article->date);
    put_text(out, article->source);
    put_number(out, n);
    for (size_t i = 0; i < n; i++)
        put_tag(out, c, &decisions[i]);
}

static void put_refusal(buffer *out, const refused *r)
{
    buffer path = {0};
    put_clean(&path, view_of(r->path));
    out->failed |= !buffer_ok(&path);
    put_number(out, true);
    put_text(out, buffer_as_view(&path));
    put_number(out, r->line);
    put_text(out, view_of(r->reason));
    buffer_dispose(&path);
}

const record_format format_packed = {.put_classified = put_found, .put_refused = put_refusal};

/* ---- Reading. ---- */

static void take(ttag_view *rest, void *out, size_t size)
{
    memcpy(out, rest->bytes, size);
    *rest = (ttag_view){rest->bytes + size, rest->size - size};
}

static uint64_t take_number(ttag_view *rest)
{
    uint64_t number;
    take(rest, &number, sizeof number);
    return number;
}

static ttag_view take_text(ttag_view *rest)
{
    const uint64_t size = take_number(rest);
    if (size == ABSENT)
        return (ttag_view){NULL, 0};
    const ttag_view text = {rest->bytes, (size_t)size};
    *rest = (ttag_view){rest->bytes + size, rest->size - (size_t)size};
    return text;
}

bool packed_record_next(ttag_view *rest, packed_record *out)
{
    *out = (packed_record){0};
    if (rest->size == 0)
        return false;
    out->refused = take_number(rest);
    if (out->refused) {
        out->file = take_text(rest);
        out->line = take_number(rest);
        out->reason = take_text(rest);
        return true;
    }
    for (size_t i = 0; i < FIELDS; i++)
        out->fields[i] = take_text(rest);
    out->n_tags = (size_t)take_number(rest);
    return true;
}

void packed_tag_next(ttag_view *rest, packed_tag *out)
{
    float numbers[2];
    char marks[2];
    out->name = take_text(rest);
    out->implied_by = take_text(rest);
    take(rest, numbers, sizeof numbers);
    take(rest, marks, sizeof marks);
    out->probability = numbers[0];
    out->score = numbers[1];
    out->given = marks[0];
    out->review = marks[1];
}
