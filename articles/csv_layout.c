/* Names of columns to their numbers. */
#include "articles/csv_layout.h"

#include "articles/utf8.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/view.h"

static const char *const part_names[CSV_PARTS] = {"text",   "title", "id",    "date",
                                                  "source", "url",   "group", "tags"};

static int part_of(ttag_view name)
{
    int part = 0;
    while (part < CSV_PARTS && !ascii_same(name, part_names[part]))
        part++;
    return part;
}

/* The next "part=name" of the list; false: there is none. *part is CSV_PARTS if it is not one. */
static bool next_pair(ttag_view *rest, int *part, ttag_view *name)
{
    if (rest->size == 0)
        return false;
    ttag_view behind = view_cut(rest, ',');
    ttag_view before = view_cut(&behind, '=');
    *part = behind.size > 0 ? part_of(before) : CSV_PARTS;
    if (*part < CSV_PARTS)
        *name = behind;
    return true;
}

const char *csv_columns_trouble(const char *columns)
{
    ttag_view rest = view_of(columns ? columns : ""), name = {NULL, 0};
    int part;
    while (next_pair(&rest, &part, &name))
        if (part == CSV_PARTS)
            return "PART=NAME,…; a PART is text, title, id, date, source, url, group or tags";
    return NULL;
}

/* The name that is asked for, or absent. */
static ttag_view wanted_name(const char *columns, int part)
{
    ttag_view rest = view_of(columns ? columns : ""), name = {NULL, 0}, found = {NULL, 0};
    int other;
    while (next_pair(&rest, &other, &name))
        if (other == part)
            found = name;
    return found;
}

/* The first column of a name is the one. */
static void number_column(struct ttag_csv_layout *layout, ttag_view name, int number,
                          const char *columns)
{
    for (int part = 0; part < CSV_PARTS; part++) {
        const ttag_view wanted = wanted_name(columns, part);
        const bool fits =
            wanted.bytes ? view_equal(name, wanted) : ascii_same(name, part_names[part]);
        if (fits && layout->column[part] == CSV_NO_COLUMN)
            layout->column[part] = number;
    }
}

static ttag_status check(const struct ttag_csv_layout *layout, const char *columns,
                         const char *path, ttag_error *err)
{
    for (int part = 0; part < CSV_PARTS; part++) {
        const ttag_view wanted = wanted_name(columns, part);
        if (wanted.bytes && layout->column[part] == CSV_NO_COLUMN)
            return fail_at(err, TTAG_IO, path, 1, 0,
                           "there is no column \"%.*s\"; expected the names that --columns gives",
                           (int)(wanted.size < 60 ? wanted.size : 60), wanted.bytes);
    }
    if (layout->column[CSV_TEXT] == CSV_NO_COLUMN && layout->column[CSV_TITLE] == CSV_NO_COLUMN)
        return fail_at(err, TTAG_IO, path, 1, 0,
                       "there is no column \"text\"; expected one, or --columns text=NAME");
    return TTAG_OK;
}

ttag_status csv_layout_read(struct ttag_csv_layout *layout, csv_scan *header, const char *columns,
                            const char *path, ttag_error *err)
{
    buffer name = {0};
    csv_result result = CSV_FIELD;
    for (int part = 0; part < CSV_PARTS; part++)
        layout->column[part] = CSV_NO_COLUMN;
    layout->separator = header->separator;
    for (int number = 0; result == CSV_FIELD; number++) {
        result = csv_next(header, &name);
        number_column(layout, utf8_trim(buffer_as_view(&name)), number, columns);
    }
    ttag_status status = buffer_ok(&name) ? check(layout, columns, path, err) : fail_memory(err);
    buffer_dispose(&name);
    return status;
}
