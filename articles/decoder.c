/* From a record's bytes to an article: clean first, then what its format asks for. */
#include "articles/decoder.h"

#include <string.h>

#include "articles/charset.h"
#include "articles/html_meta.h"
#include "articles/utf8.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/view.h"

static size_t longest_name(const ttag_taxonomy *taxonomy)
{
    size_t longest = 0;
    for (size_t i = 0; i < ttag_taxonomy_size(taxonomy); i++) {
        size_t size = ttag_taxonomy_tag(taxonomy, i)->name.size;
        longest = size > longest ? size : longest;
    }
    return longest;
}

ttag_status ttag_decoder_new(ttag_decoder **out, const ttag_taxonomy *taxonomy, ttag_error *err)
{
    ttag_decoder *d = *out = mem_zero(1, sizeof *d);
    if (!d)
        return fail_memory(err);
    d->taxonomy = taxonomy;
    return TTAG_OK;
}

/* What a tag line may hold, made ready when the first one may come. */
static ttag_status find_taxonomy(ttag_decoder *d, ttag_error *err)
{
    if (!d->taxonomy) {
        ttag_status status = ttag_taxonomy_new_builtin(&d->own, err);
        if (status != TTAG_OK)
            return status;
        d->taxonomy = d->own;
    }
    if (d->longest_tag == 0)
        d->longest_tag = longest_name(d->taxonomy);
    return TTAG_OK;
}

static ttag_status decode_article_file(ttag_decoder *d, ttag_article *article,
                                       const ttag_record *record, ttag_error *err)
{
    ttag_status status = find_taxonomy(d, err);
    return status == TTAG_OK ? article_file_decode(d, article, record, err) : status;
}

void ttag_decoder_free(ttag_decoder *d)
{
    if (!d)
        return;
    ttag_taxonomy_free(d->own);
    buffer_dispose(&d->cleaned);
    buffer_dispose(&d->strings);
    buffer_dispose(&d->id);
    buffer_dispose(&d->scratch);
    buffer_dispose(&d->runs);
    buffer_dispose(&d->converted);
    charset_close(d->conversion);
    names_dispose(&d->tags);
    names_dispose(&d->unknown);
    mem_free(d);
}

static void forget_last(ttag_decoder *d)
{
    d->text = (ttag_view){NULL, 0};
    buffer_clear(&d->cleaned);
    buffer_clear(&d->strings);
    buffer_clear(&d->id);
    names_clear(&d->tags);
    names_clear(&d->unknown);
}

/* What of a record is the article's. */
static ttag_view own_bytes(const ttag_record *record)
{
    const ttag_view bytes = record->bytes;
    if (!bytes.bytes || record->before + record->after > bytes.size)
        return bytes;
    return (ttag_view){bytes.bytes + record->before, bytes.size - record->before - record->after};
}

/* Whether d->conversion is from that encoding. */
static bool find_conversion(ttag_decoder *d, const char *charset)
{
    if (strcmp(charset, d->charset) != 0 || !d->conversion) {
        charset_close(d->conversion);
        d->conversion = NULL;
        d->charset[0] = '\0';
        if (strlen(charset) < sizeof d->charset && charset[0] != '\0')
            d->conversion = charset_open(charset);
        if (d->conversion)
            memcpy(d->charset, charset, strlen(charset) + 1);
    }
    return d->conversion != NULL;
}

size_t decoder_put_utf8(ttag_decoder *d, buffer *out, ttag_view text, const char *charset)
{
    if (charset[0] == '\0' || (!charset_is_utf8(view_of(charset)) && !find_conversion(d, charset)))
        charset = charset_guess(text);
    if (!charset || charset_is_utf8(view_of(charset)) || !find_conversion(d, charset))
        return utf8_clean(out, text);
    buffer_clear(&d->converted);
    size_t bad_bytes = charset_convert(d->conversion, &d->converted, text);
    bad_bytes += utf8_clean(out, buffer_as_view(&d->converted));
    out->failed |= !buffer_ok(&d->converted);
    return bad_bytes;
}

