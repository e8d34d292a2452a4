/* A row of CSV into an article. */
#include <string.h>

#include "articles/csv_layout.h"
#include "articles/decoder.h"
#include "articles/utf8.h"
#include "base/error.h"
#include "base/json.h"

/* Of the decoder's strings, which move as they grow. */
typedef struct csv_cell {
    size_t at, size;
} csv_cell;

/* Cells of the parts, one behind the other in d->strings. */
static bool take_cells(ttag_decoder *d, const struct ttag_csv_layout *layout,
                       csv_cell cells[CSV_PARTS])
{
    csv_scan scan = {d->text, layout->separator};
    csv_result result = CSV_FIELD;
    for (int number = 0; result == CSV_FIELD; number++) {
        result = csv_next(&scan, &d->scratch);
        if (result == CSV_OPEN)
            return false;
        for (int part = 0; part < CSV_PARTS; part++)
            if (layout->column[part] == number) {
                cells[part] = (csv_cell){d->strings.size, d->scratch.size};
                buffer_view(&d->strings, buffer_as_view(&d->scratch));
            }
    }
    return true;
}

/* Absent where it is empty. */
static ttag_view text_of(const ttag_decoder *d, csv_cell cell)
{
    ttag_view text = utf8_trim((ttag_view){d->strings.bytes + cell.at, cell.size});
    return cell.size && text.size ? text : (ttag_view){NULL, 0};
}

static bool add_tags(ttag_decoder *d, ttag_view list, const char *separators)
{
    size_t from = 0;
    for (size_t i = 0; i <= list.size; i++) {
        if (i < list.size && (list.bytes[i] == '\0' || !strchr(separators, list.bytes[i])))
            continue;
        ttag_view name = utf8_trim((ttag_view){list.bytes + from, i - from});
        from = i + 1;
        if (name.size && !names_add(&d->tags, name))
            return false;
    }
    return true;
}

static ttag_status fill_article(ttag_decoder *d, ttag_article *article,
                                const struct ttag_csv_layout *layout, const csv_cell *cells,
                                ttag_error *err)
{
    const ttag_view id = text_of(d, cells[CSV_ID]), tags = text_of(d, cells[CSV_TAGS]);
    article->text = text_of(d, cells[CSV_TEXT]);
    if (!article->text.bytes)
        article->text = (ttag_view){"", 0};
    article->title = text_of(d, cells[CSV_TITLE]);
    article->date = text_of(d, cells[CSV_DATE]);
    article->source = text_of(d, cells[CSV_SOURCE]);
    article->url = text_of(d, cells[CSV_URL]);
    article->group = text_of(d, cells[CSV_GROUP]);
    article->labelled = layout->column[CSV_TAGS] != CSV_NO_COLUMN;
    if (id.bytes) {
        json_put_string(&d->id, id);
        article->id = buffer_as_view(&d->id);
    }
    if (!buffer_ok(&d->id) || (tags.bytes && !add_tags(d, tags, layout->tag_separators)))
        return fail_memory(err);
    return TTAG_OK;
}

ttag_status csv_row_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                           ttag_error *err)
{
    csv_cell cells[CSV_PARTS] = {{0, 0}};
    if (!record->layout)
        return fail_at(err, TTAG_INVALID, record->path, record->line, 0,
                       "a row of CSV without its layout; expected that of its reader");
    buffer_put(&d->strings, "", 0); /* so that there are bytes to point to */
    if (!take_cells(d, record->layout, cells))
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "a quote is not closed; expected CSV with \" at both ends of a field");
    if (!buffer_ok(&d->strings) || !buffer_ok(&d->scratch))
        return fail_memory(err);
    ttag_status status = fill_article(d, article, record->layout, cells, err);
    if (status == TTAG_OK && !article->text.size && !article->title.size)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the row has neither title nor text; expected one of them");
    return status;
}
