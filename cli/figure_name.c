/* "micor.f1" may be micro.f1, "Malwear.f1" Malware.f1. */
#include "cli/figure_name.h"

#include <string.h>

figure_guess figure_guess_of(const char *name, const char *const *figures)
{
    const char *dot = strrchr(name, '.');
    const ttag_view subject = {name, dot ? (size_t)(dot - name) : strlen(name)};
    figure_guess guess = {name, nearest_to(subject)};
    for (; *figures; figures++)
        nearest_look(&guess.near, text_view(*figures));
    return guess;
}

int figure_unknown(const invocation *call, const figure_guess *guess)
{
    const nearest *near = &guess->near;
    const char *dot = strrchr(guess->name, '.');
    if (near->best.bytes && near->distance > 0)
        return usage_error(call, "there is no figure '%s'; did you mean '%.*s%s'?", guess->name,
                           (int)near->best.size, near->best.bytes, dot ? dot : "");
    return usage_error(call, "there is no figure '%s'", guess->name);
}
