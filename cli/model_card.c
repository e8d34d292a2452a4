/* The only file that sees cJSON. Its numbers are doubles, which hold no seed of 64 bits and have
   forgotten how they were written; so a number becomes raw text, taken from where it stands. */
#include "cli/model_card.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "cli/console.h"
#include "cli/json_out.h"
#include "cli/nearest.h"

enum { LARGEST = 64 << 20, NAME_COLUMN = 28, NAME_SIZE = 128 };

static const char DIGITS[] = "0123456789";

/* ---- Reading ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The closing quote of the string that begins at `at`. */
static const char *string_end(const char *at)
{
    for (at++; *at != '"'; at++)
        if (*at == '\\')
            at++;
    return at;
}

/* The first number at or behind `at`, of text that cJSON has read: only there, and in strings, is
   there a digit or a minus. */
static const char *next_number(const char *at)
{
    for (; *at != '-' && !is_digit(*at); at++)
        if (*at == '"')
            at = string_end(at);
    return at;
}

/* cJSON also takes 01, -.5 and 1. for numbers; no other program would. */
static bool is_proper(const char *number)
{
    const char *whole = number + (*number == '-');
    const char *point = whole + strspn(whole, DIGITS);
    if (point == whole || (*whole == '0' && point > whole + 1))
        return false;
    return *point != '.' || is_digit(point[1]);
}

/* Turns the number into raw text, the one at *at, and moves that behind it. */
static bool keep_number(cJSON *node, const char **at)
{
    *at = next_number(*at);
    if (!is_proper(*at))
        return false;
    size_t size = strspn(*at, "+-.0123456789eE");
    char *raw = cJSON_malloc(size + 1);
    if (!raw)
        return false;
    memcpy(raw, *at, size);
    raw[size] = '\0';
    node->type = cJSON_Raw;
    node->valuestring = raw;
    *at += size;
    return true;
}

/* Nodes come in the order of the text. On failure *at is where. */
static bool keep_numbers(cJSON *node, const char **at)
{
    for (; node; node = node->next)
        if (cJSON_IsNumber(node) ? !keep_number(node, at) : !keep_numbers(node->child, at))
            return false;
    return true;
}

/* An object out of terminated text; else NULL and *at is where it went wrong. */
static cJSON *parse(const char *text, size_t size, const char **at)
{
    cJSON *card = cJSON_ParseWithLengthOpts(text, size + 1, at, true);
    if (!card)
        return NULL;
    *at = text;
    if (cJSON_IsObject(card) && keep_numbers(card, at))
        return card;
    cJSON_Delete(card);
    return NULL;
}

static ttag_status out_of_memory(ttag_error *err)
{
    *err = (ttag_error){.code = TTAG_NOMEM, .text = "out of memory"};
    return TTAG_NOMEM;
}

__attribute__((format(printf, 3, 4))) static ttag_status refuse(ttag_error *err, const char *path,
                                                                const char *format, ...)
{
    va_list arguments;
    *err = (ttag_error){.code = TTAG_FORMAT};
    snprintf(err->path, sizeof err->path, "%s", path);
    va_start(arguments, format);
    vsnprintf(err->text, sizeof err->text, format, arguments);
    va_end(arguments);
    return TTAG_FORMAT;
}

ttag_status card_read(card_node **out, ttag_view text, const char *path, ttag_error *err)
{
    *out = NULL;
    if (text.size > LARGEST)
        return refuse(err, path, "section \"card\" has %zu bytes; expected at most %d", text.size,
                      LARGEST);
    char *copy = cJSON_malloc(text.size + 1);
    if (!copy)
        return out_of_memory(err);
    if (text.size > 0)
        memcpy(copy, text.bytes, text.size);
    copy[text.size] = '\0';
    const char *at = copy;
    errno = 0; /* cJSON does not say whether it ran out of memory */
    *out = parse(copy, text.size, &at);
    bool no_memory = !*out && errno == ENOMEM;
    size_t position = (size_t)(at - copy) + 1;
    cJSON_free(copy);
    if (no_memory)
        return out_of_memory(err);
    if (!*out)
        return refuse(
            err, path,
            "section \"card\" goes wrong near byte %zu; expected a JSON object, nested at "
            "most %d deep",
            position, CJSON_NESTING_LIMIT);
    return TTAG_OK;
}

