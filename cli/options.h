/*
 * One table of options per command. Parsing, --help, manual page and completions all read it, and
 * the defaults they show are read from the command's initial settings.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum option_kind {
    OPTION_END = 0,  /* closes the table */
    OPTION_HEADING,  /* opens a group of the help text; `name` is the heading */
    OPTION_SET,      /* takes no argument; stores `value`; bool or enumeration */
    OPTION_STRING,   /* const char * */
    OPTION_LIST,     /* string_list; may be given again and again */
    OPTION_COUNT,    /* uint32_t within least and most */
    OPTION_SEED,     /* uint64_t */
    OPTION_SIZE,     /* size_t, bytes, with K, M, G, T behind it */
    OPTION_REAL,     /* double within least and most */
    OPTION_DURATION, /* double, seconds within least and most, or with s, m, h behind it */
    OPTION_CHOICE,   /* bool or enumeration, one of `choices` */
    OPTION_PARSED,   /* whatever `parse` stores */
    OPTION_MORE      /* not the first row: the table goes on with the rows of `more` */
} option_kind;

enum option_flag {
    OPTION_PLAIN = 0,
    OPTION_REQUIRED = 1,  /* it is an error to leave it out */
    OPTION_NEGATABLE = 2, /* of OPTION_SET: --no-NAME stores 0 */
    OPTION_FIRST = 4,     /* stored before all others, wherever it stands on the line */
    OPTION_STOPS = 8,     /* nothing behind it is looked at: --help */
    OPTION_HIDDEN = 16,   /* of no interest to people */
    OPTION_FILE = 32,     /* the argument is the name of a file */
    OPTION_WRITTEN = 64   /* of OPTION_STRING and OPTION_FILE: a file that is written */
};

/* A name and what it stands for; a table of them ends with a NULL name. */
typedef struct choice {
    const char *name;
    int value;
} choice;

typedef struct string_list {
    const char **items;
    size_t size;
} string_list;

/* Where in the settings an option is stored. */
typedef struct option_field {
    size_t offset;
    size_t size;
} option_field;

#define OPTION_FIELD(settings, member)                                                             \
    {                                                                                              \
        offsetof(settings, member), sizeof((settings *)0)->member                                  \
    }

/* In the order in which a row is read, not in that of the sizes. */
typedef struct option option;

struct option { /* NOLINT(clang-analyzer-optin.performance.Padding) */
    option_kind kind;
    const char *name; /* long name without dashes */
    char letter;      /* 0: none */
    option_field field;
    const char *argument; /* "FILE"; NULL: the names of the choices, or none at all */
    const char *help;
    double least, most; /* inclusive */
    const choice *choices;
    const char *(*parse)(void *field, const char *text); /* NULL, or what was expected */
    const char *standing; /* the default in words, where the value says little */
    int value;
    unsigned flags;
    const option *more;
};

/* What a command line held besides options; `operands` points into argv, in order. */
typedef struct parsed_line {
    char **operands;
    size_t n_operands;
    uint64_t given[2]; /* bit i % 64 of i / 64: row i was there; a table has at most 128 rows */
} parsed_line;

/*
 * Reads `argv` into `settings`, which holds the defaults. Options and operands come in any order;
 * behind "--" all are operands. With `commands_follow` the first operand ends the options.
 * Returns false with a sentence in `why`. The settings are to be disposed of in any case.
 */
bool options_parse(const option *table, void *settings, parsed_line *line, int argc, char **argv,
                   bool commands_follow, char *why, size_t why_size);

/* Frees the lists in the settings. */
void options_dispose(const option *table, void *settings);

/* The row behind this one, which is not the last. */
const option *option_next(const option *row);

/* The row of that long name, or NULL. */
const option *option_find(const option *table, const char *name);

/* Whether the line held the option of that long name. */
bool option_given(const option *table, const parsed_line *line, const char *name);

/* The argument as the help shows it, "plain|best"; "" if there is none. */
void option_argument(const option *row, char *out, size_t size);

/* The choices in a sentence, "text, jsonl or tsv". */
void option_choices(const option *row, char *out, size_t size);

/* The default as the help shows it; false if there is none worth showing. */
bool option_default(const option *row, const void *defaults, char *out, size_t size);

#endif
