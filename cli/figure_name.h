/* Names of figures on the command line that there are not. */
#ifndef CLI_FIGURE_NAME_H
#define CLI_FIGURE_NAME_H

#include "cli/command.h"
#include "cli/nearest.h"

/* What stands before the last dot: the tag, if the figure is one of a tag. */
ttag_view figure_subject(const char *name);

/* Looks for what was meant: show it the tags, by nearest_look on `near`. */
typedef struct figure_guess {
    const char *name; /* "micor.f1" */
    nearest near;     /* to what stands before its last dot */
} figure_guess;

/* figures: means and the like, NULL-ended. */
figure_guess figure_guess_of(const char *name, const char *const *figures);

/* Says that there is no such figure, and which one was meant perhaps; returns EXIT_USAGE. */
int figure_unknown(const invocation *call, const figure_guess *guess);

#endif
