/* A run of the model's name. */
#include "cli/database_out.h"

#include <stdio.h>
#include <string.h>

#include "ttag/database.h"

/* "models/news.ttag" is "news". */
static void name_run(char *out, size_t size, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const size_t length = strlen(name);
    const bool has_ending = length > 5 && strcmp(name + length - 5, ".ttag") == 0;
    snprintf(out, size, "%.*s", (int)(has_ending ? length - 5 : length), name);
}

ttag_status database_out(const ttag_model *model, const char *model_path, ttag_reader *feed,
                         const char *path, const ttag_classify_opts *opts,
                         ttag_classify_counts *counts, ttag_error *err)
{
    char run[256];
    ttag_database_opts into = TTAG_DATABASE_OPTS_INIT;
    name_run(run, sizeof run, model_path);
    into.run = run;
    return ttag_classify_into_database(model, feed, path, &into, opts, counts, err);
}