/* The encoding that a record declares, or "". What pages call Latin-1 is read as browsers do it. */
static const char *declared_charset(const ttag_record *record, char name[64])
{
    if (record->charset || record->format != TTAG_INPUT_HTML)
        return record->charset ? record->charset : "";
    const ttag_view found = html_charset(record->bytes);
    name[0] = '\0';
    if (found.size == 0 || found.size >= 64)
        return name;
    memcpy(name, found.bytes, found.size);
    name[found.size] = '\0';
    if (ascii_same(found, "iso-8859-1") || ascii_same(found, "latin1") ||
        !charset_holds_ascii(name))
        return "";
    return name;
}

/* A line that needs no cleaning stays where it is; text files are changed in place, so they are
   copied. The parts of a message are cleaned one by one. Returns how many bytes were replaced. */
static size_t clean(ttag_decoder *d, const ttag_record *record)
{
    const ttag_input_format format = record->format;
    const bool is_json = format == TTAG_INPUT_JSONL || format == TTAG_INPUT_JSON_FEED ||
                         format == TTAG_INPUT_STIX || format == TTAG_INPUT_MISP;
    const bool is_text = format == TTAG_INPUT_ARTICLE || format == TTAG_INPUT_TEXT;
    char name[64];
    d->text = own_bytes(record);
    if (format == TTAG_INPUT_EMAIL)
        return 0;
    const char *charset = declared_charset(record, name);
    const bool is_utf8 = charset[0] == '\0' || charset_is_utf8(view_of(charset));
    if (!is_text && is_utf8 && d->text.bytes && utf8_good(d->text) == d->text.size)
        return 0;
    size_t bad_bytes = is_json ? utf8_clean(&d->cleaned, d->text)
                               : decoder_put_utf8(d, &d->cleaned, d->text, charset);
    d->text = buffer_as_view(&d->cleaned);
    return bad_bytes;
}

static ttag_status decode_cleaned(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                                  ttag_error *err)
{
    switch (record->format) {
    case TTAG_INPUT_JSONL:
        return jsonl_decode(d, article, record, err);
    case TTAG_INPUT_ARTICLE:
        return decode_article_file(d, article, record, err);
    case TTAG_INPUT_TEXT:
        return text_file_decode(d, article, record, err);
    case TTAG_INPUT_FEED:
        return feed_item_decode(d, article, record, err);
    case TTAG_INPUT_CSV:
    case TTAG_INPUT_TSV:
        return csv_row_decode(d, article, record, err);
    case TTAG_INPUT_EMAIL:
        return email_decode(d, article, record, err);
    case TTAG_INPUT_HTML:
        return html_page_decode(d, article, record, err);
    case TTAG_INPUT_JSON_FEED:
        return json_feed_item_decode(d, article, record, err);
    case TTAG_INPUT_STIX:
        return stix_object_decode(d, article, record, err);
    case TTAG_INPUT_MISP:
        return misp_event_decode(d, article, record, err);
    default:
        return fail_at(err, TTAG_INVALID, record->path, record->line, 0,
                       "a record of format %d; expected one that a reader knows",
                       (int)record->format);
    }
}

ttag_status ttag_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                        ttag_error *err)
{
    forget_last(d);
    *article = (ttag_article){.path = record->path, .line = record->line, .weight = 1};
    article->bad_bytes = clean(d, record);
    ttag_status status =
        buffer_ok(&d->cleaned) ? decode_cleaned(d, article, record, err) : fail_memory(err);
    if (status != TTAG_OK) {
        *article = (ttag_article){.path = record->path, .line = record->line};
        return status;
    }
    article->tags = d->tags.items;
    article->n_tags = d->tags.n;
    article->unknown = d->unknown.items;
    article->n_unknown = d->unknown.n;
    return TTAG_OK;
}
