/* Random JSON. */
#include "tests/json_tree/random_json.h"

#include <string.h>

static bool chance(rng *r, unsigned one_in)
{
    return rng_below(r, one_in) == 0;
}

#define PICK(r, words) words[rng_below(r, sizeof words / sizeof *words)]

static void put_blanks(buffer *out, rng *r)
{
    static const char blanks[] = {' ', ' ', '\t', '\r', '\n', '\x01', '\x1f'};
    while (chance(r, 4))
        buffer_char(out, PICK(r, blanks));
}

static void put_characters(buffer *out, rng *r)
{
    static const char *const pieces[] = {
        "worm",
        "a",
        " ",
        ", ",
        "}",
        "]",
        "{",
        "\xc3\xa4",
        "\xe2\x82\xac",
        "\xf0\x9f\x94\x92",
        "\t",
        "\x7f",
        "/",
        "\\\"",
        "\\\\",
        "\\/",
        "\\n",
        "\\r\\n",
        "\\t",
        "\\b",
        "\\f",
        "\\u0041",
        "\\u00e4",
        "\\u20AC",
        "\\uD83d\\udd12",
        "\\u0000",
        "\\ud83d",
        "\\udd12",
        "\\u007f",
        "the letter came at night and nobody read it before the morning, when it was too late"};
    for (size_t n = rng_below(r, 6); n > 0; n--)
        buffer_text(out, PICK(r, pieces));
}

static void put_string(buffer *out, rng *r)
{
    buffer_char(out, '"');
    put_characters(out, r);
    buffer_char(out, '"');
}

static void put_number(buffer *out, rng *r)
{
    static const char *const numbers[] = {
        "0",
        "-0",
        "1",
        "17",
        "-2.50",
        "1e3",
        "1E+2",
        "0.1e-7",
        "1e999",
        "1.",
        "-.5",
        "007",
        "01.e1",
        "1e",
        "-",
        "1-2",
        "1.2.3",
        "12345678901234567890",
        "0.25",
        "1e-999",
        "123456789012345678901234567890123456789012345678901234567890123",
        "1234567890123456789012345678901234567890123456789012345678901234",
        "0.1000000000000000055511151231257827021181583404541015625000000000000e2"};
    buffer_text(out, PICK(r, numbers));
}

static void put_value(buffer *out, rng *r, unsigned depth);

static void put_name(buffer *out, rng *r)
{
    static const char *const names[] = {
        "\"text\"",       "\"title\"",  "\"id\"",  "\"tags\"",  "\"unknown\"", "\"weight\"",
        "\"date\"",       "\"source\"", "\"url\"", "\"group\"", "\"article\"", "\"\\u0069d\"",
        "\"t\\u0061gs\"", "\"texts\"",  "\"\"",    "\"tag\""};
    put_blanks(out, r);
    if (chance(r, 6))
        put_string(out, r);
    else
        buffer_text(out, PICK(r, names));
    put_blanks(out, r);
    buffer_char(out, ':');
    put_blanks(out, r);
}

static void put_container(buffer *out, rng *r, unsigned depth, bool object)
{
    buffer_char(out, object ? '{' : '[');
    put_blanks(out, r);
    size_t n = rng_below(r, 4);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_char(out, ',');
        if (object)
            put_name(out, r);
        put_value(out, r, depth + 1);
    }
    buffer_char(out, object ? '}' : ']');
}

static void put_value(buffer *out, rng *r, unsigned depth)
{
    static const char *const words[] = {"null", "true", "false"};
    put_blanks(out, r);
    switch (rng_below(r, depth < 5 ? 6 : 4)) {
    case 0:
        buffer_text(out, PICK(r, words));
        break;
    case 1:
        put_number(out, r);
        break;
    case 4:
    case 5:
        put_container(out, r, depth, chance(r, 2));
        break;
    default:
        put_string(out, r);
    }
    put_blanks(out, r);
}

void random_json(buffer *out, rng *r)
{
    buffer_clear(out);
    if (chance(r, 30))
        buffer_text(out, "\xef\xbb\xbf");
    put_value(out, r, 0);
}

/* ---- Records. ---- */

static void put_tags(buffer *out, rng *r)
{
    static const char *const tags[] = {"\"Worm\"",          "\"*\"",       "\"Phish\"",
                                       "\"Security News\"", "\"\\u002a\"", "\"Wo\\u0072m\"",
                                       "\"a \\\"b\\\"\"",   "\"\""};
    buffer_char(out, '[');
    size_t n = rng_below(r, 5);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_char(out, ',');
        put_blanks(out, r);
        if (chance(r, 20))
            put_value(out, r, 3);
        else
            buffer_text(out, tags[rng_below(r, chance(r, 10) ? 8 : 7)]);
        put_blanks(out, r);
    }
    buffer_char(out, ']');
}

/* A value that mostly suits the member. */
static void put_fitting(buffer *out, rng *r, const char *name)
{
    static const char *const weights[] = {"1", "0", "0.5", "-1", "2e0", "1e999", "-0", "007"};
    if (chance(r, 12))
        put_value(out, r, 3);
    else if (strcmp(name, "tags") == 0 || strcmp(name, "unknown") == 0)
        put_tags(out, r);
    else if (strcmp(name, "weight") == 0)
        buffer_text(out, PICK(r, weights));
    else if (strcmp(name, "id") == 0 && chance(r, 2))
        put_number(out, r);
    else
        put_string(out, r);
}

void random_record(buffer *out, rng *r)
{
    static const char *const names[] = {"text",   "text", "title", "id",    "tags",    "unknown",
                                        "weight", "date", "url",   "group", "article", "extra"};
    buffer_clear(out);
    put_blanks(out, r);
    buffer_text(out, "{\"text\":");
    put_fitting(out, r, "text");
    for (size_t n = rng_below(r, 7); n > 0; n--) {
        const char *name = PICK(r, names);
        put_blanks(out, r);
        buffer_char(out, ',');
        if (chance(r, 10))
            put_name(out, r);
        else
            buffer_printf(out, "\"%s\":", name);
        put_fitting(out, r, name);
    }
    buffer_char(out, '}');
    put_blanks(out, r);
}

/* ---- Damage. ---- */

void random_damage(buffer *text, rng *r)
{
    static const char bytes[] = "\"\\{}[]:,0-.eE+u xn\t\x01\xef\xbf";
    for (size_t n = 1 + rng_below(r, 3); n > 0 && text->size > 0; n--) {
        size_t at = rng_below(r, text->size);
        char byte = bytes[rng_below(r, sizeof bytes - 1)];
        switch (rng_below(r, 4)) {
        case 0:
            text->bytes[at] = byte;
            break;
        case 1:
            memmove(text->bytes + at, text->bytes + at + 1, text->size - at - 1);
            text->size--;
            break;
        case 2:
            buffer_char(text, byte);
            memmove(text->bytes + at + 1, text->bytes + at, text->size - at - 1);
            text->bytes[at] = byte;
            break;
        default:
            if (chance(r, 3))
                text->size = at;
        }
    }
}
