/* Text of others in Markdown. */
#ifndef EVALUATE_MARKDOWN_H
#define EVALUATE_MARKDOWN_H

#include "base/buffer.h"

/* What would be read as markup, or end the cell of a table, is escaped; control characters become
   blanks. */
void markdown_text(buffer *b, ttag_view text);

#endif
