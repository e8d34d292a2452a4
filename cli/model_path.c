/* Places are told from the environment and from where the program lies, so that an installed tree
   may be moved; nothing of them is fixed when the program is built. */
#include "cli/model_path.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/exit.h"
#include "cli/process.h"

/* TTAG_DATA_BESIDE leads from the folder of the programs to that of data: "../share" */
#define READY_FILE "ttag/threat-tags.ttag"

static bool is_set(const char *value)
{
    return value && value[0];
}

/* Whether "folder/rest" fits, and there is such a file. A path that does not fit is "". */
static bool look(model_path *at, const char *folder, const char *rest)
{
    const int size = snprintf(at->bytes, sizeof at->bytes, "%s/%s", folder, rest);
    if (size < 0 || (size_t)size >= sizeof at->bytes)
        at->bytes[0] = '\0';
    return at->bytes[0] && access(at->bytes, F_OK) == 0;
}

/* As the XDG Base Directory Specification has it: a relative XDG_DATA_HOME counts as none. */
static bool look_at_users(model_path *at)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    at->bytes[0] = '\0';
    if (is_set(data) && data[0] == '/')
        return look(at, data, READY_FILE);
    return is_set(home) && look(at, home, ".local/share/" READY_FILE);
}

/* "/usr/bin/ttag" becomes "/usr/bin". */
static bool cut_last(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash)
        *slash = '\0';
    return slash;
}

static bool look_beside_program(model_path *at, const invocation *call)
{
    char file[MODEL_PATH_MOST];
    at->bytes[0] = '\0';
    if (!process_own_path(call->console->called, file, sizeof file))
        return false;
    const char *rest = TTAG_DATA_BESIDE "/" READY_FILE;
    bool is_folder = cut_last(file);
    for (; is_folder && strncmp(rest, "../", 3) == 0; rest += 3)
        is_folder = cut_last(file);
    return is_folder && look(at, file, rest);
}

static int say_none(const invocation *call, const model_path *users, const model_path *beside)
{
    const bool both = users->bytes[0] && beside->bytes[0];
    return usage_error(call,
                       "no model is given: expected -m MODEL, or TTAG_MODEL to name one%s%s%s%s",
                       users->bytes[0] || beside->bytes[0] ? ", or the ready-made one at " : "",
                       users->bytes, both ? " or " : "", beside->bytes);
}

static int choose_named(const char **out, const invocation *call, const char *named)
{
    if (access(named, F_OK) != 0) {
        console_say(call->console, TTAG_ERROR, "TTAG_MODEL is '%s': there is no such file", named);
        return EXIT_RESOURCES;
    }
    *out = named;
    return EXIT_DONE;
}

int model_path_choose(const char **out, model_path *room, const invocation *call, const char *given)
{
    model_path users;
    const char *named = getenv("TTAG_MODEL");
    *out = given;
    if (given)
        return EXIT_DONE;
    int code = EXIT_DONE;
    if (is_set(named))
        code = choose_named(out, call, named);
    else if (look_at_users(room))
        *out = room->bytes;
    else if (users = *room, look_beside_program(room, call))
        *out = room->bytes;
    else
        code = say_none(call, &users, room);
    if (code == EXIT_DONE)
        console_say(call->console, TTAG_DETAIL, "model %s", *out);
    return code;
}
