/* A command: what its help says, its options, the function that does it. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/console.h"
#include "cli/database_out.h"
#include "cli/options.h"

/* What a run of a command was asked for besides its own work. */
typedef enum request {
    REQUEST_RUN = 0,
    REQUEST_HELP,
    REQUEST_VERSION,
    REQUEST_OPTIONS, /* the option table, tab-separated */
    REQUEST_MANUAL   /* the manual page, as roff */
} request;

/* Options of all commands; the first member of each command's settings. */
typedef struct common_settings {
    ttag_level level;
    request request;
} common_settings;

#define COMMON_SETTINGS_INIT                                                                       \
    {                                                                                              \
        TTAG_NOTE, REQUEST_RUN                                                                     \
    }

/* A chapter of a manual page. */
typedef struct section {
    const char *title;
    const char *const *paragraphs; /* NULL-ended */
} section;

struct invocation;

typedef struct command {
    const char *name;               /* "train"; of the program itself "" */
    const char *alone;              /* the program that is this command alone, or NULL */
    const char *summary;            /* "learn tags from labelled articles" */
    const char *synopsis;           /* "FEED... -o MODEL [options]" */
    const char *const *description; /* paragraphs, NULL-ended */
    const section *sections;        /* of the manual page; NULL: none; ends with a NULL title */
    const char *const *examples;    /* what for, command line, what for, …; NULL-ended */
    const option *options;
    const void *defaults; /* settings, begin with common_settings */
    size_t settings_size;
    const int *exits; /* the exit codes it may end with, -1 closes */
    bool leads;       /* its first operand is a command */
    bool has_page;    /* a manual page of its own */
    int (*run)(const struct invocation *call);
} command;

/* The two programs: one has commands, the other is one. */
typedef struct program {
    const char *name;
    const command *self;            /* options of the program and what it does by itself */
    const command *const *commands; /* NULL-ended, or NULL */
    database_writer *database_out;  /* NULL: it writes no databases */
} program;

/* One run of a command. */
typedef struct invocation {
    const program *program;
    const command *command;
    char invoked[48]; /* "ttag train", "ttag-classify" */
    void *settings;
    parsed_line line;
    console *console;
} invocation;

/* Parses the words behind the command's name, then runs it, or shows what was asked for. `common`
   holds what the words before the name said. Returns the exit code. */
int command_run(const program *prog, const command *cmd, const common_settings *common, int argc,
                char **argv, console *con);

/* From main to exit code: signals, streams, the program's own command, the check of stdout. */
int program_run(const program *prog, int argc, char **argv);

const command *command_find(const program *prog, const char *name);

/* "ttag train" or, of the program itself, "ttag". */
void command_invoked(const program *prog, const command *cmd, char *out, size_t size);

/* Says what is wrong with the command line and where help is; returns EXIT_USAGE. */
int usage_error(const invocation *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Likewise for a command that there is not, with the name that was meant perhaps. */
int usage_unknown_command(const invocation *call, const char *name);

#endif
