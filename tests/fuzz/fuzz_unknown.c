/* Any bytes as a rule for the unknown, a tag, and the fields of a record: read or refused with a
   sentence; a pattern without stars or question marks fits itself alone. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "articles/unknown_rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 4096 };

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static bool is_plain(ttag_view v)
{
    return !v.size || (!memchr(v.bytes, '*', v.size) && !memchr(v.bytes, '?', v.size));
}

/* The two halves of the bytes as pattern and text. */
static void check_glob(ttag_view pattern, ttag_view text)
{
    bool same = pattern.size == text.size &&
                (!text.size || memcmp(pattern.bytes, text.bytes, text.size) == 0);
    bool fits = glob_fits(pattern, text);
    demand(!is_plain(pattern) || fits == same);
    demand(glob_fits((ttag_view){"*", 1}, text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[MOST + 1] = "";
    ttag_unknown_rules *rules;
    ttag_error err;
    size_t used = size < MOST ? size : MOST;
    if (used)
        memcpy(text, data, used);
    size_t half = used / 2;
    const ttag_article article = {.source = {text, half}, .id = {text + half, used - half}};
    check_glob((ttag_view){text, half}, (ttag_view){text + half, used - half});
    memset(&err, 0, sizeof err);
    if (text[0] == '@' || ttag_unknown_rules_new(&rules, NULL) != TTAG_OK)
        return 0;
    ttag_status status = ttag_unknown_rules_add(rules, text, &err);
    demand(status == TTAG_OK || (status == TTAG_INVALID && err.text[0] != '\0'));
    demand(ttag_unknown_rules_count(rules) == (status == TTAG_OK));
    demand(ttag_unknown_rules_of_article(rules, &article) <= 1);
    demand(ttag_unknown_rules_of_tag(rules, (ttag_view){text, used}) <= 1);
    ttag_unknown_rules_free(rules);
    return 0;
}
