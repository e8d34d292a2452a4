/* Names that must not depend on the run, the machine or the place in the feed. */
#include "classify/article_names.h"

#include "articles/utf8.h"
#include "base/ascii.h"
#include "base/json.h"
#include "base/view.h"
#include "classify/classified.h"

const uuid TTAG_UUID_SPACE = {{0xe8, 0x78, 0x49, 0x24, 0x9e, 0x7e, 0x5d, 0x5d, 0x91, 0x83, 0xb0,
                               0xf2, 0xbb, 0xa7, 0xd8, 0xcc}};

/* ---- UUIDs. ---- */

/* Bytes of the scheme that the text begins with, as "https"; 0: none. */
static size_t scheme_length(ttag_view text)
{
    size_t n = 0;
    while (n < text.size && (is_letter(text.bytes[n]) ||
                             (n > 0 && text.bytes[n] && strchr("0123456789+-.", text.bytes[n]))))
        n++;
    return n >= 2 && n + 1 < text.size && text.bytes[n] == ':' ? n : 0;
}

/* "tag:…", "urn:…", "https://…" */
static bool is_uri(ttag_view text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.bytes[i] <= ' ')
            return false;
    return scheme_length(text) > 0;
}

bool is_absolute_url(ttag_view url)
{
    const size_t n = scheme_length(url);
    return n > 0 && n + 3 < url.size && url.bytes[n + 1] == '/' && url.bytes[n + 2] == '/';
}

void put_bare_id(buffer *out, const ttag_article *article)
{
    if (!has_id(article))
        return;
    if (article->id.size >= 2 && article->id.bytes[0] == '"')
        json_put_unescaped(out, article->id);
    else
        buffer_view(out, article->id);
}

static void put_part(buffer *out, ttag_view part)
{
    buffer_char(out, '\n');
    buffer_view(out, part);
}

uuid article_uuid(const ttag_article *article, buffer *scratch)
{
    buffer_clear(scratch);
    put_bare_id(scratch, article);
    const ttag_view id = buffer_as_view(scratch);
    uuid own;
    if (uuid_read(&own, id))
        return own;
    if (id.size == 0 && article->url.size == 0) {
        buffer_text(scratch, "text");
        put_part(scratch, article->title);
        put_part(scratch, article->text);
    } else if (id.size == 0) {
        buffer_view(scratch, article->url);
    } else if (!is_uri(id)) {
        put_part(scratch, article->source);
        put_part(scratch, article->url);
    }
    return uuid_of_name(&TTAG_UUID_SPACE, buffer_as_view(scratch));
}

uuid part_uuid(const uuid *whole, const char *part)
{
    return uuid_of_name(whole, view_of(part));
}

/* ---- Text. ---- */

/* One line: white space as single blanks, whole characters, at most so many. */
static void put_line(buffer *out, ttag_view text, size_t most)
{
    size_t written = 0;
    bool blank = false;
    text = utf8_trim(text);
    while (text.size > 0 && written < most) {
        size_t length;
        const uint32_t c = utf8_decode(text.bytes, text.size, &length);
        const bool is_blank = c <= ' ' || c == 0x7f || (c >= 0x80 && c <= 0xa0);
        if (!is_blank && blank && ++written < most)
            buffer_char(out, ' ');
        if (!is_blank && written < most) {
            buffer_put(out, text.bytes, length);
            written++;
        }
        blank = is_blank;
        text = (ttag_view){text.bytes + length, text.size - length};
    }
    if (utf8_trim(text).size > 0)
        buffer_text(out, "…");
}

void put_headline(buffer *out, const ttag_article *article, size_t most)
{
    const size_t before = out->size;
    put_line(out, article->title, most - 1);
    if (out->size == before)
        put_line(out, article->text, most - 1);
    if (out->size == before)
        put_plain_id(out, article);
}

void put_uri(buffer *out, ttag_view url)
{
    for (size_t i = 0; i < url.size; i++) {
        const unsigned char c = (unsigned char)url.bytes[i];
        if (c <= ' ' || c >= 0x7f || strchr("\"<>\\^`{|}", c))
            buffer_printf(out, "%%%02X", c);
        else
            buffer_char(out, (char)c);
    }
}

/* ---- Times. ---- */

instant article_published(const ttag_article *article)
{
    instant t = {0, 0};
    if (!instant_read(&t, article->date))
        instant_given(&t);
    return t;
}

instant article_tagged(instant published)
{
    instant now;
    return instant_given(&now) && now.seconds > published.seconds ? now : published;
}
