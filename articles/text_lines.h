/* What a line of text looks like: empty, an item of a list, a row of a table, code. */
#ifndef ARTICLES_TEXT_LINES_H
#define ARTICLES_TEXT_LINES_H

#include "ttag/base.h"

/* A line without its end. */
typedef struct text_line {
    ttag_view text; /* without blanks at either end */
    size_t indent;  /* blanks before it; a tab counts four */
    size_t end;     /* where it ends in the text … */
    size_t next;    /* … and where the next one begins; the text's size behind the last */
} text_line;

text_line text_line_at(ttag_view text, size_t at);

bool line_is_fence(const text_line *line); /* of code: three backquotes or tildes */
bool line_is_code(const text_line *line);  /* set in */
bool line_is_row(const text_line *line);   /* of a table: two bars, or two tabs, or more */
bool line_is_rule(const text_line *line);  /* neither letter nor digit: -----, | --- | */

/* Bytes of "- ", "• ", "## " that the line begins with; 0: none. */
size_t line_bullet(const text_line *line);
/* Whether it begins with "3. ", "(b) " or "iv) ". */
bool line_is_numbered(const text_line *line);

#endif
