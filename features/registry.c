/* A key is told by its first words. */
#include "features/registry.h"

#include <string.h>

#include "features/lookahead.h"
#include "features/paths.h"

static bool word_is(ttag_view text, size_t at, size_t word_end, const char *lower)
{
    return word_end - at == strlen(lower) && letters_at(text, at, lower);
}

bool is_registry_root(ttag_view text, size_t at, size_t word_end)
{
    static const char *const roots[] = {"hklm",
                                        "hkcu",
                                        "hkcr",
                                        "hku",
                                        "hkcc",
                                        "hkey_local_machine",
                                        "hkey_current_user",
                                        "hkey_users",
                                        "hkey_classes_root",
                                        "hkey_current_config"};
    if ((byte_at(text, at) | 0x20) != 'h')
        return false;
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (word_is(text, at, word_end, roots[i]))
            return true;
    return false;
}

/* Software\Microsoft and the like: where the second word begins; 0: no such word. */
static size_t below_root(ttag_view text, size_t at, size_t word_end)
{
    static const char *const pairs[][2] = {
        {"software", "microsoft"},       {"software", "classes"},   {"software", "policies"},
        {"software", "wow6432node"},     {"registry", "machine"},   {"registry", "user"},
        {"system", "currentcontrolset"}, {"system", "controlset00"}};
    size_t second = word_end + backslashes_at(text, word_end);
    for (size_t i = 0; second > word_end && i < sizeof pairs / sizeof *pairs; i++)
        if (word_is(text, at, word_end, pairs[i][0]) && letters_at(text, second, pairs[i][1]))
            return second;
    return 0;
}

size_t registry_key_at(ttag_view text, size_t at, size_t word_end)
{
    size_t end = below_root(text, at, word_end);
    if (!end && is_registry_root(text, at, word_end)) {
        size_t sign = word_end + (byte_at(text, word_end) == ':'); /* PowerShell's drives */
        size_t slashes = byte_at(text, sign) == '/' ? 1 : backslashes_at(text, sign);
        end = slashes ? sign + slashes : 0;
    }
    return end ? path_end(text, end) : 0;
}
