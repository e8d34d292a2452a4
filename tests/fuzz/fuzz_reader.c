/* Any bytes as a record of any format: decoded or refused with a sentence, and what comes out is
   UTF-8 without NUL. The first byte chooses the format. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "articles/csv_layout.h"
#include "articles/taxonomy_read.h"
#include "articles/utf8.h"
#include "base/view.h"
#include "ttag/articles.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check_text(ttag_view v)
{
    demand(!v.bytes || utf8_good(v) == v.size);
}

static void check_names(const ttag_view *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        demand(items[i].bytes && items[i].size > 0);
        check_text(items[i]);
        for (size_t k = i + 1; k < n && k < i + 8; k++)
            demand(!view_equal(items[i], items[k]));
    }
}

static void check_article(const ttag_article *a)
{
    demand(a->text.bytes != NULL);
    const ttag_view texts[] = {a->text, a->title, a->id,      a->date,   a->source,
                               a->url,  a->group, a->article, a->record, a->language};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_text(texts[i]);
    check_names(a->tags, a->n_tags);
    check_names(a->unknown, a->n_unknown);
    demand(a->weight >= 0 && isfinite(a->weight));
    demand(a->labelled || a->n_tags == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const ttag_input_format formats[] = {
        TTAG_INPUT_JSONL,     TTAG_INPUT_ARTICLE, TTAG_INPUT_TEXT, TTAG_INPUT_FEED,
        TTAG_INPUT_JSON_FEED, TTAG_INPUT_CSV,     TTAG_INPUT_HTML, TTAG_INPUT_EMAIL};
    ttag_taxonomy *taxonomy; /* a small one: it is made anew for each input */
    ttag_decoder *decoder;
    if (size == 0)
        return 0;
    demand(taxonomy_parse(&taxonomy, view_of("Malware\nSecurity News\nNews\n"), "", NULL) ==
           TTAG_OK);
    demand(ttag_decoder_new(&decoder, taxonomy, NULL) == TTAG_OK);
    ttag_article article;
    ttag_error err;
    memset(&err, 0, sizeof err);
    const struct ttag_csv_layout layout = {',', ";|", {1, 0, 2, 3, 4, 5, 6, 7}};
    ttag_record record = {.bytes = {(const char *)data + 1, size - 1},
                          .format = formats[data[0] % (sizeof formats / sizeof *formats)],
                          .name = view_of("fuzz"),
                          .path = "fuzz",
                          .layout = &layout,
                          .line = 1};
    ttag_status status = ttag_decode(decoder, &article, &record, &err);
    if (status == TTAG_OK) {
        check_article(&article);
    } else {
        demand(status == TTAG_PARSE && err.code == TTAG_PARSE && err.text[0] != '\0');
        demand(err.column <= size && article.text.bytes == NULL);
    }
    ttag_decoder_free(decoder);
    ttag_taxonomy_free(taxonomy);
    return 0;
}
