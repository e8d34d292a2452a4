/* A message (RFC 5322) into an article: subject, date, who it is from, and the first part that is
   text, or else the text of the first that is HTML. */
#include <string.h>

#include "articles/decoder.h"
#include "articles/email_words.h"
#include "articles/feed_date.h"
#include "articles/markup.h"
#include "articles/text_file.h"
#include "articles/transfer.h"
#include "articles/utf8.h"
#include "base/ascii.h"
#include "base/error.h"
#include "base/json.h"
#include "base/view.h"

enum { DEEPEST = 8 }; /* parts within parts */

/* A message, or a part of one. */
typedef struct mail_part {
    ttag_view head, body;
} mail_part;

typedef struct mail_texts {
    mail_part plain, html; /* body absent: there is none */
} mail_texts;

/* ---- Heads. ---- */

/* Without its line end; what is behind it into *rest. */
static ttag_view take_line(ttag_view *rest)
{
    ttag_view line = view_cut(rest, '\n');
    line.size -= line.size > 0 && line.bytes[line.size - 1] == '\r';
    return line;
}

/* Head and body, which an empty line parts. */
static mail_part cut_part(ttag_view text)
{
    ttag_view rest = text;
    while (rest.size > 0) {
        const char *from = rest.bytes;
        if (take_line(&rest).size == 0)
            return (mail_part){{text.bytes, (size_t)(from - text.bytes)}, rest};
    }
    return (mail_part){text, {text.bytes + text.size, 0}};
}

/* The value of a field, lines unfolded, into `out`, which is cleared. */
static ttag_view field_of(ttag_view head, const char *name, buffer *out)
{
    const size_t size = strlen(name);
    bool is_it = false;
    buffer_clear(out);
    while (head.size > 0) {
        ttag_view line = take_line(&head);
        const bool goes_on = line.size > 0 && (line.bytes[0] == ' ' || line.bytes[0] == '\t');
        if (!goes_on && is_it)
            break;
        if (!goes_on) {
            is_it = line.size > size && line.bytes[size] == ':' &&
                    ascii_same((ttag_view){line.bytes, size}, name);
            line = is_it ? (ttag_view){line.bytes + size + 1, line.size - size - 1} : line;
        }
        if (is_it)
            buffer_view(out, line);
    }
    return utf8_trim(buffer_as_view(out));
}

/* A parameter of a field: `; charset="utf-8"`; absent: it is not there. */
static ttag_view parameter_of(ttag_view field, const char *name)
{
    const size_t size = strlen(name);
    for (size_t i = 0; i + size + 1 < field.size; i++) {
        const bool begins = i > 0 && strchr("; \t", field.bytes[i - 1]);
        if (!begins || !ascii_same((ttag_view){field.bytes + i, size}, name) ||
            field.bytes[i + size] != '=')
            continue;
        size_t from = i + size + 1;
        const bool quoted = field.bytes[from] == '"';
        from += quoted;
        size_t end = from;
        while (end < field.size && !strchr(quoted ? "\"" : "; \t", field.bytes[end]))
            end++;
        return (ttag_view){field.bytes + from, end - from};
    }
    return (ttag_view){NULL, 0};
}

/* ---- Parts. ---- */

/* Whether the line ends a part: 1; or the last one: 2. Blanks may follow, and nothing else: one
   boundary may begin as another does. */
static int boundary_of(ttag_view line, ttag_view boundary)
{
    if (line.size < boundary.size + 2 || memcmp(line.bytes, "--", 2) != 0 ||
        memcmp(line.bytes + 2, boundary.bytes, boundary.size) != 0)
        return 0;
    size_t at = 2 + boundary.size;
    const bool is_last = line.size >= at + 2 && memcmp(line.bytes + at, "--", 2) == 0;
    at += is_last ? 2 : 0;
    while (at < line.size && (line.bytes[at] == ' ' || line.bytes[at] == '\t'))
        at++;
    return at < line.size ? 0 : is_last ? 2 : 1;
}

/* The next part of a body; false: there is none. */
static bool next_part(ttag_view *rest, ttag_view boundary, bool *begun, mail_part *part)
{
    const char *from = rest->bytes;
    while (rest->size > 0) {
        const char *at = rest->bytes;
        const int kind = boundary_of(take_line(rest), boundary);
        if (kind == 0)
            continue;
        const bool found = *begun;
        *part = cut_part((ttag_view){from, (size_t)(at - from)});
        from = rest->bytes;
        if (kind == 2)
            rest->size = 0;
        *begun = true;
        if (found)
            return true;
    }
    if (*begun && rest->bytes > from) { /* the last boundary is missing */
        *part = cut_part((ttag_view){from, (size_t)(rest->bytes - from)});
        *begun = false;
        return true;
    }
    return false;
}

static bool begins_with(ttag_view value, const char *with)
{
    const size_t size = strlen(with);
    return value.size >= size && ascii_same((ttag_view){value.bytes, size}, with);
}

static void keep_text(mail_texts *texts, const mail_part *part, ttag_view type)
{
    mail_part *kept = begins_with(type, "text/html") ? &texts->html : &texts->plain;
    const bool is_text =
        type.size == 0 || begins_with(type, "text/html") || begins_with(type, "text/plain");
    if (is_text && !kept->body.bytes)
        *kept = *part;
}

