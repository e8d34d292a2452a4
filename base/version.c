/* The library's version. */
#include "ttag/base.h"

const char *ttag_version(void)
{
    return TTAG_VERSION;
}
