/* What a program owes the system it runs on: signals, standard streams, exit code. */
#ifndef CLI_PROCESS_H
#define CLI_PROCESS_H

#include <stdbool.h>
#include <stddef.h>

/* To be called first. Standard streams that are closed are opened so that using them fails, and no
   other file takes their place; SIGPIPE and SIGXFSZ become errors of the call that met them; the
   first SIGINT or SIGTERM is remembered and ends calls that wait, a second one kills. */
void process_prepare(void);

/* The signal that came, or 0. */
int process_signal(void);
/* The exit code of a program that a signal has stopped. */
int process_stopped_code(void);

/* The path of this program's file, links followed: from the kernel (/proc/self/exe, where there is
   one), else from `called`, the name it was started by. False if it is not found or does not fit.
 */
bool process_own_path(const char *called, char *out, size_t size);

/* The latter alone: a name without a slash is looked for in PATH, as a shell does. */
bool process_called_path(const char *called, char *out, size_t size);

/* Whether stdout is a pipe or socket whose other end is closed. */
bool process_stdout_is_gone(void);

/* Writes out what is left on stdout and closes it. Returns 0, or why it failed, as errno. A reader
   that closed its end early is no failure. */
int process_close_stdout(void);

#endif
