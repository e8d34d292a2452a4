/* What is behind the last colon is a weight if it reads as a number, else part of the name. */
#include "cli/extra_feeds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/exit.h"
#include "cli/number_words.h"

/* Length of the feed's name; *weight: 1 where none is given. */
static size_t split(const char *given, double *weight)
{
    const char *colon = strrchr(given, ':');
    *weight = 1;
    return colon && colon > given && number_parse(colon + 1, weight) ? (size_t)(colon - given)
                                                                     : strlen(given);
}

int extra_feeds_check(const invocation *call, const string_list *given)
{
    for (size_t i = 0; i < given->size; i++) {
        double weight;
        size_t length = split(given->items[i], &weight);
        if (length == 0)
            return usage_error(call, "--extra is empty; expected FEED or FEED:WEIGHT");
        if (!(weight > 0 && weight <= TTAG_WEIGHT_MOST))
            return usage_error(
                call, "--extra is '%s'; expected a weight over 0, 1e6 at most, behind the colon",
                given->items[i]);
    }
    return EXIT_DONE;
}

char *extra_feed_name(const char *given, double *weight)
{
    size_t length = split(given, weight);
    char *name = malloc(length + 1);
    if (!name)
        return NULL;
    memcpy(name, given, length);
    name[length] = '\0';
    return name;
}

static ttag_status no_memory(ttag_error *err)
{
    *err = (ttag_error){.code = TTAG_NOMEM};
    snprintf(err->text, sizeof err->text, "out of memory");
    return TTAG_NOMEM;
}

static ttag_status open_one(ttag_extra_feed *out, const char *given, const ttag_reader_opts *opts,
                            ttag_error *err)
{
    char *name = extra_feed_name(given, &out->weight);
    if (!name)
        return no_memory(err);
    const char *feed = name;
    ttag_status status = ttag_reader_open(&out->feed, &feed, 1, opts, err);
    free(name);
    return status;
}

ttag_status extra_feeds_open(extra_feeds *out, const invocation *call, const string_list *given,
                             const ttag_reader_opts *opts, const ttag_taxonomy *taxonomy,
                             ttag_error *err)
{
    ttag_reader_opts reader = *opts;
    ttag_status status = TTAG_OK;
    reader.taxonomy = taxonomy;
    reader.monitor = &call->console->monitor;
    *out = (extra_feeds){calloc(given->size + 1, sizeof *out->feeds), 0};
    if (!out->feeds)
        return no_memory(err);
    for (; status == TTAG_OK && out->n < given->size; out->n++)
        status = open_one(&out->feeds[out->n], given->items[out->n], &reader, err);
    return status;
}

void extra_feeds_close(extra_feeds *e)
{
    for (size_t i = 0; i < e->n; i++)
        ttag_reader_free(e->feeds[i].feed);
    free(e->feeds);
    *e = (extra_feeds){NULL, 0};
}
