/* Rows that the option tables of several commands have in common. */
#ifndef CLI_SHARED_OPTIONS_H
#define CLI_SHARED_OPTIONS_H

#include "cli/command.h"
#include "ttag/articles.h"
#include "ttag/features.h"

extern const choice level_choices[];
extern const choice input_choices[];
extern const choice preset_choices[];
extern const choice token_choices[];
extern const choice title_choices[];
extern const choice stem_choices[];
extern const choice tf_choices[];
extern const choice idf_choices[];
extern const choice norm_choices[];

/* Closes the table of every command. */
#define GENERAL_OPTIONS                                                                            \
    {OPTION_HEADING, "General", .flags = OPTION_PLAIN},                                            \
        {OPTION_SET,                                                                               \
         "quiet",                                                                                  \
         'q',                                                                                      \
         OPTION_FIELD(common_settings, level),                                                     \
         NULL,                                                                                     \
         "say nothing but errors",                                                                 \
         .value = TTAG_ERROR},                                                                     \
        {OPTION_SET, "verbose",           'v', OPTION_FIELD(common_settings, level), NULL,         \
         "say more", .value = TTAG_DETAIL},                                                        \
        {OPTION_CHOICE,                                                                            \
         "log-level",                                                                              \
         0,                                                                                        \
         OPTION_FIELD(common_settings, level),                                                     \
         "LEVEL",                                                                                  \
         "how much to say: error, warning, note, detail",                                          \
         .choices = level_choices},                                                                \
        {OPTION_SET,                                                                               \
         "help",                                                                                   \
         'h',                                                                                      \
         OPTION_FIELD(common_settings, request),                                                   \
         NULL,                                                                                     \
         "show this help and exit",                                                                \
         .value = REQUEST_HELP,                                                                    \
         .flags = OPTION_STOPS},                                                                   \
        {OPTION_SET,                                                                               \
         "version",                                                                                \
         'V',                                                                                      \
         OPTION_FIELD(common_settings, request),                                                   \
         NULL,                                                                                     \
         "show the version and exit",                                                              \
         .value = REQUEST_VERSION,                                                                 \
         .flags = OPTION_STOPS},                                                                   \
        {OPTION_SET,                                                                               \
         "dump-options",                                                                           \
         0,                                                                                        \
         OPTION_FIELD(common_settings, request),                                                   \
         NULL,                                                                                     \
         "",                                                                                       \
         .value = REQUEST_OPTIONS,                                                                 \
         .flags = OPTION_STOPS | OPTION_HIDDEN},                                                   \
        {OPTION_SET,                                                                               \
         "dump-man",                                                                               \
         0,                                                                                        \
         OPTION_FIELD(common_settings, request),                                                   \
         NULL,                                                                                     \
         "",                                                                                       \
         .value = REQUEST_MANUAL,                                                                  \
         .flags = OPTION_STOPS | OPTION_HIDDEN},                                                   \
    {                                                                                              \
        OPTION_END, .flags = OPTION_PLAIN                                                          \
    }

/* NOLINTBEGIN(bugprone-macro-parentheses): a type and a member can have none */

/* How FEEDs are read; `reader` is a ttag_reader_opts in the settings. */
#define INPUT_OPTIONS(settings, reader)                                                            \
    {OPTION_HEADING, "Input", .flags = OPTION_PLAIN},                                              \
        {OPTION_CHOICE,                                                                            \
         "input-format",                                                                           \
         0,                                                                                        \
         OPTION_FIELD(settings, reader.format),                                                    \
         NULL,                                                                                     \
         "format of all inputs; auto goes by the ending of the name",                              \
         .choices = input_choices},                                                                \
        {OPTION_SIZE, "max-record",                                                                \
         0,           OPTION_FIELD(settings, reader.max_record),                                   \
         "SIZE",      "refuse longer records",                                                     \
         .least = 1},                                                                              \
        {OPTION_STRING,                                                                            \
         "columns",                                                                                \
         0,                                                                                        \
         OPTION_FIELD(settings, reader.columns),                                                   \
         "PART=NAME,...",                                                                          \
         "of CSV: the columns for text, title, id, date, source, url, group and tags",             \
         .standing = "columns of these names"},                                                    \
    {                                                                                              \
        OPTION_STRING, "tag-separator", 0, OPTION_FIELD(settings, reader.tag_separators), "CHARS", \
            "of CSV: what parts the tags of a row", .standing = ";"                                \
    }

/* Which part of the FEEDs; `reader` as above. */
#define SHARD_OPTION(settings, reader)                                                             \
    {                                                                                              \
        OPTION_PARSED, "shard", 0, OPTION_FIELD(settings, reader), "I/N",                          \
            "read only part I of N; the parts, from 1, make up the whole", .parse = shard_parse,   \
                                                                           .standing = "all"       \
    }

