/* Cells of a text table, as wide as they look: a code point a column. */
#ifndef EVALUATE_CELLS_H
#define EVALUATE_CELLS_H

#include "base/buffer.h"

/* Code points. */
size_t cell_width(ttag_view text);
/* The text on the left of `width` columns, cut with an ellipsis if it is longer; control characters
   (a terminal would obey them) as U+FFFD. */
void cell_put_text(buffer *b, ttag_view text, size_t width);
/* Three decimals on the right of `width` columns; "-" if it is not a number,
   "never" if it is infinite. */
void cell_put_share(buffer *b, double share, size_t width);
/* A bar of `width` columns, filled from the left by eighths of a column; share from 0 to 1. */
void cell_put_bar(buffer *b, double share, size_t width);

#endif
