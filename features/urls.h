/* URLs, plain and defanged. */
#ifndef FEATURES_URLS_H
#define FEATURES_URLS_H

#include "ttag/base.h"

/* End of the URL whose scheme is the word that ends at `word_end`, whatever its name: http, hxxps,
   ldap; 0: that word is no scheme. */
size_t url_at(ttag_view text, size_t word_end);

/* End of the rest of a URL: up to white space, a quote, a closing bracket that was not opened in
   it, or punctuation of another script. */
size_t url_end(ttag_view text, size_t at);

#endif
