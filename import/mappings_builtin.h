/* The mappings of datasets/mappings/, built in. */
#ifndef IMPORT_MAPPINGS_BUILTIN_H
#define IMPORT_MAPPINGS_BUILTIN_H

#include "ttag/base.h"

/* Made of the files by cmake/embed.cmake. */
extern const char mapping_attack[];
extern const size_t mapping_attack_size;
extern const char mapping_eurepoc[];
extern const size_t mapping_eurepoc_size;
extern const char mapping_kev[];
extern const size_t mapping_kev_size;
extern const char mapping_misp_galaxy[];
extern const size_t mapping_misp_galaxy_size;
extern const char mapping_nvd[];
extern const size_t mapping_nvd_size;
extern const char mapping_vcdb[];
extern const size_t mapping_vcdb_size;

extern const char *const mappings_builtin_names[]; /* NULL-ended */

ttag_view mappings_builtin(size_t number);

#endif
