/* The steps of commands before and after their own work. */
#include "cli/frame.h"

#include <stdlib.h>
#include <string.h>

#include "cli/exit.h"
#include "cli/result_file.h"
#include "cli/shared_options.h"

int feed_expect(const invocation *call)
{
    return call->line.n_operands > 0
               ? EXIT_DONE
               : usage_error(call, "no FEED is given; expected a file, a folder or '-'");
}

static bool feed_opens(const invocation *call, const char *feed)
{
    ttag_error err;
    if (ttag_feed_check(feed, &err) == TTAG_OK)
        return true;
    console_fail(call->console, &err);
    return false;
}

int feeds_check(const invocation *call, const string_list *extra)
{
    bool all = true;
    for (size_t i = 0; i < call->line.n_operands; i++)
        all = feed_opens(call, call->line.operands[i]) && all;
    for (size_t i = 0; extra && i < extra->size; i++) {
        double weight;
        char *feed = extra_feed_name(extra->items[i], &weight);
        if (!feed)
            return console_no_memory(call->console);
        all = feed_opens(call, feed) && all;
        free(feed);
    }
    if (all)
        return EXIT_DONE;
    console_say(call->console, TTAG_ERROR, "nothing is learnt without all FEEDs");
    return EXIT_NOTHING;
}

static bool is_standard_output(const char *path)
{
    return !path || strcmp(path, "-") == 0;
}

int output_check(const invocation *call, const char *path, bool plain)
{
    ttag_error err;
    return result_file_check(path, plain, &err) == TTAG_OK ? EXIT_DONE
                                                           : console_fail(call->console, &err);
}

int model_name_check(const invocation *call, const char *path)
{
    return is_standard_output(path)
               ? usage_error(call, "a model cannot be written to standard output; expected a file")
               : EXIT_DONE;
}

ttag_status saved_model_check(const char *path, size_t *size, ttag_error *err)
{
    ttag_model *model;
    ttag_status status = ttag_model_open(&model, path, err);
    if (status != TTAG_OK)
        return status;
    if (size)
        *size = ttag_model_size(model);
    status = ttag_model_verify(model, err);
    ttag_model_close(model);
    return status;
}

int page_check(const invocation *call, const char *page, const char *report)
{
    if (page && is_standard_output(page) && is_standard_output(report))
        return usage_error(call, "the page and the report would both go to standard output; "
                                 "expected -o FILE beside --html -");
    return EXIT_DONE;
}

const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

int exit_after(size_t refused)
{
    return refused > 0 ? EXIT_REFUSED : EXIT_DONE;
}

int inputs_choose(inputs *in, const invocation *call)
{
    int code = model_path_choose(&in->path, &in->ready, call, in->named);
    if (code == EXIT_DONE && in->unknown_where)
        code = unknown_where_read(&in->rules, call, in->unknown_where);
    return code;
}

int inputs_open(inputs *in, const invocation *call)
{
    ttag_error err;
    bool wants_feed = in->reader && !(in->feed_optional && call->line.n_operands == 0);
    ttag_status status = ttag_model_open(&in->model, in->path, &err);
    if (status == TTAG_OK && in->verify)
        status = ttag_model_verify(in->model, &err);
    if (status == TTAG_OK && wants_feed)
        status = feeds_open(&in->feed, call, 0, in->reader, NULL, &err);
    return status == TTAG_OK ? EXIT_DONE : console_fail(call->console, &err);
}

void inputs_close(inputs *in)
{
    ttag_unknown_rules_free(in->rules);
    ttag_reader_free(in->feed);
    ttag_model_close(in->model);
}
