/* Names and texts, in the same order. */
#include "import/mappings_builtin.h"

const char *const mappings_builtin_names[] = {"attack", "eurepoc", "kev", "misp-galaxy",
                                              "nvd",    "vcdb",    NULL};

ttag_view mappings_builtin(size_t number)
{
    const ttag_view texts[] = {
        {mapping_attack, mapping_attack_size}, {mapping_eurepoc, mapping_eurepoc_size},
        {mapping_kev, mapping_kev_size},       {mapping_misp_galaxy, mapping_misp_galaxy_size},
        {mapping_nvd, mapping_nvd_size},       {mapping_vcdb, mapping_vcdb_size}};
    return texts[number];
}
