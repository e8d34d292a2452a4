/* The grammar of JSON's scalars as far as the parser has not checked it. */
#include "articles/scalar.h"

#include "base/json.h"

static bool has_control(ttag_view v)
{
    for (size_t i = 0; i < v.size; i++)
        if ((unsigned char)v.bytes[i] < 0x20)
            return true;
    return false;
}

bool scalar_is_proper(ttag_view raw)
{
    if (raw.size == 0)
        return false;
    char first = raw.bytes[0];
    if (first == '"')
        return !has_control(raw);
    if (first == 't' || first == 'f' || first == 'n')
        return true;
    bool proper;
    return json_number_length(raw, &proper) == raw.size && proper;
}
