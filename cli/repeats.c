/* FEEDs that can be read twice are: first for their lines. */
#include "cli/repeats.h"

#include <string.h>
#include <sys/stat.h>

static bool may_be_read_twice(const char *feed)
{
    struct stat found;
    return strcmp(feed, "-") != 0 && stat(feed, &found) == 0 &&
           (S_ISREG(found.st_mode) || S_ISDIR(found.st_mode));
}

static bool is_silent_cancelled(void *payload)
{
    const ttag_monitor *own = payload;
    return own->cancelled && own->cancelled(own->payload);
}

ttag_status repeats_learn(ttag_repeat_learner **learner, ttag_boilerplate *found,
                          const invocation *call, const ttag_reader_opts *opts, ttag_error *err)
{
    ttag_monitor silent = {NULL, NULL, is_silent_cancelled, &call->console->monitor};
    ttag_reader_opts reader = *opts;
    reader.monitor = &silent;
    ttag_status status = ttag_repeat_learner_new(learner, NULL, err);
    for (size_t i = 0; status == TTAG_OK && i < call->line.n_operands; i++) {
        ttag_reader *feed = NULL;
        const char *name = call->line.operands[i];
        if (!may_be_read_twice(name))
            continue;
        status = ttag_reader_open(&feed, &name, 1, &reader, err);
        if (status == TTAG_OK)
            status = ttag_repeat_learner_read(*learner, feed, err);
        ttag_reader_free(feed);
    }
    if (status == TTAG_CANCELLED) /* what comes next hears of it, too, and knows what to do */
        status = TTAG_OK;
    return status == TTAG_OK ? ttag_repeat_learner_finish(*learner, found, err) : status;
}
