/* Which article of its cluster each is a copy of: not of any that chains to it, but of the first
   that it is similar to itself. */
#ifndef AUDIT_COPIES_H
#define AUDIT_COPIES_H

#include "audit/clusters.h"

/* Sets copy_of of all articles; *n_copies: how many are copies. TTAG_NOMEM. */
ttag_status copies_mark(size_t *n_copies, audited_feed *feed, const clusters *found, double least);

#endif
