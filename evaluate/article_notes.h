/* What reports tell of each article besides its tags: name, source, month. */
#ifndef EVALUATE_ARTICLE_NOTES_H
#define EVALUATE_ARTICLE_NOTES_H

#include "base/arena.h"
#include "base/intern.h"
#include "ttag/articles.h"

typedef struct article_note {
    ttag_view name;  /* its id, without the quotes of JSON; else "file:line" */
    uint32_t source; /* number in sources, or INTERN_NONE */
    uint32_t month;  /* year * 12 + month - 1; 0: not known */
} article_note;

/* Zero-initialise before use. */
typedef struct article_notes {
    article_note *items; /* one for each article, in order; count is 0 if none were taken */
    size_t count, capacity;
    intern sources;
    arena names;
} article_notes;

/* Of a record, or the article that it names as the one it is a passage of. */
ttag_status article_notes_add(article_notes *notes, const ttag_article *article, ttag_error *err);
/* Moves all of `from` behind the others. */
ttag_status article_notes_append(article_notes *notes, const article_notes *from, ttag_error *err);
void article_notes_dispose(article_notes *notes);

#endif
