/* Any text as the card of a model: refused with a sentence, or what is written of it is JSON that
   reads the same, and what is shown of it holds no control characters. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "articles/utf8.h"
#include "base/json.h"
#include "base/view.h"
#include "cli/model_card.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct text {
    char *bytes;
    size_t size;
} text;

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static text write_with(const card_node *card, void (*write)(FILE *, const card_node *))
{
    text out;
    FILE *stream = open_memstream(&out.bytes, &out.size);
    demand(stream != NULL);
    write(stream, card);
    demand(fclose(stream) == 0);
    return out;
}

static void write_compact(FILE *out, const card_node *card)
{
    demand(card_write_compact(out, card));
}

static void write_pretty(FILE *out, const card_node *card)
{
    card_write_pretty(out, card, 0);
}

static void write_lines(FILE *out, const card_node *card)
{
    card_write_lines(out, card, "");
}

/* What `write` makes of the card, read again, is `compact`. */
static void check_again(const card_node *card, void (*write)(FILE *, const card_node *),
                        const text *compact)
{
    size_t position;
    const char *reason;
    card_node *again;
    ttag_error err;
    text first = write_with(card, write);
    ttag_view written = {first.bytes, first.size};
    demand(json_check(written, &position, &reason));
    demand(card_read(&again, written, "written", &err) == TTAG_OK);
    text second = write_with(again, write_compact);
    demand(second.size == compact->size && memcmp(second.bytes, compact->bytes, second.size) == 0);
    card_free(again);
    free(first.bytes);
    free(second.bytes);
}

static void check_lines(const card_node *card)
{
    text lines = write_with(card, write_lines);
    for (size_t i = 0; i < lines.size; i++)
        demand(lines.bytes[i] == '\n' ||
               ((unsigned char)lines.bytes[i] >= 0x20 && lines.bytes[i] != 0x7f));
    free(lines.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ttag_view given = {(const char *)data, size};
    card_node *card;
    ttag_error err = {0};
    /* A model with anything else is not opened. */
    if (utf8_good(given) != size || (size > 0 && memchr(data, 0, size)))
        return 0;
    if (card_read(&card, given, "fuzzed", &err) != TTAG_OK) {
        demand(!card && err.code == TTAG_FORMAT && err.text[0] != '\0');
        return 0;
    }
    text compact = write_with(card, write_compact);
    check_again(card, write_compact, &compact);
    check_again(card, write_pretty, &compact);
    check_lines(card);
    card_text(card_find(card_element(card_find(card, "tags"), 1), "rounds"));
    card_free(card);
    free(compact.bytes);
    return 0;
}