/* How text becomes numbers; `text` is a ttag_text_opts in the settings. */
#define TEXT_OPTIONS(settings, text)                                                               \
    {OPTION_HEADING, "Text", .flags = OPTION_PLAIN},                                               \
        {OPTION_CHOICE,                                                                            \
         "tokens",                                                                                 \
         0,                                                                                        \
         OPTION_FIELD(settings, text.tokens),                                                      \
         NULL,                                                                                     \
         "words of two or more letters or digits; or these, with CVE ids, hashes, addresses and "  \
         "URLs as one token each; or these, with a token before each path, registry key and "      \
         "file name",                                                                              \
         .choices = token_choices},                                                                \
        {OPTION_CHOICE,                                                                            \
         "title",                                                                                  \
         0,                                                                                        \
         OPTION_FIELD(settings, text.title),                                                       \
         NULL,                                                                                     \
         "read the title as part of the text, also as a field of its own, or not at all",          \
         .choices = title_choices},                                                                \
        {OPTION_COUNT,                                                                             \
         "word-ngrams",                                                                            \
         0,                                                                                        \
         OPTION_FIELD(settings, text.word_ngrams),                                                 \
         "N",                                                                                      \
         "terms of up to N words",                                                                 \
         .least = 1,                                                                               \
         .most = 5},                                                                               \
        {OPTION_PARSED,                                                                            \
         "char-ngrams",                                                                            \
         0,                                                                                        \
         OPTION_FIELD(settings, text),                                                             \
         "A-B|none",                                                                               \
         "terms of A to B characters inside words, too",                                           \
         .parse = chars_parse,                                                                     \
         .standing = "3-5"},                                                                       \
        {OPTION_CHOICE,                                                                            \
         "stem",                                                                                   \
         0,                                                                                        \
         OPTION_FIELD(settings, text.stem),                                                        \
         NULL,                                                                                     \
         "cut words down to their stems",                                                          \
         .choices = stem_choices},                                                                 \
        {OPTION_STRING,                                                                            \
         "stop-words",                                                                             \
         0,                                                                                        \
         OPTION_FIELD(settings, text.stop_words),                                                  \
         "none|english|FILE",                                                                      \
         "leave out terms that begin or end with such a word: of a list of ours, or of a text "    \
         "file",                                                                                   \
         .standing = "none"},                                                                      \
        {OPTION_COUNT,                                                                             \
         "min-df",                                                                                 \
         0,                                                                                        \
         OPTION_FIELD(settings, text.min_df),                                                      \
         "N",                                                                                      \
         "leave out terms in fewer than N articles",                                               \
         .least = 1,                                                                               \
         .most = UINT32_MAX},                                                                      \
        {OPTION_REAL, "max-df",                                                                    \
         0,           OPTION_FIELD(settings, text.max_df),                                         \
         "SHARE",     "leave out terms in more than this share of the articles",                   \
         .least = 0,  .most = 1},                                                                  \
        {OPTION_COUNT,                                                                             \
         "max-terms",                                                                              \
         0,                                                                                        \
         OPTION_FIELD(settings, text.max_terms),                                                   \
         "N",                                                                                      \
         "keep the N terms that are in most articles",                                             \
         .least = 0,                                                                               \
         .most = UINT32_MAX - 2,                                                                   \
         .standing = "no bound"},                                                                  \
        {OPTION_COUNT,                                                                             \
         "hash-bits",                                                                              \
         0,                                                                                        \
         OPTION_FIELD(settings, text.hash_bits),                                                   \
         "N",                                                                                      \
         "number terms by N bits of their hash, 10 to 28; those with the same number count as "    \
         "one",                                                                                    \
         .least = 0,                                                                               \
         .most = 28,                                                                               \
         .standing = "no hashing"},                                                                \
        {OPTION_CHOICE,                                                                            \
         "tf",                                                                                     \
         0,                                                                                        \
         OPTION_FIELD(settings, text.sublinear_tf),                                                \
         NULL,                                                                                     \
         "term frequency: 1 + ln(count), or the count",                                            \
         .choices = tf_choices},                                                                   \
        {OPTION_CHOICE,                                                                            \
         "idf",                                                                                    \
         0,                                                                                        \
         OPTION_FIELD(settings, text.smooth_idf),                                                  \
         NULL,                                                                                     \
         "inverse document frequency: ln((1+n)/(1+df)) + 1, or 1",                                 \
         .choices = idf_choices},                                                                  \
    {                                                                                              \
        OPTION_CHOICE, "norm", 0, OPTION_FIELD(settings, text.l2_norm), NULL,                      \
            "length of a vector: 1, or as it comes", .choices = norm_choices                       \
    }

/* `keep` is a bool in the settings. */
#define BOILERPLATE_OPTION(settings, keep)                                                         \
    {                                                                                              \
        OPTION_SET, "keep-boilerplate", 0, OPTION_FIELD(settings, keep), NULL,                     \
            "drop nothing of the texts: neither comment forms, share lines and shortcodes, nor "   \
            "lines that repeat in many articles of a source",                                      \
            .value = true                                                                          \
    }

/* NOLINTEND(bugprone-macro-parentheses) */

/* The names of the text options above, NULL-ended. */
extern const char *const text_option_names[];

/* For --preset: stores text options of that name; returns NULL, or what was expected. */
const char *preset_parse(void *text_opts, const char *name);

/* For --char-ngrams: stores their lengths in text options; returns NULL, or what was expected. */
const char *chars_parse(void *text_opts, const char *argument);

/* For --shard: stores both numbers in reader options; returns NULL, or what was expected. */
const char *shard_parse(void *reader_opts, const char *text);

/* Opens the operands of `call` from `first` on as FEEDs. */
ttag_status feeds_open(ttag_reader **out, const invocation *call, size_t first,
                       const ttag_reader_opts *opts, const ttag_taxonomy *taxonomy,
                       ttag_error *err);

#endif
