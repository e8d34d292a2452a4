/* What a file is: by its name, else by its first bytes. */
#include <string.h>

#include "articles/html_meta.h"
#include "articles/record_file.h"

/* JSON Lines, or what other systems hand on, by as much as it takes to know. */
static ttag_status find_exchange_format(record_file *f, ttag_error *err)
{
    ttag_view text = {NULL, 0};
    f->format = TTAG_INPUT_AUTO;
    for (size_t seen = 0; f->format == TTAG_INPUT_AUTO; seen = text.size) {
        ttag_status status = lines_peek(&f->lines, &text, seen + 1, err);
        if (status != TTAG_OK)
            return status;
        f->format = text.size == seen ? TTAG_INPUT_JSONL : exchange_format(text);
    }
    return TTAG_OK;
}

/* Whether the file is what is asked, by as much of it as it takes to know. */
static ttag_status guess(record_file *f, guess_function *begins, bool *is_it, ttag_error *err)
{
    format_guess found = GUESS_UNDECIDED;
    ttag_view text = {NULL, 0};
    for (size_t seen = 0; found == GUESS_UNDECIDED; seen = text.size) {
        ttag_status status = lines_peek(&f->lines, &text, seen + 1, err);
        if (status != TTAG_OK)
            return status;
        if (text.size == seen)
            break;
        found = begins(text);
    }
    *is_it = found == GUESS_YES;
    return TTAG_OK;
}

/* By the first byte, and what it begins. */
static ttag_status guess_format(record_file *f, int byte, ttag_error *err)
{
    bool is_it = false;
    ttag_status status = TTAG_OK;
    f->format = TTAG_INPUT_ARTICLE;
    if (byte == '{') {
        status = guess(f, json_feed_begins, &is_it, err);
        f->format = TTAG_INPUT_JSON_FEED;
        if (status == TTAG_OK && !is_it)
            return find_exchange_format(f, err);
    } else if (byte == '<') {
        status = guess(f, html_begins, &is_it, err);
        f->format = is_it ? TTAG_INPUT_HTML : TTAG_INPUT_FEED;
    }
    return status;
}

ttag_status record_file_find_format(record_file *f, ttag_error *err)
{
    f->format = f->opts->format;
    if (f->format == TTAG_INPUT_AUTO && strcmp(f->at->path, "-") != 0)
        f->format = walk_format(f->at->path);
    if (f->format != TTAG_INPUT_AUTO)
        return TTAG_OK;
    int byte;
    ttag_status status = lines_first_byte(&f->lines, &byte, err);
    return status == TTAG_OK ? guess_format(f, byte, err) : status;
}
