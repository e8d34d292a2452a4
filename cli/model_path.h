/* Which model a command uses: the one that was named, or the ready-made one. */
#ifndef CLI_MODEL_PATH_H
#define CLI_MODEL_PATH_H

#include "cli/command.h"

#define READY_MODEL "$TTAG_MODEL, or the ready-made one"

/* The paragraph of the manuals about it. */
#define MODEL_PATH_TEXT                                                                            \
    "Without -m it is the model that TTAG_MODEL names; else threat-tags.ttag, which comes with "   \
    "the program: from the folder ttag in $XDG_DATA_HOME (~/.local/share where that is not set), " \
    "or else from share/ttag beside the program's own folder. -v tells which."

/* The row -m of a command that has the ready-made model to fall back on; `what` is its help. */
#define READY_MODEL_OPTION(settings, member, what)                                                 \
    {                                                                                              \
        OPTION_STRING, "model", 'm', OPTION_FIELD(settings, member), "MODEL", what,                \
            .standing = READY_MODEL, .flags = OPTION_FILE                                          \
    }

enum { MODEL_PATH_MOST = 4096 };

/* Room for the path of the ready-made model. */
typedef struct model_path {
    char bytes[MODEL_PATH_MOST];
} model_path;

/* *out: `given`; or, if that is NULL, the first of the places above that there is, borrowed from
   `room`. Returns EXIT_DONE, or says where it has looked and returns an exit code. */
int model_path_choose(const char **out, model_path *room, const invocation *call,
                      const char *given);

#endif