void card_free(card_node *card)
{
    cJSON_Delete(card);
}

/* ---- Looking up ---- */

const card_node *card_find(const card_node *node, const char *path)
{
    for (;;) {
        size_t size = strcspn(path, ".");
        const cJSON *member = cJSON_IsObject(node) ? node->child : NULL;
        while (member && !same_text(text_view(member->string), (ttag_view){path, size}))
            member = member->next;
        if (!path[size] || !member)
            return member;
        node = member;
        path += size + 1;
    }
}

const card_node *card_element(const card_node *array, size_t position)
{
    const cJSON *element = cJSON_IsArray(array) ? array->child : NULL;
    while (element && position-- > 0)
        element = element->next;
    return element;
}

const char *card_text(const card_node *node)
{
    if (cJSON_IsString(node) || cJSON_IsRaw(node))
        return node->valuestring;
    if (cJSON_IsBool(node))
        return cJSON_IsTrue(node) ? "true" : "false";
    return cJSON_IsNull(node) ? "null" : NULL;
}

/* ---- Writing ---- */

bool card_write_compact(FILE *out, const card_node *node)
{
    char *text = cJSON_PrintUnformatted(node);
    if (!text)
        return false;
    fputs(text, out);
    cJSON_free(text);
    return true;
}

static void write_scalar(FILE *out, const cJSON *node)
{
    if (cJSON_IsString(node))
        json_write_string(out, text_view(node->valuestring));
    else
        fputs(card_text(node), out);
}

static void show_element(FILE *out, const cJSON *node)
{
    const char *quote = cJSON_IsString(node) ? "\"" : "";
    fputs(quote, out);
    write_shown(out, text_view(card_text(node)));
    fputs(quote, out);
}

static bool holds_containers(const cJSON *array)
{
    const cJSON *element;
    cJSON_ArrayForEach(element, array) if (!card_text(element)) return true;
    return false;
}

static void write_array_line(FILE *out, const cJSON *array, void (*write)(FILE *, const cJSON *))
{
    const cJSON *element;
    fputc('[', out);
    cJSON_ArrayForEach(element, array)
    {
        fputs(element == array->child ? "" : ", ", out);
        write(out, element);
    }
    fputc(']', out);
}

void card_write_pretty(FILE *out, const card_node *node, int indent)
{
    bool object = cJSON_IsObject(node);
    if (card_text(node)) {
        write_scalar(out, node);
        return;
    }
    if (!object && !holds_containers(node)) {
        write_array_line(out, node, write_scalar);
        return;
    }
    const cJSON *child;
    fputc(object ? '{' : '[', out);
    cJSON_ArrayForEach(child, node)
    {
        fprintf(out, "%s\n%*s", child == node->child ? "" : ",", indent + 2, "");
        if (object) {
            json_write_string(out, text_view(child->string));
            fputs(": ", out);
        }
        card_write_pretty(out, child, indent + 2);
    }
    if (node->child)
        fprintf(out, "\n%*s", indent, "");
    fputc(object ? '}' : ']', out);
}

static void write_line(FILE *out, const char *name, const cJSON *value)
{
    int pad = NAME_COLUMN - (int)strlen(name);
    write_shown(out, text_view(name));
    fprintf(out, "%*s ", pad > 0 ? pad : 0, "");
    if (cJSON_IsArray(value))
        write_array_line(out, value, show_element);
    else
        write_shown(out, text_view(card_text(value)));
    fputc('\n', out);
}

void card_write_lines(FILE *out, const card_node *object, const char *prefix)
{
    const cJSON *member;
    char name[NAME_SIZE];
    cJSON_ArrayForEach(member, object)
    {
        snprintf(name, sizeof name, "%s%s%s", prefix, *prefix ? "." : "", member->string);
        if (cJSON_IsObject(member))
            card_write_lines(out, member, name);
        else if (!holds_containers(member))
            write_line(out, name, member);
    }
}
