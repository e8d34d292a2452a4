/* Escaping for Markdown. */
#include "evaluate/markdown.h"

#include <string.h>

#include "classify/shown_text.h"

void markdown_text(buffer *b, ttag_view text)
{
    buffer clean = {0};
    put_clean(&clean, text);
    const ttag_view shown = buffer_as_view(&clean);
    for (size_t i = 0; i < shown.size; i++) {
        if (strchr("\\`*_{}[]<>#|~&!", shown.bytes[i]))
            buffer_char(b, '\\');
        buffer_char(b, shown.bytes[i]);
    }
    if (!buffer_ok(&clean))
        b->failed = true;
    buffer_dispose(&clean);
}
