/*
 * What commands do alike around their own work: look at the line, open a model and feeds, let go of
 * them. Each step that returns int returns EXIT_DONE, or says what is wrong and returns the exit
 * code that goes with it, so that a run is a chain of steps:
 *
 *     inputs in = {.named = s->model, .reader = &s->reader};
 *     int code = feed_expect(call);
 *     if (code == EXIT_DONE)
 *         code = inputs_choose(&in, call);
 *     if (code == EXIT_DONE)
 *         code = output_check(call, s->output, false);
 *     if (code == EXIT_DONE)
 *         code = inputs_open(&in, call);
 *     if (code == EXIT_DONE)
 *         code = work(call, &in);
 *     inputs_close(&in);
 *     return code;
 *
 * What costs nothing comes first, and long work begins once all that could be in its way has been
 * looked at.
 */
#ifndef CLI_FRAME_H
#define CLI_FRAME_H

#include "cli/extra_feeds.h"
#include "cli/model_path.h"
#include "cli/unknown_where.h"

/* Whether the line names a feed. */
int feed_expect(const invocation *call);

/* Whether all FEEDs on the line, and those of --extra (NULL: there is no such option), can be
   opened, for a command that learns from them: without one it would learn something else. Names
   each that cannot; then EXIT_NOTHING. */
int feeds_check(const invocation *call, const string_list *extra);

/* Whether `path` can be written later, as of result_file_check. NULL is fine. */
int output_check(const invocation *call, const char *path, bool plain);

/* Whether `path` is a name for a model, which is never written to standard output. */
int model_name_check(const invocation *call, const char *path);

/* Opens and verifies a model that was saved just now, so that a disk that lies is found out. size:
   of the file; may be NULL. */
ttag_status saved_model_check(const char *path, size_t *size, ttag_error *err);

/* Whether report and page go to different places. Either may be NULL: then there is no page, and
   the report goes to standard output. */
int page_check(const invocation *call, const char *page, const char *report);

/* A path without its folders, for headings. */
const char *file_name(const char *path);

/* EXIT_DONE, or EXIT_REFUSED where records were. */
int exit_after(size_t refused);

/* A model, the feeds on the line, and what they are read by. The first block is the caller's to
   fill, the rest 0. */
typedef struct inputs {
    const char *named;                /* the model; NULL: the ready-made one */
    const string_list *unknown_where; /* rules as given; NULL: the command has no such option */
    const ttag_reader_opts *reader;   /* NULL: the command reads no feeds */
    bool verify;                      /* all of the model, before anything is done with it */
    bool feed_optional;               /* without operands there is no feed, not standard input */

    const char *path; /* of the model */
    model_path ready;
    ttag_unknown_rules *rules; /* NULL: none were given */
    ttag_model *model;
    ttag_reader *feed; /* NULL: none */
} inputs;

/* Finds the model's path and reads the rules. */
int inputs_choose(inputs *in, const invocation *call);
/* Opens model and feeds, after inputs_choose. */
int inputs_open(inputs *in, const invocation *call);
/* To be called in any case. */
void inputs_close(inputs *in);

#endif
