/* Any bytes as a mapping, as CSV, and as a document for a mapping that uses everything: read or
   refused with a sentence. */
#include <stdint.h>
#include <stdlib.h>

#include "articles/utf8.h"
#include "base/json.h"
#include "base/view.h"
#include "import/csv_rows.h"
#include "import/source_mapping.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void read_mapping(ttag_view text)
{
    ttag_mapping *mapping;
    ttag_error err = {0};
    ttag_status status = mapping_parse(&mapping, text, "fuzz", &err);
    demand(status == TTAG_OK ? mapping != NULL : status == TTAG_PARSE && err.text[0]);
    ttag_mapping_free(mapping);
}

static void read_rows(ttag_view text)
{
    csv_rows rows;
    buffer row = {0};
    ttag_error err;
    ttag_status status = csv_rows_open(&rows, text, "fuzz", &err);
    size_t position;
    const char *reason;
    while (status == TTAG_OK && (status = csv_rows_next(&rows, &row, "fuzz", &err)) == TTAG_OK)
        demand(json_check(buffer_as_view(&row), &position, &reason));
    csv_rows_dispose(&rows);
    buffer_dispose(&row);
}

static bool put_text(void *context, ttag_view text)
{
    buffer_view(context, text);
    return true;
}

/* A template of many kinds over what the bytes hold. */
static void make_text(ttag_view document)
{
    static const char templates[] = "{a|words}[-{a.b|markdown|link}]{^.c|upper|two|parent}";
    const source_record record = {.value = document, .document = document};
    arena memory = {0};
    buffer out = {0};
    template t;
    const char *why;
    demand(template_read(&t, view_of(templates), NULL, 0, &memory, &why) == TTAG_OK);
    template_put(&t, &record, &out);
    template_each(&t, &record, put_text, &out);
    demand(utf8_good(buffer_as_view(&out)) == out.size);
    buffer_dispose(&out);
    arena_dispose(&memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t position;
    const char *reason;
    const ttag_view text = {(const char *)data, size};
    if (!size)
        return 0;
    read_mapping(text);
    if (utf8_good(text) < size)
        return 0;
    read_rows(text);
    if (json_check(text, &position, &reason))
        make_text(text);
    return 0;
}
