/* Sources that give a tag away: by terms that nearly none but theirs have, and by always carrying
   it. */
#ifndef AUDIT_GIVEAWAYS_H
#define AUDIT_GIVEAWAYS_H

#include "audit/label_model.h"

/* Zero-initialise before use. */
typedef struct giveaways {
    ttag_audit_giveaway *items; /* n: sources by themselves, then terms, the strongest first */
    size_t n, capacity;
    arena texts;
} giveaways;

/* model NULL: only sources that always carry a tag. TTAG_NOMEM. */
ttag_status giveaways_find(giveaways *out, const audited_feed *feed, size_t n_tags,
                           const label_model *model, ttag_error *err);
void giveaways_dispose(giveaways *g);

#endif
