/* Text to paragraphs by its lines, paragraphs to sentences by their stops. */
#include "ttag/passages.h"

#include "articles/sentence_end.h"
#include "articles/text_lines.h"
#include "articles/utf8.h"
#include "base/ascii.h"

enum {
    WRAPPED_LEAST = 40, /* bytes: shorter lines are not wrapped ones … */
    WRAPPED_MOST = 160  /* … and longer ones neither */
};

ttag_splitter ttag_split(ttag_view text, ttag_unit unit)
{
    return (ttag_splitter){.text = text, .unit = unit};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* ---- Paragraphs. ---- */

/* Looks at the lines up to the next empty one. */
static void look_at_block(ttag_splitter *s, size_t at)
{
    s->block_width = 0;
    s->block_end = at;
    const text_line first = text_line_at(s->text, at);
    s->block_code = line_is_code(&first);
    while (s->block_end < s->text.size) {
        text_line line = text_line_at(s->text, s->block_end);
        if (line.text.size == 0 && s->block_end > at)
            break;
        s->block_width = line.text.size > s->block_width ? line.text.size : s->block_width;
        s->block_end = line.next;
    }
}

static bool ends_with_stop(ttag_view v)
{
    char last = v.size ? v.bytes[v.size - 1] : '\0';
    return last == '.' || last == '!' || last == '?' || last == ':' || last == ';';
}

/* Bytes up to the first blank, as far as it matters. */
static size_t first_word(ttag_view v)
{
    size_t n = 0;
    while (n < v.size && n < WRAPPED_MOST && !is_space(v.bytes[n]))
        n++;
    return n;
}

/* Whether the line goes on in the next one: it does so where a word begins in lower case, or where
   the line is so full that the next word did not fit. */
static bool is_wrapped(const ttag_splitter *s, const text_line *line, const text_line *next)
{
    if (line->text.size < WRAPPED_LEAST || s->block_width > WRAPPED_MOST)
        return false;
    char c = next->text.bytes[0];
    bool full = line->text.size + 1 + first_word(next->text) > s->block_width;
    return full || (is_small(c) && !ends_with_stop(line->text));
}

static bool stands_alone(const text_line *line)
{
    return line_is_fence(line) || line_is_row(line) || line_is_rule(line);
}

/* Whether a paragraph that `line` belongs to ends with it. */
static bool ends_paragraph(const ttag_splitter *s, const text_line *line, const text_line *next)
{
    if (next->text.size == 0 || stands_alone(next) || line_bullet(next) || line_is_numbered(next))
        return true;
    return !is_wrapped(s, line, next);
}

/* From the line at s->at, which is not empty, to the end of its paragraph. */
static void find_paragraph(ttag_splitter *s, text_line line)
{
    if (s->at >= s->block_end)
        look_at_block(s, s->at);
    s->whole = s->fenced || line_is_row(&line) || (s->block_code && line_is_code(&line));
    while (!s->whole && line.next < s->text.size) {
        text_line next = text_line_at(s->text, line.next);
        if (ends_paragraph(s, &line, &next))
            break;
        line = next;
    }
    s->paragraph_end = line.end;
}

/* Passes over what is no text; false: there is no further paragraph. */
static bool next_paragraph(ttag_splitter *s)
{
    while (s->at < s->text.size) {
        text_line line = text_line_at(s->text, s->at);
        if (line_is_fence(&line))
            s->fenced = !s->fenced;
        if (line_is_fence(&line) || line_is_rule(&line)) {
            s->at = line.next;
            continue;
        }
        find_paragraph(s, line);
        s->at = (size_t)(line.text.bytes - s->text.bytes) + (s->whole ? 0 : line_bullet(&line));
        return true;
    }
    return false;
}

/* ---- Passages. ---- */

/* Where to cut what is longer than `most`: behind the last semicolon, else comma, else blank of its
   second half; else between two code points. */
static size_t cut(ttag_view text, size_t begin, size_t most)
{
    size_t least = begin + most / 2, end = begin + most, found[3] = {0, 0, 0};
    for (size_t at = least; at + 1 < end; at++) {
        char c = text.bytes[at];
        if (is_space(c))
            found[2] = at + 1;
        else if ((c == ';' || c == '|' || c == ',') && is_space(text.bytes[at + 1]))
            found[c == ','] = at + 1;
    }
    for (size_t i = 0; i < 3; i++)
        if (found[i] > 0)
            return found[i];
    while (end > least && ((unsigned char)text.bytes[end] & 0xc0) == 0x80)
        end--;
    return end > least ? end : begin + most;
}

static void fill(ttag_splitter *s, ttag_passage *passage, size_t begin, size_t end)
{
    const char *bytes = s->text.bytes;
    while (end > begin && is_space(bytes[end - 1]))
        end--;
    size_t first =
        s->counted_points + utf8_count((ttag_view){bytes + s->counted, begin - s->counted});
    size_t behind = first + utf8_count((ttag_view){bytes + begin, end - begin});
    s->counted = end;
    s->counted_points = behind;
    *passage = (ttag_passage){{bytes + begin, end - begin}, begin, end, first, behind};
}

/* The end of the passage that begins at s->at. */
static size_t passage_end(const ttag_splitter *s)
{
    size_t end = s->paragraph_end;
    size_t most = s->unit == TTAG_UNIT_SENTENCE ? TTAG_SENTENCE_MOST : TTAG_PARAGRAPH_MOST;
    if (s->unit == TTAG_UNIT_SENTENCE && !s->whole)
        end = sentence_end(s->text, s->at, end - s->at > most ? s->at + most : end);
    return end - s->at > most || (end - s->at == most && end < s->paragraph_end)
               ? cut(s->text, s->at, most)
               : end;
}

static bool split_article(ttag_splitter *s, ttag_passage *passage)
{
    if (s->at > 0 || s->text.size == 0)
        return false;
    s->at = s->text.size;
    *passage = (ttag_passage){s->text, 0, s->text.size, 0, utf8_count(s->text)};
    return true;
}

bool ttag_split_next(ttag_splitter *s, ttag_passage *passage)
{
    if (s->unit == TTAG_UNIT_ARTICLE)
        return split_article(s, passage);
    for (;;) {
        while (s->at < s->paragraph_end && is_space(s->text.bytes[s->at]))
            s->at++;
        if (s->at >= s->paragraph_end && !next_paragraph(s))
            return false;
        size_t begin = s->at;
        s->at = passage_end(s);
        const text_line piece = {.text = {s->text.bytes + begin, s->at - begin}};
        if (line_is_rule(&piece))
            continue;
        fill(s, passage, begin, s->at);
        return true;
    }
}
