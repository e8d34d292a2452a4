/* Names and quotations. */
#include "audit/shown_article.h"

#include "articles/utf8.h"
#include "base/json.h"
#include "classify/shown_text.h"

void shown_article_put(buffer *b, const ttag_audited *article)
{
    buffer name = {0};
    if (article->id.size >= 2 && article->id.bytes[0] == '"')
        json_put_unescaped(&name, article->id);
    else
        buffer_view(&name, article->id.bytes ? article->id : (ttag_view){"", 0});
    if (name.size)
        put_clean(b, buffer_as_view(&name));
    else
        buffer_printf(b, "%s:%zu", article->path, article->line);
    b->failed = b->failed || name.failed;
    buffer_dispose(&name);
}

void shown_text_put(buffer *b, ttag_view text, size_t most)
{
    buffer line = {0};
    size_t at = 0, n = 0;
    for (; at < text.size && n < most; n++) {
        size_t length, blanks = 0, more;
        ttag_view rest = {text.bytes + at, text.size - at};
        while ((more = utf8_blanks((ttag_view){rest.bytes + blanks, rest.size - blanks})) > 0)
            blanks += more;
        if (blanks == 0)
            utf8_decode(rest.bytes, rest.size, &length);
        buffer_put(&line, blanks ? " " : rest.bytes, blanks ? 1 : length);
        at += blanks ? blanks : length;
    }
    put_clean(b, buffer_as_view(&line));
    buffer_text(b, at < text.size ? "…" : "");
    b->failed = b->failed || line.failed;
    buffer_dispose(&line);
}
