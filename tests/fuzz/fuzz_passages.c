/* Any bytes to passages: in order, apart, trimmed, within their bound, and none too many. The first
   byte chooses the unit, and whether the bytes are made well-formed first. */
#include <stdint.h>
#include <stdlib.h>

#include "articles/utf8.h"
#include "base/buffer.h"
#include "ttag/passages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void check(ttag_view text, ttag_unit unit)
{
    size_t most = unit == TTAG_UNIT_SENTENCE ? TTAG_SENTENCE_MOST : TTAG_PARAGRAPH_MOST;
    size_t end = 0, behind = 0;
    ttag_splitter splitter = ttag_split(text, unit);
    ttag_passage p;
    while (ttag_split_next(&splitter, &p)) {
        require(p.text.bytes == text.bytes + p.begin && p.end - p.begin == p.text.size);
        require(p.begin >= end && p.end <= text.size && p.text.size > 0);
        require(p.first - behind == utf8_count((ttag_view){text.bytes + end, p.begin - end}));
        require(p.behind - p.first == utf8_count(p.text));
        end = p.end;
        behind = p.behind;
        if (unit == TTAG_UNIT_ARTICLE)
            continue;
        require(p.text.size <= most);
        require(!is_space(p.text.bytes[0]) && !is_space(p.text.bytes[p.text.size - 1]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    ttag_view text = {(const char *)data + 1, size - 1};
    buffer cleaned = {0};
    if (data[0] & 4) {
        utf8_clean(&cleaned, text);
        text = buffer_as_view(&cleaned);
    }
    require(buffer_ok(&cleaned));
    check(text, (ttag_unit)((data[0] & 3) % 3));
    buffer_dispose(&cleaned);
    return 0;
}
