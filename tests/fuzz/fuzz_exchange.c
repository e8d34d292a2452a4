/* Any bytes as a STIX bundle or MISP events: cut, decoded, and written again in every format; what
   is JSON is JSON, what is packed comes out as it went in. The first byte chooses. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "articles/exchange_items.h"
#include "articles/utf8.h"
#include "base/instant.h"
#include "base/uuid.h"
#include "base/view.h"
#include "classify/classified.h"
#include "classify/packed_record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check_packed(const buffer *bytes, const ttag_article *article)
{
    ttag_view rest = buffer_as_view(bytes);
    packed_record record;
    packed_tag tag;
    demand(packed_record_next(&rest, &record) && record.n_tags == 1);
    demand(view_equal(record.fields[FIELD_TEXT], article->text));
    demand(view_equal(record.fields[FIELD_TITLE], article->title));
    packed_tag_next(&rest, &tag);
    demand(view_equal(tag.name, view_of("A \"tag\"; of ours")) && tag.given);
    demand(!packed_record_next(&rest, &record));
}

/* One record as a whole document of its own. */
static void check_format(ttag_output_format format, const ttag_article *article)
{
    static const ttag_model_tag tags[] = {{.name = {"A \"tag\"; of ours", 16}}};
    static const ttag_decision given[] = {
        {.given = true, .probability = 0.75F, .implied_by = TTAG_NO_TAG}};
    const ttag_model_parts parts = {.n_tags = 1, .tags = tags, .calibrated = true};
    const ttag_classification result = {
        .decisions = given, .n_decisions = 1, .given = given, .n_given = 1};
    ttag_classify_opts opts = TTAG_CLASSIFY_OPTS_INIT;
    const ttag_record record = {.path = article->path, .line = article->line};
    const classified c = {&parts, &opts, &record, article, &result};
    const record_format *f = record_format_of(format);
    buffer out = {0};
    size_t position;
    const char *reason;
    opts.format = format;
    if (f->put_begin)
        f->put_begin(&out, &opts);
    f->put_classified(&out, &c);
    if (f->put_end)
        f->put_end(&out, "0123");
    demand(buffer_ok(&out) && out.size > 0);
    if (format == TTAG_OUTPUT_DATABASE) {
        check_packed(&out, article);
    } else {
        demand(utf8_good(buffer_as_view(&out)) == out.size);
        if (format == TTAG_OUTPUT_MISP || format == TTAG_OUTPUT_STIX)
            demand(json_check(buffer_as_view(&out), &position, &reason));
    }
    buffer_dispose(&out);
}

static void check_items(ttag_view text, ttag_input_format format)
{
    exchange_items items;
    feed_item item;
    size_t position;
    ttag_decoder *decoder;
    exchange_format(text);
    const char *reason = exchange_items_open(&items, text, format, &position);
    if (reason) {
        demand(reason[0] != '\0' && position <= text.size);
        return;
    }
    demand(ttag_decoder_new(&decoder, NULL, NULL) == TTAG_OK);
    while (exchange_items_next(&items, &item)) {
        ttag_article article;
        ttag_record record = {
            .bytes = item.bytes, .format = format, .path = "x", .line = item.line};
        if (ttag_decode(decoder, &article, &record, NULL) != TTAG_OK)
            continue;
        check_format(TTAG_OUTPUT_CSV, &article);
        check_format(TTAG_OUTPUT_MISP, &article);
        check_format(TTAG_OUTPUT_STIX, &article);
        check_format(TTAG_OUTPUT_DATABASE, &article);
    }
    ttag_decoder_free(decoder);
}

/* A time that is read is written as one that is read as the same. */
static void check_names(ttag_view text)
{
    instant t, again;
    uuid u, same;
    buffer out = {0};
    char digits[UUID_TEXT + 1];
    if (instant_read(&t, text)) {
        put_instant(&out, t);
        demand(instant_read(&again, buffer_as_view(&out)) && again.seconds == t.seconds &&
               again.milliseconds == t.milliseconds);
    }
    if (uuid_read(&u, text)) {
        uuid_text(&u, digits);
        demand(uuid_read(&same, view_of(digits)) && memcmp(&u, &same, sizeof u) == 0);
    }
    buffer_dispose(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    char *copy = malloc(size); /* so that the sanitizer sees what is read behind the end */
    demand(copy != NULL);
    memcpy(copy, data + 1, size - 1);
    ttag_view text = {copy, size - 1};
    if (data[0] % 3 == 2)
        check_names(text);
    else if (utf8_good(text) == text.size)
        check_items(text, data[0] % 3 == 0 ? TTAG_INPUT_STIX : TTAG_INPUT_MISP);
    free(copy);
    return 0;
}
