/* What a program owes the system it runs on: signals, standard streams, exit code. */
#ifndef CLI_PROCESS_H
#define CLI_PROCESS_H

#include <stdbool.h>

/* To be called first. Standard streams that are closed are opened so that using them fails, and no
   other file takes their place; SIGPIPE and SIGXFSZ become errors of the call that met them; the
   first SIGINT or SIGTERM is remembered and ends calls that wait, a second one kills. */
void process_prepare(void);

/* The signal that came, or 0. */
int process_signal(void);
/* The exit code of a program that a signal has stopped. */
int process_stopped_code(void);

/* Whether stdout is a pipe or socket whose other end is closed. */
bool process_stdout_is_gone(void);

/* Writes out what is left on stdout and closes it. Returns 0, or why it failed, as errno. A reader
   that closed its end early is no failure. */
int process_close_stdout(void);

#endif
