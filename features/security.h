/* TTAG_TOKENS_SECURITY: words with Unicode case folding, and indicators; TTAG_TOKENS_ARTIFACTS:
   artifacts as well. */
#ifndef FEATURES_SECURITY_H
#define FEATURES_SECURITY_H

#include "features/tokens.h"

void security_scan(token_list *tokens, ttag_view text, bool artifacts);

#endif
