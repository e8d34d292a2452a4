#include "cli/shared_options.h"

#include <string.h>

const choice level_choices[] = {{"error", TTAG_ERROR},
                                {"warning", TTAG_WARNING},
                                {"note", TTAG_NOTE},
                                {"detail", TTAG_DETAIL},
                                {NULL, 0}};

const choice input_choices[] = {{"auto", TTAG_INPUT_AUTO},
                                {"jsonl", TTAG_INPUT_JSONL},
                                {"article", TTAG_INPUT_ARTICLE},
                                {"text", TTAG_INPUT_TEXT},
                                {NULL, 0}};

/* parsed by preset_parse, which knows what they stand for */
const choice preset_choices[] = {{"plain", 0}, {"best", 0}, {NULL, 0}};

const choice token_choices[] = {
    {"words", TTAG_TOKENS_WORDS}, {"security", TTAG_TOKENS_SECURITY}, {NULL, 0}};

const choice title_choices[] = {
    {"join", TTAG_TITLE_JOIN}, {"field", TTAG_TITLE_FIELD}, {"drop", TTAG_TITLE_DROP}, {NULL, 0}};

const choice tf_choices[] = {{"log", true}, {"count", false}, {NULL, 0}};
const choice idf_choices[] = {{"smooth", true}, {"none", false}, {NULL, 0}};
const choice norm_choices[] = {{"l2", true}, {"none", false}, {NULL, 0}};

const char *const text_option_names[] = {"preset", "tokens", "title",     "word-ngrams",
                                         "min-df", "max-df", "max-terms", "hash-bits",
                                         "tf",     "idf",    "norm",      NULL};

const char *preset_parse(void *text_opts, const char *name)
{
    static const ttag_text_opts plain = TTAG_TEXT_OPTS_PLAIN;
    static const ttag_text_opts best = TTAG_TEXT_OPTS_BEST;
    ttag_text_opts *text = text_opts;
    if (strcmp(name, "plain") == 0)
        *text = plain;
    else if (strcmp(name, "best") == 0)
        *text = best;
    else
        return "plain or best";
    return NULL;
}

ttag_status feeds_open(ttag_reader **out, const invocation *call, size_t first,
                       const ttag_reader_opts *opts, const ttag_taxonomy *taxonomy, ttag_error *err)
{
    static const char *const standard_input[] = {"-"};
    ttag_reader_opts reader = *opts;
    reader.taxonomy = taxonomy;
    reader.monitor = &call->console->monitor;
    if (call->line.n_operands == first)
        return ttag_reader_open(out, standard_input, 1, &reader, err);
    return ttag_reader_open(out, (const char *const *)call->line.operands + first,
                            call->line.n_operands - first, &reader, err);
}
