/* Where a machine is found: IP addresses, defanged domains, and e-mail addresses. */
#ifndef FEATURES_HOSTS_H
#define FEATURES_HOSTS_H

#include "ttag/base.h"

/* End of the address that begins at `at`, with its prefix length or port; 0: none. */
size_t ipv4_at(ttag_view text, size_t at);
size_t ipv6_at(ttag_view text, size_t at);

typedef enum host_kind { HOST_NONE, HOST_DOMAIN, HOST_EMAIL, HOST_URL } host_kind;

/* The chain of labels and dots around the word that ends at `word_end`: an e-mail address; a
   domain with at least one defanged dot; a URL, where a path follows such a domain. *end is where
   it ends; for HOST_NONE no host begins at a word before *end either. */
host_kind host_at(ttag_view text, size_t word_end, size_t *end);

#endif
