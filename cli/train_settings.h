/* What the commands that train have in common: their settings, options, and feeds. */
#ifndef CLI_TRAIN_SETTINGS_H
#define CLI_TRAIN_SETTINGS_H

#include "cli/command.h"
#include "cli/extra_feeds.h"
#include "ttag/boilerplate.h"
#include "ttag/curve.h"
#include "ttag/train.h"
#include "ttag/unknown.h"

typedef struct train_settings {
    common_settings common;
    ttag_reader_opts reader;
    ttag_train_opts train;
    const char *model;
    const char *tags;
    const char *report;
    bool cost_per_tag;
    bool keep_boilerplate;
    bool plain; /* the preset */
    string_list extra, unknown_where;
    ttag_crossval_opts crossval; /* of crossval alone, as is the rest */
    ttag_curve_opts curve;       /* of curve alone */
    const char *html;
    bool json;
    const char *output;
} train_settings;

/* Rows that both end with, down to the general options; of train_settings. */
extern const option train_options[];

/* Everything that a training reads. */
typedef struct train_feeds {
    ttag_taxonomy *taxonomy;
    ttag_unknown_rules *rules;
    ttag_reader *feed;
    extra_feeds extra;
    ttag_repeat_learner *repeats;
    ttag_train_opts opts; /* with all of these, and the console's monitor */
} train_feeds;

/* The run of a command that trains: looks at the line, has its outputs checked, opens the feeds,
   has the work done, closes them. Both steps return exit codes. */
int train_feeds_run(const invocation *call, int (*check_outputs)(const invocation *call),
                    int (*work)(const invocation *call, train_feeds *feeds));

#endif
