/* Reading, decoding, handing on. */
#include "articles/each_article.h"

#include "articles/reader.h"
#include "base/monitor.h"

ttag_status each_article(ttag_reader *feed, article_taker *take, void *context,
                         const ttag_monitor *monitor, size_t *refused, ttag_error *err)
{
    ttag_decoder *decoder;
    ttag_status status = ttag_decoder_new(&decoder, reader_taxonomy(feed), err);
    while (status == TTAG_OK) {
        ttag_record record;
        ttag_article article;
        ttag_error trouble = {0};
        status = ttag_reader_next_record(feed, &record, &trouble);
        if (status == TTAG_OK)
            status = ttag_decode(decoder, &article, &record, &trouble);
        if (status == TTAG_OK)
            status = take(context, &record, &article, &trouble);
        if (status == TTAG_PARSE || status == TTAG_IO) {
            tell_error(monitor, TTAG_ERROR, &trouble);
            (*refused)++;
            status = TTAG_OK;
        } else if (status != TTAG_OK && status != TTAG_END && err) {
            *err = trouble;
        }
    }
    ttag_decoder_free(decoder);
    return status == TTAG_END ? TTAG_OK : status;
}
