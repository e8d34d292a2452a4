/* What can be seen from tags alone: articles that carry nearly all, tags that always go together,
   tags too rare to learn. */
#ifndef AUDIT_TAG_HABITS_H
#define AUDIT_TAG_HABITS_H

#include "audit/audited_feed.h"

/* Zero-initialise before use. */
typedef struct tag_habits {
    uint32_t *blanket, *rare;
    size_t n_blanket, n_rare;
    ttag_audit_pair *pairs; /* by the support of the tag that never goes alone, falling */
    size_t n_pairs, pairs_capacity;
} tag_habits;

/* Marks the blanket-tagged, as training finds them. Rare: under `rare` articles, the rarest
   first. Pairs are of articles that are not blanket-tagged. TTAG_NOMEM. */
ttag_status tag_habits_find(tag_habits *out, audited_feed *feed, const ttag_audit_tag *tags,
                            size_t n_tags, const ttag_taxonomy *only, uint32_t rare);
void tag_habits_dispose(tag_habits *h);

#endif
