/* Whether a scalar is written as JSON's grammar (RFC 8259) wants it. */
#ifndef ARTICLES_SCALAR_H
#define ARTICLES_SCALAR_H

#include "ttag/base.h"

/* `raw` is a string, number or word that the parser has accepted. The parser takes more than the
   grammar does: 01, 1., a tab within a string. */
bool scalar_is_proper(ttag_view raw);

#endif
