/* "micor.f1" may be micro.f1, "Malwear.f1" Malware.f1. */
#include "cli/figure_name.h"

#include <string.h>

ttag_view figure_subject(const char *name)
{
    const char *dot = strrchr(name, '.');
    return (ttag_view){name, dot ? (size_t)(dot - name) : strlen(name)};
}

figure_guess figure_guess_of(const char *name, const char *const *figures)
{
    figure_guess guess = {name, nearest_to(figure_subject(name))};
    for (; *figures; figures++)
        nearest_look(&guess.near, text_view(*figures));
    return guess;
}

int figure_unknown(const invocation *call, const figure_guess *guess)
{
    const nearest *near = &guess->near;
    const char *dot = strrchr(guess->name, '.');
    if (near->best.bytes && !same_text(near->best, near->word))
        return usage_error(call, "there is no figure '%s'; did you mean '%.*s%s'?", guess->name,
                           (int)near->best.size, near->best.bytes, dot ? dot : "");
    return usage_error(
        call, "there is no figure '%s' here; expected one such as micro.f1, macro.recall or TAG.f1",
        guess->name);
}
