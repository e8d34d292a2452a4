/* Tags as threat platforms write them. */
#ifndef ARTICLES_MACHINE_TAG_H
#define ARTICLES_MACHINE_TAG_H

#include "ttag/base.h"

/* threattag:category="Malware" is Malware; a name without a colon stands for itself; all others are
   of other taxonomies: absent. */
ttag_view machine_tag_name(ttag_view tag);

/* The comment of the attribute in which classify tells MISP the probabilities: no text to learn. */
#define MISP_OWN_COMMENT "tags and their probabilities, found by ThreatTag"

#endif
