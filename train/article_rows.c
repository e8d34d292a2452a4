/* One article, one passage, or all passages. */
#include "train/article_rows.h"

#include "features/pieces.h"

bool article_rows_each(const ttag_article *article, const ttag_text_opts *text, ttag_unit unit,
                       article_row_taker *take, void *context, size_t *n_rows)
{
    ttag_article row = {.text = article->text,
                        .weight = 1,
                        .dropped = article->dropped,
                        .n_dropped = article->n_dropped};
    *n_rows = 1;
    if (unit == TTAG_UNIT_ARTICLE)
        return take(context, text, article);
    if (article->article.size > 0)
        return take(context, text, &row);
    piece_walk walk = piece_walk_over(article, text, unit);
    text_piece next;
    for (*n_rows = 0; piece_walk_next(&walk, &next); ++*n_rows) {
        row.text = next.passage.text;
        if (!take(context, text, &row))
            return false;
    }
    return true;
}
