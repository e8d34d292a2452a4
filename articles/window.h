/* Records that end where it takes a look at what follows to know: looked for in what is at hand of
   a file; if one might go on, again in twice as much. */
#ifndef ARTICLES_WINDOW_H
#define ARTICLES_WINDOW_H

#include "articles/lines.h"

typedef enum window_outcome { WINDOW_FOUND, WINDOW_NONE, WINDOW_UNSURE } window_outcome;

/* What `text` says, which is all that is left of the file if `is_all`; then it is never UNSURE.
   What was found is the payload's to remember, and to pass over (lines_pass). */
typedef window_outcome window_look(void *payload, ttag_view text, bool is_all);

/* Looks until it is sure. TTAG_OK; TTAG_END: there is none; TTAG_LIMIT (err is not touched): `most`
   bytes were too little; what lines_peek returns. */
ttag_status window_find(lines *file, size_t most, window_look *look, void *payload,
                        ttag_error *err);

/* Whether window_find would have to wait for a live input; false also where it would fail. Takes in
   what has come. *found: it was found on the way. */
bool window_would_wait(lines *file, size_t most, window_look *look, void *payload, bool *found);

#endif