/* Finds the texts of a part and of those in it. */
static bool find_texts(const mail_part *part, size_t depth, mail_texts *texts)
{
    buffer field = {0};
    ttag_view disposition = field_of(part->head, "content-disposition", &field);
    if (begins_with(disposition, "attachment")) {
        buffer_dispose(&field);
        return true;
    }
    const ttag_view type = field_of(part->head, "content-type", &field);
    const ttag_view boundary = parameter_of(type, "boundary");
    bool fine = buffer_ok(&field), begun = false;
    mail_part inner;
    ttag_view rest = part->body;
    if (!begins_with(type, "multipart/"))
        keep_text(texts, part, type);
    else if (boundary.size > 0 && depth < DEEPEST)
        while (fine && next_part(&rest, boundary, &begun, &inner))
            fine = find_texts(&inner, depth + 1, texts);
    buffer_dispose(&field);
    return fine;
}

/* ---- The article. ---- */

/* Appends a field, its encoded words undone; where it is in d->strings into *size and the result.
 */
static size_t put_field(ttag_decoder *d, ttag_view head, const char *name, size_t *size)
{
    const size_t at = d->strings.size;
    ttag_view value = field_of(head, name, &d->runs);
    email_put_words(d, &d->strings, value);
    *size = d->strings.size - at;
    return at;
}

static void put_body(ttag_decoder *d, const mail_part *part, bool is_html, size_t *bad_bytes)
{
    buffer unpacked = {0}, plain = {0};
    char charset[41] = "";
    ttag_view encoding = field_of(part->head, "content-transfer-encoding", &d->runs);
    transfer_decode(&unpacked, part->body, encoding);
    ttag_view name = parameter_of(field_of(part->head, "content-type", &d->runs), "charset");
    if (name.size && name.size < sizeof charset)
        memcpy(charset, name.bytes, name.size);
    *bad_bytes = decoder_put_utf8(d, &plain, buffer_as_view(&unpacked), charset);
    if (is_html)
        put_text_of_markup(&d->strings, buffer_as_view(&plain));
    else
        buffer_view(&d->strings, buffer_as_view(&plain));
    d->strings.failed |= !buffer_ok(&unpacked) || !buffer_ok(&plain) || !buffer_ok(&d->runs);
    buffer_dispose(&unpacked);
    buffer_dispose(&plain);
}

static ttag_view view_at(const ttag_decoder *d, size_t at, size_t size)
{
    ttag_view text = utf8_trim((ttag_view){d->strings.bytes + at, size});
    return text.size ? text : (ttag_view){NULL, 0};
}

/* "CERT" <cert@a.example> by its name. */
static ttag_view sender_of(ttag_view from)
{
    const char *angle = from.size ? memchr(from.bytes, '<', from.size) : NULL;
    ttag_view name =
        angle ? utf8_trim((ttag_view){from.bytes, (size_t)(angle - from.bytes)}) : from;
    if (name.size >= 2 && name.bytes[0] == '"' && name.bytes[name.size - 1] == '"')
        name = (ttag_view){name.bytes + 1, name.size - 2};
    return name.size ? name : from;
}

static ttag_status put_message_id(ttag_decoder *d, ttag_article *article, ttag_view id,
                                  const ttag_record *record, ttag_error *err)
{
    if (!id.size)
        return file_id_put(d, article, record->name, err);
    json_put_string(&d->id, id);
    article->id = buffer_as_view(&d->id);
    return buffer_ok(&d->id) ? TTAG_OK : fail_memory(err);
}

ttag_status email_decode(ttag_decoder *d, ttag_article *article, const ttag_record *record,
                         ttag_error *err)
{
    enum { SUBJECT, FROM, ID, DATE, TEXT, FIELDS };
    size_t at[FIELDS], size[FIELDS];
    ttag_view text = d->text;
    if (begins_with(text, "from "))
        take_line(&text); /* of a mailbox */
    const mail_part message = cut_part(text);
    mail_texts texts = {.plain = {{NULL, 0}, {NULL, 0}}};
    if (!find_texts(&message, 0, &texts))
        return fail_memory(err);
    buffer_put(&d->strings, "", 0);
    at[SUBJECT] = put_field(d, message.head, "subject", &size[SUBJECT]);
    at[FROM] = put_field(d, message.head, "from", &size[FROM]);
    at[ID] = put_field(d, message.head, "message-id", &size[ID]);
    at[DATE] = d->strings.size;
    put_feed_date(&d->strings, field_of(message.head, "date", &d->runs));
    at[TEXT] = d->strings.size;
    size[DATE] = at[TEXT] - at[DATE];
    const bool is_html = !texts.plain.body.bytes;
    if (!is_html || texts.html.body.bytes)
        put_body(d, is_html ? &texts.html : &texts.plain, is_html, &article->bad_bytes);
    size[TEXT] = d->strings.size - at[TEXT];
    if (!buffer_ok(&d->strings) || !buffer_ok(&d->runs))
        return fail_memory(err);
    article->title = view_at(d, at[SUBJECT], size[SUBJECT]);
    article->source = sender_of(view_at(d, at[FROM], size[FROM]));
    article->date = view_at(d, at[DATE], size[DATE]);
    article->text = view_at(d, at[TEXT], size[TEXT]);
    if (!article->text.bytes)
        article->text = (ttag_view){"", 0};
    if (!article->text.size && !article->title.size)
        return fail_at(err, TTAG_PARSE, record->path, record->line, 0,
                       "the message has neither subject nor text; expected one of them");
    return put_message_id(d, article, view_at(d, at[ID], size[ID]), record, err);
}
