/* Whether all of a text is good, faster than finding where it is not. */
#ifndef ARTICLES_UTF8_CHECK_H
#define ARTICLES_UTF8_CHECK_H

#include "ttag/base.h"

/* True: well-formed (Unicode, table 3-7) and without NUL. */
bool utf8_check(ttag_view v);

/* The same in plain C; what a CPU without AVX2 does. */
bool utf8_check_plain(ttag_view v);

#endif
