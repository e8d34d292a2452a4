/* How reports call an article, and quote a text. */
#ifndef AUDIT_SHOWN_ARTICLE_H
#define AUDIT_SHOWN_ARTICLE_H

#include "base/buffer.h"
#include "ttag/audit.h"

/* Its id without quotes; where it has none, file:line. */
void shown_article_put(buffer *b, const ttag_audited *article);
/* On one line: runs of white space as one blank; cut at so many code points, with an ellipsis. */
void shown_text_put(buffer *b, ttag_view text, size_t most);

#endif
