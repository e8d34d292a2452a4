/* Any text to what is dropped of it: spans within it, in order, apart, never all of it; a text
   without lines loses shortcodes alone. The first byte says which of its lines are known to repeat.
   Then as patterns of its own, which must be read and compared without harm. */
#include <stdint.h>
#include <stdlib.h>

#include "articles/line_fold.h"
#include "articles/line_patterns.h"
#include "articles/utf8.h"
#include "ttag/boilerplate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* One line, by its number, is known to repeat. */
static ttag_boilerplate known_line(ttag_view text, unsigned number, uint64_t *hash)
{
    folded_line folded = {0};
    ttag_boilerplate what = TTAG_BOILERPLATE_INIT;
    size_t from = 0, end = 0;
    for (unsigned n = 0; n <= number && end < text.size; n++) {
        from = n > 0 ? end + 1 : 0;
        end = from;
        while (end < text.size && text.bytes[end] != '\n')
            end++;
    }
    if (from < end && end - from <= FOLD_LONGEST) {
        require(line_fold(&folded, (ttag_view){text.bytes + from, end - from}));
        *hash = line_fold_hash(&folded);
        what.repeated = hash;
        what.n_repeated = 1;
    }
    line_fold_dispose(&folded);
    return what;
}

static void check_spans(ttag_view text, const ttag_boilerplate *what)
{
    ttag_boilerplate_finder *finder;
    ttag_article article = {.text = text, .weight = 1};
    require(ttag_boilerplate_finder_new(&finder, what, NULL) == TTAG_OK);
    require(ttag_boilerplate_find(finder, &article, NULL) == TTAG_OK);
    const char *at = text.bytes;
    bool lines = text.size > 0 && memchr(text.bytes, '\n', text.size);
    size_t dropped = 0;
    for (size_t i = 0; i < article.n_dropped; i++) {
        ttag_view gap = article.dropped[i].text;
        require(gap.size > 0 && gap.bytes >= at && gap.bytes + gap.size <= text.bytes + text.size);
        require(lines || (gap.bytes[0] == '[' && gap.bytes[gap.size - 1] == ']'));
        at = gap.bytes + gap.size;
        dropped += gap.size;
    }
    require(dropped == 0 || dropped < text.size);
    ttag_boilerplate_finder_free(finder);
}

static void check_patterns(ttag_view text)
{
    line_patterns patterns = {0};
    folded_line line = {0};
    require(line_patterns_read(&patterns, text));
    require(line_fold(&line, text.size <= FOLD_LONGEST ? text : (ttag_view){"a", 1}));
    line_patterns_fit(&patterns, &line);
    line_fold_dispose(&line);
    line_patterns_dispose(&patterns);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    buffer cleaned = {0};
    uint64_t hash = 0;
    utf8_clean(&cleaned, (ttag_view){(const char *)data + 1, size - 1});
    require(buffer_ok(&cleaned));
    ttag_view text = buffer_as_view(&cleaned);
    ttag_boilerplate what = known_line(text, data[0], &hash);
    check_spans(text, &what);
    check_patterns(text);
    buffer_dispose(&cleaned);
    return 0;
}
