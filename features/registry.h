/* Keys of the Windows registry. */
#ifndef FEATURES_REGISTRY_H
#define FEATURES_REGISTRY_H

#include "ttag/base.h"

/* Is the ASCII word from `at` to `word_end` a root of the registry: HKLM, HKEY_CURRENT_USER? */
bool is_registry_root(ttag_view text, size_t at, size_t word_end);

/* End of the key whose first word lies from `at` to `word_end`: it begins with a root, or as those
   below HKLM and HKCU do (Software\Microsoft); 0: none. */
size_t registry_key_at(ttag_view text, size_t at, size_t word_end);

#endif
