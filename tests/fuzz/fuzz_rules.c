/* Any bytes as a file of rules, and as an article for it and for the built-in ones: read or refused
   with a sentence; and as phrases, one a line, beside a plain search for them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "articles/utf8.h"
#include "base/view.h"
#include "bootstrap/phrase_fold.h"
#include "bootstrap/rule_match.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PHRASES = 16 };

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void apply(const ttag_rules *rules, ttag_view text)
{
    const ttag_article article = {
        .title = {text.bytes, text.size < 20 ? text.size : 0}, .text = text, .url = text};
    rule_matcher m;
    demand(rule_matcher_init(&m, rules, NULL) == TTAG_OK);
    demand(rule_match(&m, &article));
    demand(rule_match(&m, &article));
    rule_matcher_dispose(&m);
}

static void read_rules(ttag_view text)
{
    ttag_rules *rules;
    ttag_error err = {0};
    ttag_status status = label_rules_parse(&rules, text, "fuzz", NULL, &err);
    demand(status == TTAG_OK ? rules != NULL : status == TTAG_PARSE && err.text[0]);
    if (rules && utf8_good(text) == text.size)
        apply(rules, text);
    ttag_rules_free(rules);
}

static void fold_text(ttag_view text)
{
    buffer out = {0};
    phrase_fold(&out, text, false);
    demand(buffer_ok(&out) && utf8_good(buffer_as_view(&out)) == out.size);
    demand(out.bytes[0] == ' ' && out.bytes[out.size - 1] == ' ' && !strstr(out.bytes, "  "));
    buffer_dispose(&out);
}

static bool is_new(const ttag_view *phrases, size_t n, ttag_view phrase)
{
    for (size_t i = 0; i < n; i++)
        if (view_equal(phrases[i], phrase))
            return false;
    return phrase.size > 0;
}

/* Every end of every phrase in the text, by the automaton and by looking. */
static void search(const ttag_view *phrases, size_t n, ttag_view text)
{
    phrase_machine m;
    uint32_t at = 0;
    demand(phrase_machine_build(&m, phrases, n, NULL) == TTAG_OK);
    for (size_t i = 0; i < text.size; i++) {
        uint32_t found = 0;
        at = phrase_machine_step(&m, at, text.bytes[i]);
        for (uint32_t s = phrase_machine_ending(&m, at); s; s = m.shorter[s])
            found |= 1u << m.phrase[s];
        for (size_t p = 0; p < n; p++) {
            const char *end = text.bytes + i + 1;
            bool there = i + 1 >= phrases[p].size &&
                         memcmp(end - phrases[p].size, phrases[p].bytes, phrases[p].size) == 0;
            demand(there == (found >> p & 1));
        }
    }
    phrase_machine_dispose(&m);
}

/* The first lines are phrases, the whole is the text. */
static void search_lines(ttag_view text)
{
    ttag_view phrases[PHRASES] = {{NULL, 0}};
    size_t n = 0, at = 0;
    while (at < text.size && n < PHRASES) {
        const char *end = memchr(text.bytes + at, '\n', text.size - at);
        ttag_view line = {text.bytes + at, end ? (size_t)(end - text.bytes) - at : text.size - at};
        if (is_new(phrases, n, line))
            phrases[n++] = line;
        at += line.size + 1;
    }
    search(phrases, n, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ttag_view text = {(const char *)data, size};
    ttag_rules *rules;
    if (!size)
        return 0;
    read_rules(text);
    search_lines((ttag_view){text.bytes, size < 2000 ? size : 2000});
    if (utf8_good(text) < size)
        return 0;
    fold_text(text);
    if (data[0] % 16) /* reading the built-in ones takes long */
        return 0;
    demand(ttag_rules_new_builtin(&rules, NULL, NULL) == TTAG_OK);
    apply(rules, text);
    ttag_rules_free(rules);
    return 0;
}
