/* Lines that stand in many articles of a source: boilerplate that would be learnt. */
#ifndef AUDIT_REPEATED_LINES_H
#define AUDIT_REPEATED_LINES_H

#include "audit/audited_feed.h"

/* A line counts as repeated if so many articles of its source have it, and one in LINE_SHARE. */
enum { LINE_LEAST_ARTICLES = 5, LINE_SHARE = 20 };

/* Zero-initialise before use. */
typedef struct repeated_lines {
    ttag_audit_line *items; /* n, most articles first */
    size_t n, capacity;
} repeated_lines;

/* Lines without white space around them; counted once an article. TTAG_NOMEM. */
ttag_status repeated_lines_find(repeated_lines *out, const audited_feed *feed);
void repeated_lines_dispose(repeated_lines *r);

#endif
