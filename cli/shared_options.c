/* Choices of these rows, and what reads their arguments. */
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
                                {"feed", TTAG_INPUT_FEED},
                                {"rss", TTAG_INPUT_FEED},
                                {"atom", TTAG_INPUT_FEED},
                                {"jsonfeed", TTAG_INPUT_JSON_FEED},
                                {"stix", TTAG_INPUT_STIX},
                                {"misp", TTAG_INPUT_MISP},
                                {"csv", TTAG_INPUT_CSV},
                                {"tsv", TTAG_INPUT_TSV},
                                {"html", TTAG_INPUT_HTML},
                                {"email", TTAG_INPUT_EMAIL},
                                {NULL, 0}};

/* parsed by preset_parse, which knows what they stand for */
const choice preset_choices[] = {{"plain", 0}, {"best", 0}, {NULL, 0}};

const choice token_choices[] = {{"words", TTAG_TOKENS_WORDS},
                                {"security", TTAG_TOKENS_SECURITY},
                                {"artifacts", TTAG_TOKENS_ARTIFACTS},
                                {NULL, 0}};

const choice title_choices[] = {
    {"join", TTAG_TITLE_JOIN}, {"field", TTAG_TITLE_FIELD}, {"drop", TTAG_TITLE_DROP}, {NULL, 0}};

const choice stem_choices[] = {{"none", TTAG_STEM_NONE}, {"english", TTAG_STEM_ENGLISH}, {NULL, 0}};

const choice tf_choices[] = {{"log", true}, {"count", false}, {NULL, 0}};
const choice idf_choices[] = {{"smooth", true}, {"none", false}, {NULL, 0}};
const choice norm_choices[] = {{"l2", true}, {"none", false}, {NULL, 0}};

const char *const text_option_names[] = {"preset",      "tokens", "title",      "word-ngrams",
                                         "min-df",      "max-df", "max-terms",  "hash-bits",
                                         "char-ngrams", "stem",   "stop-words", "tf",
                                         "idf",         "norm",   NULL};

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

/* Reads a whole number from 1; returns what is behind it, or NULL. */
static const char *parse_count(uint32_t *out, const char *text)
{
    uint64_t number = 0;
    while (*text >= '0' && *text <= '9' && number <= UINT32_MAX)
        number = 10 * number + (uint64_t)(*text++ - '0');
    *out = (uint32_t)number;
    return number >= 1 && number <= UINT32_MAX ? text : NULL;
}

const char *chars_parse(void *text_opts, const char *argument)
{
    ttag_text_opts *text = text_opts;
    uint32_t least = 0, most = 0;
    if (strcmp(argument, "none") != 0) {
        const char *rest = parse_count(&least, argument);
        rest = rest && *rest == '-' ? parse_count(&most, rest + 1) : NULL;
        if (!rest || *rest != '\0' || least > most || most > 8)
            return "A-B, two whole numbers from 1 to 8, the smaller first, or none";
    }
    text->char_least = least;
    text->char_most = most;
    return NULL;
}

const char *shard_parse(void *reader_opts, const char *text)
{
    ttag_reader_opts *reader = reader_opts;
    uint32_t shard, shards;
    const char *rest = parse_count(&shard, text);
    rest = rest && *rest == '/' ? parse_count(&shards, rest + 1) : NULL;
    if (!rest || *rest != '\0' || shard > shards)
        return "I/N, two whole numbers, I from 1 to N";
    reader->shard = shard;
    reader->shards = shards;
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
